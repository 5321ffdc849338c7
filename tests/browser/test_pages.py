"""The built pages in Chromium, opened as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from calc import all_formulas

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("book")]


def test_no_page_asks_another_host_or_complains(browser: Browser, page_files: list[Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for file in page_files:
        page.goto(file.as_uri())
        page.wait_for_load_state("load")
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways(browser: Browser, page_files: list[Path], width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for file in page_files:
        page.goto(file.as_uri())
        # Opened folds must fit too.
        found = page.evaluate("""() => {
            for (const fold of document.querySelectorAll("details")) fold.open = true;
            return document.documentElement.scrollWidth;
        }""")
        if found > width:
            wide[file.name] = found
    context.close()
    assert wide == {}


def test_equations_are_there_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    missing = {f.id for f in all_formulas()}
    for file in sorted((site / "chapters").glob("*.html")):
        page.goto(file.as_uri())
        for name in list(missing):
            block = page.locator(f"#equation-{name} math")
            if block.count():
                box = block.bounding_box()
                assert box is not None
                assert box["width"] > 20, name
                assert box["height"] > 20, name
                missing.discard(name)
    context.close()
    assert missing == set()


def test_a_closed_fold_opens_with_the_keyboard(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    fold = page.locator("#training-energy details.fold-chain")
    svg = fold.locator("svg.chain")
    assert not svg.is_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    svg.wait_for(state="visible")
    context.close()


def test_a_symbol_says_what_it_means_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    block = page.locator("#equation-training-energy")
    words = block.locator(".symbol-words")
    assert not words.is_visible()
    block.locator("mtr").first.locator("[data-quantity='server_power']").hover()
    assert words.inner_text() == "rated power of one server, at the IT equipment, in kW/server"
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
    context.close()
