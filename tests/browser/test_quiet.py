"""Cards are quiet: how high they stand while they are closed, against a limit and against the prose about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.tabs import Tabs
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("reading")]

LIMITS = {1400: 220, 390: 320}  # px, by the width of the window
_HEIGHTS = """() => {
    const height = (e) => e.getBoundingClientRect().height;
    const cards = [...document.querySelectorAll("article.derivation")].map((card) => [card.id, height(card)]);
    return { cards, whole: height(document.querySelector("article.bd-article")) };
}"""
# Where parts of a card are within it, and how wide.
_PLACES = """(card, parts) => [...card.querySelectorAll(parts)].map((part) => {
    const box = part.getBoundingClientRect(), frame = card.getBoundingClientRect();
    return [box.x - frame.x, box.y - frame.y, box.width];
})"""


@pytest.fixture(scope="module")
def heights(tabs: Tabs, site: Path) -> dict[tuple[str, int], Any]:
    """Of chapters with cards, at each width: the cards' heights, and that of the whole page's text."""
    files = sorted((site / "chapters").glob("*.html"))
    chosen = sample([file for file in files if 'class="derivation' in file.read_text("utf-8")], 8, "quiet chapters")
    found = {}
    with tabs.open() as page:
        for file in chosen:
            page.goto(file.as_uri())
            for width in LIMITS:
                page.set_viewport_size({"width": width, "height": 900})
                found[file.stem, width] = page.evaluate(_HEIGHTS)
    return found


@pytest.mark.parametrize("width", LIMITS)
def test_a_closed_card_is_low(heights: dict[tuple[str, int], Any], width: int) -> None:
    cards = {name: height for (_, at), page in heights.items() if at == width for name, height in page["cards"]}
    assert len(cards) > 10
    assert {name: height for name, height in cards.items() if height > LIMITS[width]} == {}


def test_a_chapter_has_more_prose_than_cards(heights: dict[tuple[str, int], Any]) -> None:
    cards = {place: sum(height for _, height in page["cards"]) for place, page in heights.items()}
    assert {place: high for place, high in cards.items() if high >= heights[place]["whole"] - high} == {}


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, tabs: Tabs) -> Iterator[Page]:
    with tabs.open(java_script_enabled=request.param, viewport={"width": 1400, "height": 900}) as made:
        yield made


def test_what_a_fold_holds_opens_below_all_names(page: Page, site: Path) -> None:
    """By one press, over the card's whole width, and the names stay where they were."""
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    card = page.locator("#training-energy")
    before = card.evaluate(_PLACES, ":scope > .fold > summary")
    assert len({top for _, top, _ in before}) == 1
    for kind, what in (("inputs", "table.inputs"), ("code", "pre"), ("chain", ".chain-scroll")):
        inside = card.locator(f".fold-{kind} {what}")
        assert not inside.is_visible()
        card.locator(f".fold-{kind} > summary").click()
        ((left, top, width),) = card.evaluate(_PLACES, f".fold-{kind} {what}")
        assert left == pytest.approx(before[0][0], abs=2)
        assert width > 600
        assert top > before[0][1] + 20
        assert card.evaluate(_PLACES, ":scope > .fold > summary") == before


def test_a_fold_is_called_by_its_whole_title(page: Page, site: Path) -> None:
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    for name in page.locator("#training-energy > .fold > summary[aria-label]").all():
        title = name.get_attribute("aria-label") or ""
        assert title.casefold().startswith(name.inner_text().casefold())  # who speaks what they see is understood


def test_no_code_stands_between_prose_and_card(page: Page, site: Path) -> None:
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    assert page.locator(".cell:has(article) details.hide").count() == 0
    assert "training_energy" in (page.locator("#training-energy .fold-code pre").text_content() or "")


def test_what_was_opened_is_open_when_the_page_is_seen_again(tabs: Tabs, site: Path) -> None:
    with tabs.open() as page:
        page.goto((site / "chapters" / "training-energy.html").as_uri())
        page.locator("#training-energy .fold-checks > summary").click()
        page.reload()
        page.locator("#training-energy .fold-checks[open]").wait_for()
        assert page.locator("article .fold[open]").count() == 1


def test_where_storage_refuses_cards_work(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in ("getItem", "setItem"):  # for the cards: what the theme does then is its own matter
        page.add_init_script(f"""(() => {{
            const own = Storage.prototype.{name};
            Storage.prototype.{name} = function (key, ...more) {{
                if (key.startsWith("open ")) throw new DOMException("refused", "SecurityError");
                return own.call(this, key, ...more);
            }};
        }})()""")
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    page.locator("#training-energy .fold-inputs > summary").click()
    page.locator("#training-energy input[aria-describedby$='-servers-note']").fill("5000")
    page.locator("#training-energy.calc-what-if").wait_for()
    page.close()
    assert errors == []
