"""What a solution lies between where somebody gave ranges: against equations that are turned round by hand.

A range that is given is uniform, so that its 5 and 95 % points lie a twentieth of its width inside its ends.
"""

from __future__ import annotations

import numpy as np
import pytest

from calc import metered_training_energy, shifting_saving, training_energy, training_facility_energy
from calc.analysis.sampling import of
from calc.base.errors import SolveError
from tests.calc.support import refused

FIXED = {"servers": 3000, "training_energy": "40 GWh"}


def days(power: float, energy: float = 40) -> float:
    """How long 3,000 servers of so many kW take for an energy in GWh."""
    return energy * 1e6 / (3000 * 24 * power)


def test_a_range_of_an_input() -> None:
    found = training_energy.solve_for("training_time", "gpt-4", server_power="4 to 9 kW/server", **FIXED)
    assert found.ranges == ("server_power",)
    assert found.points == pytest.approx((days(8.75), days(6.5), days(4.25)), rel=1e-3)


def test_a_range_of_the_result() -> None:
    found = training_energy.solve_for(
        "training_time", "gpt-4", servers=3000, server_power=5, training_energy="30 to 50 GWh"
    )
    assert found.ranges == ("training_energy",)
    assert found.points == pytest.approx((days(5, 31), days(5, 40), days(5, 49)), rel=1e-3)


def test_two_ranges_are_drawn_apart() -> None:
    """Both of a ratio move it: its points lie further out than those of either, and within those of both at once."""
    power, energy = {"server_power": "4 to 9 kW/server"}, {"training_energy": "30 to 50 GWh"}
    one = training_energy.solve_for("training_time", "gpt-4", **{**FIXED, **power}).points
    both = training_energy.solve_for("training_time", "gpt-4", **{**FIXED, **power, **energy}).points
    assert days(8.75, 31) < both[0] < one[0]
    assert one[2] < both[2] < days(4.25, 49)


def test_whole_numbers_are_rounded_in_each_draw() -> None:
    found = training_energy.solve_for(
        "servers", "gpt-4", training_time=90, server_power="4 to 9 kW/server", training_energy="40 GWh"
    )
    by_hand = [40e6 / (90 * 24 * power) for power in (8.75, 6.5, 4.25)]
    assert found.points == pytest.approx(by_hand, abs=2)
    assert found.points[1] == int(found.points[1])


def test_without_a_range_there_are_no_points() -> None:
    found = training_energy.solve_for("training_time", "gpt-4", server_power=5, **FIXED)
    assert (found.ranges, found.points) == ((), None)


def test_where_one_of_the_draws_has_no_solution_there_are_no_points() -> None:
    """A PUE is at least 1: of 40 GWh no hall can take 39."""
    found = training_facility_energy.solve_for(
        "pue", "gpt-4", training_energy="40 GWh", training_facility_energy="39 to 48 GWh"
    )
    assert found.ranges == ("training_facility_energy",)
    assert found.points is None
    inside = training_facility_energy.solve_for(
        "pue", "gpt-4", training_energy="40 GWh", training_facility_energy="42 to 52 GWh"
    )
    assert inside.points == pytest.approx((42.5 / 40, 47 / 40, 51.5 / 40), rel=1e-3)


def test_a_scenarios_own_ranges_are_drawn_too() -> None:
    """The energy is linear in the days: the days are the energy over that of one day, draw by draw."""
    given = {"server_load": "60 to 80 %"}
    found = metered_training_energy.solve_for(
        "training_time", "gpt-4-estimate", metered_training_energy="20 GWh", **given
    )
    of_a_day = of(metered_training_energy.derive("gpt-4-estimate", training_time=1, **given))
    assert found.points == pytest.approx(np.quantile(20 / of_a_day, (0.05, 0.5, 0.95)), rel=1e-3)
    assert found.points[2] > 1.1 * found.points[0]


def test_an_input_that_is_given_with_a_range_is_not_asked_for() -> None:
    with refused(SolveError, "servers is both given and asked for"):
        training_energy.solve_for("servers", "gpt-4", servers="3000 to 4000", training_energy="40 GWh")
    assert of(training_energy.derive("gpt-4", servers="3000 to 4000")).size > 1


def test_a_solution_below_0() -> None:
    """A run that costs carbon: the gap is the saving, times the share delivered, over the energy, in each draw."""
    found = shifting_saving.solve_for(
        "clean_gap", "shift-california", shifting_saving=-30, grid_delivery=0.9, shifted_energy="1 to 2 GWh"
    )
    assert float(found.values.sup) == pytest.approx(-30 * 0.9 / 1.5)
    assert found.points == pytest.approx([-30 * 0.9 / energy for energy in (1.05, 1.5, 1.95)], rel=1e-3)
    higher = shifting_saving.solve_for(
        "clean_gap", "shift-california", shifting_saving=30, grid_delivery=0.9, shifted_energy="1 to 2 GWh"
    )
    assert higher.points == pytest.approx([-point for point in reversed(found.points)], rel=1e-3)
