"""Sites, owners and ages: what is worked out of the series."""

from __future__ import annotations

import datetime

import pytest

from calc import scenario
from calc.base.dates import last_day
from calc.book.dated_sites import all_sites, pace, site, together
from calc.book.due import due, old_series, said_on, weigh, weights
from calc.book.gpu_reports import reports
from calc.book.home import home
from calc.book.owners import growth, owned
from calc.book.top_down import top_down
from calc.model.registry import formula_by_id
from calc.model.series import all_series, series
from calc.render.aged import aged_words
from calc.render.myst_markup import plain
from calc.render.pages.generated import generated


def test_sites_have_what_was_asked_for():
    found = all_sites()
    assert len(found) >= 25
    assert sum(one.announced is not None for one in found) >= 25
    assert sum(one.seen is not None or one.seen_it is not None for one in found) >= 25
    assert sum(one.own is not None for one in found) >= 2


def test_what_is_built_is_seen_over_announced():
    one = site("abilene")
    assert one.built_share().value == pytest.approx(590 / 1200)
    assert one.built_share("2025-10").value == pytest.approx(147 / 1200)
    assert one.built_share("2020") is None


def test_the_pace_is_power_over_days():
    seen = site("abilene").seen
    first, last = seen.values[1], seen.values[-1]  # the first value of all is nothing
    days = (last.day - first.day).days
    assert pace(seen).value == pytest.approx(float(last.input.value - first.input.value) / days)


def test_all_together_is_the_sum():
    alike = [one for one in all_sites() if one.is_counted_alike]
    assert together("2026-11-25", "seen")[0] == pytest.approx(
        sum(float(one.seen.values[-1].input.value) for one in alike)
    )
    assert together("2020", "seen")[0] == 0


def test_the_campus_formulas_stand_the_test_of_reports():
    """Fed over reported, by hand: power over PUE and the rating of a rack, times its GPUs."""
    found = {one.id: one for one in reports()}
    assert found["meta"].fed.value == 150_000 / 1.2 // 120 * 72 - 0  # 1,041 racks
    assert found["semianalysis"].fed.value == 150_000 // 10.2 * 8
    assert sum(abs(one.difference) < 0.2 for one in found.values()) >= len(found) - 1


def test_the_company_from_above_and_below():
    for one in top_down():
        prompts = float(one.scenario["prompts_per_day"].value)
        power = float(one.scenario["owner_power"].value) * 1e9
        site_power = prompts * 0.25 / 24 * 1.2
        assert one.power.to("W") == pytest.approx(site_power)
        assert one.factor.value == pytest.approx(power * 0.6 / site_power)


def test_growth_of_owners():
    found = {one.id: growth(one) for one in owned()}
    assert found["google-pue"] is None
    assert found["google-total-use"] is None
    span = (last_day("2024") - last_day("2020")).days / 365.2425
    assert found["google-use"].value == pytest.approx((30.8 / 14.4) ** (1 / span) - 1)


def test_a_value_older_than_a_year_says_so(monkeypatch):
    from calc.render import aged

    monkeypatch.setattr(aged, "today", lambda: datetime.date(2026, 6, 1))
    values = series("openai-power").values
    assert [aged_words(one.input) for one in values] == [
        "of 2023, older than a year",
        "of 2024, older than a year",
        "of 2025",
    ]
    assert aged_words(scenario("gpt-4")["gpus"]) == ""


def test_what_is_due_is_old_and_the_weightiest_first():
    now = datetime.date(2026, 11, 25)
    found = due(now)
    assert found
    assert all(one.years > 1 for one in found)
    pull = [one.weight * one.years for one in found]
    assert pull == sorted(pull, reverse=True)
    assert all(said_on(one.input) for one in found)
    assert due(datetime.date(2009, 1, 1)) != found
    assert all((now - one.values[-1].day).days > 365 for one in old_series(now))


def test_the_weights_that_are_kept_are_those_of_the_budgets():
    """A result's own shares are a part of what each quantity weighs in all of them."""
    kept = {}
    for key, (weight, _) in weights().items():
        quantity = key.partition(" ")[2]
        kept[quantity] = kept.get(quantity, 0) + weight
    for name in ("training-energy", "facility-power"):
        made = weigh([home(formula_by_id(name))])
        assert sum(weight for weight, _ in made.values()) > 0.9  # more where inputs go together
        assert all(kept[key.partition(" ")[2]] >= weight * 0.99 for key, (weight, _) in made.items())


@pytest.mark.parametrize("name", [
    "answers", "due-series", "due-values", "foreseen-all", "gpu-reports", "moves", "owners", "revisions",
    "sites-by-date", "top-down", "verdicts-table",
])  # fmt: skip
def test_each_table_has_rows_and_no_long_number(name):
    told = generated()[name]()
    assert told.count("\n* - ") >= 4
    assert "Fraction(" not in told


def test_the_newest_values_have_sources():
    assert all(one.values[-1].input.source for one in all_series().values())


def test_each_newest_value_says_whether_it_was_looked_at():
    last = {one.title: one.values[-1] for one in all_series().values()}
    assert all(value.input.checked for value in last.values() if value.seen)
    page = generated()["looked-at"]()
    assert {title for title, value in last.items() if f"* - {plain(title)}\n" in page} == {
        title for title, value in last.items() if not value.seen
    }


def test_own_turbines_are_the_sum_of_their_ratings():
    """The permit's figure, from its turbines by hand."""
    assert float(series("abilene-own").values[-1].input.value) == 5 * 38 + 5 * 34.1
    assert float(series("project-matador-permitted").values[-1].input.value) == 90 * 56 + 3 * 45
    assert float(series("colossus-2-permitted").values[-1].input.value) == 17 * 16.5 + 16 * 35 + 8 * 50
