"""Sums over 12 months and 24 hours, each by a second way; and what the catalogue has of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from calc import scenario, training_carbon
from calc.analysis import hours
from calc.base.errors import CalcError, UnknownNameError
from calc.cli.app import main
from calc.model.catalogue import entry
from calc.model.hours import DAYS, places, shape

# The means of the year of those who copied the hours, in gCO2e/kWh.
YEARS = {
    "us-sw-azps": 575.0, "us-se-soco": 423.2, "us-midw-miso": 440.5, "us-mida-pjm": 362.6, "us-tex-erco": 347.2,
    "us-cal-ciso": 256.2, "us-ny-nyis": 272.8, "us-nw-bpat": 54.7,
}  # fmt: skip


@pytest.mark.parametrize("place", YEARS)
def test_the_mean_over_the_axis_is_the_years(place):
    assert hours.mean(shape(place)) == pytest.approx(YEARS[place], abs=0.11)


def test_eight_places_are_known():
    assert set(places()) == set(YEARS)


@pytest.mark.parametrize("place", YEARS)
def test_shares_of_sources_make_up_each_hour(place):
    whole = np.zeros((12, 24))
    for kind in ("solar", "wind", "hydro", "nuclear", "coal", "gas", "oil", "other"):
        try:
            whole += hours.hourly(shape(place, kind))
        except UnknownNameError:
            continue
    assert np.abs(whole - 1).max() < 0.02


@pytest.mark.parametrize("place", YEARS)
def test_the_mix_of_each_hour_leads_to_its_intensity(place):
    """A second way: the shares of sources times the medians, hour by hour; of rooftop panels, as the copy took."""
    medians = {"coal": 820, "gas": 490, "oil": 650, "nuclear": 12, "hydro": 24, "wind": 11, "solar": 41, "other": 230}
    made = np.zeros((12, 24))
    for kind, median in medians.items():
        try:
            made += hours.hourly(shape(place, kind)) * median
        except UnknownNameError:
            continue
    stated = hours.hourly(shape(place))
    assert np.abs(made / stated - 1).max() < 0.06


def test_a_formula_over_the_axis_is_the_sum_cell_by_cell():
    one, load = shape("us-cal-ciso"), hours.cleanest(shape("us-cal-ciso"), 8)
    given = {"training_facility_energy": 2, "grid_delivery": 0.94}
    found = hours.over_hours(training_carbon, given, "training_facility_energy", "carbon_intensity", load, one)
    by_hand = sum(2 * load[m, h] * one.values[m][h] / 0.94 for m in range(12) for h in range(24))
    assert found.axis == ("month", "hour")
    assert found.unit == "tCO2e"
    assert found.total == pytest.approx(by_hand, rel=1e-12)


def test_an_even_load_makes_the_plain_formula():
    one = shape("us-tex-erco")
    given = {"training_facility_energy": 1, "grid_delivery": 1}
    found = hours.over_hours(training_carbon, given, "training_facility_energy", "carbon_intensity", hours.even(), one)
    assert found.total == pytest.approx(training_carbon(**given, carbon_intensity=hours.mean(one)))


@pytest.mark.parametrize("place", YEARS)
def test_clean_hours_are_cleaner_than_the_mean_and_all_hours_are_the_mean(place):
    one = shape(place)
    clean, dirty = (hours.mean(one, hours.cleanest(one, 8, dirtiest=last)) for last in (False, True))
    assert clean < hours.mean(one) < dirty
    assert hours.mean(one, hours.cleanest(one, 24)) == pytest.approx(hours.mean(one))
    assert hours.cleanest(one, 8).sum() == pytest.approx(1)
    assert (hours.cleanest(one, 8) > 0).sum() == 8 * 12


def test_matching_by_the_hour_is_never_more_than_by_the_year():
    for place in ("us-cal-ciso", "us-mida-pjm"):
        supply = hours.solar_supply(place)
        for times in (0.5, 1, 3):
            by_year, by_hour = hours.match(times * supply, hours.even())
            assert by_hour <= by_year <= 1


def at_midnight():
    """A supply whose whole day comes in its first hour, and is as much as an even load takes."""
    supply = np.zeros((12, 24))
    supply[:, 0] = np.array(DAYS) / 365
    return supply


def test_shares_that_are_covered_by_hand():
    even = hours.even()
    assert even.sum() == pytest.approx(1)
    for times in (0, 0.25, 1, 3):
        assert hours.match(times * even, even) == pytest.approx((min(times, 1), min(times, 1)))
        assert hours.match(times * even, 50 * even) == pytest.approx((times / 50, times / 50))
    assert hours.match(at_midnight(), even) == pytest.approx((1, 1 / 24))
    assert hours.match(2 * at_midnight(), even) == pytest.approx((1, 1 / 24))


@pytest.mark.parametrize(
    ("store", "efficiency", "hours_served"),
    [(0, 0.9, 1), (10, 0.9, 11), (30, 0.9, 1 + 23 * 0.9), (30, 1, 24), (23, 1, 24), (22, 1, 23), (30, 0.5, 12.5)],
)
def test_a_battery_by_hand(store, efficiency, hours_served):
    """In the first hour come 24 hours' worth, of which one is used at once; some is lost, or has no room."""
    found = hours.battery_share(at_midnight(), hours.even(), store, efficiency)
    assert found == pytest.approx(hours_served / 24)
    assert hours.battery_share(at_midnight(), hours.even(), 30) == pytest.approx((1 + 23 * 0.9) / 24)


