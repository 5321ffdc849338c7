"""Series of dated values, and a scenario as of a day."""

from __future__ import annotations

import datetime
import tomllib
from importlib import resources

import pytest

from calc import doubling_time, scenario, unexplained_factor, yearly_growth
from calc.base.errors import CalcError, ChainError, DataError
from calc.book.lookup import refer
from calc.model.as_of import as_of, dated, trend
from calc.model.scenario_file import read_scenario
from calc.model.series import all_series, read_series, series
from tests.calc.support import refused

HEAD = 'title = "T"\nquantity = "owner_power"\nunit = "GW"\nkind = "reported"\nsource = "friar2026business"\n'
HEAD += 'locator = "p. 1"\nchecked = 2026-11-25\n'
NOW = datetime.date(2026, 11, 25)


def text(*rows: str, head: str = HEAD) -> str:
    return f"[a]\n{head}" + "".join(f"[[a.at]]\n{row}\n" for row in rows)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (['date = "2025-13"\nvalue = 1'], "line 10: a.at 1 '2025-13': there is no day '2025-13'"),
        (['date = "last July"\nvalue = 1'], "'last July' is not a date; accepted: a year, a month or a day"),
        (
            ["date = 2025\nvalue = 1"],
            "date must be a year, a month or a day, such as 2025, 2025-07 or 2025-07-15, not 2025",
        ),
        (
            ['date = "2026-12"\nvalue = 1'],
            "date 2026-12 is after the day of the build, 2026-11-25; a forecast is no value",
        ),
        (['date = "2026"\nvalue = 1'], "date 2026 is after the day of the build"),  # it is not over
        (
            ['date = "2025"\nvalue = 1', 'date = "2024"\nvalue = 1'],
            "2024 stands after 2025; the oldest value stands first",
        ),
        (
            ['date = "2025"\nvalue = 1', "date = 2025-12-31\nvalue = 2"],
            "two values on one day, 2025 and 31 December 2025",
        ),
        (['date = "2025"\nvalue = -1'], "owner_power = -1"),
        (['date = "2025"\nvalue = 2\nlow = 3\nhigh = 4'], "the value must lie between low and high"),
        (['date = "2025"\nvalue = 2\nsource = "friar2027"'], "'friar2027' is not a key of references.bib"),
        (['date = "2025"\nvalue = 2\nyear = 3'], "unknown key 'year'"),
        (['date = "2025"'], "has no value"),
    ],
)
def test_what_is_wrong_is_one_line(rows, says):
    with pytest.raises(DataError) as found:
        read_series(text(*rows), "mine.toml", NOW)
    said = str(found.value).replace("\N{NO-BREAK SPACE}", " ")
    assert says in said
    assert said.startswith("mine.toml, line ")
    assert len(said.splitlines()) == 1


def test_a_series_needs_a_unit():
    with refused(DataError, "mine.toml, line 1: a has no unit"):
        read_series(text('date = "2025"\nvalue = 1', head=HEAD.replace('unit = "GW"\n', "")), "mine.toml", NOW)


def test_a_series_needs_a_unit_of_its_quantity():
    with refused(DataError, "owner_power"):
        read_series(text('date = "2025"\nvalue = 1', head=HEAD.replace("GW", "GWh")), "mine.toml", NOW)


def test_what_was_not_seen_says_so():
    (one,) = read_series(
        text('date = "2025"\nvalue = 1\nseen = "quoted"', 'date = "2026-01"\nvalue = 2'), "m.toml", NOW
    )
    assert [value.seen for value in one.values] == [False, True]
    assert one.values[0].input.note == "Not seen: as others quote it."


@pytest.mark.parametrize("name", ["sites", "owners", "demand", "prompts"])
def test_each_value_is_as_the_file_has_it(name):
    """A second reader, with none of calc's: dates in order, and the values in the unit that the series states."""
    data = tomllib.loads(resources.files("calc").joinpath(f"data/series/{name}.toml").read_text(encoding="utf-8"))
    for key, table in data.items():
        stated = [(str(row["date"]), row["value"]) for row in table["at"]]
        assert [date for date, _ in stated] == [value.date for value in series(key).values]
        found = [float(value.input.value * value.input.quantity.parsed_unit.factor / value.input.unit.factor)
                 for value in series(key).values]  # fmt: skip
        assert found == pytest.approx([value for _, value in stated])


