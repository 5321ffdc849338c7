"""Draws of whole scenarios: stable, shared, correlated, and converged."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy as sp
from scipy import stats

from calc import breakeven_time, daily_serving_energy, scenario, server_count, training_energy, training_facility_energy
from calc.analysis.budget import propagate
from calc.analysis.results import band as percentiles
from calc.analysis.sampling import BITS, DRAWS, SEED, Draws, dimensions, draws, of, quantiles, uncertain
from calc.base.errors import CalcError
from calc.base.numbers import show_spread
from calc.model.scenario_file import read_scenario
from tests.calc.support import DERIVATIONS, refused

INPUT = """
[inputs.{name}]
value = {value}
low = {low}
high = {high}
unit = "{unit}"
kind = "assumption"
note = "why"
distribution = "{kind}"
"""


def made(*inputs: tuple[str, float, float, float, str, str], more: str = "") -> object:
    keys = ("name", "value", "low", "high", "unit", "kind")
    text = "".join(INPUT.format(**dict(zip(keys, one, strict=True))) for one in inputs)
    return read_scenario(text + more, "made", "made.toml", ())


PROMPTS = ("prompts_per_day", 3e9, 1e9, 9e9, "prompt/day", "lognormal")
ENERGY = ("energy_per_prompt", 0.3, 0.1, 0.9, "Wh/prompt", "lognormal")


def test_points_are_scipys_own():
    engine = stats.qmc.Sobol(d=1024, scramble=True, bits=BITS, rng=np.random.default_rng(SEED))
    points = engine.random(256)
    table = Draws(scenario("gpt-4"), 256)
    for name in table:
        assert np.array_equal(table.shares(name), points[:, table.dimensions[name]] + 0.5 / 2**BITS)


def test_draws_are_the_same_in_another_table_and_never_change():
    first, again = Draws(scenario("gpt-4")), Draws(scenario("gpt-4"))
    for name in first:
        assert np.array_equal(first[name], again[name])
        with pytest.raises(ValueError, match="read-only"):
            first[name][0] = 1
    assert np.array_equal(Draws(scenario("gpt-4"), 2 * DRAWS)["gpus"][:DRAWS], first["gpus"])


def test_another_input_leaves_draws_as_they_are():
    alone, beside = made(PROMPTS), made(PROMPTS, ENERGY)
    assert np.array_equal(Draws(alone)["prompts_per_day"], Draws(beside)["prompts_per_day"])


def test_two_inputs_never_share_a_dimension():
    names = [f"input_{i}" for i in range(900)]
    found = dimensions(names)
    assert len(set(found.values())) == 900
    assert found == dimensions(reversed(names))


def test_each_input_is_drawn_once_whatever_uses_it():
    # The ratio of energy at the site to energy at the servers is the PUE in every draw.
    table = draws("gpt-4")
    ratio = table.evaluate(training_facility_energy) / table.evaluate(training_energy)
    assert np.allclose(ratio, table["pue"], rtol=1e-12)


def test_a_result_that_falls_on_both_sides_of_a_ratio_cancels():
    table = draws("gpt-4")
    days = table.evaluate(breakeven_time) * table.evaluate(daily_serving_energy) / 1000
    assert np.allclose(days, table.evaluate(training_energy), rtol=1e-12)


def test_a_product_of_lognormals_in_closed_form():
    made_up = made(PROMPTS, ENERGY)
    found = quantiles(Draws(made_up, 2**16).evaluate(daily_serving_energy))
    middle = 3e9 * 0.3 / 1e6  # MWh
    sigma = math.sqrt(2) * math.log(9) / (2 * stats.norm.ppf(0.95))
    expected = [middle * math.exp(sigma * stats.norm.ppf(share)) for share in (0.05, 0.5, 0.95)]
    assert found == pytest.approx(expected, rel=3e-3)


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0.5, 0.95])
def test_rank_correlation_is_what_was_declared_and_the_product_follows(rank):
    more = f'[[correlations]]\nbetween = ["prompts_per_day", "energy_per_prompt"]\nrank = {rank}\nnote = "why"\n'
    made_up = made(PROMPTS, ENERGY, more=more)
    table = Draws(made_up, 2**14)
    found = stats.spearmanr(table["prompts_per_day"], table["energy_per_prompt"]).statistic
    assert found == pytest.approx(rank, abs=0.005)
    # Logarithms of lognormals add, with the normal correlation that belongs to the rank.
    r = 2 * math.sin(math.pi * rank / 6)
    sigma = math.log(9) / (2 * stats.norm.ppf(0.95)) * math.sqrt(2 + 2 * r)
    low, middle, high = quantiles(table.evaluate(daily_serving_energy))
    assert math.log(high / low) == pytest.approx(2 * stats.norm.ppf(0.95) * sigma, rel=0.01)
    assert middle == pytest.approx(900, rel=0.01)


def test_the_first_of_a_correlated_pair_keeps_its_draws():
    more = '[[correlations]]\nbetween = ["prompts_per_day", "energy_per_prompt"]\nrank = 0.5\nnote = "why"\n'
    plain, together = made(PROMPTS, ENERGY), made(PROMPTS, ENERGY, more=more)
    first, second = Draws(plain), Draws(together)
    assert np.allclose(first["prompts_per_day"], second["prompts_per_day"], rtol=1e-9)
    assert not np.allclose(first["energy_per_prompt"], second["energy_per_prompt"])


RANGED = [d for d in DERIVATIONS if uncertain(d.values[0])]


@pytest.mark.parametrize("derivation", RANGED)
def test_doubling_the_draws_moves_no_printed_digit(derivation):
    q = derivation.formula.result
    now = quantiles(of(derivation))
    doubled = quantiles(of(derivation, draws(derivation.scenario, 2 * DRAWS)))
    # Less than a quarter of the last printed unit; only a number that lies on an edge may turn over.
    unit = 10 ** math.floor(math.log10((now[2] - now[0]) / 4)) if now[2] > now[0] else 1
    for a, b in zip(now, doubled, strict=True):
        step = max(unit, 10 ** (math.floor(math.log10(abs(a))) - 1))
        assert abs(a - b) < step / 4, q.name


@pytest.mark.parametrize("derivation", RANGED)
def test_percentiles_lie_within_the_ends(derivation):
    low, median, high = derivation.low, derivation.median, derivation.high
    assert low <= median <= high
    if derivation.range:
        assert float(derivation.range[0]) <= low
        assert high <= float(derivation.range[1]) * (1 + 1e-12)


def test_the_headline_numbers_do_not_move_at_all():
    for formula in (training_energy, daily_serving_energy, training_facility_energy):
        d = formula.derive("gpt-4")
        doubled = quantiles(of(d, draws("gpt-4", 2 * DRAWS)))
        assert show_spread(doubled, formula.result, d.exact) == percentiles(d)


def test_what_is_given_has_no_range():
    d = training_energy.derive("gpt-4", gpus=25_000)
    assert "gpus" not in [one.quantity.name for one in uncertain(d)]
    d = training_energy.derive("gpt-4", servers=3125, server_power=6.5, training_time=90)
    assert (d.low, d.median, d.high, d.budget()) == (None, None, None, None)
    assert set(d.draws) == {43.875}


def test_first_order_agrees_with_draws_where_the_formula_is_smooth():
    d = daily_serving_energy.derive("gpt-4")
    assert d.budget().uncertainty == pytest.approx(d.draws.std(), rel=0.03)


def test_first_order_is_wrong_where_rounding_is_coarse():
    # ⌈n / 8⌉ of one to eight GPUs is one server, always; to first order it would spread.
    made_up = made(("gpus", 4, 1, 8, "GPU", "uniform"))
    table = Draws(made_up)
    assert set(table.evaluate(server_count, gpus_per_server=8)) == {1}
    gpus, per_server = server_count.inputs
    found = propagate(server_count.numeric, {gpus.symbol: 4, per_server.symbol: 8}, {gpus.symbol: 7 / math.sqrt(12)})
    assert found.uncertainty == pytest.approx(7 / math.sqrt(12) / 8)
    assert isinstance(server_count.numeric, sp.ceiling)


def test_no_draws_are_refused():
    with refused(CalcError, "accepted: from 1 to 1048576"):
        Draws(scenario("gpt-4"), 0)


def test_one_draw_is_allowed():
    assert Draws(scenario("gpt-4"), 1).evaluate(training_energy).shape == (1,)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 9, 1000, 1025])
def test_any_number_of_draws_is_the_first_of_more(count):
    assert np.array_equal(Draws(scenario("gpt-4"), count)["gpus"], Draws(scenario("gpt-4"), 2048)["gpus"][:count])
