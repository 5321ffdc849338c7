"""What strangers may put into an address, a field, a file and a browser's store: a message, and nothing else.

No error in a script, no complaint of the drawing, no dialog, no request, no other element, an answer at once.
"""

from __future__ import annotations

import json
import random
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.visits import faultless
from tests.sampling import cases, numbers, sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]

PAGES = (
    "chapters/training-energy.html", "chapters/planner.html", "search.html", "d/training-energy/index.html",
    "chapters/campus-cost.html", "index.html",
)  # fmt: skip
KEYS = (
    "scenario", "model", "accelerator", "server", "place", "price", "ask", "sure", "claim", "start", "q", "highlight",
    "servers", "server_power", "pue", "gpus", "training_time", "campus_power", "electricity_price", "batch",
)  # fmt: skip
OBJECTS = (
    "__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "then", "length", "name",
    "entries", "null", "undefined", "__proto__.polluted",
)  # fmt: skip
NUMBERS = (
    "NaN", "Infinity", "1e999", "-1e999", "1e-999", "-0", "1e150", "1e151", "9007199254740993", "0x10", "1_000", "1e",
    "1~", "~", "1~2~3~4", "2~1", "1~1e13", "3~6.5", "3~5~6.5", "2", "-1", "0.5", "5000", "1.2.3", "", "1e1e1",
)  # fmt: skip
TEXTS = (
    "<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "javascript:alert(1)", "${alert(1)}", "{{7*7}}",
    "%00", "%E0%A4%A", "%", "%zz", "\N{RIGHT-TO-LEFT OVERRIDE}\0", "\N{GRINNING FACE}" * 20, "a" * 3000, "../../x",
    "//evil.example/x.js", "$&$1", "(?:a+)+$", "((((", "١٢", "½", "3 to 6.5", "6 ± 200 %", "5 (", "1 to 2 to 3", "70B",
    "a prompt uses 1e999 Wh", "1 2 3 4 5 6 7 8 9 " * 20, "prompt " * 60, "gpt-4", "no-such",
)  # fmt: skip
# What a page must not have after it, be it asked for by any of these.
ODD = """() => [...document.querySelectorAll("iframe, object, embed, base, img[src=x], [onerror], [onload]")]
    .map((e) => e.outerHTML).concat(Object.keys(Object.prototype), document.querySelector("h1") ? [] : ["no h1"])"""
