"""Figures as somebody states them: a value, a range or a bound, and whether they agree with another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from calc.base.errors import DataError
from calc.base.numbers import show_given, show_range
from calc.base.quantities import Quantity
from calc.base.units import convert, parse_value

__all__ = ["ROUGHLY", "WORDS", "Stated", "half_a_unit", "read_stated"]

# The most that rounding to two digits changes a number: 1.05 becomes 1.0 or 1.1.
ROUGHLY = Fraction(1, 20)
_LEAST, _MOST = ("more than", "over", "at least"), ("up to", "at most", "under")
WORDS = ("about", *_LEAST, *_MOST)
_NUMBER = r"[\d._]+(?:[eE][+-]?\d+)?"
_STATED = re.compile(rf"(?:({'|'.join(WORDS)})\s+)?({_NUMBER})(?:\s+to\s+({_NUMBER}))?\s*(.*)")


@dataclass(frozen=True)
class Stated:
    """A figure as somebody states it: a value, a range, or a bound.

    Attributes
    ----------
    word : ``about``, a bound such as ``more than``, or nothing.
    low, high : its ends, equal for a value, in the unit of `quantity`.
    half : half a unit in the last digit of each end.
    quantity : what it is a value of.
    unit : the unit in which it is stated.
    """

    word: str
    low: Fraction
    high: Fraction
    half: tuple[Fraction, Fraction]
    quantity: Quantity
    unit: str

    @property
    def text(self) -> str:
        """As the book prints it."""
        if self.low != self.high:
            number = show_range(self.low, self.high, self.quantity, self.unit)
        else:
            number = show_given(self.low, self.quantity, self.unit).text
        return f"{self.word} {number}".lstrip()

    @property
    def is_value(self) -> bool:
        """Whether it is one value, and neither a range nor a bound."""
        return self.low == self.high and self.word not in (*_LEAST, *_MOST)

    def agrees(self, low: Fraction, high: Fraction, roughly: bool = False) -> bool:
        """Whether it agrees with a value, or with a range.

        Parameters
        ----------
        low, high : the ends of the other, equal for a value.
        roughly : within `ROUGHLY` too, where the figure is marked as approximate.
        """
        spare = ROUGHLY if roughly and self.word == "about" else Fraction(0)
        if self.word in _LEAST:
            return low >= self.low
        if self.word in _MOST:
            return high <= self.high
        if (self.low == self.high) != (low == high):  # one is a value, which must lie in the other
            return low <= self.high * (1 + spare) and high >= self.low * (1 - spare)
        return self._rounds(low, 0, spare) and self._rounds(high, 1, spare)

    def _rounds(self, other: Fraction, end: int, spare: Fraction) -> bool:
        """Whether another figure is this end once it is rounded, or within a share of it."""
        apart, half = other - (self.low, self.high)[end], self.half[end]
        return -half <= apart < half or abs(apart) <= spare * abs(other)

    def off(self, low: Fraction, high: Fraction) -> Fraction:
        """Stated over the other, less one, at the end where that is most; 0 where one lies in the other."""
        if self.word in _LEAST:
            return max(self.low / low - 1, Fraction(0))
        if self.word in _MOST:
            return min(self.high / high - 1, Fraction(0))
        if (self.low == self.high) != (low == high):
            above, below = self.low / high - 1, self.high / low - 1
            return above if above > 0 else min(below, Fraction(0))
        return max(self.low / low - 1, self.high / high - 1, key=abs)


def read_stated(text: str, quantity: Quantity | None = None) -> Stated:
    """Read a figure; without a quantity it is one of its own, in the unit stated.

    Raises
    ------
    DataError : it is no figure, or a range or a bound that makes no sense.
    UnitError : its unit is none, or not of the quantity's dimension.

    Examples
    --------
    >>> read_stated("about 3 to 6 kW/server").text.replace("\N{NO-BREAK SPACE}", " ")
    'about 3–6 kW/server'
    """
    match = _STATED.fullmatch(text.strip())
    if match is None:
        raise DataError(
            f"{text!r} is not a figure; write '43.9 GWh', '3 to 6 kW/server', or one of "
            f"{', '.join(WORDS)} before a number"
        )
    word, first, last, unit = match[1] or "", match[2], match[3] or match[2], match[4]
    ends, half = [], []
    for number in (first, last):
        value, given = parse_value(f"{number} {unit}".strip())
        quantity = quantity or Quantity("figure", "", given.text if given else "1", "a published figure")
        own = quantity.parsed_unit
        ends.append(convert(value, given or own, own, quantity.name))
        half.append(convert(half_a_unit(number, round_number=word == "about"), given or own, own, quantity.name))
    assert quantity is not None
    if ends[0] > ends[1]:
        raise DataError(f"{text!r} is not a range; write the lower end first")
    if word in (*_LEAST, *_MOST) and match[3]:
        raise DataError(f"{text!r} is a bound and a range; write one of the two")
    return Stated(word, ends[0], ends[1], (half[0], half[1]), quantity, unit or quantity.unit)


def half_a_unit(stated: str, round_number: bool = False) -> Fraction:
    """Half a unit in the last digit of a number as written.

    Parameters
    ----------
    stated : the number, with a unit or without.
    round_number : whether zeros at the end of a whole number are there to fill it, and are no digits.

    Examples
    --------
    >>> half_a_unit("43.9"), half_a_unit("1e3")
    (Fraction(1, 20), Fraction(500, 1))
    >>> half_a_unit("50_000"), half_a_unit("50_000", round_number=True)
    (Fraction(1, 2), Fraction(5000, 1))
    """
    match = re.match(r"\s*[+-]?([\d_]*)(\.?)([\d_]*)(?:[eE]([+-]?\d+))?", stated)
    whole, point, places, exponent = match.groups() if match else ("", "", "", None)
    digits = whole.replace("_", "")
    filled = len(digits) - len(digits.rstrip("0")) if round_number and not point and digits.strip("0") else 0
    return Fraction(10) ** (int(exponent or 0) + filled - len(places.replace("_", ""))) / 2
