"""Ranges, and the directions in which results move."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import scenario, spare_gpus, training_energy
from calc.model.input import Input
from calc.symbolic.bounds import direction
from calc.symbolic.evaluate import evaluate
from tests.calc.support import DERIVATIONS, FORMULAS, PAIRS, by_symbol, inputs_of
from tests.sampling import cases
from tests.together import each


@pytest.mark.parametrize("derivation", [d for d in DERIVATIONS if d.values[0].range])
@settings(max_examples=cases(15, 5))
@given(data=st.data())
def test_no_point_of_the_inputs_ranges_leaves_the_results(derivation, data):
    low, high = derivation.range
    assert low <= derivation.exact <= high
    moved = {}
    for leaf in derivation.leaves:
        if isinstance(leaf, Input) and leaf.low < leaf.high:
            value = leaf.low + (leaf.high - leaf.low) * data.draw(st.fractions(0, 1, max_denominator=100))
            moved[leaf.quantity.name] = Fraction(round(value)) if leaf.quantity.domain.whole else value
    assert low <= derivation.formula.derive("gpt-4", **moved).exact <= high


def test_the_ends_are_reached():
    low, high = training_energy.derive("gpt-4").range
    gpt4, names = scenario("gpt-4"), ("server_power", "training_time", "gpus")
    ends = [
        training_energy.derive("gpt-4", **{name: getattr(gpt4[name], end) for name in names}).exact
        for end in ("low", "high")
    ]
    assert [low, high] == ends


def test_no_range_where_the_result_jumps():
    assert spare_gpus.derive("gpt-4").range is None


def test_given_values_have_no_range():
    low, high = training_energy.derive("gpt-4", server_power=6.5, servers=3125, training_time=90).range
    assert low == high == Fraction("43.875")


@each(("one", "q"), PAIRS)
@settings(max_examples=cases(15, 5))
@given(data=st.data())
def test_direction_against_differences(one, q, data):
    told = direction(one.numeric, q.symbol)
    values = by_symbol(one, data.draw(inputs_of(one)))
    more = {**values, q.symbol: values[q.symbol] * data.draw(st.integers(2, 9))}
    before, after = evaluate(one.numeric, values), evaluate(one.numeric, more)
    if told is None or before is None or after is None:
        return
    assert (after - before) * told >= 0
    assert told != 0


@each("one", FORMULAS)
def test_nothing_moves_with_what_is_not_there(one):
    assert direction(one.numeric, sp.Symbol("elsewhere")) == 0


a, b = sp.symbols("a b", positive=True)
z = sp.Symbol("z", real=True)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (a, 1),
        (-a, -1),
        (a * b, 1),
        (b / a, -1),
        (a**2, 1),
        (a**-2, -1),
        (sp.sqrt(a), 1),
        (a + a**2, 1),
        (a - a**2, None),
        (b - a, -1),
        (sp.ceiling(a / b), 1),
        (sp.floor(b / a), -1),
        (sp.Max(a, b), 1),
        (sp.Min(1 / a, b), -1),
        (sp.exp(-a), -1),
        (sp.log(a), 1),
        (a * (b - a), None),
        (z * a, None),
        (2**a, None),
        (sp.sin(a), None),
        (b, 0),
    ],
    ids=str,
)
def test_direction(expr, expected):
    assert direction(expr, a) == expected
