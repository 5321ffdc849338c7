"""Ways to read a page: wider spacing, zoom, any paper, without a pointer, without motion, in one's own colours."""

from __future__ import annotations

import functools
import itertools
import re
import runpy
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.book.building import ROOT
from tests.browser.tabs import Tabs
from tests.sampling import cases, sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("reading")]
PAGES = (
    "index.html", "chapters/training-energy.html", "chapters/planner.html", "chapters/ledger.html", "genindex.html",
    "chapters/glossary.html", "search.html?q=water", "d/training-energy/index.html", "chapters/inputs.html",
    "chapters/grid.html", "chapters/how-to-cite.html",
)  # fmt: skip
WINDOW: Any = {"width": 1280, "height": 900}
# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
# Text that a box cuts off, where nothing scrolls to it.
CUT = """() => [...document.querySelectorAll("body *")].filter((e) => {
    const style = getComputedStyle(e), hides = (way) => /hidden|clip/.test(way);
    if (e.closest("svg, math, .visually-hidden, .pst-js-only") || !e.getClientRects().length) return false;
    if (style.clipPath !== "none" || style.position === "absolute" && e.clientWidth <= 1) return false;
    return hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
        || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 6;
}).map((e) => [e.tagName, e.className.toString(), e.textContent.trim().slice(0, 60)])"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN = "() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }"
# Fields and buttons whose words are longer than they.
NARROW = """() => [...document.querySelectorAll("button, label, summary, .calc-unit")].filter((e) =>
    e.getClientRects().length && !e.closest(".visually-hidden") && getComputedStyle(e).overflowX !== "visible"
    && e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 120))"""
# What stands beyond the right edge of a sheet of paper.
BEYOND = """() => [...document.querySelectorAll("article :is(p, table, svg, pre, math, ul)")].filter((e) =>
    e.getClientRects().length && !e.closest("mtable, .visually-hidden")
    && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))"""
# What reacts to a click, and no key leads to.
STRAY = """() => [...document.querySelectorAll("[onclick], [role=button], summary, a[href], button, input, select")]
    .filter((e) => e.getClientRects().length && e.tabIndex < 0 && !e.closest("[inert], svg"))
    .map((e) => e.outerHTML.slice(0, 120))"""
FOCUS = """() => {
    const e = document.activeElement, label = e.labels && e.labels[0];
    const drawn = [e, label, e.closest("label")].filter(Boolean).map((one) => getComputedStyle(one))
        .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
    return [e === document.body ? "" : e.outerHTML.slice(0, 160), drawn];
}"""
SIZES = {
    "A4": (210, 297),
    "A4 landscape": (297, 210),
    "Letter": (215.9, 279.4),
    "A5": (148, 210),
    "A4 at 70 %": (300, 424),
}
PIXEL = 25.4 / 96  # mm


@pytest.fixture
def page(tabs: Tabs) -> Iterator[Page]:
    with tabs.open(viewport=WINDOW) as made:
        yield made


def opened(page: Page, site: Path, address: str) -> Page:
    page.goto(f"{site.as_uri()}/{address}")
    page.evaluate(OPEN)
    page.evaluate("() => document.fonts.ready.then(() => null)")  # an equation in another face is higher
    return page


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_lost_with_wider_spacing(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in sample(PAGES, 2, f"pages with wider spacing at {width}"):
        opened(page, site, address).add_style_tag(content=SPACING)
        assert page.evaluate(WIDE) <= 0, address
        assert page.evaluate(CUT) == [], address
        assert page.evaluate(NARROW) == [], address


@pytest.mark.parametrize("zoom", [200, 400])
def test_nothing_is_lost_when_all_is_larger(page: Page, site: Path, zoom: int) -> None:
    """A browser's zoom makes the window of 1280 that much narrower: at 400 % 320 px, WCAG's 1.4.10."""
    page.set_viewport_size({"width": 1280 * 100 // zoom, "height": 900 * 100 // zoom})
    for address in sample(PAGES, 2, f"pages at {zoom} %"):
        opened(page, site, address)
        assert page.evaluate(WIDE) <= 0, address
        assert page.evaluate(CUT) == [], address


def test_nothing_is_lost_when_text_alone_is_larger(page: Page, site: Path) -> None:
    for address in sample(PAGES, 2, "pages with larger text"):
        opened(page, site, address).add_style_tag(content="html { font-size: 200% !important; }")
        assert page.evaluate(WIDE) <= 0, address
        assert page.evaluate(CUT) == [], address


def test_on_a_phone_nothing_lies_on_the_text(page: Page, site: Path) -> None:
    """A changed card's scenario beside its title and link, and nothing that floats."""
    page.set_viewport_size({"width": 360, "height": 760})
    opened(page, site, "chapters/training-energy.html?servers=5000")
    page.get_by_text("changed", exact=False).first.wait_for()
    boxes = page.evaluate("""() => [...document.querySelectorAll(".derivation-title")].map((title) =>
        [...title.querySelectorAll(".scenario, .headerlink"), title.parentElement.querySelector(".eqno")]
            .filter(Boolean).map((e) => e.getBoundingClientRect()).filter((e) => e.width)
            .map(({ left, right, top, bottom }) => ({ left, right, top, bottom })))""")
    assert sum(map(len, boxes)) > 6
    for title in boxes:
        for one, other in itertools.combinations(title, 2):
            apart = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
            assert apart or one["bottom"] <= other["top"] + 1 or other["bottom"] <= one["top"] + 1, (one, other)
    for place in (3000, 2800):  # the way up shows when one turns back
        page.evaluate("(y) => scrollTo(0, y)", place)
        page.wait_for_function("(y) => scrollY === y", arg=place)
    page.wait_for_timeout(100)
    assert not page.locator("#pst-back-to-top").is_visible()


