"""Every error that a person can cause: one line that says what was given, what is accepted, the nearest name."""

from __future__ import annotations

import inspect
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from calc import (
    cluster_power,
    facility_power,
    formula_by_id,
    quantity,
    scenario,
    server_count,
    serving_facility_energy,
    serving_power,
    training_energy,
    training_facility_energy,
)
from calc.base import errors
from calc.base.errors import CalcError, ChainError, DomainError, UnitError, UnknownNameError, nearest
from tests.calc.support import brief, refused

GIVEN = {"server_power": 6.5, "training_time": 90}


def test_every_error_is_a_calc_error():
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]
    assert len(kinds) == 10
    assert all(issubclass(kind, CalcError) for kind in kinds)


@pytest.mark.parametrize(
    ("name", "known", "ending"),
    [
        ("trainig-energy", ["training-energy", "pue"], "; did you mean 'training-energy'?"),
        ("PUE", ["pue"], "; did you mean 'pue'?"),
        ("zzz", ["pue"], ""),
        ("", ["pue"], ""),
    ],
)
def test_nearest(name, known, ending):
    assert nearest(name, known) == ending


@pytest.mark.parametrize(
    ("lookup", "given", "near"),
    [
        (formula_by_id, "trainig-energy", "training-energy"),
        (formula_by_id, "training_enrgy", "training-energy"),
        (quantity, "server_pwer", "server_power"),
        (scenario, "gpt4", "gpt-4"),
    ],
    ids=["formula", "formula-underscore", "quantity", "scenario"],
)
def test_unknown_names(lookup, given, near):
    with refused(UnknownNameError, repr(given), f"did you mean {near!r}?"):
        lookup(given)


@pytest.mark.parametrize("name", ["", " ", "../gpt-4", "gpt-4.toml"])
def test_no_scenario_of_that_name(name):
    with refused(UnknownNameError, repr(name), "is not a scenario", "gpt-4"):
        training_energy.derive(name)


def test_unknown_unit_names_the_quantity_and_the_nearest():
    with refused(UnitError, "servers", "'servrs'", "did you mean 'server'?"):
        training_energy(servers="5 servrs", **GIVEN)


def test_unknown_input_of_a_call():
    with refused(UnknownNameError, "'sevrers'", "accepted: server_power, servers, training_time", "'servers'?"):
        training_energy(sevrers=5, **GIVEN)


def test_missing_input_of_a_call():
    with refused(CalcError, "training-energy needs servers", "training_energy.derive()"):
        training_energy(**GIVEN)


def test_input_given_twice_under_two_names():
    with refused(CalcError, "given servers twice"):
        training_energy(servers=5, server_count=6, **GIVEN)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("10.2 kW", ["server_power takes kW/server, not kW", "'10.2 kW/server'"]),
        ("10.2 kWh", ["10.2 kWh is energy", "kW/server"]),
        ("10.2 GPU", ["10.2 GPU is accelerator", "kW/server"]),
        ("3 %", ["a pure number", "kW/server"]),
    ],
    ids=["per-server-left-out", "energy-for-power", "count-for-power", "ratio"],
)
def test_wrong_dimension(value, parts):
    with refused(UnitError, "server_power takes", *parts):
        training_energy(server_power=value, servers=5, training_time=90)


def test_gpus_are_not_servers():
    with refused(UnitError, "servers takes", "5 GPU is accelerator, not server"):
        training_energy(servers="5 GPU", **GIVEN)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-1, "-1"),
        (0, "0"),
        (3124.5, "3124.5"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
        (np.float64("nan"), "nan"),
        (Decimal("Infinity"), "Infinity"),
        ("-5 server", "-5"),
        ("0 server", "0"),
        (10**400, "1e+400"),
        (10**5000, "1e+5000"),
        ("1e400 server", "1e+400"),
    ],
    ids=brief,
)
def test_numbers_outside_the_domain(value, shown):
    with refused(DomainError, "servers", shown, "a whole number, at least 1"):
        training_energy(servers=value, **GIVEN)


