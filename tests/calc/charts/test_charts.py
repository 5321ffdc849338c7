"""Charts: drawn from the book's figures, the same each time, in colours that a page can change."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from calc.base.errors import DefinitionError, UnknownNameError
from calc.charts import COLOURS, Canvas, Chart, all_charts, chart, chart_by_id
from tests.calc.support import refused
from tests.sampling import sample

CHARTS = [pytest.param(one, id=one.id) for one in all_charts()]
DRAWN = sample(CHARTS, 20, "charts that are drawn")  # the build of the site draws them all


@functools.cache
def drawn(one: Chart, narrow: bool) -> tuple[str, str]:
    return one.to_svg(narrow)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("one", DRAWN)
def test_a_chart_is_well_formed_and_named(one, narrow):
    picture, told = drawn(one, narrow)
    root = ET.fromstring(picture)
    ids = [part.get("id") for part in root.iter() if part.get("id")]
    assert len(ids) == len(set(ids))
    assert all(name.startswith(one.id) for name in ids)
    assert set(re.findall(r'(?:url\(#|href="#)([\w-]+)', picture)) <= set(ids)
    assert root.get("aria-label") == told
    assert re.search(r"\d", told)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("one", sample(DRAWN, 4, "charts drawn twice"))
def test_a_chart_is_the_same_each_time(one, narrow):
    assert one.to_svg(narrow) == drawn(one, narrow)


@pytest.mark.parametrize("one", DRAWN)
def test_every_colour_is_a_variable_of_the_page(one):
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", drawn(one, False)[0])
    assert "var(" not in one.to_svg(colours="plain")[0]


@pytest.mark.parametrize("one", sample(CHARTS, 6, "charts to print"))
def test_a_chart_can_be_printed(one):
    data = one.to_pdf()
    assert data.startswith(b"%PDF")
    assert data == one.to_pdf()


def test_the_page_has_every_colour():
    text = (Path(__file__).parents[3] / "_static/charts.css").read_text(encoding="utf-8")
    assert {
        name: colour for name, colour in COLOURS.items() if f"--chart-{name}: light-dark({colour}," not in text
    } == {}


def test_a_chart_that_is_not_there():
    with refused(UnknownNameError, "not a chart", "power-boundaries"):
        chart_by_id("power-boundries")


def test_a_chart_is_defined_once_and_says_what_it_shows():
    def power_boundaries(canvas: Canvas) -> str:
        """Again."""
        return ""

    with refused(DefinitionError, "twice"):
        chart()(power_boundaries)

    def nameless(canvas: Canvas) -> str:
        return ""

    with refused(DefinitionError, "no docstring"):
        chart()(nameless)
