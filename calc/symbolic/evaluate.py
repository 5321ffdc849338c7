"""An expression at exact numbers.

Python's fractions do this in microseconds; sympy's own evaluation of ⌈⌉ loads a tenth of a second of code
first. Where a value is irrational the nearest double stands for it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import sympy as sp

from calc.base.errors import PrintError

__all__ = ["evaluate", "power", "value_of"]

_ROUNDINGS: dict[type, Callable[[Fraction], int]] = {sp.ceiling: math.ceil, sp.floor: math.floor}
_FUNCTIONS: dict[type, Callable[[float], float]] = {sp.exp: math.exp, sp.log: math.log}
_LARGEST = 4096  # bits of a power's exponent times its base; no quantity of the book comes near
_FURTHER = 64  # times as many, where a double of it would be 0 or infinite
_DOUBLES = 1000  # as powers of two


def evaluate(expr: sp.Expr, values: Mapping[sp.Symbol, Fraction]) -> Fraction | None:
    """The value of an expression, or None where it has none: a division by zero, a logarithm of a negative.

    Raises
    ------
    PrintError : the expression holds a node that is not on the list.

    Examples
    --------
    >>> a, b = sp.symbols("a b")
    >>> evaluate(sp.ceiling(a / b), {a: Fraction(3, 10), b: Fraction(1, 10)})
    Fraction(3, 1)
    """
    try:
        return _value(expr, values, {})
    except PrintError:  # a ValueError too, like every error of this package
        raise
    except (ZeroDivisionError, OverflowError, ValueError):
        return None


def _value(expr: sp.Expr, values: Mapping[sp.Symbol, Fraction], known: dict[sp.Expr, Fraction]) -> Fraction:
    """An expression's value; what stands in it twice, as a chain's steps do, is worked out once."""
    if isinstance(expr, sp.Symbol):
        return values[expr]
    if expr not in known:
        known[expr] = value_of(expr, [_value(arg, values, known) for arg in expr.args])
    return known[expr]


def value_of(expr: sp.Expr, parts: Sequence[Fraction]) -> Fraction:
    """The value of an expression that is no symbol, from those of its arguments.

    Raises
    ------
    PrintError : it is a node that is not on the list.
    ArithmeticError, ValueError : it has no value there.

    Examples
    --------
    >>> value_of(sp.Max(*sp.symbols("a b")), [Fraction(1), Fraction(2)])
    Fraction(2, 1)
    """
    if isinstance(expr, sp.Rational):
        return Fraction(int(expr.p), int(expr.q))
    if isinstance(expr, sp.NumberSymbol):
        return Fraction(float(expr))
    if isinstance(expr, sp.Mul):
        return math.prod(parts, start=Fraction(1))
    if isinstance(expr, sp.Add):
        return sum(parts, start=Fraction(0))
    if isinstance(expr, sp.Pow):
        return power(*parts)
    if type(expr) in _ROUNDINGS:
        return Fraction(_ROUNDINGS[type(expr)](parts[0]))
    if isinstance(expr, (sp.Max, sp.Min)):
        return max(parts) if isinstance(expr, sp.Max) else min(parts)
    if type(expr) in _FUNCTIONS:
        return Fraction(_FUNCTIONS[type(expr)](float(parts[0])))
    raise PrintError(f"{type(expr).__name__} cannot be evaluated exactly")


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """A power: exact where the exponent is whole and no number of monstrous length comes of it, else a double.

    Examples
    --------
    >>> power(Fraction(2, 3), Fraction(-2))
    Fraction(9, 4)
    >>> power(Fraction(14140), Fraction(-387)) == Fraction(1, 14140**387)
    True
    """
    size = abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length())
    whole = exponent.denominator == 1
    # No double is so far from 1, and what it is multiplied with may bring it back.
    far = base > 0 and abs(exponent) * abs(math.log2(base.numerator) - math.log2(base.denominator)) > _DOUBLES
    if whole and size <= (_LARGEST * _FURTHER if far else _LARGEST):
        return base ** int(exponent)
    if base < 0 and exponent.denominator != 1:
        raise ValueError("no real number is that power of a negative one")
    if base > 0 and not sys.float_info.min <= base <= sys.float_info.max:
        # Sympy may put a root of a number of thousands of digits for several roots of short ones.
        logarithm = math.log(base.numerator) - math.log(base.denominator)
        return Fraction(math.exp(float(exponent) * logarithm))
    return Fraction(float(base) ** float(exponent))
