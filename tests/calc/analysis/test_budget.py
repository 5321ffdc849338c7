"""Uncertainty budgets: against the GUM's own worked examples, closed forms and draws."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from calc import cluster_power, formula_by_id, metered_training_energy, scenario, total_facility_energy, training_energy
from calc.analysis.budget import Shares, _number, budget, drawn_shares, propagate, shares, smooth
from calc.analysis.sampling import uncertain
from calc.base.errors import CalcError, DomainError
from calc.model.scenario_file import read_scenario
from calc.model.step import Step
from calc.symbolic.evaluate import evaluate
from tests.calc.support import DERIVATIONS, refused

# JCGM 100:2008, annex H. Inputs and results as printed there; also repeated in the manuals and tests of several
# programs for metrology, where they were seen.

LENGTH, DIFFERENCE, ALPHA, THETA, D_ALPHA, D_THETA = sp.symbols("l_s d alpha_s theta delta_alpha delta_theta")
END_GAUGE = LENGTH + DIFFERENCE - LENGTH * (D_ALPHA * THETA + ALPHA * D_THETA)
END_GAUGE_VALUES = {LENGTH: 50_000_623, DIFFERENCE: 215, ALPHA: 11.5e-6, THETA: -0.1, D_ALPHA: 0, D_THETA: 0}  # nm, °C
END_GAUGE_KNOWN = {
    LENGTH: 25,
    DIFFERENCE: 9.7,
    ALPHA: 1.2e-6,
    THETA: 0.41,
    D_ALPHA: 1e-6 / math.sqrt(3),
    D_THETA: 0.05 / math.sqrt(3),
}


def test_end_gauge_h1():
    found = propagate(END_GAUGE, END_GAUGE_VALUES, END_GAUGE_KNOWN)
    assert found.value == 50_000_838
    assert round(found.uncertainty) == 32
    printed = {"l_s": 25, "d": 9.7, "alpha_s": 0, "theta": 0, "delta_alpha": 2.9, "delta_theta": 16.6}
    assert {line.name: round(abs(line.contribution), 1) for line in found.lines} == printed
    assert found["delta_alpha"].sensitivity == pytest.approx(0.1 * 50_000_623)
    assert found["delta_theta"].sensitivity == pytest.approx(-11.5e-6 * 50_000_623)


V, AMPS, PHI = sp.symbols("V I phi")
CIRCUIT = {"R": V / AMPS * sp.cos(PHI), "X": V / AMPS * sp.sin(PHI), "Z": V / AMPS}
CIRCUIT_VALUES = {V: 4.9990, AMPS: 19.6610e-3, PHI: 1.04446}
CIRCUIT_KNOWN = {V: 0.0032, AMPS: 0.0095e-3, PHI: 0.00075}
CIRCUIT_TOGETHER = {(V, AMPS): -0.36, (V, PHI): 0.86, (AMPS, PHI): -0.65}


@pytest.mark.parametrize(
    ("name", "value", "uncertainty"), [("R", 127.732, 0.071), ("X", 219.847, 0.295), ("Z", 254.260, 0.236)]
)
def test_resistance_and_reactance_h2(name, value, uncertainty):
    found = propagate(CIRCUIT[name], CIRCUIT_VALUES, CIRCUIT_KNOWN, CIRCUIT_TOGETHER)
    # The GUM carries more digits of the means and correlations than it prints.
    assert found.value == pytest.approx(value, abs=0.0011)
    assert found.uncertainty == pytest.approx(uncertainty, abs=0.0015)


@pytest.mark.parametrize(("pair", "printed"), [("RX", -0.588), ("RZ", -0.485), ("XZ", 0.993)])
def test_results_of_h2_go_together(pair, printed):
    # u(a + b)² = u(a)² + u(b)² + 2 r u(a) u(b)
    one, two = (CIRCUIT[name] for name in pair)
    a, b, both = (
        propagate(expr, CIRCUIT_VALUES, CIRCUIT_KNOWN, CIRCUIT_TOGETHER).uncertainty for expr in (one, two, one + two)
    )
    assert (both**2 - a**2 - b**2) / (2 * a * b) == pytest.approx(printed, abs=0.02)


def test_independent_inputs_of_h2_would_give_another_answer():
    assert propagate(CIRCUIT["R"], CIRCUIT_VALUES, CIRCUIT_KNOWN).uncertainty > 2 * 0.071


def test_a_product_has_elasticity_one_and_relative_squares_add():
    found = budget(training_energy.derive("gpt-4"))
    assert {line.elasticity for line in found.lines} == {1.0}
    gpt4 = scenario("gpt-4")
    relative = [gpt4[line.name].distribution.uncertainty / float(gpt4[line.name].value) for line in found.lines]
    assert found.uncertainty / found.value == pytest.approx(math.hypot(*relative), rel=1e-12)


def test_elasticities_of_a_sum_are_its_parts():
    d = total_facility_energy.derive("gpt-4")
    found = budget(d)
    assert found["gpus"].elasticity == pytest.approx(52.65 / 133.65)
    assert found["prompts_per_day"].elasticity == pytest.approx(81 / 133.65)
    assert found["pue"].elasticity == pytest.approx(1)


RANGED = [d for d in DERIVATIONS if uncertain(d.values[0])]
SMOOTH = [d for d in RANGED if not d.values[0].formula.result.domain.whole and d.id != "spare-gpus"]


@pytest.mark.parametrize("derivation", SMOOTH)
def test_sensitivities_are_slopes(derivation):
    expr = smooth(derivation.expression)
    values = {leaf.quantity.symbol: leaf.value for leaf in derivation.leaves}
    for line in budget(derivation).lines:
        symbol = derivation.scenario[line.name].quantity.symbol
        step = abs(values[symbol]) / 10_000 or Fraction(1, 10_000)
        above, below = (evaluate(expr, {**values, symbol: values[symbol] + sign * step}) for sign in (1, -1))
        if above is not None and below is not None:
            assert float((above - below) / (2 * step)) == pytest.approx(line.sensitivity, rel=1e-5, abs=1e-30), (
                line.name
            )


@pytest.mark.parametrize("derivation", RANGED)
def test_shares_of_the_variance(derivation):
    found = shares(derivation)
    assert list(found.total) == [one.quantity.name for one in uncertain(derivation)]
    for name, share in found.main.items():
        assert 0 <= share <= 1
        assert found.total[name] >= share - 0.03
    assert sum(found.main.values()) <= 1.05


def test_shares_of_a_sum_of_squares_in_closed_form():
    # For a product of independent inputs, 1 + V/m² multiplies; the first-order share follows from it.
    d = metered_training_energy.derive("gpt-4")
    ratios = {one.quantity.name: (one.distribution.uncertainty / one.distribution.mean) ** 2 for one in uncertain(d)}
    whole = math.prod(1 + ratio for ratio in ratios.values()) - 1
    found = shares(d)
    for name, ratio in ratios.items():
        assert found.main[name] == pytest.approx(ratio / whole, abs=0.02)
        assert found.total[name] == pytest.approx(ratio / (1 + ratio) * (1 + whole) / whole, abs=0.02)


def test_shares_are_the_same_each_time():
    d = metered_training_energy.derive("gpt-4")
    again = Step(d.formula, d.scenario, d.inputs)
    assert shares(again) == shares(d)
    assert shares(again) is not shares(d)


def test_nothing_uncertain_has_no_budget():
    d = training_energy.derive("gpt-4", servers=3125, server_power=6.5, training_time=90)
    assert budget(d) is None
    assert shares(d) is None


A, B = sp.symbols("a b")


@pytest.mark.parametrize(
    ("uncertainties", "together", "words"),
    [
        ({A: -1}, {}, "is -1; accepted: a finite number, at least 0"),
        ({A: math.inf}, {}, "is inf"),
        ({A: 1, B: 1}, {(A, B): 1.2}, "1.2 is no correlation of a and b"),
        ({A: 1, B: 1}, {(A, A): 1}, "between two inputs"),
    ],
)
def test_refused(uncertainties, together, words):
    with refused(CalcError, words):
        propagate(A * B, {A: 2, B: 3}, uncertainties, together)


def test_fully_correlated_parts_of_a_ratio_cancel():
    found = propagate(A / B, {A: 2, B: 4}, {A: 0.2, B: 0.4}, {(A, B): 1})
    assert found.uncertainty == pytest.approx(0, abs=1e-9)
    assert propagate(A / B, {A: 2, B: 4}, {A: 0.2, B: 0.4}).uncertainty == pytest.approx(0.5 * np.hypot(0.1, 0.1))


X = sp.Symbol("x")


def test_what_calc_has_no_rule_for_is_worked_out_by_sympy():
    assert float(_number(sp.asin(X), {X: Fraction(1, 2)})) == pytest.approx(math.pi / 6)
    assert float(_number(sp.gamma(X), {X: Fraction(5)})) == 24


@pytest.mark.parametrize(("expr", "at"), [(sp.asin(X), 2), (sp.gamma(X), 0), (1 / X, 0)], ids=str)
def test_no_value_is_no_number(expr, at):
    """The arcsine of 2 is complex, and a pole is no number."""
    with refused(CalcError, "has no value there"):
        _number(expr, {X: Fraction(at)})


@pytest.mark.parametrize("number", [0.1, 0.7, Fraction(1, 10), 3])
def test_a_float_is_the_decimal_that_a_person_reads(number):
    found = propagate(A * 30, {A: number}, {A: 0.5})
    assert found.value == float(30 * Fraction(str(number)))
    assert found.uncertainty == 15


def test_shares_of_a_product_whose_factors_go_together_by_hand():
    """3·0.2 and 2·0.6, whose squares and twice half their product make up the variance."""
    found = propagate(A * B, {A: 2, B: 3}, {A: 0.2, B: 0.6}, {(A, B): 0.5})
    variance = 0.6**2 + 1.2**2 + 2 * 0.5 * 0.6 * 1.2
    assert found.uncertainty == pytest.approx(math.sqrt(variance))
    assert [line.name for line in found.lines] == ["b", "a"]
    assert found["a"].share == pytest.approx(0.6**2 / variance)
    assert found["b"].share == pytest.approx(1.2**2 / variance)
    ((one, other, share),) = found.together
    assert (one, other) == ("a", "b")
    assert share == pytest.approx(2 * 0.5 * 0.6 * 1.2 / variance)
    assert sum(line.share for line in found.lines) + share == pytest.approx(1)


def test_of_no_variance_nobody_has_a_share():
    found = propagate(A * B, {A: 2, B: 3}, {A: 0, B: 0}, {(A, B): 1})
    assert (found.uncertainty, found["a"].share, found["b"].share) == (0, 0, 0)
    assert found.together == (("a", "b", 0.0),)


@pytest.mark.parametrize(("r", "fine"), [(-1, True), (1, True), (-1.2, False), (1.2, False)])
def test_a_correlation_lies_between_minus_1_and_1(r, fine):
    if fine:
        assert propagate(A + B, {A: 2, B: 3}, {A: 1, B: 1}, {(A, B): r}).uncertainty == pytest.approx(1 + r)
        return
    with refused(CalcError, f"{r} is no correlation of a and b"):
        propagate(A + B, {A: 2, B: 3}, {A: 1, B: 1}, {(A, B): r})


def correlated(*names):
    """A scenario in which two inputs go together."""
    return read_scenario(
        f'''extends = "gpt-4-estimate"
[[correlations]]
between = ["{names[0]}", "{names[1]}"]
rank = 0.5
note = "a guess"''',
        "mine", "mine.toml", (),
    )  # fmt: skip


def test_what_goes_together_in_a_scenario_goes_together_in_a_budget():
    """GPUs times power: the relative uncertainties add up with the normal correlation 2 sin(π/12) of a rank of 1/2."""
    step = cluster_power.derive(correlated("gpus", "server_power"))
    parts = {
        leaf.quantity.name: leaf.distribution.uncertainty / float(leaf.value) * float(step.exact)
        for leaf in uncertain(step)
    }
    assert parts.keys() == {"gpus", "server_power"}
    twice = 2 * 2 * math.sin(math.pi / 12) * math.prod(parts.values())
    variance = sum(part**2 for part in parts.values()) + twice
    found = budget(step)
    assert found.uncertainty == pytest.approx(math.sqrt(variance), rel=1e-6)
    assert found.together[0][2] == pytest.approx(twice / variance, rel=1e-6)
    assert shares(step) is None  # whose variance is it?


def test_what_goes_together_with_something_elsewhere_changes_nothing():
    for names in (("gpus", "pue"), ("pue", "gpus")):
        here = budget(cluster_power.derive(correlated(*names)))
        assert here.together == ()
        assert here.uncertainty == budget(cluster_power.derive("gpt-4-estimate")).uncertainty


def test_one_uncertain_input_has_all_of_the_variance():
    step = training_energy.derive("gpt-4", servers=3000, training_time=90, server_power="4 to 9 kW/server")
    assert (drawn_shares(step).main, drawn_shares(step).total) == ({"server_power": 1}, {"server_power": 1})


def test_a_draw_that_is_impossible_is_counted_as_in_a_band():
    """A whole may come out smaller than its part here: experts then have fewer parameters than none."""
    ranges = {"total_parameters": "2e11 to 4e11", "active_parameters": "1e11 to 3e11"}
    step = formula_by_id("expert-parameters").derive(**ranges, experts=8, experts_per_token=2)
    with refused(DomainError, "of 16384 draws expert_parameters = -", "at least 0"):
        drawn_shares(step)


def test_the_largest_share_comes_first_and_equals_by_name():
    assert Shares({}, {"b": 0.2, "c": 0.5, "a": 0.2}).largest == ("c", "a", "b")
