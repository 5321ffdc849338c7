"""Where an expression takes a value, by trying numbers: for equations without a closed form."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import isfinite

import sympy as sp

from calc.base.domains import Domain
from calc.base.errors import SolveError

__all__ = ["roots"]

_TRIED = 400  # numbers, by equal ratios, or evenly where the domain has both ends
_DECADES = (-9, 15)
_FLAT = 1e-14  # relative: what two numbers that are tried may both miss the target by where nothing changes
_CLOSE = 1e-9  # relative: how near a root's value must come, which a jump does not


def roots(expr: sp.Expr, target: Fraction, x: sp.Symbol, domain: Domain) -> list[sp.Rational]:
    """The numbers of a domain at which an expression crosses a target, to twelve digits.

    Two crossings nearer to each other than the numbers that are tried are not told apart.

    Raises
    ------
    SolveError : a whole stretch yields it.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> roots(x * 2**x, Fraction(8), x, Domain(0, float("inf"), True, False, "above 0"))
    [2]
    """
    # In doubles: a fractional power of an exact number has thousands of digits.
    value_at = sp.lambdify(x, expr, "math")

    def miss(at: float) -> float | None:
        try:
            off = value_at(at) - float(target)
        except (ArithmeticError, ValueError):
            return None
        return off if isinstance(off, float) and isfinite(off) else None

    tried = [(at, off) for at in _numbers(domain) if (off := miss(at)) is not None]
    found = [at for at, off in tried if off == 0 and at in domain]
    for (low, at_low), (high, at_high) in pairwise(tried):
        if max(abs(at_low), abs(at_high)) <= _FLAT * abs(float(target)):
            raise SolveError("a whole stretch of the unknown yields it, where something else holds the result")
        if at_low * at_high < 0:
            root = _halved(miss, low, high, at_low)
            left = miss(root)
            if root in domain and left is not None and abs(left) <= _CLOSE * max(abs(float(target)), _CLOSE):
                found.append(root)
    return [_rational(root) for root in sorted(found)]


def _numbers(domain: Domain) -> list[float]:
    if domain.is_share:
        return [max(at / _TRIED, 1e-12) for at in range(_TRIED + 1)]
    first, last = _DECADES
    spaced = [domain.low + 10 ** (first + (last - first) * at / _TRIED) for at in range(_TRIED + 1)]
    return [domain.low, *(at for at in spaced if at <= domain.high)]


def _halved(miss: Callable[[float], float | None], low: float, high: float, at_low: float) -> float:
    """Bisection, until two doubles are neighbours or the halves cannot be evaluated."""
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        off = miss(middle)
        if off is None:
            break
        if (off < 0) == (at_low < 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _rational(value: float) -> sp.Rational:
    return sp.Rational(f"{value:.12g}")
