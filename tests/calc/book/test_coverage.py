"""The map of both articles: complete, and well-formed. tests/book holds it against the site."""

from __future__ import annotations

from collections import Counter

import pytest

from calc.base.errors import DataError
from calc.book.claims import all_claims
from calc.book.coverage import Part, Place, all_parts, articles, read_parts
from calc.render.pages import ledger
from tests.calc.support import refused

PART = "[[mohit2026]]\nheading = 'One'\nplaces = ['chapters/a#b']\n"


def test_every_part_of_both_articles_is_listed() -> None:
    # Counted in the articles: headings with the title, tables, questions.
    found = Counter((part.source, part.kind) for part in all_parts())
    assert found == {
        ("mohit2026", "section"): 13,
        ("datacentrepower2026", "section"): 21,
        ("datacentrepower2026", "table"): 1,
        ("datacentrepower2026", "question"): 7,
    }


@pytest.mark.parametrize("part", [pytest.param(part, id=part.heading) for part in all_parts()])
def test_every_part_has_a_place(part: Part) -> None:
    assert part.places


def test_every_claim_stands_in_sections_that_are_listed() -> None:
    known = {(part.source, part.heading) for part in all_parts()}
    strays = [
        (one.id, section) for one in all_claims() for section in one.sections if (one.source, section) not in known
    ]
    assert strays == []


def test_the_ledger_has_every_claim_once_in_the_order_of_the_article() -> None:
    listed = [one for article in articles() for one in ledger.in_order(article)]
    assert sorted(one.id for one in listed) == sorted(one.id for one in all_claims())
    order = [part.heading for part in all_parts() if part.source == "mohit2026"]
    places = [order.index(one.sections[0]) for one in ledger.in_order("mohit2026")]
    assert places == sorted(places)


def test_a_part() -> None:
    assert read_parts(PART) == (Part("mohit2026", "One", "section", (Place("chapters/a", "b"),)),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[mohit2026]", "coverage.toml"),
        (PART.replace("mohit2026", "mohit2025"), "did you mean 'mohit2026'"),
        ("[mohit2026]\nheading = 'One'", "must be tables"),
        (PART + PART, "stands there twice"),
        (PART.replace("heading", "headin"), "did you mean 'heading'"),
        (PART.replace("'One'", "''"), "has no heading"),
        (PART + "kind = 'questio'", "did you mean 'question'"),
        (PART.replace("'chapters/a#b'", ""), "no place in the book"),
        (PART.replace("a#b", "a b"), "is not a place"),
        (PART.replace("'chapters/a#b'", "3"), "line 3: mohit2026 1 'One': places must be a list of places such as"),
    ],
)
def test_what_is_refused(text: str, says: str) -> None:
    with refused(DataError, says):
        read_parts(text)
