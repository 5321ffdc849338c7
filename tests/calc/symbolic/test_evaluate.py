"""Expressions at exact numbers."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from calc.base.errors import PrintError
from calc.symbolic.evaluate import evaluate, power
from tests.calc.support import refused

a, b = sp.symbols("a b", positive=True)
positive = st.fractions(Fraction(1, 1000), 1000)


@pytest.mark.parametrize(
    "expr",
    [a * b, a / b, a + b, a - b, sp.ceiling(a / b), sp.floor(a * b), sp.Max(a, b), sp.Min(a, b), a**3, a**-2],
    ids=str,
)
@given(x=positive, y=positive)
def test_as_sympy_has_it(expr, x, y):
    symbols = {a: sp.Rational(x.numerator, x.denominator), b: sp.Rational(y.numerator, y.denominator)}
    expected = expr.subs(symbols)
    assert evaluate(expr, {a: x, b: y}) == Fraction(int(expected.p), int(expected.q))


def test_three_tenths_over_one_tenth():
    assert evaluate(sp.ceiling(a / b), {a: Fraction(3, 10), b: Fraction(1, 10)}) == 3


@pytest.mark.parametrize(
    ("expr", "value"), [(1 / (a - b), 1), (sp.log(a - b), 1), (a ** (a**9), 10**9)], ids=["zero", "log", "too-large"]
)
def test_no_value(expr, value):
    assert evaluate(expr, {a: Fraction(value), b: Fraction(value)}) is None


def test_irrational_results_are_doubles():
    assert evaluate(sp.sqrt(a), {a: Fraction(2)}) == Fraction(2**0.5)
    assert float(evaluate(sp.exp(a) + sp.log(b) * sp.pi, {a: Fraction(1), b: Fraction(2)})) == pytest.approx(4.895868)


def test_an_unknown_node():
    with refused(PrintError, "sin cannot be evaluated"):
        evaluate(sp.sin(a), {a: Fraction(1)})


@pytest.mark.parametrize("exponent", ["1/2", "-1/2", "1/3", "3/2"])
def test_no_power_of_a_negative_number_is_real_but_whole_ones(exponent):
    with pytest.raises(ValueError, match="no real number"):
        power(Fraction(-4), Fraction(exponent))
    assert power(Fraction(4), Fraction(1, 2)) == 2
    assert (power(Fraction(-2), Fraction(3)), power(Fraction(-2), Fraction(-2))) == (-8, Fraction(1, 4))


def test_a_power_too_long_to_be_exact_is_a_double_of_either_sign():
    """(1 - 10⁻⁹) to a power of an odd million and one: -exp of its logarithm, by math's own log1p."""
    number = 1 - Fraction(1, 10**9)
    for base, sign in ((number, 1), (-number, -1)):
        assert float(power(base, Fraction(1_000_001))) == pytest.approx(sign * math.exp(1_000_001 * math.log1p(-1e-9)))


def test_a_root_of_a_number_beyond_all_doubles():
    assert float(power(Fraction(10**800), Fraction(1, 4))) == pytest.approx(1e200)
    assert float(power(Fraction(1, 10**800), Fraction(-3, 8))) == pytest.approx(1e300)
