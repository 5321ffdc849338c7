"""Chains: what a scenario does not fix is derived, and its inputs in turn."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from calc import (
    all_formulas,
    daily_serving_energy,
    flop_utilisation,
    formula,
    formula_by_id,
    pue,
    replica_count,
    scenario,
    server_count,
    serving_facility_energy,
    total_facility_energy,
    training_energy,
    training_facility_energy,
    training_flop,
)
from calc.base import broken
from calc.base.broken import Broken
from calc.base.errors import BrokenError, ChainError, DomainError, UnitError, UnknownNameError
from calc.base.quantities import define, quantity
from calc.model.another_run import lacks
from calc.model.chain import derive, needed_quantities, playing
from calc.model.registry import formula_for
from calc.model.scenario import Scenario
from tests.calc.support import DERIVATIONS, refused

SOURCE = {"source": "mohit2026", "locator": "anywhere"}


def without(*names):
    """The book's scenario with some inputs left out."""
    full = scenario("gpt-4")
    return Scenario("short", "Short", "", {key: value for key, value in full.inputs.items() if key not in names})


def test_the_article_from_gpus_to_the_meter():
    derivation = total_facility_energy.derive("gpt-4")
    assert [step.formula.id for step in derivation.chain] == [
        "server-count",
        "training-energy",
        "training-facility-energy",
        "daily-serving-energy",
        "serving-energy",
        "serving-facility-energy",
        "total-facility-energy",
    ]
    assert derivation.value == 133.65


def test_a_shared_input_is_one_object():
    derivation = total_facility_energy.derive("gpt-4")
    origins = [used.origin for step in derivation.chain for used in step.used if used.quantity.name == "pue"]
    pues = {id(origin) for origin in origins}
    assert len(origins) == 2
    assert len(pues) == 1
    assert [leaf.quantity.name for leaf in derivation.leaves].count("pue") == 1


@pytest.mark.parametrize("derivation", DERIVATIONS)
def test_inputs_come_before_what_uses_them(derivation):
    seen: set[str] = set()
    for step in derivation.chain:
        for origin in step.inputs:
            inner = getattr(origin, "formula", None)
            assert inner is None or inner.id in seen
        assert step.formula.id not in seen
        seen.add(step.formula.id)


def test_a_missing_input_names_the_chain_that_needs_it():
    with refused(ChainError, "gpus is missing", "'short'", "training-facility-energy → training-energy → server-count"):
        training_facility_energy.derive(without("gpus"))


def test_a_cycle_names_its_ring():
    short = without("pue", "it_power")
    with refused(ChainError, "cycle", "pue → facility-power → pue"):
        pue.derive(short)
    assert pue.derive(short, facility_power=24, it_power=20).value == 1.2


def test_a_longer_cycle(sandbox):
    for name, symbol in (("left", "x_1"), ("right", "x_2")):
        define(name, symbol, "server", "one side")

    @formula(result="left", **SOURCE)
    def left_of(right):
        """Left."""
        return right

    @formula(result="right", **SOURCE)
    def right_of(left):
        """Right."""
        return left

    with refused(ChainError, "left-of → right-of → left-of", "give one of their results"):
        left_of.derive("gpt-4")
    with refused(ChainError, "left-of → right-of → left-of"):
        left_of.sweep("gpt-4")
    assert left_of.derive("gpt-4", right=2).value == 2


@pytest.mark.parametrize("call", [training_energy.derive, training_energy.sweep], ids=["derive", "sweep"])
def test_overrides_must_play_a_part(call):
    with refused(ChainError, "tokens plays no part in training-energy", "accepted:"):
        call("gpt-4", tokens=5)
    with refused(ChainError, "gpus has no effect on training-energy, because servers is given"):
        call("gpt-4", servers=5, gpus=5)


def test_needed_quantities():
    names = [q.name for q in needed_quantities(replica_count, scenario("gpt-4"))]
    assert names == ["gpus", "gpus_per_replica", "pipeline_stages", "gpus_per_stage"]


