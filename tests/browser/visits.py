"""One visit to each page, from which many tests read: pages take longer to open and to audit than to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page

from tests.book.building import ROOT
from tests.sampling import CAMPAIGN, cases, numbers, sample

WIDTHS = (1280, 360)
LOCAL = ("file:", "data:", "blob:")
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
_OPEN = "() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }"
# The theme lets the keyboard reach a table or a text that scrolls, a moment after the window has changed.
_SETTLED = """() => [...document.querySelectorAll(".pst-scrollable-table-container, .planner-text pre")].every(
    (e) => (e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight) || e.tabIndex === 0)"""
# Started and not waited for, so that the light page and the dark one are audited side by side.
# Cards are made alike: the folds of a page's first one stand for the others'. So are rows and equations: the first ten
# of a table stand, and the first twenty of a page.
_START = """whole => {
    const others = [...document.querySelectorAll("article.derivation")].slice(whole ? Infinity : 1);
    const exclude = others.flatMap((card) => [...card.querySelectorAll("details")])
        .concat(whole ? [] : [...document.querySelectorAll("tbody > tr:nth-child(n + 11)")])
        .concat([...document.querySelectorAll("math")].slice(whole ? Infinity : 20));
    window.found = axe.run({ exclude }, { resultTypes: ["violations"], preload: false });
}"""
_FOUND = """() => found.then(({ violations }) => violations.map(({ id, help, nodes }) =>
    [id, help, nodes.length, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 120))]))"""
# A face of which no file is shipped stands in on some systems, and on the others the next one does.
_STATE = """(lent) => document.fonts.ready.then((fonts) => {
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    return {
        twice: ids.filter((id, i) => ids.indexOf(id) !== i),
        pictures: [...document.images].filter((e) => !e.complete || !e.naturalWidth).map((e) => e.src),
        fonts: [...fonts].filter((e) => e.status === "error").map((e) => e.family)
            .filter((family) => !lent.includes(family.replaceAll('"', ""))),
        sheets: [...document.querySelectorAll("link[rel=stylesheet]")].filter((e) => !e.sheet).map((e) => e.href),
    };
})"""
_SIZES = """() => [...document.querySelectorAll("[id^=equation-]:has(math)")].map((block) => {
    const box = block.querySelector("math").getBoundingClientRect();
    return [block.id, box.width, box.height];
})"""
_PLAIN = """() => {
    const seen = (e) => e.getClientRects().length > 0 && e.textContent.trim() !== "";
    // What the planner's script fills is hidden until it does.
    const hidden = (all) => [...document.querySelectorAll(all)]
        .filter((e) => !seen(e) && !e.closest(".planner-live")).map((e) => e.outerHTML);
    return {
        count: ["math", "table", ".calc-value"].map((all) => document.querySelectorAll(".bd-article " + all).length),
        missing: hidden(".bd-article :is(math, table, td:not(:empty), .calc-value, svg.chain, h1, h2)"),
    };
}"""


def lent_faces() -> list[str]:
    """Families that the book names and has no file of: a reader's system has them, or not."""
    rules = re.findall(r"@font-face\s*\{([^}]*)\}", (ROOT / "_static" / "faces.css").read_text(encoding="utf-8"))
    found = {rule: re.search(r'font-family: "([^"]*)"', rule) for rule in rules}
    return [family[1] for rule, family in found.items() if family and "url(" not in rule]


@contextmanager
def faultless(page: Page, expected: str | None = None) -> Iterator[Page]:
    """A page on which an error in a script, a complaint in the console or a dialog fails the test.

    But for a complaint that holds what is expected.
    """
    errors: list[str] = []

    def erred(error: Error) -> None:
        errors.append(str(error))

    def complained(said: ConsoleMessage) -> None:
        if said.type == "error":
            errors.append(said.text)

    def asked(_: Dialog) -> None:
        errors.append("a dialog opened")

    page.on("pageerror", erred)
    page.on("console", complained)
    page.on("dialog", asked)
    yield page
    for event, listener in (("pageerror", erred), ("console", complained), ("dialog", asked)):
        page.remove_listener(event, listener)
    assert [error for error in errors if expected is None or expected not in error] == []


@dataclass
class Visit:
    """What was seen on one page, every part of it open."""

    name: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    state: dict[str, list[str]] = field(default_factory=dict)
    scrolled: dict[int, int] = field(default_factory=dict)
    axe: dict[tuple[str, int], Any] = field(default_factory=dict)
    plain: dict[str, Any] = field(default_factory=dict)
    sizes: list[tuple[str, float, float]] = field(default_factory=list)


def visit_all(browser: Browser, files: list[Path]) -> list[Visit]:
    """Open every page with the network cut: in the light, in the dark, wide, on a phone, and without scripts.

    A campaign has axe look at each page in all four ways, and into the folds of all its cards. A sample has it look at
    some pages, in one of the four ways each.
    """
    options: dict[str, Any] = {"reduced_motion": "reduce", "offline": True}
    contexts = [browser.new_context(color_scheme=scheme, **options) for scheme in ("light", "dark")]
    contexts.append(browser.new_context(java_script_enabled=False, **options))
    light, dark, plain = (context.new_page() for context in contexts)
    visits: list[Visit] = []
    for page in (light, dark):
        _listen(page, visits)
    ways = [(page, width) for width in WIDTHS for page in (light, dark)]
    audited_files = sample(files, 4, "pages for axe")
    first = numbers("ways for axe").randrange(len(ways))
    for file in files:
        one = Visit(file.name)
        visits.append(one)
        audits = []
        if file in audited_files:  # in the next of the four ways on the next page
            place = first + audited_files.index(file)
            audits = [ways[(place + more) % len(ways)] for more in range(cases(len(ways), 1))]
        scripted = [page for page in (light, dark) if page is light or page in dict(audits)]
        for page in (*scripted, plain):
            page.goto(file.as_uri())
            if page is plain:
                one.sizes = plain.evaluate(_SIZES)
            page.evaluate(_OPEN)
        one.state = light.evaluate(_STATE, lent_faces())
        for page in dict(audits):
            page.evaluate(_AXE)
        for width in WIDTHS:
            for page in scripted:
                page.set_viewport_size({"width": width, "height": 800})
                page.wait_for_function(_SETTLED)
            audited = [page for page in scripted if (page, width) in audits]
            for page in audited:
                page.evaluate(_START, CAMPAIGN)
            one.scrolled[width] = light.evaluate("() => document.documentElement.scrollWidth")
            for page in audited:
                if found := page.evaluate(_FOUND):
                    one.axe["light" if page is light else "dark", width] = found
        one.plain = plain.evaluate(_PLAIN)
    for context in contexts:
        context.close()
    return visits


def _listen(page: Page, visits: list[Visit]) -> None:
    """Note what a page asks for and what goes wrong with the visit that is going on."""
    page.on("request", lambda request: visits[-1].asked.append(request.url))
    page.on("requestfailed", lambda request: visits[-1].complaints.append(f"not loaded: {request.url}"))
    page.on("console", lambda said: visits[-1].complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: visits[-1].complaints.append(str(error)))
