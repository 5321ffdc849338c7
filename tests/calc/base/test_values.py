"""What a person may give for a quantity."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import quantity, registry, training_energy
from calc.base.errors import UnitError
from calc.base.values import between_ends, exact, is_array, is_plain, own_unit_array, own_unit_value
from calc.base.written import Ends, ends_written
from tests.calc.support import numbers, refused

POWER = quantity("server_power")


@pytest.mark.parametrize(
    "value",
    [
        6.5,
        np.float64(6.5),
        np.float32(6.5),
        np.array(6.5),
        Decimal("6.5"),
        Fraction(13, 2),
        "6.5",
        " 6.5 kW/server ",
        "6500 W/server",
        "0.0065 MW/server",
        "6_500 W/server",
        "6.5 kW / server",
        "6.5e3 W/server",
    ],
    ids=repr,
)
def test_one_value_in_many_forms(value):
    assert own_unit_value(POWER, value) == Fraction(13, 2)


@pytest.mark.parametrize("units", [registry(), pint.UnitRegistry()], ids=["own", "other"])
def test_pint_quantities(units):
    time = quantity("training_time")
    assert own_unit_value(time, units.Quantity(48, "hour")) == 2
    np.testing.assert_allclose(own_unit_array(time, units.Quantity(np.array([24.0, 48.0]), "hour")), [1, 2])


def test_a_pint_quantity_of_another_dimension():
    with refused(UnitError, "server_power takes", "energy"):
        own_unit_value(POWER, registry().Quantity(1, "kWh"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_the_decimal_that_is_shown(value):
    assert exact(value) == Fraction(repr(value))
    assert float(exact(value)) == value


@given(numbers(POWER.domain), st.sampled_from(["W/server", "kW/server", "MW/server"]))
def test_text_and_pint_agree(number, unit):
    assert own_unit_value(POWER, f"{number!r} {unit}") == own_unit_value(
        POWER, registry().Quantity(exact(number), unit)
    )


def test_arrays():
    assert is_array([1, 2])
    assert is_array(np.array([1]))
    assert not is_array(np.array(1))
    assert not is_array("12")
    assert training_energy(servers=[1, 2], server_power=6.5, training_time=90).shape == (2,)


@pytest.mark.parametrize(
    ("text", "low", "high", "value"),
    [
        ("5 kW (3 to 6.5)", "3 kW", "6.5 kW", "5 kW"),
        ("5 (3 to 6.5) kW", "3 kW", "6.5 kW", "5 kW"),
        ("5 kW (3 kW to 6500 W)", "3 kW", "6500 W", "5 kW"),
        ("5 (3 to 6.5)", "3", "6.5", "5"),
        ("5 (3 to 6.5 kW)", "3 kW", "6.5 kW", "5 kW"),
        ("5 (3 kW - 6.5)", "3 kW", "6.5 kW", "5 kW"),
    ],
)
def test_ends_in_brackets_have_their_own_unit_or_that_of_the_value(text, low, high, value):
    assert ends_written(text) == Ends(low, high, value, "")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("5 kW (3000 W to 6.5)", "is 6.5 in kW or in W?"),  # 6.5 W is far below the value, 6.5 kW above it
        ("5 kW (3 to 6500 W)", "is 3 in kW or in W?"),
        ("5 (3000 W to 6500 W) kW", "is 5 in W or in kW?"),
        ("5 kW (3 to 6.5) W", "is 3 in kW or in W?"),
        ("5 kW (from 3000 W to 6.5)", "is 6.5 in kW or in W?"),
    ],
)
def test_a_number_without_a_unit_beside_two_units_is_asked_for(text, asked):
    with refused(UnitError, repr(text), asked, "Write one unit behind all, or each number's own"):
        ends_written(text)


@pytest.mark.parametrize(
    ("name", "low", "high", "value", "kind"),
    [
        ("server_power", "0", "10", "5", "uniform"),  # of nothing everything is many times
        ("server_power", "1", "9.99", "5.495", "uniform"),
        ("server_power", "1", "10", "3.16228", "lognormal"),
        ("gpus", "1", "1000", "32", "lognormal"),
        ("flop_utilisation", "0.01", "0.9", "0.455", "uniform"),  # a share
    ],
)
def test_two_ends_that_are_ten_times_apart_have_their_middle_by_ratio(name, low, high, value, kind):
    found = between_ends(quantity(name), Fraction(low), Fraction(high))
    assert (found.value, found.kind) == (Fraction(value), kind)


def test_only_pythons_own_numbers_are_plain():
    assert [is_plain(one) for one in (1, 1.0, -3, 1e300)] == [True] * 4
    assert [is_plain(one) for one in (True, np.float64(1), Fraction(1), Decimal(1), "1", None, [1])] == [False] * 7