@pytest.mark.parametrize("name", ["gpt-4", "planner-site", "planner-run"])
def test_what_plays_a_part_is_all_that_one_comes_to_step_by_step(name):
    """From each quantity to those that it is derived from, until no further one comes."""
    base, sets = scenario(name), 0
    for one in all_formulas():
        found, new = set(), set(one.inputs)
        while new:
            found |= new
            derived = [formula_for(q) for q in new if base.get(q) is None]
            if None in derived:
                break
            new = {q for inner in derived for q in inner.inputs} - found
        if not new:
            sets += 1
            assert set(needed_quantities(one, base)) == found == playing(one, base, [])
    assert sets > 50


@pytest.mark.parametrize("derivation", DERIVATIONS)
def test_a_sweep_gives_what_single_derivations_give(derivation):
    one = derivation.formula
    moved = derivation.leaves[-1].quantity
    name, value = moved.name, float(scenario("gpt-4")[moved.name].value)
    values = [value, 2 * value if moved.domain.high > 1 else value / 2]
    expected = [one.derive("gpt-4", **{name: value}).value for value in values]
    np.testing.assert_allclose(one.sweep("gpt-4", **{name: np.array(values)}), expected, rtol=1e-12)


def test_a_sweep_of_text_and_arrays():
    swept = training_facility_energy.sweep("gpt-4", gpus=[10_000, 25_000], server_power="6500 W/server", pue=1.2)
    np.testing.assert_allclose(swept, [21.06, 52.65], rtol=1e-14)


def with_power(base, power):
    """A scenario of the same inputs, but for the rated power of a server."""
    changed = replace(base["server_power"], value=Fraction(power), low=Fraction(power), high=Fraction(power))
    return Scenario("changed", "Changed", "", {**base.inputs, "server_power": changed})


def test_another_scenario_of_the_same_name_is_not_mistaken():
    base = scenario("gpt-4")
    for power in (1, 2, 3):
        changed = with_power(base, power)
        assert training_energy.sweep(changed, gpus=[8]).tolist() == [pytest.approx(power * 90 * 24 / 1e6)]


def test_derivations_as_inputs():
    servers = server_count.derive("gpt-4", gpus=80)
    assert derive(training_energy, "gpt-4", {"servers": servers}).value == pytest.approx(0.1404)
    assert (
        serving_facility_energy.derive("gpt-4", daily_serving_energy=daily_serving_energy.derive("gpt-4")).value == 81
    )


def test_a_run_that_is_not_gpt_4s_takes_what_is_typical():
    flop = training_flop.derive(active_parameters="70B", tokens="1.4T")
    assert flop.value == 6 * 70e9 * 1.4e12
    assert flop.scenario.name == "typical"
    with refused(ChainError, "training-flop of a run other than GPT-4's needs tokens", "--set"):
        training_flop.derive(active_parameters=70e9)
    assert training_flop.derive("gpt-4", active_parameters=70e9).value == 6 * 70e9 * 13e12
    assert training_flop.sweep(active_parameters=[1e9, 2e9], tokens=1e12).tolist() == [6e21, 1.2e22]


def test_what_is_solved_for_describes_no_run():
    """Of GPT-4's run, 40 % would be 14.4 trillion tokens: 25,000 × 312 TFLOP/s × 90 days × 0.4 over 6 × 280 billion."""
    tokens = 25_000 * 312e12 * 90 * 86400 * 0.4 / (6 * 280e9)
    assert flop_utilisation.solve_for("tokens", flop_utilisation=0.4).value == pytest.approx(tokens)