@pytest.mark.parametrize("size", sample(SIZES, 2, "sizes of paper"))
def test_paper_of_any_size_has_the_text_and_nothing_else(page: Page, site: Path, size: str) -> None:
    """A browser prints as in a window as wide as the paper between its margins of a centimetre."""
    width, height = (round((mm - 20) / PIXEL) for mm in SIZES[size])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": height})
    for address in sample(PAGES, 2, f"pages on {size}"):
        page.goto(f"{site.as_uri()}/{address}")
        assert page.evaluate(WIDE) <= 0, address
        assert (
            page.locator(":is(.bd-sidebar, .bd-header, .prev-next-footer, .copy-button, .no-script):visible").count()
            == 0
        )
        first = page.locator("h1").bounding_box()
        assert first, address
        assert first["y"] < 200, address
        assert page.evaluate(BEYOND) == [], address


def test_paper_begins_with_the_chapter(page: Page, site: Path, tmp_path: Path) -> None:
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    ways = (("A4", {}), ("A4", {"landscape": True}), ("A5", {}), ("A4", {"scale": 0.7}))
    for size, more in sample(ways, 2, "printed pages"):
        made = tmp_path / "page.pdf"
        page.pdf(path=made, format=size, tagged=True, outline=True, **more)
        pdf = made.read_bytes()
        assert b"/StructTreeRoot" in pdf
        assert b"/Lang (en-GB)" in pdf
        try:
            done = subprocess.run(["pdftotext", "-l", "1", made, "-"], capture_output=True, text=True, check=True)
        except FileNotFoundError:
            pytest.skip("no pdftotext here (Debian: apt install poppler-utils)")
        assert " ".join(done.stdout.split()).startswith("5. How much energy does one training run use?"), (size, more)


def test_focus_is_seen_in_a_readers_own_colours(tabs: Tabs, site: Path) -> None:
    with tabs.open(forced_colors="active", viewport=WINDOW) as page:
        for address in ("chapters/training-energy.html", "chapters/planner.html", "index.html"):
            page.goto(f"{site.as_uri()}/{address}")
            unseen, seen = [], 0
            for _ in range(cases(200, 70)):
                page.keyboard.press("Tab")
                what, drawn = page.evaluate(FOCUS)
                if not what:
                    break
                seen += 1
                unseen += [] if drawn else [what]
            assert seen > 20, address
            assert unseen == [], address


