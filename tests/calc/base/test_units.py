"""Units: what pint parses, what is stored, and exact conversion."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import all_quantities, registry
from calc.base import unit_store
from calc.base.errors import UnitError
from calc.base.units import convert, parse_unit, parse_value, parse_with_pint, plain_number, scaled
from tests.calc.support import refused
from tests.sampling import only_whole
from tests.together import each

STORED = json.loads(resources.files("calc").joinpath("data/units.json").read_text(encoding="utf-8"))
FAMILIES = [list(scaled(text)) for text in sorted({q.unit for q in all_quantities()})]
same_kind = st.sampled_from([family for family in FAMILIES if len(family) > 1]).flatmap(
    lambda family: st.tuples(st.sampled_from(family), st.sampled_from(family))
)


@given(st.fractions(), same_kind)
def test_conversion_and_back(number, pair):
    first, second = map(parse_unit, pair)
    assert convert(convert(number, first, second, "x"), second, first, "x") == number


@given(st.fractions(min_value=-(10**12), max_value=10**12), same_kind)
def test_conversion_is_pints(number, pair):
    first, second = pair
    ours = convert(number, parse_unit(first), parse_unit(second), "x")
    assert registry().Quantity(number, first).to(second).magnitude == ours


@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from(["kW/server", "GWh", "%", "prompt/day"]))
def test_values_are_read_exactly(number, unit):
    read, read_unit = parse_value(f"{number} {unit}")
    assert read == Fraction(number)
    assert read_unit == parse_unit(unit)


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("kWh", "MJ", Fraction(36, 10)),
        ("day", "hour", 24),
        ("year", "hour", 8760),
        ("month", "hour", 730),
        ("GB", "MB", 1000),
        ("GiB", "MiB", 1024),
        ("GiB", "GB", Fraction(1024**3, 1000**3)),
        ("byte", "bit", 8),
        ("t", "kg", 1000),
        ("MWh/day", "kW", Fraction(1000, 24)),
        ("%", "1", Fraction(1, 100)),
        ("TFLOP/s/GPU", "FLOP/(s*GPU)", 10**12),
    ],
)
def test_known_conversions(one, other, factor):
    assert convert(Fraction(1), parse_unit(one), parse_unit(other), "x") == factor


@pytest.mark.parametrize(
    ("one", "other"),
    [("kW", "kWh"), ("GB", "GPU"), ("kg", "L"), ("GPU", "server"), ("FLOP", "FLOP/s"), ("prompt", "token")],
)
def test_unlike_things_are_not_converted(one, other):
    with refused(UnitError, "x takes", other):
        convert(Fraction(1), parse_unit(one), parse_unit(other), "x")


@pytest.mark.parametrize(
    ("text", "near"), [("KWh", "kWh"), ("kw", "kW"), ("gw", "GW"), ("dya", "day"), ("Flop", "FLOP")]
)
def test_misspelt_units(text, near):
    with refused(UnitError, repr(text), f"did you mean '{near}'?"):
        parse_unit(text)


@pytest.mark.parametrize(
    "text",
    ["kW^99", "kW^999999999", "9**9**9", "kW**9**9", "(kW)^9", "kW^(9^9)", "(((", "kW;", "a" * 81, "3 kW"],
)
def test_what_is_no_unit(text):
    with refused(UnitError):
        parse_unit(text)


def test_gpus_over_gpus_per_server_are_servers():
    assert (parse_unit("GPU") / parse_unit("GPU/server")).dimensions == parse_unit("server").dimensions


@each("text", STORED["units"])
def test_a_stored_unit_is_what_pint_makes_of_it(text):
    assert unit_store.known_units()[text] == parse_with_pint(text)


@only_whole("a minute of every result in every scenario")
def test_the_table_is_what_its_command_writes(tmp_path):
    written = tmp_path / "units.json"
    code = (
        "import pathlib, sys; from calc import unit_table; from calc.base import unit_store; "
        "unit_table.store = lambda file, units: unit_store.store(pathlib.Path(sys.argv[1]), units); unit_table.main()"
    )
    subprocess.run([sys.executable, "-c", code, str(written)], check=True, cwd=Path(unit_store.__file__).parents[2])
    assert json.loads(written.read_text(encoding="utf-8")) == STORED, "run `make units`"


def test_a_table_of_other_definitions_is_ignored(monkeypatch):
    monkeypatch.setattr(unit_store, "digest", lambda: "other")
    unit_store.known_units.cache_clear()
    try:
        assert unit_store.known_units() == {}
    finally:
        unit_store.known_units.cache_clear()


def test_own_units_need_no_pint():
    code = "import sys, calc; str(calc.training_energy.derive('gpt-4')); assert 'pint' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(unit_store.__file__).parents[2])


def test_a_root_has_no_exact_factor():
    with refused(UnitError, "a root of kW"):
        parse_unit("kW") ** Fraction(1, 2)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(51, 5), "10.2"),
        (Fraction(25_000), "25000"),
        (Fraction(13 * 10**12), "1.3e+13"),
        (Fraction(10**400), "1e+400"),
    ],
)
def test_plain_numbers(number, text):
    assert plain_number(number) == text


@pytest.mark.parametrize("text", ["six", "1e-4000"])
def test_what_is_no_number(text):
    with refused(UnitError):
        parse_value(text)
