"""A reader's case beyond the fields of cards, in Chromium: another scenario, the catalogue, charts, a phone."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from calc.analysis.bands import percentiles
from calc.analysis.results import show_result
from calc.charts import number
from calc.formulas.power import cluster_power
from calc.formulas.training import training_energy
from tests.browser.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]


def opened(page: Page, site: Path, search: str, place: str = "d/training-energy/index.html") -> None:
    page.goto(f"{(site / place).as_uri()}?{search}#card")
    page.locator(".case, .calc-page").first.wait_for()


def test_a_case_of_another_scenario_has_its_inputs(page: Page, site: Path) -> None:
    """As a citation by another scenario leads to the page of the book's own."""
    opened(page, site, "scenario=gpt-4&servers=5000")
    wanted = training_energy.derive("gpt-4", servers=5000)
    card = "book.cards.get('card')"
    assert page.evaluate(f"{card}.shown({card}.result).text") == show_result(wanted).text
    assert page.evaluate(f"{card}.percentiles") is None
    assert percentiles(wanted) is None
    assert page.locator(".case li").first.inner_text().startswith("scenario: gpt-4")


def test_a_case_of_an_entry_of_the_catalogue_has_its_values(page: Page, site: Path) -> None:
    opened(page, site, "server=dgx-h100&servers=5000&training_time=90")
    wanted = training_energy.derive("gpt-4-estimate", server="dgx-h100", servers=5000, training_time=90)
    value = page.evaluate("(([card]) => book.evaluation(card.given)(card.result))([book.cards.get('card')])")
    assert math.isclose(value, float(wanted.exact), rel_tol=1e-12)


@pytest.mark.parametrize(
    ("search", "asked"),
    [("scenario=no-such", 1), ("server=no-such", 1), ("scenario=../x", 0), ("server=%3Cb%3E", 0)],
)
def test_what_is_not_in_the_book_is_refused(tabs: Tabs, site: Path, search: str, asked: int) -> None:
    """Whether a name of the right form is in the book, its file says, which is not there: the console says that too."""
    missing: list[str] = []

    def missed(request: Request) -> None:
        missing.append(request.url)

    with tabs.open("net::ERR_FILE_NOT_FOUND") as page:
        page.on("requestfailed", missed)
        opened(page, site, search + "&servers=5000")
        assert page.locator(".calc-page").count() == 1
        assert page.evaluate("[...book.cards.values()].some((card) => card.changed)") is False
        assert len(missing) == asked
        page.remove_listener("requestfailed", missed)


BAR = """id => document.getElementById(id).querySelector("path").getBoundingClientRect().width"""


def test_a_chart_of_formulas_follows_and_says_so(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    mark = page.evaluate("JSON.parse(document.querySelector('#chart-power-boundaries .chart-data').textContent)"
                         ".wide.items.find((one) => one.kind === 'rect').id")  # fmt: skip
    before = page.evaluate(BAR, mark)
    card = page.locator("article[id='cluster-power']")
    card.locator(".fold-inputs > summary").click()
    card.locator("input[aria-describedby$='-servers-note']").fill("4000")
    page.locator(".chart-case").first.filter(has_text="Your case").wait_for()
    ratio = float(cluster_power.derive("gpt-4-estimate", servers=4000).exact) / number(
        "cluster-power; scenario gpt-4-estimate"
    )
    # Beyond the end of the axis the axis counts on, and all marks with it.
    tick = page.locator("#chart-power-boundaries .chart-wide g[id$=x-tick-0-1] text")
    seen = set()
    for servers in (3200, 4000, 40_000):
        card.locator("input[aria-describedby$='-servers-note']").fill(str(servers))
        times = float((tick.text_content() or "").replace(",", "")) / 5
        seen.add(times)
        assert page.evaluate(BAR, mark) / before == pytest.approx(ratio * servers / 4000 / times, rel=0.01)
    assert len(seen) == 3
    card.get_by_role("button", name="Reset").click()
    assert page.evaluate(BAR, mark) == pytest.approx(before, rel=0.001)
    assert page.locator(".chart-case").first.text_content() == ""


def test_a_chart_that_does_not_follow_says_whose_case_it_shows(page: Page, site: Path) -> None:
    page.goto((site / "chapters" / "how-good-serving.html").as_uri() + "?batch=64")
    page.locator("#chart-serving-methods .chart-case").filter(has_text="The book’s case").wait_for()


def test_a_chart_is_taken_away_as_picture_and_as_numbers(page: Page, site: Path, tmp_path: Path) -> None:
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    taken = {}
    for kind in ("SVG", "PNG", "CSV"):
        with page.expect_download() as waiting:
            page.locator(".chart-tools").first.get_by_role("button", name=kind).click()
        taken[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(taken[kind])
    assert taken["PNG"].read_bytes().startswith(b"\x89PNG")
    picture = taken["SVG"].read_text(encoding="utf-8")
    assert "var(--" not in picture
    rows = list(csv.reader(taken["CSV"].read_text(encoding="utf-8").splitlines()))
    assert rows[0][:2] == ["series", "MW"]
    bar = next(float(row[1]) for row in rows if row[0] == "their servers")
    assert bar == pytest.approx(number("cluster-power; scenario gpt-4-estimate", "MW"), rel=1e-5)


def test_on_a_phone_the_banner_stays_in_view(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto((site / "chapters" / "training-energy.html").as_uri() + "?servers=5000")
    page.evaluate("scrollTo(0, 3000)")
    box = page.locator(".case").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 120
    assert box["height"] < 60
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
