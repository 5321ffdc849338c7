"""Chromium, started once for all pages; it can reach no other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.book.building import moved
from tests.browser.tabs import Tabs
from tests.browser.visits import Visit, visit_all
from tests.sampling import cases, numbers, sample


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
                "--font-render-hinting=none",  # letters stand where they do in a window, also in the shell
            ],
        )  # fmt: skip
        yield started
        started.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Tabs:
    empty = tmp_path_factory.mktemp("tabs") / "empty.html"
    empty.write_text("<!doctype html><title>Empty</title>", encoding="utf-8")
    return Tabs(browser, empty)


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Page]:
    """A page of a reader who lets it copy; any error in a script fails the test."""
    with tabs.open(timeout=5000, permissions=["clipboard-read", "clipboard-write"]) as made:
        yield made


@pytest.fixture
def still(tabs: Tabs) -> Iterator[Page]:
    """A page without scripts."""
    with tabs.open(java_script_enabled=False) as made:
        yield made


@pytest.fixture(scope="session")
def page_files(site: Path) -> list[Path]:
    files = sorted(path for path in {*site.rglob("*.html")} - moved(site) if "_static" not in path.parts)
    files.remove(site / "404.html")  # what it names, only a server finds
    # The permanent pages are made alike, and their cards are looked at in their chapters: a few stand for them.
    permanent = [path for path in files if path.parent.parent == site / "d"]
    looked_at = numbers("permanent pages").sample(permanent, cases(12, 3))
    return [path for path in files if path not in permanent or path in looked_at]


@pytest.fixture(scope="session")
def visits(browser: Browser, page_files: list[Path]) -> list[Visit]:
    return visit_all(browser, sample(page_files, 12, "pages that are visited"))
