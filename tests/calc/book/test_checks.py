"""The file of published figures: what it may say."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc.base.errors import DataError
from calc.book.checks import read_checks
from tests.calc.support import refused

GOOD = """
[[check]]
id = "gpu-power"
value = "10.0 MW"
source = "mohit2026"
locator = "somewhere"
rel_tolerance = 0.005
note = ""
inputs = { gpus = 25_000, gpu_tdp = "400 W/GPU" }
"""


def test_a_good_one():
    (one,) = read_checks(GOOD)
    assert (one.value, one.computed, one.difference) == (10, 10, 0)
    assert one.rounding == one.rel_tolerance == Fraction(1, 200)
    assert one.agrees
    assert one.published == one.recomputed == "10\N{NO-BREAK SPACE}MW"


def test_one_that_disagrees():
    (one,) = read_checks(GOOD.replace("10.0 MW", "10.1 MW").replace("rel_tolerance = 0.005", ""))
    assert not one.agrees
    assert one.difference == Fraction(-1, 101)


@pytest.mark.parametrize(
    ("text", "rounding"),
    [
        ("43.9 GWh", "0.05"),
        ("3125 server", "0.5"),
        ("3.14e23 FLOP", "0.5e21"),
        ("1 kW", "0.5"),
        ("29e3 person", "500"),
        ("0.30", "0.005"),
    ],
)
def test_the_rounding_follows_from_the_digits(text, rounding):
    from calc.book.stated import half_a_unit

    assert half_a_unit(text) == Fraction(rounding)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('id = "gpu-power"', 'id = "gpu-powr"', ["check 1", "'gpu-powr' is not a formula", "'gpu-power'?"]),
        ('id = "gpu-power"', 'id = "gpu_power"', ["'gpu_power' is not an id; write 'gpu-power'"]),
        ('id = "gpu-power"', "", ["line 2: check 1 has no id"]),
        ("value =", "vlaue =", ["unknown key 'vlaue'", "'value'?"]),
        ('value = "10.0 MW"', "", ["has no value"]),
        ('value = "10.0 MW"', 'value = "10.0 MWh"', ["gpu_power takes", "MWh"]),
        ('value = "10.0 MW"', 'value = "-1 MW"', ["gpu_power = -1 MW"]),
        ('value = "10.0 MW"', "value = 10.0", ["value must be text"]),
        ('source = "mohit2026"', 'source = "mohit2025"', ["'mohit2025' is not a key", "'mohit2026'?"]),
        ('source = "mohit2026"', "", ["has no source"]),
        ('locator = "somewhere"', "", ["has no locator"]),
        (
            "rel_tolerance = 0.005",
            "rel_tolerance = 0.01",
            ["wider than the rounding of 10.0 MW", "its note must say why"],
        ),
        ("rel_tolerance = 0.005", "rel_tolerance = -1", ["a share from 0 to 1"]),
        ("rel_tolerance = 0.005", "rel_tolerance = nan", ["rel_tolerance", "not a finite number"]),
        ("rel_tolerance = 0.005", "rel_tolerance = true", ["line 7", "rel_tolerance must be a number, not true"]),
        ("gpus = 25_000", "gpuz = 25_000", ["unknown key 'gpuz'", "'gpus'?"]),
        ("gpus = 25_000, ", "", ["inputs has no gpus"]),
        ("gpus = 25_000", "gpus = 0", ["gpus = 0 GPU"]),
        ("gpus = 25_000", "gpus = true", ["inputs: gpus must be text or a number, not true"]),
        ('"400 W/GPU"', '"400 W"', ["gpu_tdp takes W/GPU, not W", "'400 W/GPU'"]),
        ("inputs = {", "inputs = [{", ["checks.toml"]),
        ("[[check]]", "[check]", ["tables headed [[check]]"]),
        ("[[check]]", "[[chek]]", ["unknown key 'chek'", "'check'?"]),
        ('note = ""', 'note = ""\nnote = ""', ["checks.toml", "line"]),
    ],
    ids=[
        "formula",
        "underscore",
        "no-id",
        "key",
        "no-value",
        "dimension",
        "domain",
        "number",
        "source",
        "no-source",
        "no-locator",
        "wide",
        "negative",
        "nan",
        "truth",
        "input",
        "no-input",
        "zero",
        "truth-input",
        "per-gpu",
        "syntax",
        "one-table",
        "table",
        "duplicate",
    ],
)
def test_refused(old, new, parts):
    assert old in GOOD
    with refused(DataError, "checks.toml", *parts):
        read_checks(GOOD.replace(old, new))


BELOW = """
[[check]]
id = "daly-interval"
value = "117 min"
source = "daly2006checkpoint"
locator = "figure 3"
inputs = { failure_interval = "24 h", checkpoint_time = "5 min" }
"""


def test_what_an_input_is_worked_out_from_may_stand_in_its_place():
    """Young's interval for a day between failures and five minutes to write is two hours, as 120² = 2 × 5 × 1440."""
    (one,) = read_checks(BELOW)
    used = {q.name: float(value) for q, value in one.used.items()}
    assert used == pytest.approx({"checkpoint_interval": 120, "checkpoint_waste": 1 / 12})
    assert float(one.computed) == pytest.approx(120 * (1 + 1 / 72 + 1 / 36 / 144) - 5)  # as Daly writes it


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('failure_interval = "24 h", ', "", "inputs has no failure_interval"),
        ('failure_interval = "24 h"', "checkpoint_interval = 120", "inputs has no failure_interval"),
        ('failure_interval = "24 h"', 'failure_interval = "24 h", gpus = 8', "unknown key 'gpus'"),
    ],
)
def test_of_that_too_nothing_is_missing_or_idle(old, new, said):
    with refused(DataError, "checks.toml", said):
        read_checks(BELOW.replace(old, new))


def test_a_wide_tolerance_with_its_reason():
    (one,) = read_checks(GOOD.replace("0.005", "0.05").replace('note = ""', 'note = "Inputs have two digits."'))
    assert one.rel_tolerance == Fraction(1, 20)