def test_there_are_as_many_as_the_book_says():
    subjects = {one.about["subject"] for one in all_series().values() if "subject" in one.about}
    assert len(subjects) >= 25
    assert sum(one.quantity.name == "stated_answer_energy" for one in all_series().values()) >= 40
    assert all(value.input.source and value.input.locator and value.input.checked
               for one in all_series().values() for value in one.values)  # fmt: skip


def test_the_newest_value_by_then_counts():
    one = series("openai-power")
    assert [one.as_of(day).date for day in ("2024-12-30", "2024-12-31", "2025-06", "2026-01", None)] == [
        "2023", "2024", "2024", "2025", "2025",
    ]  # fmt: skip
    with refused(CalcError, "series 'openai-power' begins with 2023, and has nothing as of 2022-12-31"):
        one.as_of("2022")


def test_a_scenario_as_of_a_day_has_the_values_of_then():
    then = as_of(scenario("openai"), "2025-07")
    assert float(then["owner_power"].value) == 0.6
    assert float(then["prompts_per_day"].value) == 2.627e9
    assert then["pue"] == scenario("openai")["pue"]
    assert (then.name, then.as_of) == ("openai as of 2025-07-31", datetime.date(2025, 7, 31))


def test_one_without_series_says_so():
    with refused(ChainError, "no input of scenario gpt-4 is a series, so that as_of changes nothing"):
        as_of(scenario("gpt-4"), "2025")


def test_a_formula_takes_a_day():
    factor = unexplained_factor.derive("openai", as_of="2025-07")
    prompts, energy, pue = 2.627e9, 0.25, 1.2
    assert factor.value == pytest.approx(0.6e9 * 0.6 / (prompts * energy / 24 * pue))
    assert factor.to_dict()["as_of"] == "2025-07-31"
    leaf = next(one for one in factor.to_dict()["leaves"] if one["name"] == "owner_power")
    assert (leaf["date"], leaf["series"]) == ("2024", "openai-power")
    assert "as_of" not in unexplained_factor.derive("openai").to_dict()


def test_a_day_goes_with_solving_and_sweeping():
    solved = unexplained_factor.solve_for("energy_per_prompt", "openai", unexplained_factor=1, as_of="2025-07")
    assert float(solved.value) == pytest.approx(0.6e9 * 0.6 * 24 / (2.627e9 * 1.2))
    assert unexplained_factor.sweep("openai", as_of="2025-07", pue=[1.2])[0] == pytest.approx(
        unexplained_factor.derive("openai", as_of="2025-07").value
    )


def test_a_pages_text_may_ask_for_a_day():
    assert refer("owner_power; scenario openai; as of 2025-07").text == "0.6\N{NO-BREAK SPACE}GW"
    assert refer("owner_power; scenario openai").text == "1.9\N{NO-BREAK SPACE}GW"
    with refused(CalcError, "'soon' is not a date"):
        refer("owner_power; scenario openai; as of soon")


def test_growth_is_that_of_the_first_and_the_newest_value():
    years = (datetime.date(2026, 3, 31) - datetime.date(2022, 12, 31)).days / 365.2425
    found = yearly_growth.derive("growth-chips")
    assert found.value == pytest.approx((3_323_440 / 64_868) ** (1 / years) - 1)
    assert found.low < found.value < found.high
    doubled = doubling_time.derive("growth-chips").value
    assert (1 + found.value) ** doubled == pytest.approx(2)


def test_growth_as_of_a_day_ends_there():
    found = yearly_growth.derive("growth-chips", as_of="2024-12")
    assert found.value == pytest.approx((1_130_363 / 64_868) ** (365.2425 / 731) - 1)
    with refused(ChainError, "has one value as of 2022-12-31, and no growth can be told from one"):
        yearly_growth.derive("growth-chips", as_of="2023-06")


