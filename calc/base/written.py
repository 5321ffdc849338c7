"""Numbers as people write them: 25 000, 6,5, 163/312, 70B, 3 to 6.5, 6 ± 10 %. What may mean two things is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from calc.base.errors import UnitError
from calc.base.limits import DIGITS, SHOWN
from calc.base.unit_words import PLURALS

__all__ = ["NUMBER", "Ends", "ends_written", "number_written", "size_written"]

_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", "\u2019": "'"})
NUMBER = r"[+-]?(?:\d+(?:[ ,.'_]\d+)*\.?|\.\d+)(?:[eE][+-]?\d+)?(?:\s*/\s*\d+(?:\.\d+)?)?"
_UNIT = r"[^\W\d_%]?[A-Za-zµ%][\w*/^()·%µ]*|%|"
_TO = r"\s*(?:\.{2,3}|…|–|—)\s*|\s+to\s+|\s+-\s+|-"
_RANGE = re.compile(
    rf"(?:(?P<between>between)\s+|from\s+)?(?P<low>{NUMBER})(?![eE][+-]?\d)\s*(?P<low_unit>{_UNIT})"
    rf"(?:{_TO}|(?(between)\s+and\s+|$.))(?P<high>{NUMBER})\s*(?P<unit>.*)"
)
_AROUND = re.compile(rf"(?P<value>{NUMBER})\s*(?P<own>{_UNIT})\s*(?:±|\+/-|\+-)\s*(?P<by>{NUMBER})\s*(?P<unit>.*)")
_WITHIN = re.compile(rf"(?P<value>{NUMBER})\s*(?P<own>{_UNIT})\s*\((?P<inside>[^()]*\d[^()]*)\)\s*(?P<unit>.*)")
_SIZES = {
    "k": 10**3, "K": 10**3, "thousand": 10**3, "M": 10**6, "m": 0, "mn": 10**6, "million": 10**6,
    "B": 10**9, "bn": 10**9, "billion": 10**9, "T": 10**12, "tn": 10**12, "trillion": 10**12,
}  # fmt: skip
_SIZE = re.compile(rf"(?P<number>{NUMBER})\s*(?P<size>{'|'.join(_SIZES)})(?P<rest>(?:\s.*)?)")


@dataclass(frozen=True)
class Ends:
    """A range as text, in parts that can each be read as a value.

    Attributes
    ----------
    low, high : its ends; of a ± what is taken off and put on, where `by` says so.
    value : the value within, or nothing where none is stated.
    by : ``share`` or ``amount`` where low and high are one width on both sides of the value; else empty.
    """

    low: str
    high: str
    value: str = ""
    by: str = ""


def number_written(text: str) -> str:
    """A value with its number as Python reads it: thousands without what parts them, decimals behind a point.

    Raises
    ------
    UnitError : a comma may part thousands or decimals.

    Examples
    --------
    >>> number_written("25 000 GPU"), number_written("6,5 kW"), number_written("1.234.567,8")
    ('25000 GPU', '6.5 kW', '1234567.8')
    """
    plain = text.translate(_BLANKS)
    found = re.match(r"\s*([+-]?)(\d[\d ,.'_]*\d|\d)", plain)
    if not found:
        return plain
    number, rest = found[2], plain[found.end() :]
    if re.fullmatch(r"\d{1,3},\d{3}", number) and not number.startswith("0"):
        whole, parts = (f"{found[1]}{number.replace(',', mark)}{rest}".rstrip() for mark in ("", "."))
        raise UnitError(f"{text.strip()!r} has a comma; write {whole}, or {parts}")
    for parted, mark in ((r"\d{1,3}([ '_])\d{3}(\1\d{3})*([.,]\d+)?", ","), (r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", "."),
                         (r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d+,\d+", ",")):  # fmt: skip
        if re.fullmatch(parted, number):
            number = _joined(number, mark)
            break
    return f"{found[1]}{number}{rest}"


def _joined(number: str, mark: str) -> str:
    """Digits without what parts thousands; a mark that stands once and last is that of the decimals."""
    head, point, tail = number.rpartition(mark) if mark in number else (number, "", "")
    if mark == "," and not point and number.count(".") == 1:
        head, point, tail = number.partition(".")
    return re.sub(r"[ ,.'_]", "", head) + ("." + tail if point else "")


def size_written(text: str, unit: str) -> str:
    """A value of something counted with its size written out: 70B of parameters is 70e9.

    Parameters
    ----------
    unit : the unit that the value is wanted in. Of what is not counted, B is a byte, and M no size.

    Examples
    --------
    >>> size_written("70B", "parameter"), size_written("1.4T tokens", "token"), size_written("70B", "GB")
    ('70000000000', '1400000000000 tokens', '70B')
    """
    head = re.match(r"[A-Za-z]*", unit)
    if not head or (head[0] not in PLURALS and head[0] not in ("FLOP", "USD", "hash")):
        return text
    found = _SIZE.fullmatch(text.strip())
    if not found or not _SIZES[found["size"]]:
        return text
    try:
        number = _fraction(number_written(found["number"])) * _SIZES[found["size"]]
    except (ValueError, ZeroDivisionError):  # who reads it as a value says so
        return text
    said = str(number.numerator) if number.denominator == 1 else f"{number.numerator}/{number.denominator}"
    return f"{said}{found['rest']}"


def _fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(above.strip().rstrip(".")) / (Fraction(below.strip()) if below.strip() else 1)


def ends_written(text: str) -> Ends | None:
    """A range in its parts; None where the text is none.

    Raises
    ------
    UnitError : it may mean two things.

    Examples
    --------
    >>> ends_written("3 to 6.5 kW/server")
    Ends(low='3 kW/server', high='6.5 kW/server', value='', by='')
    >>> ends_written("6 ± 10 %")
    Ends(low='10', high='10', value='6', by='share')
    >>> ends_written("5 (3 to 6.5) kW").value
    '5 kW'
    """
    if len(text) > DIGITS:  # before any pattern is tried on it
        raise UnitError(f"{text[:SHOWN]!r}… has {len(text)} characters; values of up to {DIGITS} are read")
    said = text.translate(_BLANKS).strip()
    if match := _WITHIN.fullmatch(said):
        return _within(match, text)
    if match := _AROUND.fullmatch(said):
        return _around(match, text)
    if match := _RANGE.fullmatch(said):
        high_unit = match["unit"].strip()
        low_unit = match["low_unit"] or high_unit
        return Ends(f"{match['low']} {low_unit}".strip(), f"{match['high']} {high_unit or low_unit}".strip())
    return None


def _within(match: re.Match[str], text: str) -> Ends | None:
    """A value with its ends in brackets: one unit counts for all three, and of several each number has its own."""
    inside = _RANGE.fullmatch(match["inside"].strip())
    if inside is None:
        return None
    own = {"value": match["own"], "low": inside["low_unit"], "high": inside["unit"].strip()}
    behind = match["unit"].strip()
    units = list(dict.fromkeys(one for one in (*own.values(), behind) if one))
    numbers = {"value": match["value"], "low": inside["low"], "high": inside["high"]}
    without = [numbers[name] for name, unit in own.items() if not unit]
    if len(units) > 1 and (without or behind):
        number = (without or [numbers["high"]])[0]
        raise UnitError(
            f"{text.strip()!r}: is {number} in {' or in '.join(units)}? Write one unit behind all, or each number's own"
        )
    unit = units[0] if len(units) == 1 else ""
    value, low, high = (f"{numbers[name]} {own[name] or unit}".strip() for name in numbers)
    return Ends(low, high, value)


def _around(match: re.Match[str], text: str) -> Ends:
    """A value with ±: so many per cent of it, or so much."""
    unit, own = match["unit"].strip(), match["own"]
    if unit.startswith("%"):
        rest = unit[1:].strip()
        if own == "%" or (not own and not rest and own == unit):
            raise UnitError(f"{text.strip()!r}: per cent of the value, or points? Write both ends, as in '66 to 86 %'")
        return Ends(match["by"], match["by"], f"{match['value']} {own or rest}".strip(), "share")
    by = f"{match['by']} {unit or own}".strip()
    return Ends(by, by, f"{match['value']} {own or unit}".strip(), "amount")