def test_no_part_of_a_page_needs_a_pointer(page: Page, site: Path) -> None:
    """What reacts to a click can be reached with the Tab key, but for what is a second way to the same."""
    for address in PAGES[:3]:
        page.goto(f"{site.as_uri()}/{address}")
        page.wait_for_load_state()
        assert page.evaluate(STRAY) == [], address
        order = page.evaluate("""() => [...document.querySelectorAll("[tabindex]")].map((e) => e.tabIndex)""")
        assert set(order) <= {0, -1}, address


MOVING = """() => [...document.querySelectorAll("*")].flatMap((e) => ["", "::before", "::after"]
    .map((part) => getComputedStyle(e, part || null)).filter((style) =>
        style.animationName !== "none" && parseFloat(style.animationDuration) > 0.01
        || Math.max(...style.transitionDuration.split(",").map(parseFloat)) > 0.01
        || style.scrollBehavior === "smooth").map(() => e.outerHTML.slice(0, 80)))"""


def test_nothing_moves_for_who_asks_for_rest(tabs: Tabs, site: Path) -> None:
    with tabs.open(reduced_motion="reduce") as page:
        for address in ("index.html", "chapters/training-energy.html", "chapters/planner.html"):
            opened(page, site, address)
            assert page.evaluate(MOVING) == [], address


PAINTED = """() => [performance.getEntriesByName("first-contentful-paint")[0].startTime,
    performance.getEntriesByType("resource").filter((e) => e.name.endsWith("woff2")).map((e) => e.responseEnd)]"""


@contextmanager
def served(site: Path, late: float) -> Iterator[str]:
    """The site, whose fonts come so many seconds late."""

    class Late(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:  # http.server's name
            if self.path.endswith(".woff2"):
                time.sleep(late)
            super().do_GET()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Late, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_prose_has_the_books_face_and_no_line_jumps_when_it_comes(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport=WINDOW)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script("""window.moved = 0; new PerformanceObserver((list) => {
        for (const one of list.getEntries()) window.moved += one.value;
    }).observe({ type: "layout-shift", buffered: true });""")
    with served(site, 1.5) as address:
        page.goto(address + "chapters/training-energy.html", wait_until="domcontentloaded")
        page.evaluate("() => document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 200)))")
        painted, came = page.evaluate(PAINTED)
        assert painted < min(came)  # the text is read while its face is on the way
        assert page.evaluate("() => window.moved") < 0.02
        loaded = page.evaluate("() => [...document.fonts].filter((e) => e.status === 'loaded').map((e) => e.family)")
        assert {"Book Text", "Book Math"} <= {family.strip('"') for family in loaded}
        first = page.locator("article > section > p").first.evaluate("e => getComputedStyle(e).fontFamily")
        assert first.startswith('"Book Text"')
        assert page.locator("h1").evaluate("e => getComputedStyle(e).fontFamily").startswith('"Book Text"')
    page.close()
    assert len({url.partition("?")[0] for url in asked if "favicon" not in url}) <= 8


def test_the_face_is_light_and_free(site: Path) -> None:
    fonts = site / "_static" / "fonts"
    faces = sorted(fonts.glob("text-face*.woff2"))
    assert len(faces) == 2
    assert sum(face.stat().st_size for face in faces) <= 60_000
    assert "SIL Open Font License, Version 1.1" in (fonts / "text-face-OFL.txt").read_text(encoding="utf-8")


def test_every_letter_of_the_prose_is_in_the_face(site: Path) -> None:
    made = runpy.run_path(str(ROOT / "tools" / "text_face.py"))
    has = made["LETTERS"] + made["SIGNS"]
    text = re.sub(r"(?s)<(script|style|math|svg|pre|code)\b.*?</\1>", "", "".join(
        page.read_text("utf-8") for page in sorted((site / "chapters").glob("*.html"))))  # fmt: skip
    prose = "".join(itertools.chain(*re.findall(r"(?s)<(?:p|h[1-3])>(.*?)</(?:p|h[1-3])>", text)))
    letters = {letter for letter in re.sub(r"<[^>]*>|&\w+;", "", prose) if letter > "\x7f"}
    assert len(letters) > 20
    assert {letter for letter in letters if letter not in has and letter not in "✗∆"} == set()
