"""What other projects and readers find by: the lines of objects.inv, and sources that can be told apart."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from pybtex.database.input.bibtex import Parser

from _ext.site.year_letters import give_letters
from calc import all_formulas
from calc.charts import all_charts
from tests.book.building import ROOT

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]
LINE = re.compile(r"(\S.*?) (\w+:\w+) (-?\d+) (\S+) (\S.*)")
ALIKE = """
@misc{late, author = {{Energy Office}}, title = {Zinc}, year = 2024}
@misc{early, author = {{Energy Office}}, title = {Aluminium}, year = 2024}
@misc{other, author = {{Energy Office}}, title = {Tin}, year = 2023}
@misc{first, author = {Berg, A. and Holm, B. and Lund, C.}, title = {Cold}, year = 2024}
@misc{second, author = {Berg, A. and Ek, D. and Lund, C.}, title = {Warm}, year = 2024}
"""


@pytest.fixture(scope="module")
def lines(site: Path) -> list[str]:
    *head, body = (site / "objects.inv").read_bytes().split(b"\n", 4)
    assert head[0] == b"# Sphinx inventory version 2"
    return zlib.decompress(body).decode("utf-8").splitlines()


def test_every_line_of_the_inventory_is_one_thing(lines: list[str]) -> None:
    keys = set(Parser(encoding="utf-8").parse_file(str(ROOT / "references.bib")).entries)
    assert len(lines) > 1000
    for line in lines:
        found = LINE.fullmatch(line)
        assert found, line
        assert not keys & set(re.findall(r"[a-z0-9]+", found[5])), line
        assert not re.search(r"[`{}\\]", found[5]), line
    titles = {found[1]: found[5] for line in lines if (found := LINE.fullmatch(line))}
    for chart in all_charts():
        assert titles[f"chart-{chart.id}"] == chart.title


def test_the_inventory_leads_to_addresses_that_stay(lines: list[str], site: Path) -> None:
    places = {found[1]: found[4] for line in lines if (found := LINE.fullmatch(line)) and found[2] == "std:label"}
    for formula in all_formulas():
        assert places[formula.id] == f"d/{formula.id}/"
        assert (site / places[formula.id] / "index.html").is_file()


def test_sources_that_are_cited_alike_get_letters() -> None:
    entries = Parser(encoding="utf-8").parse_string(ALIKE).entries
    for _ in range(2):  # a build starts from what another left
        give_letters(entries.values())
        years = {key: entry.fields["year"] for key, entry in entries.items()}
        assert years == {"late": "2024b", "early": "2024a", "other": "2023", "first": "2024b", "second": "2024a"}


def test_no_two_sources_of_the_book_are_cited_by_the_same_words() -> None:
    entries = Parser(encoding="utf-8").parse_file(str(ROOT / "references.bib")).entries
    give_letters(entries.values())
    cited = Counter()
    for entry in entries.values():
        persons = entry.persons.get("author") or entry.persons.get("editor") or []
        last = [" ".join([*one.prelast_names, *one.last_names]) for one in persons]
        names = f"{last[0]} et al." if len(last) > 2 else " and ".join(last) or entry.fields["title"]
        cited[names, entry.fields.get("year", entry.key)] += 1
    assert len(cited) > 200
    assert {words: times for words, times in cited.items() if times > 1} == {}


def test_the_bibliography_has_the_letters_that_texts_cite(site: Path) -> None:
    listed = html.parse(str(site / "chapters" / "bibliography.html"))
    entries = {one.get("id"): one.text_content() for one in listed.xpath("//*[starts-with(@id, 'id')]")}
    seen = Counter()
    for file in (site / "chapters").glob("*.html"):
        for link in html.parse(str(file)).xpath('//article//a[contains(@href, "bibliography.html#id")]'):
            years = re.findall(r"\b(?:19|20)\d\d[a-z]?\b", link.text_content())
            assert years, link.text_content()
            assert re.search(rf"\b{years[-1]}\b", entries[link.get("href").partition("#")[2]]), link.text_content()
            seen[years[-1][4:]] += 1
    assert seen["a"] > 3
    assert seen["b"] > 3


def test_no_source_of_the_book_has_two_keys() -> None:
    entries = Parser(encoding="utf-8").parse_file(str(ROOT / "references.bib")).entries
    for kind in ("eprint", "doi"):
        found = Counter(one.fields[kind].casefold() for one in entries.values() if kind in one.fields)
        assert len(found) > 10
        assert {name: times for name, times in found.items() if times > 1} == {}
    works = Counter(
        (one.fields["title"].casefold(), str(one.persons["author"][:1]))
        for one in entries.values()
        if "author" in one.persons
    )
    assert {work: times for work, times in works.items() if times > 1} == {}
