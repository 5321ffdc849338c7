"""Forecasts in court: read, brought to one unit, held against what came, and scored."""

from __future__ import annotations

import tomllib
from importlib import resources

import numpy as np
import pytest

from calc import forecast_error, interval_score
from calc.base.errors import DataError
from calc.book.court import COVER, foreseen, foreseen_by_id, read_foreseen, verdicts

ONE = """[[forecast]]
id = "a"
publisher = "P"
published = "2024"
region = "world"
scope = "all data centres"
year = 2030
value = 900
unit = "TWh/year"
source = "iea2025energyai"
locator = "p. 1"
checked = 2026-11-25
"""


def test_there_are_enough_of_them_and_not_of_one_country():
    assert len(foreseen()) >= 35
    assert {"world", "US", "China", "EU"} <= {one.region for one in foreseen()}
    assert any(one.source == "mohit2026" for one in foreseen())
    assert len(verdicts()) >= 20
    assert any(one.is_due for one in verdicts())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('published = "2024"', 'published = "2024-13"'), "there is no day '2024-13'"),
        (('published = "2024"', 'published = "2031"'), "it is for 2030, and was published in 2031"),
        (("year = 2030", "year = 2030\nbase_year = 2031\nbase = 5"), "the base stands first"),
        (("value = 900", "low = 950\nvalue = 900"), "low, value and high must rise"),
        (("value = 900\n", ""), "it has neither a value nor a low end"),
        (("value = 900", "value = 160\nas_growth = true"), "a growth needs the base that it is put upon"),
        (('id = "a"', 'id = "a"\nrevises = "b"'), "revises: 'b' is no forecast of the file"),
        (
            ('id = "a"', 'id = "a"\nheld_against = "demand-wrld"'),
            "'demand-wrld' is not a series; did you mean 'demand-world'",
        ),
        (('unit = "TWh/year"\n', ""), "has no unit"),
    ],
)
def test_what_is_wrong_is_one_line(change, says):
    with pytest.raises(DataError) as found:
        read_foreseen(ONE.replace(*change))
    assert says in str(found.value)
    assert str(found.value).startswith("forecasts.toml, line ")
    assert "\n" not in str(found.value)


def test_a_growth_is_put_upon_its_base():
    """Goldman's 160 % upon 411 TWh."""
    assert float(foreseen_by_id("goldman-2024").value) == pytest.approx(411 * 2.6)


def test_each_error_by_a_second_way():
    """From the file alone, with logarithms."""
    data = tomllib.loads(resources.files("calc").joinpath("data/forecasts.toml").read_text(encoding="utf-8"))
    rows = {row["id"]: row for row in data["forecast"]}
    for one in verdicts():
        row = rows[one.forecast.id]
        if row.get("as_growth") or "value" not in row:
            continue
        foretold = row["value"]
        if one.year != row["year"]:
            part = (one.year - row["base_year"]) / (row["year"] - row["base_year"])
            foretold = np.exp(np.log(row["base"]) + part * np.log(row["value"] / row["base"]))
        assert one.error == pytest.approx(foretold / one.came - 1)


@pytest.mark.parametrize("came", [50.0, 100.0, 150.0, 200.0, 260.0])
@pytest.mark.parametrize("cover", [0.5, 0.8, 0.9])
def test_the_interval_score_is_that_of_its_two_quantiles(came, cover):
    """The pinball losses of the two ends, times two over what may lie outside (Gneiting and Raftery, sec. 6.2)."""

    def pinball(quantile, level):
        return (came - quantile) * level if came >= quantile else (quantile - came) * (1 - level)

    outside = 1 - cover
    expected = 2 / outside * (pinball(100, outside / 2) + pinball(200, 1 - outside / 2))
    found = interval_score(forecast_low=100, forecast_high=200, realised_demand=came, forecast_cover=cover)
    assert found == pytest.approx(expected)


def test_the_interval_score_is_proper():
    """Of all ranges, the true 10 and 90 % points score best on average, over draws of what they are points of."""
    drawn = np.random.default_rng(4).lognormal(5, 0.3, 20_000)

    def mean_score(low, high):
        return np.mean([interval_score(forecast_low=low, forecast_high=high, realised_demand=one, forecast_cover=0.8)
                        for one in drawn[:2000]])  # fmt: skip

    low, high = np.quantile(drawn, [0.1, 0.9])
    best = mean_score(low, high)
    assert all(best < mean_score(low * a, high * b) for a, b in ((0.8, 1.0), (1.0, 1.25), (1.15, 0.85)))


def test_a_range_that_holds_scores_its_width():
    held = [one for one in verdicts() if one.is_inside]
    assert held
    for one in held:
        assert one.score == pytest.approx(one.high - one.low)
    assert 0 < float(COVER) < 1


def test_a_forecast_that_came_true_has_no_error():
    assert forecast_error(forecast_demand=485, realised_demand=485) == 0
