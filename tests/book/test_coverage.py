"""The generated pages of the built site: every place of the map exists, every claim and every result is listed."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from calc import all_formulas
from calc.book.claims import all_claims
from calc.book.coverage import Part, all_parts
from calc.book.glossary import all_terms

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]


def plain(text: str) -> str:
    """Text with straight quotes: the build makes others of them."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def words(text: str) -> str:
    """What a page shows, without its markup, and with straight quotes."""
    return plain(re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", text))))


def page(site: Path, name: str) -> str:
    return (site / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", [pytest.param(part, id=part.heading) for part in all_parts()])
def test_every_place_of_the_map_is_in_the_site(site: Path, part: Part) -> None:
    for place in part.places:
        assert (site / f"{place.page}.html").is_file(), place
        if place.heading:
            assert f'id="{place.heading}"' in page(site, place.page), place


def test_the_map_lists_every_part(site: Path) -> None:
    shown = words(page(site, "chapters/coverage"))
    assert [part.heading for part in all_parts() if plain(part.heading) not in shown] == []


def test_the_ledger_lists_every_claim_with_its_verdict(site: Path) -> None:
    text = page(site, "chapters/ledger")
    rows = [words(row) for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL)]
    for one in all_claims():
        assert any(plain(one.says) in row and one.verdict in row for row in rows), one.id


def test_the_index_of_results_lists_every_formula(site: Path) -> None:
    text = page(site, "chapters/results")
    for formula in all_formulas():
        # A scenario may have the same name, and then stands after "in".
        row = re.findall(rf'<p><code[^>]*><span class="pre">{formula.id}</span>', text)
        assert len(row) == 1, formula.id


def test_the_glossary_has_every_term(site: Path) -> None:
    text = page(site, "chapters/glossary")
    assert text.count('<dt id="term-') == len(all_terms())
