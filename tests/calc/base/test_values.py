"""What a person may give for a quantity."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import all_quantities, cluster_power, quantity, registry, training_energy
from calc.base.errors import CalcError, DomainError, UnitError
from calc.base.values import (
    Range,
    between_ends,
    exact,
    is_array,
    is_plain,
    own_unit_array,
    own_unit_range,
    own_unit_value,
)
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


@pytest.mark.parametrize(
    ("name", "text", "low", "value", "high", "kind"),
    [
        ("server_power", "3 to 6.5 kW/server", 3, "4.75", "6.5", "uniform"),
        ("server_power", "3000 to 6500 W/server", 3, "4.75", "6.5", "uniform"),
        ("server_power", "1 to 100 kW/server", 1, 10, 100, "lognormal"),
        ("server_power", "5 (3 to 6.5) kW/server", 3, 5, "6.5", ""),
        ("server_power", "3 (3 to 6.5) kW/server", 3, 3, "6.5", ""),
        ("server_power", "6 ± 10 % kW/server", "5.4", 6, "6.6", ""),
        ("server_power", "6 kW/server ± 0.5", "5.5", 6, "6.5", ""),
        ("server_power", "6 kW/server ± 500 W/server", "5.5", 6, "6.5", ""),
        ("servers", "10 ± 15 %", 9, 10, 11, ""),  # 8.5 and 11.5, of which whole servers are the inner ones
        ("servers", "10 to 13", 10, 12, 13, "uniform"),  # half-way to the even one
        ("flop_utilisation", "30 to 40 %", "0.3", "0.35", "0.4", "uniform"),
        ("flop_utilisation", "1 to 20 %", "0.01", "0.105", "0.2", "uniform"),  # a share is no matter of magnitudes
        ("flop_utilisation", "0.3 ± 0.05", "0.25", "0.3", "0.35", ""),
    ],
)  # fmt: skip
def test_a_range_in_the_quantity_s_own_unit(name, text, low, value, high, kind):
    assert own_unit_range(quantity(name), text) == Range(Fraction(low), Fraction(value), Fraction(high), kind)


@pytest.mark.parametrize("value", [5, 5.5, "5.0", "5 kW/server", None, [3, 6.5]])
def test_one_value_is_no_range(value):
    assert own_unit_range(POWER, value) is None


@pytest.mark.parametrize(
    ("name", "text", "kind", "said"),
    [
        ("server_power", "6.5 to 3 kW/server", UnitError, "is no range; write the lower end first"),
        ("server_power", "3 to 3 kW/server", UnitError, "is a range without two values in it"),
        ("server_power", "7 (3 to 6.5) kW/server", UnitError, "is no range"),
        ("server_power", "2 (3 to 6.5) kW/server", UnitError, "is no range"),
        ("server_power", "3 to 6.5 kWh", UnitError, "server_power"),
        ("server_power", "-3 to 6.5 kW/server", DomainError, "server_power = -3"),
        ("server_power", "6 ± 200 % kW/server", DomainError, "server_power = -6"),
        ("server_power", f"1 to {10**13} kW/server", DomainError, "is a range over more than 1e+12"),
        ("flop_utilisation", "0.3 ± 10 %", UnitError, "per cent of the value, or points?"),
    ],
)
def test_what_is_no_range_of_a_quantity(name, text, kind, said):
    with refused(kind, said):
        own_unit_range(quantity(name), text)
    with refused(CalcError):
        own_unit_value(quantity(name), text)


def test_a_derivation_stands_for_its_own_quantity_alone():
    """Power at the site is not power at the servers, and not every power in megawatts is the cluster's."""
    step = cluster_power.derive("gpt-4")
    assert own_unit_value(quantity("it_power"), step) == step.exact
    with refused(UnitError, "facility_power cannot take the derivation of it_power (", "; give its value if"):
        own_unit_value(quantity("facility_power"), step)
    own = quantity("it_power")
    alike = next(q for q in all_quantities() if q.checked_unit == own.checked_unit and q is not own)
    with refused(UnitError, f"{alike.name} cannot take the derivation of it_power; give its value if"):
        own_unit_value(alike, step)


def test_an_array_of_pint_s_is_converted_and_one_of_another_dimension_is_not():
    units = pint.UnitRegistry()
    time = quantity("training_time")
    assert own_unit_array(time, units.Quantity(np.array([48.0, 24.0]), "hour")).tolist() == pytest.approx([2, 1])
    for wrong, first in (([7.0, 8.0], "7"), ([], "1")):
        with refused(UnitError, "training_time takes", first):
            own_unit_array(time, units.Quantity(np.array(wrong), "kilowatt"))


def test_arrays_of_numbers_are_taken_as_they_are():
    one = np.array([[1.0, 2.0]])
    assert own_unit_array(POWER, one) is one
    assert own_unit_array(POWER, [1, 2]).tolist() == [1, 2]
    assert own_unit_array(POWER, np.zeros((1,) * 16)).shape == (1,) * 16
    with refused(DomainError, "an array of 17 axes; accepted: up to 16"):
        own_unit_array(POWER, np.zeros((1,) * 17))
    with refused(DomainError, "a list with a truth value"):
        own_unit_array(POWER, [1, True])
    with refused(DomainError, "numbers"):
        own_unit_array(POWER, np.array(["a", "b"]))


@pytest.mark.parametrize(("text", "fine"), [("1e999", True), ("1e-999", True), ("1e1000", False), ("1e-1000", False)])
def test_decimals_are_read_up_to_an_exponent(text, fine):
    if fine:
        assert exact(Decimal(text)) == Fraction(text)
        return
    with refused(DomainError, "is out of range; exponents up to 999 are read"):
        exact(Decimal(text))


def test_whole_numbers_of_numpy_are_exact():
    assert exact(np.int64(2**62 + 1)) == 2**62 + 1
    assert exact(np.float64(0.1)) == exact(np.float32(0.5)) / 5