OPEN = "() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }"
TYPE = """([at, all, text]) => {
    const field = document.querySelectorAll(all)[at];
    if (!field) return;
    field.value = text;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    field.form?.requestSubmit();
}"""
STORE = """(kept) => {
    localStorage.clear();
    for (const [name, text] of kept) for (const store of [localStorage, sessionStorage]) store.setItem(name, text);
}"""
LONG = 4.0  # seconds, on a machine at which others work; nothing of it took a quarter of one


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which whatever goes wrong fails the test; that no file has an unknown name is no fault."""
    context = browser.new_context(offline=True)
    with faultless(context.new_page(), "net::ERR_FILE_NOT_FOUND") as made:
        yield made
    context.close()


def text(chance: random.Random) -> str:
    return chance.choice(chance.choice((OBJECTS, NUMBERS, TEXTS)))


def address(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        key = chance.choice(chance.choice((KEYS, KEYS, KEYS, OBJECTS)))
        said = text(chance)
        parts.append(f"{key}={said if chance.random() < 0.3 else urllib.parse.quote(said, safe='')}")
    parts += parts[:1] if chance.random() < 0.1 else []
    return "?" + "&".join(parts).replace("#", "%23")


def looked_at(page: Page, what: str, start: float) -> None:
    assert page.evaluate(ODD) == [], what
    assert time.monotonic() - start < LONG, what


# Each was a script's error, a guess or a hang once.
WAS = ("?ask=constructor", "?ask=__proto__", "?sure=2", "?sure=-1", "?sure=1e9", "?sure=constructor")


@pytest.mark.parametrize("search", sample(WAS, 3, "what the planner fell over"))
def test_what_the_planner_once_fell_over_is_refused(page: Page, site: Path, search: str) -> None:
    page.goto(f"{(site / 'chapters' / 'planner.html').as_uri()}{search}")
    assert "nothing was changed" in page.locator(".calc-page").inner_text()
    page.goto(f"{(site / 'chapters' / 'planner.html').as_uri()}?scenario=toString")
    assert "nothing was changed" in page.locator(".calc-page").inner_text()


def test_any_address_is_a_message_at_most(page: Page, site: Path) -> None:
    chance = numbers("hostile addresses")
    for _ in range(cases(1000, 8)):
        what = chance.choice(PAGES) + address(chance)
        start = time.monotonic()
        page.goto(f"{site.as_uri()}/{what}")
        looked_at(page, what, start)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("chapters/training-energy.html", ".fold-inputs input.calc-field"),
        ("chapters/planner.html", ".planner input[type=text]"),
        ("search.html", ".book-search input"),
    ],
)
def test_whatever_is_typed_is_a_message_at_most(page: Page, site: Path, name: str, fields: str) -> None:
    chance = numbers(f"hostile texts of {name}")
    page.goto(f"{site.as_uri()}/{name}")
    page.evaluate(OPEN)
    for _ in range(cases(300, 12)):
        what, start = text(chance), time.monotonic()
        page.evaluate(TYPE, [chance.randrange(page.locator(fields).count()), fields, what])
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        looked_at(page, what, start)


def test_a_number_of_any_size_is_drawn(page: Page, site: Path) -> None:
    """At the largest that is taken charts have complained of their own paths."""
    page.goto(f"{(site / 'chapters' / 'training-energy.html').as_uri()}?servers=1e149")
    page.locator(".chart-case").first.filter(has_text="Your case").wait_for()


def test_any_file_is_a_message_at_most(page: Page, site: Path) -> None:
    chance = numbers("hostile files")
    page.goto((site / "chapters" / "planner.html").as_uri())
    for _ in range(cases(150, 8)):
        lines = []
        for _ in range(chance.randrange(6)):
            name, said = chance.choice(KEYS + OBJECTS), text(chance)
            lines.append(
                chance.choice((f"[inputs.{name}]", f"[{name}]", f"{name} = {said}", f'value = "{said}"', said))
            )
        content, start = "\n".join(lines).encode("utf-8", "replace"), time.monotonic()
        page.locator("#planner-file").set_input_files({"name": "x.toml", "mimeType": "text/plain", "buffer": content})
        page.wait_for_function("() => !document.querySelector('#planner-file').value")
        looked_at(page, repr(content), start)
    long = {"name": "x.toml", "mimeType": "text/plain", "buffer": b"#" * 2**21}
    page.locator("#planner-file").set_input_files(long)
    page.get_by_text("The file is too long to be a case; nothing was changed.").wait_for()
    page.locator("#planner-file").set_input_files([])


def test_whatever_is_stored_is_bearable(page: Page, site: Path) -> None:
    chance = numbers("hostile stores")
    for _ in range(cases(100, 4)):
        page.goto((site / "index.html").as_uri())
        names = ("mode", "theme", "sphinx_highlight_terms", "case", "open", *OBJECTS, *PAGES)
        kept = [(chance.choice(names), text(chance) * chance.choice((1, 100))) for _ in range(4)]
        page.evaluate(STORE, kept)
        name, start = chance.choice(PAGES), time.monotonic()
        page.goto(f"{site.as_uri()}/{name}")
        looked_at(page, f"{name} {json.dumps(kept)}", start)


def load_with(page: Page, kept: list[tuple[str, str]]) -> None:
    """Store, and load again; once more where Chromium lost it all on the way to the page that it loads."""
    for _ in range(5):
        page.evaluate(STORE, [*kept, ("handed", "over")])
        page.reload()
        if page.evaluate("localStorage.getItem('handed')"):
            return


@pytest.mark.parametrize("word", ["auto", "light", "dark"])
def test_a_mode_that_somebody_chose_stays(page: Page, site: Path, word: str) -> None:
    page.goto((site / "index.html").as_uri())
    load_with(page, [("mode", word)])
    assert page.evaluate("[localStorage.getItem('mode'), document.documentElement.dataset.mode]") == [word, word]


@pytest.mark.parametrize("word", ["sepia", "__proto__", "", "x" * 10_000])
def test_a_mode_that_nobody_can_have_chosen_goes(page: Page, site: Path, word: str) -> None:
    """The theme says so in the console otherwise, on each page; the fixture fails of any such line."""
    page.goto((site / "index.html").as_uri())
    load_with(page, [("mode", word), ("theme", word)])
    assert page.evaluate("document.documentElement.dataset.mode") == "auto"
    assert page.evaluate("document.documentElement.dataset.theme") in ("light", "dark")
    assert page.evaluate("localStorage.getItem('mode')") in (None, "auto")
