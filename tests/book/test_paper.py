"""The book on paper: cards without their folds, what was in these once, links both ways, chapters that end."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from docutils import nodes

from _ext.build import editions
from _ext.build.paper import ABOUT, DETAILS
from _ext.build.paper_rows import flat, long_table, origin_only, rows_of
from calc import all_formulas

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]
IDS = [formula.id for formula in all_formulas()]
PAGES = 8  # of a chapter, at most
LONGER: dict[str, int] = {}  # none: the longest have eight
XHTML = "{http://www.w3.org/1999/xhtml}"


def table(*rows: tuple[str, ...]) -> nodes.table:
    body = nodes.tbody()
    for row in rows:
        body += nodes.row("", *(nodes.entry("", nodes.paragraph("", text)) for text in row))
    return nodes.table("", nodes.tgroup("", body, cols=len(rows[0])))


def test_a_row_is_a_line_that_ends() -> None:
    rows = list(rows_of(table(("N", "servers", "3,125", "derived from x"), ("P", "power", "4.5 kW", "estimate."))))
    assert [row.astext() for row in rows] == ["N servers; 3,125; derived from x.", "P power; 4.5 kW; estimate."]


def test_of_an_input_its_kind_is_left() -> None:
    cell = [nodes.paragraph("", "", nodes.inline("", "estimate"), nodes.Text(" source")), nodes.paragraph("", "why")]
    assert [part.astext() for part in origin_only(list(cell))] == ["estimate"]
    derived = [nodes.paragraph("", "derived from x"), nodes.paragraph("", "why")]
    assert [part.astext() for part in origin_only(list(derived))] == ["derived from x"]


def test_pictures_are_left_out_and_long_tables_are_told() -> None:
    part = nodes.container("", nodes.paragraph("", "Words."), nodes.image(), table(("a", "b")))
    assert [child.astext() for child in flat(part)] == ["Words.", "a b."]
    assert long_table(table(*[("a",)] * 13), 12)
    assert not long_table(table(*[("a",)] * 12), 12)


def test_each_card_stands_once_in_the_chapters_and_once_in_the_appendix(latex_book: Path) -> None:
    text = latex_book.read_text(encoding="utf-8")
    chapters, appendix = text.split("\\appendix", 1)
    assert ABOUT.split(":")[0] in appendix
    for name in IDS:
        label = re.findall(rf"\\label\{{(equation:[^}}]*:{name})\}}", chapters)
        assert len(label) == 1, name
        assert appendix.count(f"\\detailnumber{{{label[0]}}}") == 1, name
        assert f":details-{name}}}]" in chapters, name
        assert re.search(rf"\\label\{{[^\n]*:details-{name}\}}", appendix), name
    assert chapters.count(DETAILS) == len(IDS)


def test_what_is_looked_up_stands_in_two_columns_and_without_tables(latex_book: Path) -> None:
    chapters, appendix = latex_book.read_text(encoding="utf-8").split("\\appendix", 1)
    assert "\\begin{reference}" not in chapters.split("\\begin{document}", 1)[1]
    parts = re.findall(r"\\begin\{reference\}(.*?)\\end\{reference\}", appendix, re.DOTALL)
    assert len(parts) == appendix.count("\\chapter{")
    assert not [part for part in parts if "{longtable}" in part or "{tabulary}" in part]


def test_an_e_book_has_them_at_the_end_of_the_chapter(epub_book: Path) -> None:
    with zipfile.ZipFile(epub_book) as book:
        pages = [ET.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")]
    places = [{element.get("id") for element in page.iter()} for page in pages]
    for name in IDS:
        assert sum({name, f"details-{name}"} <= found for found in places) == 1, name
    for page in pages:
        for card in page.iter(f"{XHTML}article"):
            assert not list(card.iter(f"{XHTML}details"))
            assert not list(card.iter(f"{XHTML}table"))


@pytest.mark.skipif(bool(editions.missing()), reason="no LaTeX here; README.md says what to install")
def test_no_chapter_is_long(typeset_book: Path) -> None:
    toc = typeset_book.with_suffix(".toc").read_text(encoding="utf-8")
    found = re.findall(r"\\contentsline \{(?:chapter|part)\}\{\\?(?:numberline )?(?:\{(\w+)\})?.*\{(\d+)\}\{", toc)
    main = [number for number, _ in found].index("A") + 1  # the first appendix is where the last chapter ends
    between = itertools.pairwise(found[:main])
    lengths = {number: int(after) - int(start) for (number, start), (_, after) in between if number}
    assert len(lengths) > 30
    assert {name: pages for name, pages in lengths.items() if pages > LONGER.get(name, PAGES)} == {}
