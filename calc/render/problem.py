"""What a problem's field needs to check a reader's own answer: the answer, its units, and how near is right."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from calc.base.decimals import MULTIPLES
from calc.base.errors import CalcError
from calc.base.prefixes import scaled
from calc.base.unit_words import plural, singular, units_text
from calc.base.units import alternatives, convert, parse_unit, parse_value
from calc.book.lookup import refer
from calc.render.javascript import safe_json

if TYPE_CHECKING:
    from calc.book.lookup import Reference

__all__ = ["WITHIN", "answer_field"]

WITHIN = 0.02  # of the answer: who rounds each step to three digits is right
_MULTIPLES = {"thousand": 10**3} | {word: 10**power for word, power in MULTIPLES.items()}
_SHORT = {"second": ("s", "sec"), "minute": ("min",), "hour": ("h", "hr"), "day": ("d",)}
_TIME = parse_unit("day").dimensions
# Beside the prefixes of a quantity's own unit: what people think of energy in.
_OF_ENERGY = ("J", "kJ", "MJ", "GJ", "TJ")


def answer_field(reference: str, within: str = "") -> str:
    r"""The data of a problem's field as JSON.

    Parameters
    ----------
    reference : what the answer is, as prose names a value; see `refer`.
    within : how far from the answer counts as right, as a share of it; `WITHIN` when left out, and never less than what
        the printed answer was rounded by.

    Raises
    ------
    CalcError : nothing has that name, the answer is a range or 0, or the share is none between 0 and 1.

    Returns
    -------
    JSON with the keys ``text``, the answer as the book prints it; ``value`` in ``unit``, which is 1 for a pure number;
    ``asked``, the unit in words; ``within``, a share; ``units``, how many of ``unit`` each unit that is read is; and
    ``words``, numbers in words such as million.

    Examples
    --------
    >>> import json
    >>> data = json.loads(answer_field("training-energy"))
    >>> data["text"], data["value"], data["unit"], data["units"]["MWh"], data["within"]
    ('43.9\xa0GWh', 43.875, 'GWh', 0.001, 0.02)
    """
    found = refer(reference)
    if found.low != found.high or not found.value:
        raise CalcError(f"the answer {reference!r} is {found.text}; a field checks one number that is not 0")
    unit = _shown_unit(found)
    value = convert(found.value, found.quantity.parsed_unit, parse_unit(unit), found.quantity.name)
    return safe_json({
        "text": found.text, "value": float(value), "unit": unit, "asked": "" if unit == "1" else units_text(unit),
        "within": max(_share(within), _rounding(found, value)), "units": _units(found, unit), "words": _MULTIPLES,
    })  # fmt: skip


def _rounding(found: Reference, value: Fraction) -> float:
    """How far, as a share, what the book prints lies from the answer: whoever types what is printed is right."""
    mantissa = found.text.split("\N{NO-BREAK SPACE}")[0].partition("×")[0].replace(",", "")
    ratio = float(Fraction(mantissa.replace("\N{MINUS SIGN}", "-")) / value)
    return abs(ratio / 10.0 ** round(math.log10(ratio)) - 1) * 1.001


def _share(within: str) -> float:
    if not within:
        return WITHIN
    number, unit = parse_value(within)
    share = number * (unit.factor if unit else 1)
    if not 0 < share < 1:
        raise CalcError(f"within is {within}; accepted: a share of the answer, such as 5 %")
    return float(share)


def _shown_unit(found: Reference) -> str:
    """The unit in which the book prints the answer, as `parse_unit` reads it."""
    return singular(found.text.partition("\N{NO-BREAK SPACE}")[2].replace("·", "*")) or "1"


def _units(found: Reference, unit: str) -> dict[str, float]:
    """Each unit in which the answer may be typed, as people type it, with how many of the shown unit it is.

    A unit per thing that is counted may be typed without the thing: 6.5 kW for a server's 6.5 kW/server.
    """
    own = found.quantity.unit
    head, slash, below = unit.partition("/")
    sizes = {text: _size(text, unit) for text in (unit, own, *scaled(unit), *alternatives(own, found.quantity.domain))}
    if head.endswith("Wh"):  # by the head alone, as nobody has stored a joule a month
        sizes |= {one + slash + below: _size(one, head) for one in _OF_ENERGY}
    units: dict[str, float] = {}
    for text, size in sizes.items():
        for spelt in (text, plural(text, Fraction(2)), *_SHORT.get(text, ())):
            units.setdefault(spelt, size)
        if re.fullmatch(r"[A-Za-z]+", below) and "*" not in head and parse_unit(below).dimensions != _TIME:
            units.setdefault(text.partition("/")[0], size)
    return units


def _size(text: str, unit: str) -> float:
    """How many of one unit another is."""
    return float(convert(Fraction(1), parse_unit(text), parse_unit(unit), "answer"))
