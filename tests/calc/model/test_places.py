"""The catalogue's places: as their table has them, each from its own place or marked, and apart by kind of figure."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from calc import scenario, training_carbon
from calc.book.mixes import mixes
from calc.model.catalogue import entries, entry
from calc.render.pages.places import page
from tools import places

ROOT = Path(__file__).parents[3]
PLACES = {one.id: one for one in entries("place")}
with (ROOT / "tools" / "places.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = {row["id"]: row for row in csv.DictReader(_file)}


@pytest.mark.parametrize("which", places.FILES)
def test_the_files_are_what_the_table_yields(which):
    path = ROOT / "calc" / "data" / "catalogue" / f"places-{which}.toml"
    assert path.read_text(encoding="utf-8") == places.written(which), "run tools/places.py"


def test_every_row_is_a_place():
    assert set(ROWS) == set(PLACES)


@pytest.mark.parametrize(
    ("name", "found"),
    [("ireland", "irl"), ("virginia", "us-va"), ("us-ercot", "us-tex-erco"), ("uk", "gbr"), ("sweden", "swe")],
)
def test_places_are_found_by_what_people_call_them(name, found):
    assert entry("place", name).id == found


@pytest.mark.parametrize("place", ["us-va", "us-tex-erco", "egrid-camx"])
def test_what_is_the_nations_is_marked(place):
    given = PLACES[place].inputs["carbon_intensity"]
    assert given.value == PLACES["usa"].inputs["carbon_intensity"].value
    assert "whole nation's" in given.note


@pytest.mark.parametrize(
    ("place", "missing"), [("us-va", "peak_demand"), ("swe", "household_use"), ("pol", "peak_demand")]
)
def test_what_is_missing_is_said(place, missing):
    assert missing not in PLACES[place].inputs
    assert missing in PLACES[place].about


def test_recalled_figures_are_marked():
    for one in PLACES.values():
        if one.id not in ("usa", "chn"):
            assert "Recalled" in one.inputs["grid_delivery"].note if "grid_delivery" in one.inputs else True


def test_intensities_lie_between_water_and_brown_coal():
    for one in PLACES.values():
        for kind in ("carbon_intensity", "direct_intensity", "marginal_intensity"):
            if kind in one.inputs:
                assert 0 <= one.inputs[kind].value <= 1100, one.id


def test_a_run_elsewhere_emits_in_proportion():
    here, there = (training_carbon.derive(scenario("gpt-4-footprint"), place=place) for place in ("usa", "swe"))
    ratio = (35.89 / 0.95) / (383.55 / 0.94)
    assert float(there.exact / here.exact) == pytest.approx(ratio, rel=1e-9)


# Mixes that the IPCC's medians miss by more than 30 %, and why.
OTHER_PLANTS = {
    "est": "oil shale, which is burned as coal and counted with other fuels",
    "sau": "oil in old boilers, at more than the median",
    "nzl": "geothermal power, which is in `other`",
    "ken": "geothermal power, which is in `other`",
    "isl": "geothermal power, which is in `other`",
    "prt": "a mix of 2023 beside an intensity of 2024, which was wet",
}


def test_mixes_lead_to_the_published_intensities():
    """A second way to the intensity: the mix times the medians of its sources; Ember adds methane, so it has more."""
    misses = {one.place: one.difference for one in mixes()}
    assert len(misses) == 60
    assert {place for place, miss in misses.items() if abs(miss) > 0.31} == set(OTHER_PLANTS)
    usual = sorted(miss for place, miss in misses.items() if place not in OTHER_PLANTS)
    assert -0.15 < usual[len(usual) // 2] < 0


def test_the_mixes_are_what_the_table_yields():
    text = (ROOT / "calc" / "data" / "mixes.csv").read_text(encoding="utf-8")
    assert text == places.mix_file(), "run tools/places.py"


def test_a_moved_run_has_the_catalogues_figures_of_sweden():
    given, there = scenario("move-run"), PLACES["swe"].inputs
    for ours, theirs in (
        ("away_intensity", "carbon_intensity"),
        ("away_marginal_intensity", "marginal_intensity"),
        ("away_delivery", "grid_delivery"),
    ):
        assert given[ours].value == there[theirs].value


def test_the_page_of_places_has_a_section_for_each():
    text = page()
    for title in ("Ireland", "Virginia", "ERCOT Texas", "United States", "China"):
        assert f"## {title}" in text
    assert text.count("\n## ") == len(PLACES)


def test_the_low_end_of_the_united_states_is_its_mix():
    given = scenario("gpt-4-footprint")["carbon_intensity"]
    assert float(given.low) == pytest.approx(places.mixed(ROWS["usa"]), abs=0.5)
