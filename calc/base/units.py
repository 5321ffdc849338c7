"""Units: what pint makes of them, as exact factors and dimensions.

The definitions are in ``data/units.txt``. pint reads them, parses every unit that a person writes, and holds
the quantities that calc hands out.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.base.domains import Domain
from calc.base.errors import UnitError
from calc.base.limits import DIGITS, EXPONENT, UNIT
from calc.base.prefixes import PREFIXES, scaled
from calc.base.unit import Unit, unit_of
from calc.base.unit_hints import unit_hint
from calc.base.unit_store import definitions, known_units
from calc.base.visible import said
from calc.base.written import number_written

if TYPE_CHECKING:
    import pint

__all__ = [
    "Unit",
    "alternatives",
    "convert",
    "parse_unit",
    "parse_value",
    "parse_with_pint",
    "parsed_units",
    "plain_number",
    "registry",
    "scaled",
    "unit_names",
]

_PARSED: dict[str, Unit] = {}
_DEFINED: set[str] = set()  # the names of units.txt; pint adds each prefixed one that it reads to its own
_ALLOWED = re.compile(r"[\w\s*/^().%·µ-]*")
_VALUE = re.compile(
    r"\s*(?P<number>[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:inf|infinity|nan))\s*"
    r"(?:/\s*(?P<below>\d+(?:\.\d+)?)\s*)?"
    r"(?P<unit>.*?)\s*",
    re.IGNORECASE | re.DOTALL,
)
# kW^99999999 and kW^9^9 would be numbers of millions of digits.
_POWER_TOO_HIGH = re.compile(r"\d{2}|\)\s*(\^|\*\*)|(\^|\*\*)\s*(\(|[\d.+-]+\s*(\^|\*\*))")


_HYPHEN = re.compile(r"(?<=[A-Za-zµ])-(?=[A-Za-zµ])")


@functools.cache
def registry() -> pint.UnitRegistry[Fraction]:
    """The pint registry of the book's units, with exact fractions as its numbers.

    Examples
    --------
    >>> (registry().Quantity(3125, "server") * registry().Quantity(6.5, "kW/server")).to("MW")
    <Quantity(20.3125, 'megawatt')>
    """
    import pint  # 0.2 s, which a command with the book's own units does not need

    units: pint.UnitRegistry[Fraction] = pint.UnitRegistry(None, non_int_type=Fraction)
    units.load_definitions(definitions().splitlines())
    _DEFINED.update(str(name) for name in units)
    return units


def parse_unit(text: str) -> Unit:
    """Read a unit.

    Parameters
    ----------
    text : such as ``"kWh/(person*month)"``; ``"1"`` or nothing is a pure number.

    Raises
    ------
    UnitError : it is not a unit, naming the nearest one.

    Examples
    --------
    >>> parse_unit("GPU/server").dimensions
    (('[accelerator]', Fraction(1, 1)), ('[server]', Fraction(-1, 1)))
    >>> parse_unit("KWh")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnitError: 'KWh' is not a unit; did you mean 'kWh'?
    """
    if not isinstance(text, str):
        raise UnitError(f"{said(text)} is not a unit; accepted: a text, such as 'kW/server'")
    return _parse(text)


@functools.cache
def _parse(text: str) -> Unit:
    found = known_units().get(text) or parse_with_pint(text)
    _PARSED[text] = found
    return found


def parsed_units() -> tuple[str, ...]:
    """Every unit that this process has parsed so far, in alphabetical order."""
    return tuple(sorted(_PARSED))


def parse_with_pint(text: str, wanted: Unit | None = None) -> Unit:
    """Read a unit with pint, whatever is stored; see `parse_unit`. A hint is of the dimension that is wanted."""
    if len(text) > UNIT:
        raise UnitError(f"a unit of {len(text)} characters was given; at most {UNIT} are read")
    if not _ALLOWED.fullmatch(text):
        raise UnitError(f"{text!r} is not a unit; write one such as 'kW/server' or 'kWh/(person*month)'")
    if text.count("%") > 1:
        raise UnitError(f"{text!r} is not a unit; per cent is said once, as %")
    if _POWER_TOO_HIGH.search(text):
        raise UnitError(f"{text!r} is not a unit; powers up to 9 are read, and none of a bracket or a power")
    units = registry()
    try:
        parsed = units.parse_units(_HYPHEN.sub("*", text.replace("·", "*")))  # MW-day and GPU-hours are products
        base: Any = units.get_base_units(parsed)[0]
        dimensions: Any = units.get_dimensionality(parsed)
        powers = {str(name): Fraction(p) for name, p in dimensions.items()}
    except Exception as error:  # pint raises AttributeError, ValueError, TypeError, TokenError, AssertionError …
        unknown = getattr(error, "unit_names", None)
        name = unknown if isinstance(unknown, str) else next(iter(unknown or [text]))
        hint = unit_hint(str(name), text, unit_names(), parse_unit, wanted)
        raise UnitError(f"{name!r} is not a unit{hint}") from None
    return unit_of(text, Fraction(base), powers)


def unit_names() -> list[str]:
    """Every unit name that people write: names, symbols, and the usual prefixes of W, Wh, FLOP and B."""
    registry()
    names = set(_DEFINED)
    for stem, prefixes in PREFIXES.items():
        names |= {prefix + stem for prefix in prefixes}
    names |= {text for text in known_units() if "at_" not in text}
    return sorted(name for name in names if not name.startswith("at_") and name != "")


_TIMES = ("second", "minute", "hour", "day", "week", "month", "year")


def alternatives(text: str, domain: Domain) -> tuple[str, ...]:
    """The units that a reader may switch between: other prefixes, other times, a share as a percentage.

    Examples
    --------
    >>> from calc.base.domains import FRACTION, POSITIVE
    >>> alternatives("kW/server", POSITIVE)[2:4], alternatives("day", POSITIVE)[2:4], alternatives("1", FRACTION)
    (('kW/server', 'MW/server'), ('hour', 'day'), ('%', '1'))
    """
    if text == "1":
        return ("%", "1") if domain.is_share else ("1",)
    if parse_unit(text).dimensions == (("[time]", Fraction(1)),):
        return _TIMES
    return tuple(scaled(text))


def convert(number: Fraction, given: Unit, wanted: Unit, name: str) -> Fraction:
    """Convert a number from one unit to another, exactly.

    Parameters
    ----------
    number, given : what was given.
    wanted : the unit to convert to.
    name : whose value it is, for the message.

    Raises
    ------
    UnitError : the dimensions differ; where only counted things are missing, it offers the unit with them.

    Examples
    --------
    >>> convert(Fraction(90), parse_unit("day"), parse_unit("hour"), "training_time")
    Fraction(2160, 1)
    """
    if given.dimensions != wanted.dimensions:
        raise UnitError(_wrong_dimension(number, given, wanted, name))
    return number * given.factor / wanted.factor


def _wrong_dimension(number: Fraction, given: Unit, wanted: Unit, name: str) -> str:
    said = plain_number(number)
    missing = dict((wanted / given).dimensions)
    value = said if given.text == "1" else f"{said} {given.text}"
    below = [_singular(n) for n, p in wanted.dimensions if p == -1 and missing.get(n) == -1]
    if missing and not given.is_number and len(below) == len(missing) and _are_counted(missing):
        return f"{name} takes {wanted.text}, not {given.text}; did you mean '{'/'.join([value, *below])}'?"
    offer = f"a value in {wanted.text}" if wanted.text != "1" else "a pure number"
    more = [_singular(n) for n, p in given.dimensions if p == 1 and missing.get(n) == -1]
    if len(more) == len(missing) == 1 and _are_counted(missing):
        return f"{name} takes {offer}, and {value} counts {more[0]} too: divide it by their number"
    return f"{name} takes {offer}, and {value} is {given.describe()}, not {wanted.describe()}"


def _are_counted(dimensions: Iterable[str]) -> bool:
    return not {"[time]", "[energy]", "[mass]", "[volume]", "[information]"} & set(dimensions)


def _singular(dimension: str) -> str:
    names = {"[accelerator]": "GPU", "[operation]": "FLOP", "[pipeline_stage]": "stage", "[money]": "USD"}
    return names.get(dimension, dimension.strip("[]"))


def plain_number(number: Fraction) -> str:
    """A number as a person would type it: ``10.2``, ``25000``, ``1.3e+13``.

    Examples
    --------
    >>> plain_number(Fraction(51, 5))
    '10.2'
    """
    if abs(number) > sys.float_info.max:
        return f"{(Decimal(number.numerator) / number.denominator).normalize():.12g}"
    return f"{float(number):.12g}"


def parse_value(text: str, wanted: Unit | None = None) -> tuple[Fraction, Unit | None]:
    """Read a number, or a fraction of two, with or without a unit.

    Parameters
    ----------
    text : such as ``"6.5 kW/server"``; a number may be written as `calc.base.written` reads it.
    wanted : what unit is wanted, so that a hint names none of another dimension.

    Returns
    -------
    The exact number, and its unit or None when there is none.

    Raises
    ------
    UnitError : there is no number, it is not finite, or the unit is unknown.

    Examples
    --------
    >>> parse_value("90 day")[0], parse_value("90 day")[1].text
    (Fraction(90, 1), 'day')
    >>> parse_value("1/3 kW")[0]
    Fraction(1, 3)
    >>> parse_value("25,000")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnitError: '25,000' has a comma; write 25000, or 25.000
    """
    short = text if len(text) <= UNIT else text[:UNIT] + "…"
    if len(text) > DIGITS:  # before any pattern is tried on it
        raise UnitError(f"{short!r} has {len(text)} characters; values of up to {DIGITS} are read")
    match = _VALUE.fullmatch(number_written(text))
    if match is None:
        raise UnitError(f"{short!r} is not a value; write a number with its unit, such as '6.5 kW/server'")
    number, unit = match["number"], match["unit"]
    exponent = re.search(r"[eE]([+-]?\d+)$", number)
    if exponent and abs(int(exponent[1])) > EXPONENT:
        raise UnitError(f"{short!r} is out of range; exponents up to {EXPONENT} are read")
    try:
        value = Fraction(number) / Fraction(match["below"] or 1)
    except (ValueError, ZeroDivisionError):
        raise UnitError(f"{short!r} is not a finite number; write one such as '6.5 kW/server'") from None
    try:
        return value, parse_unit(unit) if unit else None
    except UnitError:
        return value, parse_with_pint(unit, wanted)  # fails too, with a better hint
