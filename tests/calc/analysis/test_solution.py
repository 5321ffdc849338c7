"""What a solution says of itself: why there is not exactly one value, and what else can be had."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp

from calc import (
    cluster_power,
    daly_interval,
    formula_by_id,
    goodput,
    server_count,
    training_energy,
    training_facility_energy,
)


def test_why_there_is_not_exactly_one():
    """A reason goes with none and with several, and none with one; a result has the two nearest where it has none."""
    several = server_count.solve_for("gpus", servers=3125, gpus_per_server=8)
    assert (several.is_single, several.reason, several.nearest) == (False, "more than one value yields it", ())
    single = training_energy.solve_for("servers", "gpt-4", training_energy="87.75 GWh")
    assert (single.is_single, single.reason, single.numerical) == (True, "", False)
    # 1 − 2/T − T/200 is 3/4 where T² − 50 T + 400 = (T − 10)(T − 40) is 0.
    lost = {"checkpoint_time": "2 min", "restart_time": 0, "failure_interval": "100 min"}
    two = goodput.solve_for("checkpoint_interval", goodput=0.75, **lost)
    assert (two.values, two.reason, two.numerical) == (sp.FiniteSet(10, 40), "more than one value yields it", False)
    one = goodput.solve_for("checkpoint_interval", goodput=0.8, **lost)
    assert (one.value, one.reason) == (20, "")
    found = daly_interval.solve_for("failure_interval", checkpoint_time=15, daly_interval=120)
    assert (found.numerical, found.reason) == (True, "more than one value yields it")
    for value in found.values:
        assert daly_interval(checkpoint_time=15, failure_interval=float(value)) == pytest.approx(120, rel=1e-9)
    none = cluster_power.solve_for("gpus", "gpt-4", it_power="20 MW")
    assert "would have to be" in none.reason
    (below, less), (above, more) = none.nearest
    assert less < 20 < more
    assert cluster_power.derive("gpt-4", gpus=int(below.sup)).exact == less
    assert cluster_power.derive("gpt-4", gpus=int(above.inf)).exact == more
    assert int(below.sup) + 1 == int(above.inf)
    outside = training_facility_energy.solve_for("pue", "gpt-4", training_facility_energy="43 GWh")
    assert (outside.reason, outside.nearest) == (
        "what would yield it is outside its domain: a finite number, at least 1",
        (),
    )


def test_no_number_at_all():
    """Of a run that writes checkpoints and fails now and then, something is always lost: 2/T + T/200 is never 0."""
    lost = {"checkpoint_time": "2 min", "restart_time": 0, "failure_interval": "100 min"}
    none = goodput.solve_for("checkpoint_interval", goodput=1, **lost)
    assert none.values.is_empty
    assert (none.reason, none.nearest, none.unrounded) == ("no number yields it", (), None)


def test_a_scenarios_own_result_leads_back_to_its_own_values_to_the_last_digit():
    """A logarithm of rounded numbers is off by some; the value that the scenario has is what is meant."""
    one = formula_by_id("ecologits-gpu-energy")
    step = one.derive("ecologits-query")
    for leaf in step.leaves:
        found = one.solve_for(leaf.quantity.name, "ecologits-query", **{one.result.name: float(step.exact)})
        assert {Fraction(int(value.p), int(value.q)) for value in found.values} == {leaf.value}
    other = one.solve_for("ecologits_batch_rate", "ecologits-query", **{one.result.name: float(step.exact) * 1.01})
    assert float(other.value) != float(step.scenario["ecologits_batch_rate"].value)
