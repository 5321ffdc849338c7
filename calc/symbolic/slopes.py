"""By how much an expression changes with each of its symbols, at exact numbers.

The chain rule is gone through once, from the whole to its parts, with numbers; sympy would first write each derivative
down, which for a long chain is hundreds of times as long as the chain.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import sympy as sp

from calc.base.errors import PrintError
from calc.symbolic.evaluate import power, value_of

__all__ = ["slopes", "value_and_slopes"]

_DIGITS = 30  # of what sympy evaluates, where calc cannot


def slopes(expr: sp.Expr, values: Mapping[sp.Symbol, Fraction]) -> dict[sp.Symbol, Fraction]:
    """The derivatives of an expression by each of its symbols.

    ⌈⌉ and ⌊⌋, which have none, are taken as what they round. Of Max and Min the part that holds counts; where two are
    equal, and the slope is another on each side, the mean.

    Parameters
    ----------
    values : of all symbols of the expression.

    Raises
    ------
    PrintError : it holds a node that has no rule.
    ArithmeticError, ValueError : it has no slope there.

    Examples
    --------
    >>> a, b = sp.symbols("a b")
    >>> slopes(sp.Max(a, b) * sp.ceiling(b / 8), {a: Fraction(1), b: Fraction(2)})
    {a: Fraction(0, 1), b: Fraction(1, 2)}
    """
    return value_and_slopes(expr, values)[1]


def value_and_slopes(expr: sp.Expr, values: Mapping[sp.Symbol, Fraction]) -> tuple[Fraction, dict[sp.Symbol, Fraction]]:
    """The same, and before it the value with ⌈⌉ and ⌊⌋ taken as what they round.

    Examples
    --------
    >>> a = sp.Symbol("a")
    >>> value_and_slopes(sp.ceiling(a / 8), {a: Fraction(1)})
    (Fraction(1, 8), {a: Fraction(1, 8)})
    """
    found: dict[sp.Expr, Fraction] = {symbol: values[symbol] for symbol in values}
    order: list[sp.Expr] = []
    varying: set[sp.Expr] = set(values)
    _visit(expr, found, order, varying)
    weights = {expr: Fraction(1)}
    for part in reversed(order):  # whatever a part stands in comes before it
        weight = weights.get(part)
        if weight and part in varying:
            for arg, slope in zip(part.args, _by_each(part, found), strict=True):
                weights[arg] = weights.get(arg, Fraction(0)) + weight * slope
    return found[expr], {symbol: weights.get(symbol, Fraction(0)) for symbol in values}


def _visit(expr: sp.Expr, found: dict[sp.Expr, Fraction], order: list[sp.Expr], varying: set[sp.Expr]) -> None:
    """Enter the values of an expression's parts, each once, those of its arguments first; and which hold a symbol.

    sympy's own `free_symbols` goes through all of a part each time that it is asked.
    """
    if expr in found:
        return
    for arg in expr.args:
        _visit(arg, found, order, varying)
    found[expr] = _value(expr, [found[arg] for arg in expr.args])
    order.append(expr)
    if not varying.isdisjoint(expr.args):
        varying.add(expr)


def _value(expr: sp.Expr, parts: Sequence[Fraction]) -> Fraction:
    if isinstance(expr, (sp.ceiling, sp.floor)):
        return parts[0]
    try:
        return value_of(expr, parts)
    except PrintError:
        if not isinstance(expr, sp.Function):
            raise PrintError(f"{type(expr).__name__} has no rule for its slope") from None
        return _by_sympy(expr.func(*map(_rational, parts)))


def _by_each(expr: sp.Expr, found: Mapping[sp.Expr, Fraction]) -> list[Fraction]:
    """An expression's derivative by each of its arguments."""
    parts = [found[arg] for arg in expr.args]
    if isinstance(expr, (sp.Add, sp.ceiling, sp.floor)):
        return [Fraction(1)] * len(parts)
    if isinstance(expr, sp.Mul):
        return [math.prod(parts[:at] + parts[at + 1 :], start=Fraction(1)) for at in range(len(parts))]
    if isinstance(expr, sp.Pow):
        base, exponent = parts
        grown = Fraction(math.log(base)) * found[expr] if expr.exp.free_symbols else Fraction(0)
        return [exponent * (found[expr] / base if base else power(base, exponent - 1)), grown]
    if isinstance(expr, (sp.Max, sp.Min)):
        holding = parts.count(found[expr])
        return [Fraction(int(part == found[expr]), holding) for part in parts]
    if isinstance(expr, sp.Function):
        # Of stand-ins: of log(a/b) itself sympy writes b/a, in which a/b is not found again.
        inner = [sp.Dummy(real=True) for _ in parts]
        numbers = dict(zip(inner, map(_rational, parts), strict=True))
        like = expr.func(*inner)
        return [_by_sympy(like.fdiff(at).xreplace(numbers)) for at in range(1, len(parts) + 1)]
    raise PrintError(f"{type(expr).__name__} has no rule for its slope")


def _rational(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


def _by_sympy(expr: sp.Expr) -> Fraction:
    number = expr.evalf(_DIGITS)
    if not number.is_Number or not number.is_finite:
        raise ArithmeticError(f"{expr} has no value")
    return Fraction(str(number))
