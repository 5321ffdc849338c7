"""Tables over several scenarios: a line for each, with numbers from them alone."""

from __future__ import annotations

import re

import pytest

from calc import formula_by_id, scenario, scenario_names
from calc.base.errors import SolveError
from calc.book.campus import GENERATIONS
from calc.book.forecasts import demand_at_end
from calc.render.pages import infrastructure as tables


@pytest.mark.parametrize(("made", "prefix"), [(tables.forecasts, "forecast-"), (tables.sites, "site-")])
def test_each_scenario_has_a_line(made, prefix):
    text = made()
    lines = re.findall(r"^\* - (?!who|site)", text, re.MULTILINE)
    names = [name for name in scenario_names() if name.startswith(prefix)]
    assert len(lines) == len(names) + (made is tables.forecasts)  # the article's own stands first


def test_the_laboratorys_own_rates_stand_in_its_line():
    line = next(row for row in tables.forecasts().split("* - ") if "shehabi2024lbnl" in row)
    assert "13.1–26.9" in line  # which it rounds to 13 and 27


def test_each_generation_has_its_servers():
    text = tables.generations()
    for name in GENERATIONS:
        assert f"{formula_by_id('campus-gpus').derive(scenario(name)).value:,}" in text


def test_a_share_alone_has_no_demand():
    assert demand_at_end(scenario("forecast-epri-2026")) is None


# Growth: the inverse is a root or a logarithm, and the nearest double stands for it.
growth = formula_by_id("demand-growth")


@pytest.mark.parametrize(
    ("unknown", "known", "wanted"),
    [
        ("future_demand", {"demand_growth": 0.1, "datacentre_demand": 100, "years": 2}, 121),
        ("datacentre_demand", {"demand_growth": 0.1, "future_demand": 121, "years": 2}, 100),
        ("years", {"demand_growth": 0.1, "future_demand": 121, "datacentre_demand": 100}, 2),
        ("future_demand", {"demand_growth": 0.15, "datacentre_demand": 152, "years": 7}, 404.323),  # EPRI: 403.9
    ],
)
def test_growth_is_solved_for(unknown, known, wanted):
    assert float(growth.solve_for(unknown, "us-2030", **known).value) == pytest.approx(wanted, rel=1e-5)


def test_growth_that_nothing_yields():
    with pytest.raises(SolveError):
        _ = growth.solve_for("years", "us-2030", demand_growth=0.5, future_demand=90, datacentre_demand=100).value
