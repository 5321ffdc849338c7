"""Results over ranges, and the same as a pandas DataFrame."""

from __future__ import annotations

import sys
from fractions import Fraction

import numpy as np
import pytest

import calc
from calc import server_load, training_energy, training_facility_energy
from calc.analysis.results import show_swept
from calc.analysis.sweep import read_range, sweep
from calc.base.errors import CalcError
from calc.base.limits import ROWS
from calc.base.quantities import quantity
from tests.calc.support import refused


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("pue=1.1:1.3:3", [1.1, 1.2, 1.3]),
        ("pue=1.1,1.25", [1.1, 1.25]),
        ("gpus=1000:100000:3:log", [1000, 10_000, 100_000]),
        ("server_power=3000:6000:2 W/server", [3, 6]),
        ("gpus=1:4:3", [1, 2, 4]),  # whole, so 2.5 becomes 2
        ("training_time=1,2 week", [7, 14]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ranges(text, values):
    q, found = read_range(text)
    assert q is quantity(text.partition("=")[0])
    assert found.tolist() == pytest.approx(values, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("pue", "is not a range"),
        ("pue=", "is not a range"),
        ("pue=1:2", "is not a range"),
        ("pue=1:2:x", "is not a range"),
        ("pue=1:2:3:sqrt", "is not a range"),
        ("pue=1:2:1", "has 1 steps"),
        ("pue=0.5:2:3", "pue = 0.5"),
        ("pue=1,two", "'two' is not a value"),
        ("puw=1:2:3", "'puw' is not a quantity"),
        ("server_power=1:2:3 kW", "did you mean"),
    ],
    ids=lambda value: value[:20],
)
def test_ranges_that_are_none(text, part):
    with refused(CalcError, part):
        read_range(text)


def test_a_sweep_is_what_one_call_after_the_other_gives():
    axes = {quantity("gpus"): np.array([1000.0, 25_000.0]), quantity("pue"): np.array([1.1, 1.2, 1.5])}
    made = sweep(training_facility_energy, axes, "gpt-4", training_time="30 day")
    assert made.values.shape == (2, 3)
    for i, gpus in enumerate((1000, 25_000)):
        for j, pue in enumerate((1.1, 1.2, 1.5)):
            one = training_facility_energy.derive("gpt-4", gpus=gpus, pue=pue, training_time=30)
            assert made.values[i, j] == pytest.approx(float(one.exact), rel=1e-14)
    columns = {q.name: values.tolist() for q, values in made.columns().items()}
    assert columns["gpus"] == [1000] * 3 + [25_000] * 3
    assert columns["pue"] == [1.1, 1.2, 1.5] * 2


def test_a_table_is_a_dataframe():
    pandas = pytest.importorskip("pandas")
    frame = calc.table("training-energy", gpus=[1000, 25_000], server_power="3:6:4 kW/server", training_time=30)
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["gpus", "server_power", "training_energy"]
    assert len(frame) == 8
    assert frame.attrs["units"] == {"gpus": "GPU", "server_power": "kW/server", "training_energy": "GWh"}
    assert frame["gpus"].dtype.kind == "i"
    row = frame.iloc[-1]
    assert row["training_energy"] == pytest.approx(training_energy.derive(
        gpus=25_000, server_power=6, training_time=30).value)  # fmt: skip
    assert server_load.table(measured_server_power=[8.0]).attrs["scenario"] == "hgx-h100"


@pytest.mark.parametrize(
    ("inputs", "part"),
    [
        ({}, "needs a list of numbers"),
        ({"servers": 5}, "needs a list of numbers"),
        ({"servers": [5], "server_count": 3}, "both swept and given"),
        ({"servers": [[5]]}, "takes a list of numbers for a table"),
        ({"servers": [0]}, "servers = 0"),
        ({"pue": [1.2]}, "plays no part"),
        ({"servers": np.arange(1, 5001), "server_power": np.linspace(1, 9, ROWS // 1000)}, "accepted: up to"),
    ],
    ids=["none", "single", "twice", "shape", "domain", "part", "size"],
)
def test_tables_that_are_none(inputs, part):
    pytest.importorskip("pandas")
    with refused(CalcError, part):
        training_energy.table(**inputs)


def test_without_pandas(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with refused(CalcError, "pandas, which makes tables, is not installed"):
        training_energy.table(servers=[1, 2])


@pytest.mark.parametrize(
    ("servers", "unit"), [([1, 3, 3000], "MWh"), ([1, 3000, 10**6], "GWh"), ([10**6, 3000, 1, 3, 2500], "GWh")]
)
def test_all_of_a_table_is_in_the_unit_in_which_its_middle_one_reads_best(servers, unit):
    """6 kW for 90 days are 13 MWh for each server, and the middle one is the median."""
    made = sweep(training_energy, {quantity("servers"): servers}, "gpt-4", server_power=6, training_time=90)
    shown = list(show_swept(made))
    assert {one.unit for one in shown} == {unit}
    factor = {"MWh": 1, "GWh": 1000}[unit]
    assert [float(one.value) for one in shown] == pytest.approx([each * 12.96 / factor for each in servers], rel=5e-3)


@pytest.mark.parametrize("ends", ["0:10", "10:0", "0:0"])
def test_steps_of_equal_ratio_begin_above_0(ends):
    assert read_range(f"seen_power={ends}:3")[1].size == 3
    with refused(CalcError, f"'seen_power={ends}:3:log': steps of equal ratio need both ends above 0"):
        read_range(f"seen_power={ends}:3:log")


@pytest.mark.parametrize(("ends", "count"), [("0.1:0.7", 7), ("1.1:1.3", 3), ("0.3:3.3", 11), ("7:7.7", 8)])
def test_evenly_spaced_numbers_are_the_decimals_that_a_person_reads(ends, count):
    low, high = (Fraction(end) for end in ends.split(":"))
    by_hand = [float(low + (high - low) * step / (count - 1)) for step in range(count)]
    assert read_range(f"seen_power={ends}:{count}")[1].tolist() == by_hand
