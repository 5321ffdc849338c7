"""Results for print: ranges, bands and inputs by hand, and the rows of a sweep against single steps."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc import cluster_power, server_count, training_energy
from calc.analysis import results
from calc.analysis.results import (
    at_text,
    band,
    band_text,
    digits,
    in_unit,
    input_range,
    range_latex,
    range_text,
    show_input,
    show_result,
    show_swept,
    show_used,
    uncertainty_text,
    used_range,
)
from calc.analysis.sweep import sweep
from calc.base.errors import UnitError
from calc.base.quantities import quantity
from tests.calc.support import refused

OWN = {"servers": 3000, "training_time": 90}  # of a kilowatt each 6.48 GWh


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{EN DASH}", " to ")


def test_a_range_by_hand():
    step = training_energy.derive("gpt-4", server_power="4 to 9 kW/server", **OWN)
    assert plain(range_text(step)) == "25.9 to 58.3 GWh"  # 25.92 and 58.32
    assert plain(range_text(step, "MWh")) == "25,900 to 58,300 MWh"
    assert plain(range_text(step, ends=(Fraction(10), Fraction(20)))) == "10 to 20 GWh"
    assert range_latex(step).count(r"\text{ to }") == 1
    fixed = training_energy.derive("gpt-4", server_power=6, **OWN)
    assert (range_text(fixed), band(fixed), band_text(fixed)) == ("", None, "")


def test_a_band_has_nine_draws_in_ten():
    """Even draws: 4.25, 6.5 and 8.75 kW, of 27.54, 42.12 and 56.7 GWh."""
    step = training_energy.derive("gpt-4", server_power="4 to 9 kW/server", **OWN)
    assert [float(one.value) for one in band(step)] == pytest.approx([28, 42, 57], abs=0.5)
    assert plain(band_text(step)) == "28 to 57 GWh"
    assert plain(band_text(step, "TJ")) == "99 to 200 TJ"  # 3.6 times as many, of which two digits are known


def test_an_input_has_its_own_unit_and_all_of_its_digits():
    step = cluster_power.derive("gpt-4", servers=3125, server_power="6512.5 W/server")
    assert sorted(plain(show_used(used).text) for used in step.used) == ["3,125 servers", "6.5125 kW/server"]
    assert [used_range(used) for used in step.used] == ["", ""]
    ranged = cluster_power.derive("gpt-4", server_power="4 to 9 kW/server")
    (given,) = (leaf for leaf in ranged.leaves if leaf.quantity.name == "server_power")
    assert (plain(show_input(given).text), plain(input_range(given))) == ("6.5 kW/server", "4 to 9 kW/server")


def test_what_is_derived_has_its_band_or_its_range():
    """Whole servers of 8 GPUs: nine draws in ten of even draws lie a twentieth of the width inside the ends."""
    step = cluster_power.derive("gpt-4", gpus="16000 to 24000", server_power=6)
    (used,) = (one for one in step.used if one.quantity.name == "servers")
    assert plain(used_range(used)) == "2,100 to 3,000 servers"  # 2,050 and 2,950 in two digits
    count = server_count.derive("gpt-4", gpus="16000 to 24000")
    assert plain(range_text(count)) == "2,000 to 3,000 servers"
    edge = cluster_power.derive("gpt-4", gpus="16000 (16000 to 24000)", server_power=6)
    (used,) = (one for one in edge.used if one.quantity.name == "servers")
    assert plain(used_range(used)) == "2,000 to 3,000 servers"  # beside a value at its end, the range that holds it


def test_a_unit_of_somebody_s_choice_goes_wherever_it_is_shown():
    step = training_energy.derive("gpt-4", server_power="4 to 9 kW/server", **OWN)
    in_joules = in_unit(step, "TJ")
    assert plain(show_result(in_joules).text).endswith(" TJ")
    assert plain(band_text(in_joules)) == plain(band_text(step, "TJ"))
    assert plain(at_text(in_joules, 25.92)) == plain(at_text(step, 25.92, "TJ"))
    assert plain(at_text(step, 25.92)).endswith(" GWh")
    assert plain(uncertainty_text(step, 9.4)).endswith(" GWh")
    with refused(UnitError, "training_energy"):
        in_unit(step, "kW")


@pytest.mark.parametrize("start", ["gpt-4", "gpt-4-estimate"])
def test_each_row_of_a_sweep_reads_as_the_step_of_its_inputs(start):
    powers = [3.25, 4.75, 6.125, 9.0]
    made = sweep(training_energy, {quantity("server_power"): powers}, start, training_time=90)
    unit = next(show_swept(made)).unit
    single = [training_energy.derive(start, server_power=power, training_time=90) for power in powers]
    assert [one.text for one in show_swept(made)] == [show_result(step, unit).text for step in single]


def test_of_very_many_rows_each_has_the_digits_of_the_first(monkeypatch):
    powers = [3.25, 4.75, 6.125, 9.0]
    made = sweep(training_energy, {quantity("server_power"): powers}, "gpt-4-estimate", training_time=90)
    first = training_energy.derive("gpt-4-estimate", server_power=powers[0], training_time=90)
    for most in (3, 4):
        monkeypatch.setattr(results, "_MOST_STEPS", most)
        found = [one.value for one in show_swept(made)]
        exact = [float(first.exact) * power / powers[0] for power in powers]
        assert [float(value) for value in found] == pytest.approx(exact, rel=10.0 ** (1 - digits(first)))
