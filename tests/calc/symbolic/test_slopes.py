"""Slopes by the chain rule with numbers: against sympy's derivatives; signs: against sympy's assumptions."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import sympy as sp

from calc.base.errors import PrintError
from calc.symbolic.signs import is_nonnegative
from calc.symbolic.slopes import slopes, value_and_slopes
from calc.symbolic.trace import compose

a, b, c = sp.symbols("a b c", positive=True)
x = sp.Symbol("x", real=True)
AT = {a: Fraction(7, 3), b: Fraction(5, 2), c: Fraction(3)}
EXPRESSIONS = [
    a * b / c, (a + b) ** 3 / c**2, a**b, sp.sqrt(a) * b, sp.exp(a / b) * sp.log(c), (1 - a / b) ** (c / 2),
    a * b + b * c + a * b * c, sp.Max(a, b) * c, sp.Min(a * b, c) / b, sp.sin(a) * b, 5 * a + sp.pi,
]  # fmt: skip


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_slopes_are_derivatives(expr):
    found = slopes(expr, AT)
    numbers = {symbol: sp.Rational(value.numerator, value.denominator) for symbol, value in AT.items()}
    for symbol in AT:
        assert float(found[symbol]) == pytest.approx(float(sp.diff(expr, symbol).evalf(30, subs=numbers)), rel=1e-12)


def test_where_two_parts_are_equal_the_mean_counts():
    assert slopes(sp.Max(a, b), {a: Fraction(2), b: Fraction(2)}) == {a: Fraction(1, 2), b: Fraction(1, 2)}


def test_what_has_no_rule_is_refused():
    with pytest.raises(PrintError, match="no rule for its slope"):
        slopes(sp.Integral(a * x, (x, 0, a)), {a: Fraction(1), x: Fraction(1)})


@pytest.mark.parametrize(
    "expr", [*EXPRESSIONS, a - b, 1 / a, sp.floor(a), sp.ceiling(a), sp.Max(a, x), sp.Min(a, x), a**x, -a, x**2],
    ids=str,
)  # fmt: skip
def test_what_sympy_knows_to_be_at_least_0_is_known(expr):
    if expr.is_nonnegative is not None:
        assert is_nonnegative(expr) == expr.is_nonnegative


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
def test_composing_is_putting_in(expr):
    parts = {a: b + c, b: c / 2}
    assert sp.simplify(compose(expr, parts).doit() - expr.xreplace(parts)) == 0


def test_a_function_of_a_quotient_has_a_slope():
    """Of log(a/b) sympy writes the slope by a/b as b/a."""
    found = slopes(sp.log(2) / sp.log(a / b), {a: Fraction(4), b: Fraction(1)})
    assert float(found[a]) == pytest.approx(-math.log(2) / (4 * math.log(4) ** 2))
    assert float(found[b]) == pytest.approx(math.log(2) / math.log(4) ** 2)


def test_where_two_of_three_hold_each_has_half():
    at = {a: Fraction(2), b: Fraction(2), c: Fraction(1)}
    assert slopes(sp.Max(a, b, c), at) == {a: Fraction(1, 2), b: Fraction(1, 2), c: 0}
    assert slopes(sp.Min(a, b, c), at) == {a: 0, b: 0, c: 1}


def test_what_is_rounded_counts_as_it_is():
    """12/8 of 3/2 servers are 9/4, by 1/8 of a server more for each of b."""
    at = {a: Fraction(12), b: Fraction(3, 2), c: Fraction(1)}
    for rounding in (sp.ceiling, sp.floor):
        value, found = value_and_slopes(rounding(a / 8) * b, at)
        assert (value, found) == (Fraction(9, 4), {a: Fraction(3, 16), b: Fraction(3, 2), c: 0})


@pytest.mark.parametrize(("power", "slope"), [(1, 1), (2, 0), (3, 0)])
def test_a_power_has_a_slope_where_its_base_is_0(power, slope):
    assert slopes((x - 1) ** power, {x: Fraction(1)}) == {x: slope}
    assert slopes((x - 1) ** power, {x: Fraction(-2)}) == {x: power * (-3) ** (power - 1)}


@pytest.mark.parametrize(
    ("expr", "at", "slope"),
    [(sp.Abs(x), 3, 1), (sp.Abs(x), -3, -1), (sp.atan(x), 2, 0.2), (sp.cos(x), -1, math.sin(1)), (sp.log(x), 4, 0.25)],
    ids=str,
)
def test_a_function_on_either_side_of_0(expr, at, slope):
    assert float(slopes(expr, {x: Fraction(at)})[x]) == pytest.approx(slope)


@pytest.mark.parametrize(("expr", "at"), [(sp.asin(x), 2), (sp.gamma(x), 0), (1 / x, 0)], ids=str)
def test_where_it_has_no_value_it_has_no_slope(expr, at):
    with pytest.raises((ArithmeticError, ValueError)):
        slopes(expr, {x: Fraction(at)})
