"""The built pages in Chromium, opened as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from calc import all_formulas
from tests.browser.tabs import Tabs
from tests.browser.visits import LOCAL, Visit
from tests.sampling import CAMPAIGN

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("visits")]


def test_no_page_asks_another_host(visits: list[Visit]) -> None:
    assert len(visits) > 10
    assert {one.name: url for one in visits for url in one.asked if not url.startswith(LOCAL)} == {}


def test_nothing_is_missing_with_the_network_cut(visits: list[Visit]) -> None:
    assert {one.name: one.complaints for one in visits if one.complaints} == {}
    assert {one.name: one.state for one in visits if any(one.state.values())} == {}


def test_no_page_scrolls_sideways(visits: list[Visit]) -> None:
    found = {(one.name, width): wide for one in visits for width, wide in one.scrolled.items() if wide > width}
    assert found == {}


def test_all_is_there_without_scripts(visits: list[Visit], page_files: list[Path]) -> None:
    assert {one.name: one.plain["missing"] for one in visits if one.plain["missing"]} == {}
    equations, tables, values = map(sum, zip(*(one.plain["count"] for one in visits), strict=True))
    share = 1 if len(visits) == len(page_files) else 0.2  # of a sample of the pages
    assert equations > share * 4 * len(all_formulas())  # in its card, its inputs, the notation and the results
    assert tables > share * len(all_formulas())
    assert values > share * 100


def test_equations_are_there_without_scripts(visits: list[Visit]) -> None:
    sizes = [size for one in visits for size in one.sizes]
    shown = {name for name, *_ in sizes}
    assert len(shown) > len(all_formulas()) / 8
    assert not CAMPAIGN or [f.id for f in all_formulas() if f"equation-{f.id}" not in shown] == []
    assert [size for size in sizes if min(size[1:]) <= 20] == []


def test_a_closed_fold_opens_with_the_keyboard(tabs: Tabs, site: Path) -> None:
    with tabs.open(java_script_enabled=False) as page:
        page.goto((site / "chapters" / "training-energy.html").as_uri())
        fold = page.locator("#training-energy details.fold-chain")
        svg = fold.locator("svg.chain")
        assert not svg.is_visible()
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        svg.wait_for(state="visible")


def test_a_symbol_says_what_it_means_without_scripts(tabs: Tabs, site: Path) -> None:
    with tabs.open(java_script_enabled=False) as page:
        page.goto((site / "chapters" / "training-energy.html").as_uri())
        block = page.locator("#equation-training-energy")
        words = block.locator(".symbol-words")
        assert not words.is_visible()
        block.locator("mtr").first.locator("[data-quantity='server_power']").hover()
        assert words.inner_text() == "power of one server, at the IT equipment, in kW/server"
        page.mouse.move(0, 0)
        assert not words.is_visible()
        page.locator("#training-energy .card-link").focus()
        page.keyboard.press("Tab")
        assert "length of the run, in day" in words.inner_text()
        assert len(words.inner_text().splitlines()) == 4
        assert block.locator(".math-scroll").get_attribute("aria-describedby") == words.get_attribute("id")
        symbol = page.locator("p a.symbol").first
        assert symbol.get_attribute("title") == "power of the IT equipment, at the IT equipment, in MW"
        symbol.click()
        assert page.url.endswith("notation.html#quantity-it-power")


def test_paper_is_light_whole_and_open(tabs: Tabs, site: Path) -> None:
    with tabs.open(color_scheme="dark") as page:
        for name in ("training-energy", "planner"):
            page.goto((site / "chapters" / f"{name}.html").as_uri())
            dark = page.evaluate("() => getComputedStyle(document.body).color")
            page.emulate_media(media="print")
            assert page.evaluate("() => getComputedStyle(document.body).color") != dark
            # What is in the theme's flexible boxes is cut off where a page ends.
            boxes = page.evaluate("""() => {
                const above = [];
                for (let e = document.querySelector(".bd-article"); e; e = e.parentElement) above.push(e);
                return above.map((e) => getComputedStyle(e).display);
            }""")
            assert set(boxes) == {"block"}, boxes
            if name == "training-energy":
                answer = page.locator("details.fold-answer > p").first
                assert answer.evaluate("e => e.getClientRects().length > 0")
                assert answer.is_visible()
            page.emulate_media(media="screen")


# Names in code that go on in another line, with the character before each break.
_BROKEN = """() => [...document.querySelectorAll("td code .pre")].flatMap((name) => {
    const range = document.createRange(), walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
    const found = [];
    let before = "", line = null;
    for (let text = walker.nextNode(); text; text = walker.nextNode())
        for (let at = 0; at < text.length; at++) {
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            const { top } = range.getBoundingClientRect();
            if (line !== null && top > line + 3) found.push([name.textContent, before]);
            [before, line] = [text.data[at], top];
        }
    return found;
})"""


@pytest.mark.parametrize("chapter", ["notation", "one-token"])
def test_a_name_in_a_narrow_column_breaks_after_an_underscore(tabs: Tabs, site: Path, chapter: str) -> None:
    with tabs.open(viewport={"width": 1200, "height": 900}) as page:
        page.goto((site / "chapters" / f"{chapter}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((fold) => fold.open = true)")
        broken = page.evaluate(_BROKEN)
    assert len(broken) > 3
    assert [name for name, before in broken if before != "_"] == []