def test_a_range_that_is_given_goes_into_bands_budget_and_citation():
    """A range from a to b, all alike, has a standard uncertainty of its width over √12."""
    found = training_energy.derive("gpt-4", server_power="3 to 6.5 kW/server", servers=3125)
    assert found.budget()["server_power"].uncertainty == pytest.approx(3.5 / math.sqrt(12))
    assert [float(end) for end in found.range] == [3 * 3125 * 90 * 24 / 1e6, 6.5 * 3125 * 90 * 24 / 1e6]
    cited = found.cite().replace("\N{NO-BREAK SPACE}", " ")
    assert "server_power = 4.75 kW/server, drawn from 3–6.5 kW/server (in the book" in cited
    assert "in nine draws of ten" in cited


def test_gpu_hours_say_what_they_come_to_with_the_scenario_s_gpus():
    """2,400 GPU-hours by 25,000 GPUs are 0.096 hours, which is 0.004 days."""
    with refused(UnitError, "give gpus with it, or 0.004 day, which is by the 25000 of gpt-4"):
        training_energy.derive("gpt-4", training_time="2400 GPU*h")
    found = training_energy.derive("gpt-4", training_time="2400 GPU*h", gpus=10)
    assert {float(leaf.value) for leaf in found.leaves if leaf.quantity.name == "training_time"} == {10.0}


@pytest.mark.parametrize(
    ("missing", "catalogue", "ways"),
    [(["gpus", "tokens", "goodput"], 0, 2), (["server_power", "gpus", "tokens"], 1, 1), (["gpus"], 0, 1)],
)
def test_one_way_to_give_what_is_missing_stands_beside_what_the_catalogue_brings(missing, catalogue, ways):
    said = str(lacks(training_energy, scenario("typical"), [quantity(name) for name in missing]))
    assert (said.count("--server"), said.count("give ")) == (catalogue, ways)


def test_what_is_worked_out_from_ones_own_values_alone_names_no_scenario():
    """Ten GPUs cannot have done a run that takes 25,000 a quarter of a year."""
    own = {"training_flop": 1e26, "gpus": 10, "training_time": 90, "peak_flops": 312}
    with pytest.raises(DomainError, match="flop-utilisation works it out from your ") as caught:
        _ = flop_utilisation.derive("gpt-4", **own).exact
    assert "scenario" not in str(caught.value)
    with refused(DomainError, "works it out from your gpus and ", " of scenario gpt-4"):
        _ = flop_utilisation.derive("gpt-4", gpus=10).exact


@pytest.mark.parametrize(
    ("inputs", "blamed"),
    [
        (("training_time",), True),  # which the scenario has
        (("training_time", "flop_utilisation"), True),  # which follows from what it has
        (("server_power",), True),  # itself: of rings nothing is told here
        (("no_such_quantity",), True),  # that may be the very fault
        (("response_tokens",), False),  # which it has not, and no formula yields
        (("training_time", "answer_energy"), False),  # whose own inputs it has not
    ],
)
def test_a_broken_formula_is_to_blame_where_it_would_have_had_its_inputs(inputs, blamed, monkeypatch):
    monkeypatch.setattr(
        broken, "_BROKEN", [Broken("formula", "my-sum", "mine.py:3", "is wrong", "server_power", inputs)]
    )
    kind, said = (BrokenError, "mine.py:3: formula 'my-sum': is wrong") if blamed else (ChainError, "is missing")
    with refused(kind, said, "needed by training-energy"):
        training_energy.derive(without("server_power"))


def test_a_formula_that_cannot_be_defined_says_so_by_its_id_and_by_its_result(monkeypatch):
    monkeypatch.setattr(broken, "_BROKEN", [Broken("formula", "my-sum", "mine.py:3", "is wrong", "server_power", ())])
    for name in ("my-sum", "my_sum", "server_power"):
        with refused(BrokenError, "mine.py:3: formula 'my-sum': is wrong"):
            formula_by_id(name)
    with refused(UnknownNameError, "'my-smu' is not a formula"):
        formula_by_id("my-smu")
    assert formula_by_id("mfu") is flop_utilisation
