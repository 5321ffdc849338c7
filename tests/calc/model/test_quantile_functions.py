"""Quantile functions and shares, held against SciPy's own distributions: the same bits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from calc.model import quantile_functions as ours

# As draws have them, in half steps of 30 bits, with both ends.
SHARES = st.lists(st.integers(0, 2**31), min_size=1, max_size=20).map(lambda ks: np.array([0, *ks, 2**31]) / 2**31)
MAGNITUDES = st.floats(-12, 12).map(lambda power: 10**power)
SHAPES = st.floats(-2, 3).map(lambda power: 10**power)
ENDS = st.tuples(st.floats(-1e9, 1e9), MAGNITUDES).map(lambda pair: (pair[0], pair[0] + pair[1]))


def same(found: ours.Continuous, known: stats.distributions.rv_frozen, shares: np.ndarray) -> None:
    """Both the same, at shares, at the values of these, at the ends and beyond."""
    values = found.ppf(shares)
    assert np.array_equal(values, known.ppf(shares))
    low, high = map(float, known.support())
    for value in [*values.tolist(), 0.0, -1e12, 1e12, math.inf, low, math.nextafter(low, 1e12), high]:
        with np.errstate(over="ignore"):  # beside an end that is infinite
            assert found.cdf(float(value)) == known.cdf(value)


@given(ENDS, SHARES)
def test_uniform(ends, shares):
    low, high = ends
    assume(low < high)
    same(ours.uniform(low, high), stats.uniform(low, high - low), shares)


@given(ENDS, st.floats(0, 1) | st.sampled_from([0.0, 1.0]), SHARES)
def test_triangular(ends, at, shares):
    low, high = ends
    assume(low < high)
    peak = min(max(low + at * (high - low), low), high)
    same(ours.triangular(low, peak, high), stats.triang((peak - low) / (high - low), low, high - low), shares)


@given(SHAPES, SHAPES, SHARES)
def test_beta(a, b, shares):
    same(ours.beta(a, b), stats.beta(a, b), shares)


@given(ENDS, st.floats(0, 1) | st.sampled_from([0.0, 1.0]), SHARES)
def test_beta_over_a_range(ends, at, shares):
    """As PERT has it: its two shapes add up to six."""
    low, high = ends
    assume(low < high)
    a, b = 1 + 4 * at, 5 - 4 * at
    same(ours.beta(a, b, low, high), stats.beta(a, b, low, high - low), shares)


@given(st.floats(-1e9, 1e9), MAGNITUDES, SHARES)
def test_normal(mean, deviation, shares):
    same(ours.normal(mean, deviation), stats.norm(mean, deviation), shares)


@given(MAGNITUDES, st.floats(1e-6, 10), SHARES)
def test_lognormal(median, deviation, shares):
    same(ours.lognormal(median, deviation), stats.lognorm(deviation, scale=median), shares)


@pytest.mark.parametrize(
    "one",
    [
        ours.uniform(1, 4), ours.triangular(1, 1, 4), ours.triangular(1, 4, 4), ours.beta(2, 3, 1, 4),
        ours.normal(1, 2), ours.lognormal(3, 1),
    ],
)  # fmt: skip
def test_what_is_no_share_has_no_value(one):
    assert np.isnan(one.ppf(np.array([-1e-9, 1 + 1e-9, -1, 2, math.nan]))).all()
    assert np.all(np.diff(one.ppf(np.linspace(0, 1, 1001))) > 0)