def test_a_battery_is_full_of_the_day_before():
    """What is used before the day's supply comes is the day before's: the same share whenever it comes."""
    late = np.roll(at_midnight(), 20, axis=1)
    assert hours.battery_share(late, hours.even(), 30, 1) == pytest.approx(1)


@pytest.mark.parametrize("place", ["us-cal-ciso", "us-tex-erco"])
def test_what_is_left_beside_as_much_solar_power_cell_by_cell(place):
    solar, intensity = hours.hourly(shape(place, "solar")), hours.hourly(shape(place))
    whole = sum(DAYS[month] * solar[month][hour] for month in range(12) for hour in range(24))
    left = [
        (max(DAYS[month] / 365 / 24 - DAYS[month] * solar[month][hour] / whole, 0), intensity[month][hour])
        for month in range(12)
        for hour in range(24)
    ]
    by_hand = sum(share * own for share, own in left) / sum(share for share, _ in left)
    assert hours.unmatched_mean(place) == pytest.approx(by_hand, rel=1e-12)


def test_a_battery_helps_and_never_more_than_there_is():
    supply, load = hours.solar_supply("us-cal-ciso"), hours.even()
    shares = [hours.battery_share(1.5 * supply, load, store) for store in (0, 4, 12, 24)]
    assert shares == sorted(shares)
    assert shares[-1] <= 1
    # Ember's Las Vegas: 6 W of panels, or about 1.5 W on average, and 17 Wh of batteries cover 97 % of the hours.
    assert hours.battery_share(1.5 * supply, load, 17) >= 0.97


def test_the_catalogue_has_what_the_hours_yield():
    one, found = shape("us-cal-ciso"), entry("place", "us-cal-ciso").inputs
    assert float(found["clean_intensity"].value) == pytest.approx(hours.mean(one, hours.cleanest(one, 8)), abs=0.051)
    by_hour = hours.match(hours.solar_supply("us-cal-ciso"), hours.even())[1]
    assert float(found["hourly_match"].value) * 100 == pytest.approx(100 * by_hour, abs=0.051)
    assert scenario("shift-california").inputs["hours_intensity"].value == found["hours_intensity"].value


@pytest.mark.parametrize(
    ("place", "kind", "said"), [("irl", "intensity", "known are"), ("us-caiso", "coal", "accepted")]
)
def test_what_is_not_in_the_data_is_said(place, kind, said):
    with pytest.raises(UnknownNameError, match=said):
        shape(place, kind)


def test_a_day_has_24_hours():
    for many in (0, 25):
        with pytest.raises(CalcError, match=f"1 to 24 hours to choose, not {many}"):
            hours.cleanest(shape("us-caiso"), many)
    assert (hours.cleanest(shape("us-caiso"), 1) > 0).sum() == 12
    assert sum(DAYS) == 365


def test_the_command_prints_the_axis(capsys):
    assert main(["hours", "us-caiso", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["axis"] == ["month", "hour"]
    assert len(found["value"]) == 12
    assert {len(row) for row in found["value"]} == {24}
    assert main(["hours"]) == 0
    assert "us-nw-bpat" in capsys.readouterr().out
