"""Derivations: exact, complete, and the values that the book promises."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

from calc import cluster_power, formula_by_id, server_count, training_energy
from calc.base.errors import DomainError, UnitError
from calc.model.step import Given, Step
from tests.calc.support import refused

# From the articles' figures and the definitions alone, worked out by hand.
VALUES = {
    "matmul-flop": "2e15",
    "training-flop": "21.84e24",
    "gpu-power": "10",
    "server-count": "3125",
    "cluster-power": "20.3125",
    "layers-per-stage": "8",
    "gpus-per-replica": "120",
    "replica-count": "208",
    "spare-gpus": "40",
    "training-energy": "43.875",
    "daily-serving-energy": "750",
    "serving-energy": "67.5",
    "serving-power": "31.25",
    "breakeven-time": "58.5",
    "facility-power": "24.375",
    "training-facility-energy": "52.65",
    "serving-facility-energy": "81",
    "total-facility-energy": "133.65",
    "energy-per-resident": "877.5",
    "national-demand": "4000",
}


@pytest.mark.parametrize(("name", "value"), VALUES.items(), ids=VALUES)
def test_in_gpt4(name, value):
    derivation = formula_by_id(name).derive("gpt-4")
    assert derivation.exact == Fraction(value)
    assert derivation.value == float(Fraction(value))
    assert float(derivation) == derivation.value
    assert isinstance(derivation.value, int) == derivation.formula.result.domain.whole


def test_utilisation_and_pue_in_gpt4():
    assert formula_by_id("mfu").derive("gpt-4").value == pytest.approx(0.360, abs=5e-4)
    both = {"facility_power": "24.375 MW", "it_power": "20.3125 MW"}
    assert formula_by_id("pue").derive("gpt-4", **both).exact == Fraction(6, 5)


def test_units():
    derivation = training_energy.derive("gpt-4")
    assert derivation.to("MWh") == 43875
    assert derivation.to("TJ") == pytest.approx(157.95)
    assert str(cluster_power.derive("gpt-4").quantity.to("kW")) == "20312.5 kilowatt"
    with refused(UnitError, "training_energy takes", "GWh", "MW"):
        derivation.to("MW")


def test_where_everything_came_from():
    derivation = training_energy.derive("gpt-4", training_time="100 day")
    used = {u.quantity.name: u for u in derivation.used}
    assert (used["server_power"].kind, used["server_power"].source) == ("specification", "nvidia2020dgxa100")
    assert (used["servers"].kind, used["servers"].locator) == ("derived", "server-count")
    assert (used["training_time"].kind, used["training_time"].source) == ("given", None)
    assert derivation.changed == (Given(derivation.changed[0].quantity, Fraction(100)),)
    assert {leaf.quantity.name for leaf in derivation.leaves} == {
        "server_power",
        "gpus",
        "gpus_per_server",
        "training_time",
    }


def test_a_given_value_stands_in_for_a_derived_one():
    assert [step.formula.id for step in training_energy.derive("gpt-4", servers=5000).chain] == ["training-energy"]
    assert training_energy.derive("gpt-4", gpus=25_001).value == training_energy.derive("gpt-4", servers=3126).value


def test_the_scenario_is_not_changed():
    before = training_energy.derive("gpt-4").exact
    training_energy.derive("gpt-4", servers=1)
    assert training_energy.derive("gpt-4").exact == before


def test_notebooks(monkeypatch):
    derivation = server_count.derive("gpt-4")
    for dialect in ("", "myst"):
        monkeypatch.setenv("CALC_MARKDOWN", dialect)
        bundle = derivation._repr_mimebundle_()
        assert set(bundle) == {"text/markdown", "text/plain"}
        assert bundle["text/plain"] == str(derivation)
        assert "3,125" in bundle["text/markdown"].replace("{,}", ",")


@pytest.mark.parametrize(
    ("own", "ending"),
    [
        ({"gpus": 250}, " and active_parameters, tokens, peak_flops, training_time of scenario gpt-4"),
        ({"gpus": 250, "training_flop": 21.84e24, "training_time": 90, "peak_flops": 312}, ""),
    ],
)
def test_what_an_impossible_value_was_made_of(own, ending):
    """One's own values and the book's, each where there are some."""
    with pytest.raises(DomainError) as found:
        _ = formula_by_id("flop-utilisation").derive("gpt-4", **own).exact
    said = "flop_utilisation = 36.0082304527 is outside its domain: a fraction above 0 and at most 1; "
    assert str(found.value) == f"{said}flop-utilisation works it out from your {', '.join(own)}{ending}"


def test_a_step_is_no_screenful_where_it_is_shown_as_it_is():
    """It holds all its inputs, and theirs: Python's own words for a dataclass would be pages."""
    d = training_energy.derive("gpt-4")
    assert repr(Step(d.formula, d.scenario, d.inputs)).startswith("<calc.model.step.Step object at")
    assert repr(d).startswith("<derivation training-energy in gpt-4: ")


def test_a_step_that_was_shown_travels_to_another_process(monkeypatch):
    for step in (training_energy.derive("gpt-4"), training_energy.derive("gpt-4", servers=5000)):
        for dialect in ("", "myst"):
            monkeypatch.setenv("CALC_MARKDOWN", dialect)
            shown = step._repr_mimebundle_()
            for other in (pickle.loads(pickle.dumps(step)), copy.deepcopy(step)):
                assert other == step
                assert other._repr_mimebundle_() == shown
