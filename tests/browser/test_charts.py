"""Charts that follow a reader's case, in Chromium: what they are drawn from is what Python works out for that case."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from calc.analysis.bands import percentiles
from calc.analysis.results import show_result, uncertainty_text
from calc.api import formula_by_id
from calc.base.quantities import quantity
from calc.book.home import home
from calc.charts import chart_by_id, number
from calc.render.budget_words import BUDGET
from calc.render.uncertainty import budget_rows
from tests.browser.tabs import Tabs
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]

CHAPTERS = Path(__file__).parents[2] / "chapters"
# Each chart with its chapter.
PLACES = sorted(
    (name, file.stem) for file in CHAPTERS.glob("*.md") for name in re.findall(r"\{chart\} ([\w-]+)", file.read_text())
)
# What no formula's input moves, and why: figures that others published, measured or announced.
FIXED = {
    "forecast-errors": "forecasts of others, held against what was counted",
    "forecast-fans": "forecasts of others",
    "hours-of-a-day": "the hours of grids, as counted",
    "ledger-verdicts": "verdicts on claims",
    "openai-power-revenue": "series that the company told",
    "printed-sums": "sums that others printed",
    "serving-methods": "errors of methods against measurements",
    "sites-announced-seen": "what was announced, and seen",
    "sites-over-time": "what was announced, and seen",
}


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Page]:
    with tabs.open(timeout=5000, viewport={"width": 1200, "height": 900}) as made:
        yield made


def data_of(site: Path, chapter: str, name: str) -> Any:
    text = (site / "chapters" / f"{chapter}.html").read_text("utf-8")
    figure = text[text.index(f'id="chart-{name}"') :]
    found = re.search(r'<script type="application/json" class="chart-data">(.*?)</script>', figure, re.DOTALL)
    assert found
    return json.loads(unescape(found[1]))


def changes(data: Any) -> dict[str, float]:
    """Two inputs of a chart, each a fifth greater, or a tenth less where it must stay below one."""
    found: dict[str, float] = {}
    for value in data["values"]:
        if "f" in value and value["b"]:
            found[value["n"]] = float(f"{value['b'] * 1.1:.6g}")
        if "c" not in value or "n" in value:
            continue
        for name, (book, _) in data["cards"][value["c"]]["values"].items():
            domain = quantity(name).domain
            if name in value["s"] or name == value.get("o") or name == value.get("x") or name in found or not book:
                continue
            other = book * 1.2 if domain.high > 1.2 * book else book * 0.9
            found[name] = float(round(other)) if domain.whole else float(f"{other:.6g}")
    kept = [name for name in found if not quantity(name).domain.whole] or list(found)
    return {name: found[name] for name in kept[:2]}


def at(data: Any, how: Any, case: dict[str, float]) -> float:
    """A number as Python works it out from what the page has of it."""
    if isinstance(how, int | float):
        return float(how)
    sign, *parts = how
    if isinstance(sign, int):
        return value_of(data, data["values"][sign], case)
    if sign == "h":
        return at(data, data["hows"][parts[0]], case)
    if sign in "cr":
        count = at(data, parts[0], case)
        across = math.ceil(math.sqrt(count * 1.2))
        return across if sign == "c" else math.ceil(count / across)
    one, other = (at(data, part, case) for part in parts)
    return {"+": one + other, "-": one - other, "*": one * other, "/": one / other}[sign]


def value_of(data: Any, asked: dict[str, Any], case: dict[str, float]) -> float:
    if "n" in asked:
        return case[asked["n"]] if asked["n"] in case and ("c" in asked or "f" in asked) else asked["b"]
    card = data["cards"][asked["c"]]
    formula = formula_by_id(card["formula"])
    fixed = {name: at(data, how, case) for name, how in asked["s"].items()}
    given = {name: value for name, (value, _) in card["values"].items()} | fixed
    given |= {name: value for name, value in case.items() if name in card["values"] and name not in fixed}
    if "x" in asked:
        target = fixed[formula.result.name]
        known = {k: v for k, v in given.items() if k not in (asked["x"], formula.result.name)}
        return float(formula.solve_for(asked["x"], card["scenario"], **known, **{formula.result.name: target}).value)
    if "p" in asked:
        own = {name: value for name, value in case.items() if name in card["values"] and name not in fixed} | fixed
        points = percentiles(formula.derive(card["scenario"], **own))
        if points is not None:
            return float(points[asked["p"]])
    return float(formula.derive(card["scenario"], **given).exact)


WORKED_OUT = """([name, search]) => {
    const data = JSON.parse(document.querySelector(`#chart-${name} .chart-data`).textContent);
    const values = new book.ChartValues(data);
    values.theirs = values;
    values.follow(book.readCase(search));
    return data.values.map((one) => (one.o ? null : values.value(one)));
}"""


def test_every_chart_follows_or_says_why_not() -> None:
    assert {name for name, _ in PLACES if not chart_by_id(name).on_page().follows} == set(FIXED)


FOLLOWED = [place for place in PLACES if place[0] not in FIXED]


@pytest.mark.parametrize(("name", "chapter"), sample(FOLLOWED, 6, "charts that follow"))
def test_what_a_chart_is_drawn_from_is_what_python_works_out(page: Page, site: Path, name: str, chapter: str) -> None:
    data = data_of(site, chapter, name)
    case = changes(data)
    search = "&".join(f"{key}={value!r}" for key, value in case.items())
    page.goto((site / "chapters" / f"{chapter}.html").as_uri() + f"?{search}")
    page.wait_for_function("() => book.ChartValues")
    found = page.evaluate(WORKED_OUT, [name, search])
    for asked, value in zip(data["values"], found, strict=True):
        if value is None and "o" in asked:
            continue
        wanted = value_of(data, asked, case)
        within = 1e-9 if "p" in asked else 1e-12 if "x" not in asked else 1e-9
        assert math.isclose(value, wanted, rel_tol=within), (asked, value, wanted)


def test_a_curve_is_drawn_from_the_readers_inputs(page: Page, site: Path) -> None:
    place = (site / "chapters" / "gpu-hours.html").as_uri()
    shape = "#chart-busy-gpus .chart-wide path[d^='M ']"
    page.goto(place)
    before = page.evaluate("(s) => [...document.querySelectorAll(s)].map((e) => e.getAttribute('d'))", shape)
    page.goto(place + "?pue=1.5&flop_utilisation=0.3")
    page.locator("#chart-busy-gpus .chart-case").filter(has_text="Your case").wait_for()
    after = page.evaluate("(s) => [...document.querySelectorAll(s)].map((e) => e.getAttribute('d'))", shape)
    assert before != after
    said = page.locator("#chart-busy-gpus .chart-wide svg").get_attribute("aria-label") or ""
    assert said.startswith("Your case: ")
    with page.expect_download() as waiting:
        page.locator("#chart-busy-gpus").get_by_role("button", name="CSV").click()
    rows = [line.split(",") for line in Path(waiting.value.path()).read_text("utf-8").splitlines()]
    scenario = "run-facility-energy; scenario seventy-billion; pue=1.5"
    half = next(float(row[2]) for row in rows if row[1] == "50")
    assert half == pytest.approx(number(f"{scenario}; flop_utilisation=0.5", "GWh"), rel=1e-5)
    assert any(row[1] == "30" and float(row[2]) == pytest.approx(
        number(f"{scenario}; flop_utilisation=0.3", "GWh"), rel=1e-5) for row in rows)  # fmt: skip


def test_among_others_a_line_shows_where_the_reader_stands(page: Page, site: Path) -> None:
    page.goto((site / "chapters" / "cooling-pue.html").as_uri())
    own = page.locator("#chart-pue-fleets .chart-wide .chart-own")
    page.locator("#chart-pue-fleets .chart-tools").wait_for()
    assert own.count() == 0
    page.goto((site / "chapters" / "cooling-pue.html").as_uri() + "?pue=1.4")
    own.wait_for()
    assert own.locator("text").text_content() == "Your case"
    page.get_by_role("button", name="Reset all").click()
    own.wait_for(state="detached")


BUDGETS = (
    ("training-energy", "cluster-power", {"gpus": [18000, 20000, 30000]}),
    ("training-energy", "cluster-power", {"servers": [3000, 3600]}),
    ("gpu-hours", "run-facility-energy", {"pue": [1.1, 1.2, 1.5]}),
)


@pytest.mark.parametrize(("chapter", "formula", "ranges"), BUDGETS)
def test_the_budget_of_a_card_is_pythons_for_the_same_case(
    page: Page, site: Path, chapter: str, formula: str, ranges: dict[str, list[float]]
) -> None:
    """The same inputs in the same order, and the same words; shares, which both draw, within two per cent."""
    search = "&".join(f"{name}={'~'.join(map(repr, ends))}" for name, ends in ranges.items())
    page.goto((site / "chapters" / f"{chapter}.html").as_uri() + f"?{search}#{formula}")
    fold = page.locator(f"article[id='{formula}'] > .fold-budget")
    fold.locator("summary").click()
    fold.locator(".calc-budget tbody tr").first.wait_for()
    found = fold.locator(".calc-budget tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => [...cell.children].map((p) => p.textContent)))"
    )
    given = {name: as_python(name, ends) for name, ends in ranges.items()}
    step = formula_by_id(formula).derive(home(formula_by_id(formula)).scenario.name, **given)
    made = step.budget()
    assert made is not None
    rows = [row for row in budget_rows(step, made) if row.contribution and made[row.name].contribution]
    assert len(found) >= len(rows)
    for cells, row in zip(found, rows, strict=False):
        (_, [value, uncertainty, *_], [sensitivity, elasticity], [contribution], [share]) = cells
        assert (value, uncertainty) == (row.value, f"u = {row.uncertainty}")
        assert _nearly(sensitivity, row.sensitivity)
        assert _nearly(elasticity.removeprefix("elasticity "), row.elasticity)
        assert contribution == row.contribution
        assert abs(_percent(share) - _percent(row.share)) <= 2
    assert fold.locator(":scope > :not(summary, .calc-budget)").first.is_hidden()
    combined = fold.locator(".calc-budget > p").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    wanted = BUDGET["combined"].format(
        uncertainty=uncertainty_text(step, made.uncertainty), value=show_result(step).text
    )
    assert combined == wanted.replace("\N{NO-BREAK SPACE}", " ")


def _nearly(found: str, wanted: str) -> bool:
    """The same words, and a number that agrees to the last digit that is printed, which a page rounds as a decimal."""
    (first, *rest), (second, *others) = found.split(" ", 1), wanted.split(" ", 1)
    digits = [float(_POWER.sub(lambda one: "e" + one[1].translate(_RAISED), part.replace("\N{MINUS SIGN}", "-")))
              for part in (first, second)]  # fmt: skip
    return rest == others and math.isclose(*digits, rel_tol=0.01)


_POWER = re.compile("×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def _percent(text: str) -> float:
    return 0 if text.startswith("under") else float(text.rstrip("%").strip("\N{NO-BREAK SPACE}"))


def as_python(name: str, ends: list[float]) -> Any:
    """A range as Python's keywords take it."""
    between = f"{ends[0]!r} to {ends[-1]!r}"
    return between if len(ends) == 2 else f"{ends[1]!r} ({between})"


def test_a_page_of_charts_alone_lets_them_be_taken_away(page: Page, site: Path) -> None:
    page.goto((site / "chapters" / "ledger.html").as_uri())
    with page.expect_download() as waiting:
        page.locator(".chart-tools").first.get_by_role("button", name="SVG").click()
    assert Path(waiting.value.path()).read_text("utf-8").startswith("<svg")


def test_no_page_has_much_data(site: Path) -> None:
    """Formulas, draws and words for the calculators, and what cards and charts start from: at most 150 kB a page."""
    sizes = {}
    for file in (site / "chapters").glob("*.html"):
        text = file.read_text("utf-8")
        data = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
        loaded = re.findall(r"_static/(formulas/[\w-]+\.js)", text)
        sizes[file.stem] = sum(len(one.encode()) for one in data) + sum(
            (site / "_static" / name).stat().st_size for name in set(loaded)
        )
    assert {name: size for name, size in sizes.items() if size > 150_000} == {}
