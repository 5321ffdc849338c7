"""Numbers of a chart with how they were worked out."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from calc.charts.cells import columns_of

__all__ = ["Told", "columns", "how_of", "rows"]


class Told(float):
    """A number with how it was worked out: a place in the record's values in a list, or an operation with its parts.

    Examples
    --------
    >>> double = 2 * Told(43.875, [0])
    >>> float(double), double.how
    (87.75, ['*', 2.0, [0]])
    """

    how: Any

    def __new__(cls, value: float, how: Any) -> Told:
        """A number, and how a page works it out."""
        made = super().__new__(cls, value)
        made.how = how
        return made

    def __add__(self, other: float) -> Told:
        return _worked("+", self, other)

    def __radd__(self, other: float) -> Told:
        return _worked("+", other, self)

    def __sub__(self, other: float) -> Told:
        return _worked("-", self, other)

    def __rsub__(self, other: float) -> Told:
        return _worked("-", other, self)

    def __mul__(self, other: float) -> Told:
        return _worked("*", self, other)

    def __rmul__(self, other: float) -> Told:
        return _worked("*", other, self)

    def __truediv__(self, other: float) -> Told:
        return _worked("/", self, other)

    def __rtruediv__(self, other: float) -> Told:
        return _worked("/", other, self)


_WORK: dict[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
}


def columns(count: float) -> float:
    """How many columns so many squares stand in, by `calc.charts.cells`."""
    return Told(columns_of(count), ["c", count.how]) if isinstance(count, Told) else columns_of(count)


def rows(count: float) -> float:
    """How many rows they fill."""
    found = math.ceil(count / columns_of(count))
    return Told(found, ["r", count.how]) if isinstance(count, Told) else found


def how_of(value: float) -> Any:
    """How a number is worked out; itself where it is no more than a number."""
    return value.how if isinstance(value, Told) else float(value)


def _worked(sign: str, one: float, other: float) -> Told:
    return Told(_WORK[sign](float(one), float(other)), [sign, how_of(one), how_of(other)])
