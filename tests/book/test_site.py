"""The built site: everything resolves, everything is local, every formula has one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from calc import all_formulas
from calc.analysis.results import show_result
from calc.api import Formula
from calc.book.home import home
from calc.charts import all_charts
from calc.model.scenario_file import scenario, scenario_names

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]

# What a browser fetches by itself; a link that a reader may follow is not among them.
FETCHED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "embed": "src", "object": "data", "use": "href",
}  # fmt: skip
FETCHED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest"}


class Page(HTMLParser):
    """The parts of a page that the tests look at."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.text: list[str] = []
        self.hidden = 0
        self.feed(path.read_text(encoding="utf-8"))
        self.names = set(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        # A reference into the page itself, as a chart's marks have it, fetches nothing.
        if tag in FETCHED and given.get(FETCHED[tag]) and not str(given[FETCHED[tag]]).startswith("#"):
            self.fetched.append(str(given[FETCHED[tag]]))
        if tag == "link" and FETCHED_LINKS & set(str(given.get("rel", "")).split()):
            self.fetched.append(str(given.get("href")))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("script", "style", "annotation"):
            self.hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "annotation"):
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text.append(data)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.text).replace("\N{NO-BREAK SPACE}", " "))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    # The theme leaves a template of its own among the static files; what 404.html names, only a server finds.
    files = [path for path in site.rglob("*.html") if "_static" not in path.parts and path.name != "404.html"]
    found = {path.relative_to(site).as_posix(): Page(path) for path in files}
    assert len(found) > 10
    return found


def test_each_formula_is_shown_in_exactly_one_place(pages: dict[str, Page]) -> None:
    places = {f.id: [name for name, page in pages.items() if f.id in page.names] for f in all_formulas()}
    assert {name: where for name, where in places.items() if len(where) != 1} == {}


def test_each_equation_is_numbered_in_its_chapter(site: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (site / "chapters").glob("*.html"))
    for formula in all_formulas():
        start = rf'<div class="math-block[^>]*id="equation-{formula.id}">'
        block = re.search(rf'{start}.*?</div>\s*<span class="eqno">\((.*?)\)', text, re.DOTALL)
        assert block, formula.id
        assert re.fullmatch(r"\d+\.\d+", block[1]), formula.id


def test_each_result_stands_on_the_page_of_its_formula(pages: dict[str, Page]) -> None:
    def shown(formula: Formula) -> Iterator[str]:
        """Its result in each scenario that has one, that of its own page first."""
        for name in dict.fromkeys((home(formula).scenario.name, *scenario_names())):
            try:
                number = show_result(formula.derive(scenario(name))).number
            except ValueError:
                continue
            yield re.sub(r"×10.*", "", number)  # a power of ten is an element of its own in MathML

    squeezed = {id(page): page.words.replace(" ", "") for page in pages.values()}  # units stand apart
    for formula in all_formulas():
        page = next(page for page in pages.values() if formula.id in page.names)
        assert any(number in squeezed[id(page)] for number in shown(formula)), (formula.id, list(shown(formula)))


def test_no_page_fetches_anything_from_another_host(pages: dict[str, Page]) -> None:
    foreign = {
        name: [url for url in page.fetched if urlsplit(url).netloc or urlsplit(url).scheme not in ("", "data")]
        for name, page in pages.items()
    }
    assert {name: urls for name, urls in foreign.items() if urls} == {}


def test_no_style_sheet_fetches_anything_from_another_host(site: Path) -> None:
    for sheet in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        urls = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", text)
        for url in (first or second for first, second in urls):
            assert url.startswith("data:") or not urlsplit(url).netloc, (sheet.name, url)


def test_every_file_that_a_page_needs_is_there(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for url in page.fetched:
            if not url.startswith("data:"):
                assert ((site / name).parent / unquote(urlsplit(url).path)).resolve().is_file(), (name, url)


def test_every_link_inside_the_book_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link == "#":
                continue
            target = ((site / name).parent / unquote(parts.path)).resolve() if parts.path else site / name
            assert target.is_file(), (name, link)
            inside = target.relative_to(site).as_posix()
            if parts.fragment and inside in pages:
                assert unquote(parts.fragment) in pages[inside].names, (name, link)


def test_no_id_stands_twice_on_a_page(pages: dict[str, Page]) -> None:
    twice = {name: [key for key, times in Counter(page.ids).items() if times > 1] for name, page in pages.items()}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_headings_go_down_one_level_at_a_time(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        if name.startswith("chapters/"):
            assert page.headings[0] == 1, name
            assert page.headings.count(1) == 1, name
            steps = [(a, b) for a, b in zip(page.headings, page.headings[1:], strict=False) if b > a + 1]
            assert not steps, (name, steps)


def test_the_index_has_the_headline_numbers(pages: dict[str, Page]) -> None:
    # As the book estimates them: 4.5 kW of 3,125 servers for 90 days, and at the site × 1.18; 2.5 billion prompts of
    # 0.25 Wh, × 1.2. LBNL's cases of June 2026 are its own, and the most of the run is the first article's.
    for figure in ("30.4 GWh", "35.9 GWh", "750 MWh", "0.3 Wh/prompt", "9.5–15.3 %", "43.9 GWh"):
        assert figure in pages["index.html"].words, figure
    # And as the two articles have them, to three digits.
    for figure in ("43.9 GWh", "67.5 GWh", "58.5 days"):
        assert figure in pages["chapters/serving.html"].words, figure
    for figure in ("27 to 34 GWh", "630 MWh/day"):
        assert figure in pages["chapters/training-inference.html"].words + pages["chapters/how-sure.html"].words, figure


def test_every_source_that_is_cited_is_in_the_bibliography(pages: dict[str, Page]) -> None:
    cited = {
        urlsplit(link).fragment
        for name, page in pages.items()
        for link in page.links
        if "bibliography.html#" in link and name != "chapters/bibliography.html"
    }
    assert len(cited) > 10
    assert cited <= set(pages["chapters/bibliography.html"].ids) | {""}


def test_each_chart_is_shown_in_exactly_one_place(pages: dict[str, Page]) -> None:
    places = {one.id: [name for name, page in pages.items() if f"chart-{one.id}" in page.names] for one in all_charts()}
    assert {name: where for name, where in places.items() if len(where) != 1} == {}