def test_a_scenario_of_ones_own_may_name_series_and_a_day():
    mine = read_scenario('as_of = "2025-01"\n[inputs.owner_power]\nseries = "openai-power"', "mine", "mine.toml", ())
    assert float(mine["owner_power"].value) == 0.6
    assert mine.as_of == datetime.date(2025, 1, 31)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ('[inputs.owner_power]\nseries = "openai-powr"', "'openai-powr' is not a series; did you mean 'openai-power'?"),
        ('[inputs.gpus]\nseries = "openai-power"', "series openai-power is of owner_power, and not of gpus"),
        ('[inputs.owner_power]\nseries = "openai-power"\nvalue = 1', "unknown key 'value'; accepted: series, of"),
        ('as_of = "soon"\n[inputs.owner_power]\nseries = "openai-power"', "mine.toml, line 1: 'soon' is not a date"),
        ('as_of = "2020"\n[inputs.owner_power]\nseries = "openai-power"', "has nothing as of 2020-12-31"),
        ('trend = "openai-powr"', "'openai-powr' is not a series"),
    ],
)
def test_what_a_scenario_says_wrongly_is_one_line(file, says):
    with refused(DataError, says):
        read_scenario(file, "mine", "mine.toml", ())


SEEN = HEAD.replace('"owner_power"', '"seen_power"').replace("GW", "MW")
PROMPTS = HEAD.replace('"owner_power"', '"prompts_per_day"').replace("GW", "prompt/day")


def moved(*rows: str, head: str = SEEN, **days: str) -> dict[str, tuple[float, float, float]]:
    """What a trend has of a series of these rows: value, low and high in own units, by name."""
    found = trend(read_series(text(*rows, head=head), "mine.toml", NOW)[0], **days).inputs
    return {name: (float(one.value), float(one.low), float(one.high)) for name, one in found.items()}


def test_a_series_that_begins_with_0_grows_from_its_first_value_above():
    rows = ['date = "2022"\nvalue = 0', 'date = "2023"\nvalue = 100\nlow = 80\nhigh = 120']
    found = moved(*rows, 'date = "2025"\nvalue = 300\nlow = 150\nhigh = 350')
    years = 731 / 365.2425
    assert found.pop("span") == pytest.approx((years, years, years), rel=1e-8)
    assert found == {
        "first_level": (100, 80, 120),
        "last_level": (300, 150, 350),
        "seen_power": (300, 150, 350),
        "campus_power": pytest.approx((0.2, 0.03, 0.27)),  # GW: what was added is at least 150 − 120, at most 350 − 80
        "build_time": (731, 731, 731),
    }
    with refused(ChainError, "has one value as of 2023, and no growth can be told from one"):
        moved(*rows)
    with refused(ChainError, "has one value as of 2022"):
        moved(rows[0])


def test_what_was_added_is_never_less_than_nothing():
    rows = ['date = "2023"\nvalue = 100\nlow = 80\nhigh = 120', 'date = "2024"\nvalue = 110\nlow = 90\nhigh = 130']
    assert moved(*rows)["campus_power"] == pytest.approx((0.01, 0.01, 0.05))
    for less in ("99", "100"):
        assert not {"campus_power", "build_time"} & set(moved(rows[0], f'date = "2024"\nvalue = {less}'))


def test_a_series_of_no_power_adds_none():
    found = moved('date = "2023"\nvalue = 1e9', 'date = "2024"\nvalue = 2e9', head=PROMPTS)
    assert set(found) == {"first_level", "last_level", "span", "prompts_per_day"}


def test_growth_from_a_day_and_up_to_a_day():
    rows = [f'date = "202{year}"\nvalue = {value}' for year, value in enumerate((100, 200, 300, 400, 500))]
    found = moved(*rows, since="2021-06", last=datetime.date(2023, 12, 31))
    assert (found["first_level"][0], found["last_level"][0], found["build_time"][0]) == (100, 400, 1095)
    assert moved(*rows, since="2021")["first_level"][0] == 200


def test_a_file_of_nothing_but_remarks_has_no_series():
    assert read_series("# none yet\n\n  # nor here\n", "mine.toml") == ()
    assert read_series("", "mine.toml") == ()


def test_such_as_are_series_are_four():
    with pytest.raises(ChainError) as found:
        as_of(scenario("gpt-4"), "2025")
    assert str(found.value).endswith(f"such as {', '.join(dated()[:4])}, and in each series")
    assert len(dated()) > 4
