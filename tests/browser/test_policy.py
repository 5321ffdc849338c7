"""The site under its Content-Security-Policy, with what it would store blocked, and with its script missing."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from _ext.site.policy import policy
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]
ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "index.html",
    "chapters/training-energy.html",
    "chapters/planner.html",
    "search.html?q=water",
    "d/pue/index.html",
)


@pytest.fixture(scope="module")
def strict(site: Path) -> str:
    return policy(page.read_text("utf-8") for page in site.rglob("*.html"))


@pytest.fixture(scope="module")
def served(site: Path, strict: str) -> Iterator[str]:
    class Strict(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", strict)
            super().end_headers()

        def do_GET(self) -> None:  # http.server's name
            """Whatever the site has; a browser also asks for a sign of the site, which has none."""
            if self.path == "/favicon.ico":
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_policy_names_few_scripts_and_is_the_one_in_the_docs(strict: str) -> None:
    assert "script-src 'self' 'sha256-" in strict
    assert "unsafe-inline" not in strict.split("script-src")[1].split(";")[0]
    assert strict.count("sha256-") <= 3
    told = (ROOT / "docs" / "building.md").read_text(encoding="utf-8")
    assert " ".join(strict.split()) in " ".join(told.split())


@pytest.fixture(scope="module")
def heard(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page of the served site, for one test after the other, and what it complains of."""
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    opened.on("pageerror", lambda one: said.append(str(one)))
    yield opened, said
    opened.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_works_under_it(heard: tuple[Page, list[str]], served: str, page: str) -> None:
    opened, said = heard
    said.clear()
    opened.goto(served + page)
    opened.wait_for_load_state("networkidle")
    if "training-energy" in page:
        opened.locator("#training-energy .fold-inputs summary").click()
        assert opened.locator("#training-energy .calc-field").count() > 2
    assert said == []


def test_an_old_address_takes_its_values_along_under_it(heard: tuple[Page, list[str]], served: str) -> None:
    opened, _ = heard
    opened.goto(served + "chapters/build-your-own.html?gpus=20000")
    opened.wait_for_url("**/planner.html?gpus=20000*")


MISSING = "This page’s script is missing: all can be read, and nothing recalculated, searched or copied."
KEEPS = "This browser keeps nothing for this site:"


@pytest.mark.parametrize("page", sample(PAGES, 2, "pages without their script"))
@pytest.mark.parametrize("off", [True, False], ids=["scripts off", "script not found"])
def test_without_its_script_every_page_says_so_in_a_line(browser: Browser, site: Path, page: str, off: bool) -> None:
    opened = browser.new_page(java_script_enabled=not off)
    opened.route("**/*.js*", lambda route: route.abort())
    opened.goto(f"{site.as_uri()}/{page}")
    said = opened.locator(".no-script").first
    said.wait_for()
    if "search" in page:
        assert said.inner_text().startswith("The search needs its script.")
        assert said.get_by_role("link").count() > 4
    else:
        assert said.inner_text() == MISSING
    assert opened.locator("h1").is_visible()
    assert opened.locator(".pst-js-only:visible, .copy-button:visible").count() == 0
    opened.close()


def test_with_its_script_no_line_comes_or_goes(browser: Browser, site: Path) -> None:
    opened = browser.new_page()
    opened.add_init_script("""window.seen = 0; (function look() {
        for (const e of document.querySelectorAll(".no-script, .no-store")) window.seen += e.getClientRects().length;
        requestAnimationFrame(look);
    })()""")
    opened.goto((site / "chapters/training-energy.html").as_uri())
    opened.wait_for_load_state()
    assert opened.evaluate("() => window.seen") == 0
    assert not opened.get_by_text(KEEPS).is_visible()
    opened.close()


def test_where_nothing_may_be_stored_a_page_says_so(browser: Browser, site: Path) -> None:
    opened = browser.new_page()
    opened.add_init_script("""for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException("no"); } });
    """)
    opened.goto((site / "chapters/training-energy.html").as_uri())
    assert opened.get_by_text(KEEPS).is_visible()
    assert not opened.locator(".no-script").is_visible()
    opened.close()


def test_without_its_script_a_page_reads_the_same(browser: Browser, site: Path) -> None:
    opened = browser.new_page()
    opened.route("**/*.js*", lambda route: route.abort())
    opened.goto((site / "chapters/training-energy.html").as_uri())
    assert opened.locator("#training-energy math").count()
    opened.locator("#training-energy .fold-inputs summary").click()
    assert opened.locator("#training-energy .fold-inputs table").is_visible()
    assert opened.locator("#training-energy .calc-field").count() == 0
    opened.close()
