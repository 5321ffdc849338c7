"""Ranges, and the directions in which results move."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import scenario, spare_gpus, training_energy
from calc.model.input import Input
from calc.symbolic.bounds import bounds, direction
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


P, Q, S = sp.symbols("p q s", positive=True)
Z = sp.Symbol("z", real=True)
BOX = {P: (Fraction(1), Fraction(3)), Q: (Fraction(1, 2), Fraction(4)), S: (Fraction(2), Fraction(2))}
MONOTONE = [
    P, P * Q, P / Q, P - Q, 2 - P, -3 * P * Q, P**2 - Q, 1 / (P + Q), sp.ceiling(P / Q), sp.floor(P * Q) + Q,
    sp.Max(P, Q), sp.Min(P, 2) * Q, sp.exp(P) + sp.log(Q), (4 - P) * Q, (P - 1) * Q, sp.sqrt(P) / Q**3, P * S, P**S,
    S - sp.floor(S / 3) * S, sp.Integer(7),
]  # fmt: skip


@pytest.mark.parametrize("expr", MONOTONE, ids=str)
def test_bounds_against_every_number_of_a_grid(expr):
    """The least and the greatest are among the ends, and nothing between them is beyond."""
    made = [
        evaluate(expr, {P: 1 + Fraction(p, 4), Q: Fraction(1, 2) + Fraction(q, 4), S: Fraction(2)})
        for p in range(9) for q in range(15)
    ]  # fmt: skip
    assert bounds(expr, BOX) == (min(made), max(made))


@pytest.mark.parametrize(
    "expr",
    [P - P**2, P * (2 - P), (P - 2) * Q, P + 1 / P, Z * P, sp.sin(P), P**Q, Q - sp.floor(Q), sp.Abs(Z)],
    ids=str,
)
def test_what_may_turn_has_no_bounds(expr):
    assert bounds(expr, {**BOX, Z: (Fraction(-1), Fraction(1))}) is None


def test_where_an_end_has_no_value_there_are_none():
    assert bounds(1 / (4 - P), BOX) == (Fraction(1, 3), 1)
    for expr in (1 / (P - 1), 1 / (3 - P), sp.log(P - 1)):
        assert bounds(expr, BOX) is None


@pytest.mark.parametrize(
    ("expr", "rises"),
    [(P, 1), (Q, 0), (-P, -1), (P * Q, 1), (Q / P, -1), (P - P * Q, None), (P + Q, 1), (1 - P, -1), (Z * P, None),
     (sp.exp(-P), -1), (sp.Max(P, 2 - P), None), (P**-2, -1), (P**Z, None), (Z**2 * P, 1)],
    ids=str,
)  # fmt: skip
def test_the_way_an_expression_goes_with_a_symbol(expr, rises):
    assert direction(expr, P) == rises
    assert type(direction(expr, P)) is type(rises)
