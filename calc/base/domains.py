"""Which numbers a quantity may take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from calc.base.errors import DomainError
from calc.base.limits import LARGEST, SMALLEST

ROUNDING = 1e-12  # relative: by how much a computed number may miss what it stands for
_LONG = 10**15  # from here on a message has a power of ten

__all__ = [
    "ANY", "AT_LEAST_ONE", "COUNT", "COUNT_OR_NONE", "FRACTION", "FRACTION_OR_NONE", "NOT_NEGATIVE", "POSITIVE",
    "ROUNDING", "Domain",
]  # fmt: skip


@dataclass(frozen=True)
class Domain:
    """An interval of finite numbers, perhaps of whole ones only.

    Attributes
    ----------
    low, high : the bounds, in the quantity's own unit; no upper bound is infinity.
    low_open : whether the lower bound itself is excluded.
    whole : whether only whole numbers belong.
    words : the domain in words, for messages and tables.
    """

    low: float
    high: float
    low_open: bool
    whole: bool
    words: str

    def __contains__(self, value: Any) -> bool:
        """Whether a number belongs; infinities, NaN, truth values and non-numbers do not.

        Examples
        --------
        >>> 3125 in COUNT, 3124.5 in COUNT, float("nan") in POSITIVE
        (True, False, False)
        """
        if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
            return False
        low: Any = self.low
        high: Any = self.high
        least: Any = SMALLEST
        most: Any = LARGEST
        if isinstance(value, Fraction):  # against the bounds as they are written: 99/100 is not above 0.99
            low, high = min(self.low, _written(self.low)), max(self.high, _written(self.high))
            least, most = min(least, _written(least)), max(most, _written(most))
        # Every comparison with NaN is false, so it falls out here too.
        if not (low <= value <= high) or (self.low_open and value == low):
            return False
        # Beyond these neither a square of it nor a share could be told from infinity, or from 0.
        if value > most or (self.least == SMALLEST and value < least):
            return False
        return not self.whole or value == int(value)

    def settled(self, value: float) -> float:
        """A computed number, put back on a bound that it left by rounding alone.

        Examples
        --------
        >>> FRACTION.settled(0.1 * 3 / 0.3), FRACTION.settled(1.01)
        (1.0, 1.01)
        """
        for bound in (self.low, self.high):
            if bound and math.isfinite(bound) and math.isclose(value, bound, rel_tol=ROUNDING):
                return float(min(max(value, self.low), self.high))
        return value

    def check(self, value: object, name: str, unit: str) -> None:
        """Raise unless the number belongs.

        Raises
        ------
        DomainError : with the value, its quantity and what is accepted.

        Examples
        --------
        >>> COUNT.check(-8, "servers", "server")
        Traceback (most recent call last):
        ...
        calc.base.errors.DomainError: servers = -8 server is outside its domain: a whole number, at least 1
        """
        if value not in self:
            raise DomainError(self.message(_plain(value), name, unit))

    def message(self, value: str, name: str, unit: str) -> str:
        """The text of the error about one value."""
        said = value if unit == "1" else f"{value} {unit}"
        return f"{name} = {said} is outside its domain: {self.words}{_beyond(value)}"

    @property
    def least(self) -> float:
        """The least number that is taken: the lower bound, or beside an excluded 0 the smallest told from it.

        Examples
        --------
        >>> POSITIVE.least, AT_LEAST_ONE.least
        (1e-150, 1)
        """
        return SMALLEST if self.low_open and self.low == 0 else self.low

    @property
    def is_share(self) -> bool:
        """Whether it holds shares of a whole, which read best in per cent."""
        return self.low == 0 and self.high == 1 and not self.whole

    @property
    def assumptions(self) -> dict[str, bool]:
        """What sympy may assume of a symbol with this domain."""
        known: dict[str, bool] = {"real": True, "finite": True}
        if self.low > 0 or (self.low == 0 and self.low_open):
            known["positive"] = True
        elif self.low == 0:
            known["nonnegative"] = True
        if self.whole:
            known["integer"] = True
        return known


def _beyond(value: str) -> str:
    """The ending that says how large and small numbers are, where one is beyond."""
    try:
        size = abs(Decimal(value))
    except ArithmeticError:
        return ""
    beyond = size.is_finite() and size > 0 and not SMALLEST <= float(size) <= LARGEST
    return f"; numbers from {SMALLEST:g} to {LARGEST:g} are taken" if beyond else ""


def _written(bound: float) -> Any:
    return Fraction(repr(bound)) if math.isfinite(bound) else bound


def _plain(value: Any) -> str:
    if isinstance(value, int | Fraction) and not -_LONG < value < _LONG:
        return f"{(Decimal(value.numerator) / value.denominator).normalize():.6g}"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else f"{float(value):.12g}"
    return str(value)


ANY = Domain(-LARGEST, math.inf, False, False, "a finite number")
POSITIVE = Domain(0, math.inf, True, False, "a finite number above 0")
NOT_NEGATIVE = Domain(0, math.inf, False, False, "a finite number, at least 0")
FRACTION = Domain(0, 1, True, False, "a fraction above 0 and at most 1")
FRACTION_OR_NONE = Domain(0, 1, False, False, "a fraction from 0 to 1")
AT_LEAST_ONE = Domain(1, math.inf, False, False, "a finite number, at least 1")
COUNT = Domain(1, math.inf, False, True, "a whole number, at least 1")
COUNT_OR_NONE = Domain(0, math.inf, False, True, "a whole number, at least 0")
