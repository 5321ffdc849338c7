"""All number formatting: digits, separators, powers, units."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import quantity
from calc.base.decimals import DIGITS, percent, percentage
from calc.base.numbers import EXACT_DIGITS, show, show_given, show_range, show_spread, show_step
from calc.base.unit_words import unit_latex, unit_text
from calc.base.units import convert, parse_unit


def plain(text):
    """Text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("training_energy", "43.875", "43.9 GWh"),
        ("training_energy", "0.043875", "43.9 MWh"),
        ("training_energy", "43875", "43.9 TWh"),
        ("servers", "3125", "3,125 servers"),
        ("servers", "1", "1 server"),
        ("gpus", "25000", "25,000 GPUs"),
        ("training_flop", "21.84e24", "2.18×10²⁵ FLOP"),
        ("flop_utilisation", "0.360082", "36.0 %"),
        ("pue", "1.2", "1.2"),
        ("national_demand", "4000", "4,000 TWh/year"),
        ("training_time", "1", "1 day"),
        ("training_time", "90", "90 days"),
        ("residents", "50000", "50,000 people"),
        ("energy_per_resident", "877.5", "878 kWh/(person·month)"),
        ("spare_gpus", "0", "0 GPUs"),
    ],
)
def test_show(name, value, text):
    assert plain(show(Fraction(value), quantity(name)).text) == text


@pytest.mark.parametrize(
    ("value", "text"), [("43.85", "43.9"), ("43.84999", "43.8"), ("0.5", "0.5"), ("99.95", "100"), ("9.995", "10.0")]
)
def test_halves_go_up(value, text):
    assert show(Fraction(value), quantity("training_energy"), "GWh").mantissa == text


def test_given_values_keep_their_digits_and_unit():
    assert plain(show_given(Fraction("0.3"), quantity("energy_per_prompt"), "Wh/prompt").text) == "0.3 Wh/prompt"
    assert plain(show_given(Fraction(13, 2), quantity("server_power"), "W/server").text) == "6,500 W/server"
    assert plain(show_step(Fraction("43.875"), quantity("training_energy")).text) == "43.875 GWh"


def test_ranges():
    energy = quantity("training_energy")
    assert plain(show_range(Fraction("16.2"), Fraction("48.75"), energy)) == "16.2–48.8 GWh"
    share = quantity("flop_utilisation")
    assert plain(show_range(Fraction("0.3"), Fraction("0.4"), share)) == "30–40 %"


@pytest.mark.parametrize(
    ("unit", "latex", "text"),
    [
        ("kW/server", r"\mathrm{kW}/\mathrm{server}", "kW/server"),
        ("kWh/(person*month)", r"\mathrm{kWh}/(\mathrm{person}\cdot\mathrm{month})", "kWh/(person·month)"),
        ("%", r"\%", "%"),
        ("", "", ""),
    ],
)
def test_units(unit, latex, text):
    assert unit_latex(unit) == latex
    assert unit_text(unit) == text


@given(
    st.fractions(Fraction(1, 10**9), 10**15),
    st.sampled_from(["training_energy", "it_power", "tokens", "training_time"]),
)
def test_what_is_shown_is_within_half_a_unit_of_its_last_digit(value, name):
    q = quantity(name)
    shown = show(value, q)
    unit = shown.unit.rstrip("s") if name in ("tokens", "training_time") else shown.unit
    number = Fraction(shown.mantissa.replace(",", "")) * Fraction(10) ** shown.exponent
    exact = convert(value, q.parsed_unit, parse_unit(unit), name)
    first = (Decimal(exact.numerator) / exact.denominator).adjusted()
    last = Fraction(10) ** (first - (EXACT_DIGITS if q.domain.whole else DIGITS) + 1)
    assert abs(number - exact) <= last / 2


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"), (-0.0, "0 %"), (0.0049, "under 1 %"), (-0.0049, "under 1 %"), (0.005, "1 %"), (-0.005, "−1 %"),
        (0.0149, "1 %"), (0.125, "13 %"), (-0.125, "−13 %"), (0.375, "38 %"), (0.9949, "99 %"), (2.345, "235 %"),
    ],
)  # fmt: skip
def test_whole_per_cent_have_halves_away_from_nothing_too(share, text):
    assert plain(percentage(share)) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0", "0 %"), ("0.0001", "+0.01 %"), ("-0.0001", "−0.01 %"), ("0.00009", "under 0.01 %"),
        ("-0.00009", "under 0.01 %"), ("0.125", "+13 %"), ("-0.995", "−100 %"), ("0.03", "+3 %"), ("2", "+200 %"),
    ],
)  # fmt: skip
def test_differences_in_per_cent(share, text):
    assert plain(percent(Fraction(share))) == text


@given(st.floats(1e-3, 1e6), st.floats(0, 1), st.floats(-6, 2), st.integers(0, 2))
def test_a_value_inside_its_points_is_inside_what_is_printed_of_them(low, share, width, at):
    """However near they are to each other: the three digits of a value may tell them apart or not."""
    points = (low, low + share * 10**width * low, low + 10**width * low)
    value = Fraction(points[at])
    found = show_spread(points, quantity("training_energy"), value, "GWh")
    assert found[0].value <= show(value, quantity("training_energy"), "GWh").value <= found[-1].value
    assert {one.unit for one in found} == {"GWh"}
    assert [float(one.value) for one in found] == pytest.approx(points, rel=0.05)


@given(st.floats(0, 1e6), st.floats(0, 1), st.floats(0, 1e6), st.integers(0, 2))
def test_the_points_of_a_count_are_counts(low, share, width, at):
    """Halfway between two draws, 4 and 5 servers, there are none: quantiles may fall there."""
    points = (low, low + share * width, low + width)
    found = show_spread(points, quantity("servers"), Fraction(math.floor(points[at] + 0.5)))
    assert all(one.value.denominator == 1 for one in found)
    assert found[0].value <= math.floor(points[at] + 0.5) <= found[-1].value


def test_a_value_that_is_rounded_past_the_end_of_its_points():
    found = show_spread((1003.8, 1015.0, 1030.0), quantity("training_energy"), Fraction("1003.9"))
    assert [one.number for one in found] == ["1,000", "1,020", "1,030"]  # by hand; the value prints as 1,000
    found = show_spread((1003.6, 1015.5, 1030.2), quantity("servers"), Fraction(1004))
    assert [one.number for one in found] == ["1,004", "1,016", "1,030"]
