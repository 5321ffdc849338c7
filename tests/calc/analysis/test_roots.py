"""Roots found by trying numbers, against equations whose roots are known."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.analysis.roots import roots
from calc.base.domains import AT_LEAST_ONE, FRACTION, FRACTION_OR_NONE, NOT_NEGATIVE, POSITIVE, Domain
from calc.base.errors import SolveError
from tests.sampling import cases

x = sp.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("expr", "target", "domain", "known"),
    [
        (x * 2**x, 2, FRACTION, [1]),  # at the last number that is tried
        (x * 2**x, 2, FRACTION_OR_NONE, [1]),
        (x * 2**x, 0, FRACTION_OR_NONE, []),  # 0 is tried as 10⁻¹², where 0 itself may not be evaluated
        (x * 2**x, 2, AT_LEAST_ONE, [1]),  # at the first
        (x * 2**x, 0, NOT_NEGATIVE, [0]),
        (x * 2**x, 0, POSITIVE, []),  # the first number that is tried is outside
        (x * 2**x, -1, POSITIVE, []),
        (x * 2**x, 24, POSITIVE, [3]),
        (x * 2**x, 24, Domain(0, 2.5, True, False, "at most 2.5"), []),
        (x + 1 / x + x**5 - x**5, 2.5, POSITIVE, [0.5, 2]),
        (x + 6 / x, 5, POSITIVE, [2, 3]),
        (x + 1 / x, 2.5, FRACTION, [0.5]),
        (x + 1 / x, 2.5, AT_LEAST_ONE, [2]),
        ((x - 3) ** 3, 0, POSITIVE, [3]),
        (sp.log(x), 0, POSITIVE, [1]),
        (sp.sqrt(x - 5) + x, 8, POSITIVE, [(17 - math.sqrt(13)) / 2]),  # below 5 there is nothing
        ((x - 5) ** sp.Rational(3, 2), 8, POSITIVE, [9]),  # and below 5 a complex number
        (1 / (x - 5), 0, POSITIVE, []),
        (x * 1e-9, 1e-15, POSITIVE, [1e-6]),
        (x * 1e-9, 1, POSITIVE, [1e9]),
    ],
    ids=str,
)  # fmt: skip
def test_known_roots(expr: sp.Expr, target: float, domain: Domain, known: list[float]) -> None:
    assert list(map(float, roots(expr, Fraction(target), x, domain))) == pytest.approx(known, rel=1e-11, abs=0)


@settings(max_examples=cases(100, 20))
@given(st.floats(1e-8, 1e12))
def test_a_root_is_put_back(root: float) -> None:
    """X + log x rises everywhere, so it has one root, wherever that is."""
    (found,) = roots(x + sp.log(x), Fraction(root + math.log(root)), x, POSITIVE)
    assert float(found) == pytest.approx(root, rel=1e-9)


def test_a_jump_is_no_root() -> None:
    """1/(x − √2) changes its sign at √2, and is never 0 there."""
    assert roots(1 / (x - math.sqrt(2)), Fraction(0), x, POSITIVE) == []
    assert roots(sp.floor(x) + sp.Rational(1, 2), Fraction(3), x, POSITIVE) == []


@pytest.mark.parametrize("target", [8, -8])
def test_a_whole_stretch_is_refused(target: int) -> None:
    with pytest.raises(SolveError, match="whole stretch"):
        roots(sp.sign(target) * sp.Max(x, 8), Fraction(target), x, POSITIVE)
