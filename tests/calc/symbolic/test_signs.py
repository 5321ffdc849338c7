"""Which expressions are known to be at least 0: told from their parts, and held against numbers put in."""

from __future__ import annotations

from itertools import product

import pytest
import sympy as sp

from calc.symbolic.signs import has_sign, is_nonnegative

above, other = sp.symbols("above other", positive=True)
least, more = sp.symbols("least more", nonnegative=True)
any_, real = sp.symbols("any real", real=True)
NUMBERS = {above: (0.5, 3), other: (0.25, 2), least: (0, 2.5), more: (0, 1), any_: (-2, 0, 1.5), real: (-1, 3)}


def power(base: sp.Expr, exponent: object) -> sp.Expr:
    """A power as it is written."""
    return sp.Pow(base, exponent, evaluate=False)


ABOVE = [
    above, sp.Integer(3), above + least, above * other, sp.Max(above, any_), sp.Min(above, other), sp.ceiling(above),
    power(above, any_), power(above, -2), above / other + 1, power(above + least, -1),
]  # fmt: skip
AT_LEAST = [
    least, sp.Integer(0), least + more, above * least, sp.Max(least, any_), sp.Min(above, least), sp.ceiling(least),
    power(least, 2), sp.floor(above), sp.floor(least), power(least, more), least / above, sp.Max(any_, least, real),
]  # fmt: skip
UNKNOWN = [
    any_, sp.Integer(-1), -above, above + any_, least + any_, above * any_, least * any_, sp.Min(above, any_),
    sp.Max(any_, real), sp.ceiling(any_), sp.floor(any_), power(any_, 2), power(least, any_), power(least, -1),
    above - other, power(any_, above), power(above, sp.I),
]  # fmt: skip


@pytest.mark.parametrize("expr", ABOVE + AT_LEAST, ids=str)
def test_what_is_told_holds_of_numbers(expr: sp.Expr) -> None:
    assert has_sign(expr) is True
    assert is_nonnegative(expr)
    symbols = sorted(expr.free_symbols, key=str)
    for values in product(*(NUMBERS[symbol] for symbol in symbols)):
        found = expr.subs(dict(zip(symbols, values, strict=True))).doit()
        assert found >= 0
        assert found > 0 or expr in AT_LEAST


@pytest.mark.parametrize("expr", ABOVE, ids=str)
def test_what_is_above_0_may_be_divided_by(expr: sp.Expr) -> None:
    assert has_sign(power(expr, -1))
    assert has_sign(sp.Mul(above, power(expr, -1), evaluate=False))


@pytest.mark.parametrize("expr", AT_LEAST + UNKNOWN, ids=str)
def test_what_may_be_0_or_below_is_not(expr: sp.Expr) -> None:
    assert not has_sign(power(expr, -1))


@pytest.mark.parametrize("expr", UNKNOWN, ids=str)
def test_of_all_else_nothing_is_told(expr: sp.Expr) -> None:
    assert not has_sign(expr)


def test_sympy_is_asked_of_the_rest() -> None:
    """A square, and e to any power."""
    for expr in (any_**2, sp.exp(any_)):
        assert not has_sign(expr)
        assert is_nonnegative(expr) is True
    assert is_nonnegative(sp.log(above)) is False
