"""What the theme gives every page, with fewer of its scripts: search, colours, the menus of a phone, the way up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.tabs import Tabs
from tests.browser.visits import Visit, faultless

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("visits")]
READER: dict[str, Any] = {"color_scheme": "light", "has_touch": True, "reduced_motion": "reduce"}
PHONE = {"width": 360, "height": 760}
# Icons without a drawing, and what would ask for the icon font.
_ICONS = """() => [...document.querySelectorAll("[class*='fa-']")].filter((e) => {
    const { content, maskImage } = getComputedStyle(e, "::before");
    return content !== '""' || !maskImage.startsWith("url") || /Awesome/.test(getComputedStyle(e).fontFamily);
}).map((e) => e.outerHTML)"""


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Page]:
    with tabs.open(**READER) as page:
        yield page


@pytest.fixture
def chapter(site: Path) -> str:
    return (site / "chapters" / "training-energy.html").as_uri()


def test_only_the_search_page_loads_the_index(visits: list[Visit]) -> None:
    for one in visits:
        names = {url.rpartition("/")[2].partition("?")[0] for url in one.asked}
        assert not [name for name in names if name.startswith(("fontawesome", "fa-", "bootstrap"))], one.name
        assert ("search-index.js" in names) == (one.name == "search.html"), one.name


def test_no_script_in_a_chapter_holds_it_up(page: Page, chapter: str) -> None:
    page.goto(chapter)
    # What a script adds to a page waits for nothing and holds nothing up: `async`.
    held = "() => [...document.scripts].filter((e) => e.src && !e.defer && !e.async).map((e) => e.src)"
    assert page.evaluate(held) == []
    assert page.locator("[data-bs-toggle]").count() == 0


def test_every_icon_is_drawn(page: Page, site: Path) -> None:
    for name in ("index", "search", "genindex", "chapters/training-energy", "chapters/planner"):
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate(_ICONS) == [], name


def test_icons_stay_visible_in_forced_colours(tabs: Tabs, chapter: str) -> None:
    with tabs.open(forced_colors="active") as page:
        page.goto(chapter)
        pairs = page.evaluate("""() => [...document.querySelectorAll(".bd-header .fa-solid")].map((icon) => {
            const behind = (e) => {
                const colour = getComputedStyle(e).backgroundColor;
                return colour === "rgba(0, 0, 0, 0)" ? behind(e.parentElement) : colour;
            };
            return [getComputedStyle(icon, "::before").backgroundColor, behind(icon)];
        })""")
    assert len(pairs) > 4
    assert [pair for pair in pairs if pair[0] == pair[1]] == []


def test_the_keyboard_leads_to_search_results(browser: Browser, chapter: str) -> None:
    """In a tab of its own: what one page stores for the next to find must be there when that one begins."""
    with faultless(browser.new_page(**READER)) as page:
        page.goto(chapter)
        page.keyboard.press("Control+k")
        dialog = page.locator("#pst-search-dialog")
        assert dialog.is_visible()
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        button = page.locator(".search-button__button:visible")
        assert button.get_attribute("aria-label") == "Search"
        button.focus()
        page.keyboard.press("Enter")
        page.keyboard.type("utilisation")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=utilisation")
        page.get_by_text("Best first").wait_for()
        found = page.locator("#search-results li a").first
        found.focus()
        page.keyboard.press("Enter")
        page.locator(".bd-article .highlighted:visible").first.wait_for()
        assert "/search.html" not in page.url
        page.context.close()


def test_the_keyboard_chooses_colours_which_are_remembered(page: Page, chapter: str, site: Path) -> None:
    page.goto(chapter)
    group = page.get_by_role("group", name="Colours")
    assert group.get_by_role("radio", name="As the system").is_checked()
    group.get_by_role("radio", name="As the system").focus()
    page.keyboard.press("ArrowLeft")
    assert group.get_by_role("radio", name="Dark").is_checked()
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.goto((site / "index.html").as_uri())
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert page.locator(".book-colours input[value=dark]:checked").count() == 2  # the header's, and a phone's
    page.locator(".bd-header .book-colours label").first.click()
    assert page.evaluate("() => document.documentElement.dataset.theme") == "light"
    assert page.locator(".book-colours input[value=auto]:checked").count() == 2


_BLOCKED = """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
    configurable: true, get() { throw new DOMException("Access is denied for this document.", "SecurityError"); } });"""


def test_a_reader_who_blocks_what_sites_store(browser: Browser, chapter: str) -> None:
    """Search, colours and the menus of a phone work as for anybody, and nothing is remembered."""
    with faultless(browser.new_page(**READER)) as page:
        page.add_init_script(_BLOCKED)
        page.goto(chapter)
        group = page.get_by_role("group", name="Colours")
        group.get_by_role("radio", name="As the system").focus()
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "dark"
        page.keyboard.press("Control+k")
        page.keyboard.type("utilisation")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=utilisation")
        page.get_by_text("Best first, of").wait_for()
        page.locator("#search-results li a").first.wait_for()
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(chapter)
        assert page.evaluate("() => document.documentElement.dataset.mode") == "auto"
        page.locator(".primary-toggle").tap()
        assert page.locator("#pst-primary-sidebar-modal a").first.is_visible()
        page.context.close()


def test_without_scripts_there_is_no_choice_that_does_nothing(tabs: Tabs, chapter: str) -> None:
    with tabs.open(java_script_enabled=False) as page:
        page.goto(chapter)
        assert (
            page.locator(".book-colours:visible, .search-button__button:visible, #pst-back-to-top:visible").count() == 0
        )


@pytest.mark.parametrize("name", ["primary", "secondary"])
def test_a_phone_opens_and_closes_the_menus(page: Page, chapter: str, name: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(chapter)
    button, dialog = page.locator(f".{name}-toggle"), page.locator(f"#pst-{name}-sidebar-modal")
    assert not dialog.is_visible()
    button.tap()
    assert dialog.locator("a").first.is_visible()
    page.touchscreen.tap(350 if name == "primary" else 10, 700)
    dialog.wait_for(state="hidden")
    button.focus()
    page.keyboard.press("Enter")
    dialog.wait_for(state="visible")
    if name == "primary":
        dialog.get_by_role("radio", name="Dark").focus()
        page.keyboard.press("Space")
        assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def test_the_way_up_shows_when_one_turns_back(page: Page, chapter: str) -> None:
    page.goto(chapter)
    button = page.locator("#pst-back-to-top")
    page.evaluate("() => scrollTo(0, 3000)")
    page.wait_for_function("() => scrollY === 3000")
    assert not button.is_visible()
    page.evaluate("() => scrollTo(0, 2800)")
    button.click()
    page.wait_for_function("() => scrollY === 0")
    button.wait_for(state="hidden")
