"""The least and greatest value of an expression: it is evaluated at the ends of its symbols' ranges."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from fractions import Fraction

import sympy as sp

from calc.symbolic.evaluate import evaluate
from calc.symbolic.signs import has_sign

__all__ = ["Box", "bounds", "direction"]

Box = Mapping[sp.Symbol, tuple[Fraction, Fraction]]


def bounds(expr: sp.Expr, box: Box) -> tuple[Fraction, Fraction] | None:
    """The least and greatest value while each symbol lies between its two numbers; None where that is not certain."""
    box = _Box(box)
    lowest: dict[sp.Symbol, Fraction] = {}
    highest: dict[sp.Symbol, Fraction] = {}
    for symbol, (low, high) in box.items():
        sign = 1 if low == high else direction(expr, symbol, box)
        if sign is None:
            return None
        lowest[symbol], highest[symbol] = (low, high) if sign >= 0 else (high, low)
    least, greatest = evaluate(expr, lowest), evaluate(expr, highest)
    return None if least is None or greatest is None else (least, greatest)


class _Box(dict[sp.Symbol, tuple[Fraction, Fraction]]):
    """A box that keeps which expressions are at least 0 in it: each symbol of one asks for the same factors."""

    def __init__(self, box: Box) -> None:
        super().__init__(box)
        self.nonnegative: dict[sp.Expr, bool] = {}


def _nonnegative(expr: sp.Expr, box: Box | None) -> bool:
    """Whether an expression is at least 0: for all values of its symbols, or for those between their numbers."""
    if not isinstance(box, _Box):
        return _is_nonnegative(expr, box)
    if expr not in box.nonnegative:
        box.nonnegative[expr] = _is_nonnegative(expr, box)
    return box.nonnegative[expr]


def _is_nonnegative(expr: sp.Expr, box: Box | None) -> bool:
    if has_sign(expr):
        return True
    if box is not None and (symbols := expr.free_symbols) <= box.keys():
        least = _least(expr, tuple(sorted(((s, *box[s]) for s in symbols), key=lambda one: one[0].name)))
        if least is not None:  # before sympy, which takes a hundred times as long to say that it does not know
            return least >= 0
    return bool(expr.is_nonnegative)


@functools.lru_cache(maxsize=4096)
def _least(expr: sp.Expr, box: tuple[tuple[sp.Symbol, Fraction, Fraction], ...]) -> Fraction | None:
    found = bounds(expr, {symbol: (low, high) for symbol, low, high in box})
    return None if found is None else found[0]


def direction(expr: sp.Expr, x: sp.Symbol, box: Box | None = None) -> int | None:
    """Whether an expression rises (1), falls (-1) or stays (0) with a symbol; None where that is not certain.

    Told from the structure: sums and products of what rises rise, a negative power turns the direction round,
    and rounding, max, min, exp and log keep it. A difference may be a factor if it stays at least 0 while the symbols
    lie between the numbers of `box`.

    Examples
    --------
    >>> a, b = sp.symbols("a b", positive=True)
    >>> direction(sp.ceiling(a / b), b)
    -1
    >>> direction(a - sp.floor(a / b) * b, a) is None
    True
    >>> direction((a - 1) * b, b) is None, direction((a - 1) * b, b, {a: (Fraction(1), Fraction(2))})
    (True, 1)
    """
    if expr == x:
        return 1
    if not expr.has(x):
        return 0
    if isinstance(expr, sp.Pow):
        base = direction(expr.base, x, box)
        plain = not expr.exp.has(x) and _nonnegative(expr.base, box)
        sign = 1 if expr.exp.is_nonnegative else -1 if expr.exp.is_nonpositive else None
        return None if base is None or sign is None or not plain else base * sign
    if isinstance(expr, sp.Mul):
        number, rest = expr.as_coeff_Mul()
        if not all(_nonnegative(factor, box) for factor in sp.Mul.make_args(rest)):
            return None
        together = _agreed([direction(factor, x, box) for factor in sp.Mul.make_args(rest)])
        return None if together is None else together * (1 if number > 0 else -1)
    if isinstance(expr, (sp.Add, sp.ceiling, sp.floor, sp.Max, sp.Min, sp.exp, sp.log)):
        return _agreed([direction(arg, x, box) for arg in expr.args])
    return None


def _agreed(signs: list[int | None]) -> int | None:
    """The one direction of several parts, if those that move all move the same way."""
    moving = set(signs) - {0}
    if not moving:
        return 0
    return moving.pop() if len(moving) == 1 else None