@pytest.mark.parametrize("value", [True, np.True_, None, 1j, b"1", {"a": 1}], ids=brief)
def test_things_that_are_no_numbers(value):
    with refused(DomainError, "servers: ", "accepted: a whole number, at least 1"):
        training_energy(servers=value, **GIVEN)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["''", "'6.5 kW/server'"]),
        ("abc", ["'abc'", "'6.5 kW/server'"]),
        ("3,125", ["'3,125' has a comma; write 3125"]),
        ("1e9999 server", ["exponents up to 999"]),
        ("inf", ["'inf' is not a finite number"]),
        ("nan server", ["not a finite number"]),
        ("x" * 10_000, ["…"]),
        ("5 " + "server*" * 50, ["at most 80"]),
        ("__import__('os')", ["is not a value"]),
    ],
    ids=["empty", "word", "comma", "exponent", "inf", "nan", "long", "long-unit", "code"],
)
def test_text_that_is_no_value(text, parts):
    with refused(UnitError, "servers: ", *parts):
        training_energy(servers=text, **GIVEN)


@pytest.mark.parametrize(
    ("array", "parts"),
    [
        ([1, 2, 0], ["servers = 0 server"]),
        ([1, 2.5], ["servers = 2.5 server"]),
        ([1, math.nan], ["servers = nan server"]),
        ([1, math.inf], ["servers = inf server"]),
        ([True, False], ["servers takes numbers, not an array of bool"]),
        (["1", "2"], ["servers takes numbers, not an array of <U1"]),
        ([1, None], ["servers takes numbers, not an array of object"]),
    ],
    ids=["zero", "fraction", "nan", "inf", "truth", "text", "none"],
)
def test_arrays_outside_the_domain(array, parts):
    with refused(DomainError, *parts):
        training_energy(servers=np.array(array), **GIVEN)


def test_a_result_too_large_for_a_double():
    with refused(DomainError, "training_energy = 2.4e+295 GWh", "a finite number above 0", "1e+150 are taken"):
        training_energy(server_power=1e100, servers=1e100, training_time=1e100)
    with refused(DomainError, "training_energy = 2.16e+197 GWh", "a finite number above 0", "1e+150 are taken"):
        _ = training_energy.derive(server_power="1e100", servers="1e100").value
    with refused(DomainError, "server_power = 1e+300 kW/server", "1e+150 are taken"):
        training_energy(server_power=1e300, servers=1, training_time=1)


def test_derivation_of_another_quantity():
    with refused(UnitError, "training_energy cannot take the derivation of it_power"):
        training_facility_energy.derive("gpt-4", training_energy=cluster_power.derive("gpt-4"))


def test_derivation_of_the_same_unit_at_another_place():
    site = facility_power.derive("gpt-4")
    with refused(UnitError, "cannot take the derivation of facility_power", "at the site's meter"):
        facility_power.derive("gpt-4", it_power=site)
    with refused(UnitError, "cannot take the derivation of serving_power"):
        facility_power.derive("gpt-4", it_power=serving_power.derive("gpt-4"))


def test_pue_is_not_applied_twice():
    once = serving_facility_energy.derive("gpt-4")
    with refused(UnitError, "serving_energy cannot take the derivation of serving_facility_energy"):
        serving_facility_energy.derive("gpt-4", serving_energy=once)


def test_derivation_of_the_quantity_itself_is_taken():
    assert training_energy.derive("gpt-4", servers=server_count.derive("gpt-4", gpus=16)).value == 0.02808


@pytest.mark.parametrize("name", ["tokens", "pue", "residents"])
def test_override_without_a_part(name: str) -> None:
    value: Any = 2
    with refused(ChainError, f"{name} plays no part in training-energy", "accepted: gpus, gpus_per_server"):
        training_energy.derive("gpt-4", **{name: value})
