"""All number formatting: digits, separators, powers, units."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc import quantity
from calc.base.decimals import DIGITS, Shown, digits_of, percent, percentage
from calc.base.numbers import (
    EXACT_DIGITS,
    between,
    digits_known,
    show,
    show_at,
    show_given,
    show_range,
    show_spread,
    show_step,
    show_uncertainty,
)  # fmt: skip
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


@given(st.floats(0.1, 1000), st.floats(0, 1), st.floats(-9, 0))
def test_a_given_range_has_the_value_that_is_printed_beside_it(low, share, width):
    """However near its ends are; where all three print alike in seven digits, it is about that."""
    energy, high = quantity("training_energy"), low + 10**width * low
    value = show_given(Fraction(low + share * (high - low)), energy, "GWh")
    text = plain(show_range(Fraction(low), Fraction(high), energy, "GWh", value)).removesuffix(" GWh")
    first, dash, last = text.replace(",", "").partition("–")
    if not dash:
        assert Fraction(first.removeprefix("about ")) == value.value
        return
    assert Fraction(first) <= value.value <= Fraction(last)
    assert Fraction(first) < Fraction(last)


def test_ends_that_print_alike_are_about_one():
    energy = quantity("training_energy")
    points = show_spread((43.8750, 43.8751, 43.8752), energy, Fraction("43.8751"))
    assert plain(between(points[0], points[-1])) == "about 43.9 GWh"
    assert plain(show_range(Fraction("6.5"), Fraction("6.50001"), energy)) == "6.5–6.50001 GWh"
    assert plain(show_range(Fraction("6.5"), Fraction("6.500000001"), energy)) == "about 6.5 GWh"


@pytest.mark.parametrize(
    ("shown", "value", "place", "latex"),
    [
        (Shown("43.9", 0, "GWh"), "43.9", "0.1", r"43.9\,\mathrm{GWh}"),
        (Shown("4,720", 0, ""), "4720", "1", "4{,}720"),
        (Shown("2.18", 25, "FLOP"), "2.18e25", "1e23", r"2.18 \times 10^{25}\,\mathrm{FLOP}"),
        (Shown("-1.5", -7, "%"), "-1.5e-7", "1e-8", r"-1.5 \times 10^{-7}\,\%"),
        (Shown("0.005", 0, "person*month"), "0.005", "0.001", r"0.005\,\mathrm{person}\cdot\mathrm{month}"),
    ],
)
def test_what_a_print_stands_for(shown, value, place, latex):
    assert (shown.value, shown.place, shown.latex) == (Fraction(value), Fraction(place), latex)


@pytest.mark.parametrize(
    ("number", "digits", "plain", "padded"),
    [
        ("25", 3, ("25", 0), ("25.0", 0)), ("25.5", 2, ("26", 0), ("26", 0)), ("0.5", 3, ("0.5", 0), ("0.500", 0)),
        ("2e25", 3, ("2", 25), ("2.00", 25)), ("2.0004e25", 3, ("2.00", 25), ("2.00", 25)), ("0", 3, ("0", 0),
        ("0", 0)),
        ("0.0012345", 3, ("0.00123", 0), ("0.00123", 0)), ("0.00099951", 3, ("0.00100", 0), ("0.00100", 0)),
        ("0.0009994", 3, ("9.99", -4), ("9.99", -4)), ("9999500", 4, ("1.000", 7), ("1.000", 7)),
        ("1e7", 3, ("1", 7), ("1.00", 7)), ("9999499", 4, ("9,999,000", 0), ("9,999,000", 0)),
        ("-43.85", 3, ("-43.9", 0), ("-43.9", 0)),
    ],
)  # fmt: skip
def test_digits_and_powers_of_ten(number, digits, plain, padded):
    assert digits_of(Fraction(number), digits) == plain
    assert digits_of(Fraction(number), digits, padded=True) == padded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.1", "0.1 GWh"), ("0.0999", "99.9 MWh"), ("9999", "10,000 GWh"), ("9990", "9,990 GWh"), ("10000", "10 TWh"),
        ("0.001", "1 MWh"), ("0.000999", "999 kWh"), ("0", "0 GWh"), ("-0.05", "−50 MWh"), ("-20000", "−20 TWh"),
        ("1e-6", "1 kWh"), ("2e-10", "200 mWh"), ("2e-13", "2×10⁻¹³ GWh"), ("999999", "1,000 TWh"), ("1e6",
        "1,000,000 GWh"),
    ],
)  # fmt: skip
def test_the_prefix_leaves_one_to_a_thousand(value, text):
    """From a tenth to below ten thousand a value stays in its own unit."""
    assert plain(show(Fraction(value), quantity("training_energy")).text) == text


def test_a_range_has_one_unit_that_of_its_higher_end():
    assert plain(show_range(Fraction(5), Fraction(20_000), quantity("training_energy"))) == "0.005–20 TWh"
    assert plain(show_range(Fraction(5), Fraction(20_000), quantity("training_energy"), "GWh")) == "5–20,000 GWh"


def test_where_nothing_is_uncertain_three_digits_are_known():
    assert [digits_known(0, 5), digits_known(5, 0), digits_known(0, 0)] == [3, 3, 3]
    assert [digits_known(100, 1), digits_known(100, 99), digits_known(100, 100), digits_known(-100, 1000)] == [
        3,
        3,
        2,
        2,
    ]


def test_points_end_where_a_quarter_of_their_width_does():
    """And not at a fifth, or where the lowest is left out; with two digits at least."""

    def points(*values, at):
        return [one.number for one in show_spread(values, quantity("training_energy"), Fraction(at), "GWh")]

    assert points(1000, 1031.4, 1040, at=1030) == ["1,000", "1,030", "1,040"]
    assert points(1, 91.4, 101.4, at=91) == ["1.0", "91", "100"]
    assert points(20.4, 30.4, 60.4, at=25) == ["20", "30", "60"]
    # A value beyond them is no reason for more digits, however near the lowest or highest it lies.
    assert points(20.6, 30.4, 60.4, at=20.3) == ["21", "30", "60"]
    assert points(20.6, 30.4, 60.4, at=60.7) == ["21", "30", "60"]
    assert points(20.6, 30.4, 60.4, at=15) == points(20.6, 30.4, 60.4, at=80) == ["21", "30", "60"]
    assert points(20.6, 30.4, 60.4, at=20.7) == ["20.6", "30.4", "60.4"]  # below 21, and inside
    assert points(20.6, 30.4, 60.4, at=60.3) == ["20.6", "30.4", "60.4"]
    assert points(30.4, 30.4, 30.4, at=30) == ["30.40000", "30.40000", "30.40000"]


def test_another_value_is_shown_in_the_unit_of_the_first():
    share, energy = quantity("flop_utilisation"), quantity("training_energy")
    assert plain(show_at(0.51234, share, Fraction(1), "1").text) == "51.2 %"
    assert plain(show_at(0.51234, share, Fraction(1)).text) == "51.2 %"
    assert plain(show_at(0.0005, energy, Fraction(40)).text) == "5×10⁻⁴ GWh"
    assert plain(show_at(0.0005, energy, Fraction("0.04")).text) == "0.5 MWh"
    assert plain(show_at(0.00051234, energy, Fraction(40), "kWh", 2).text) == "510 kWh"
    assert plain(show_at(3125.4, quantity("servers"), Fraction(3125)).text) == "3,130 servers"
    assert plain(show_uncertainty(6.127, energy, Fraction("43.875"), "MWh").text) == "6,100 MWh"
