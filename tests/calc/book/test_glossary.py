"""The book's words."""

from __future__ import annotations

import re

import pytest

from calc.base.errors import DataError
from calc.book.glossary import all_terms, read_terms
from calc.render.pages.glossary import glossary
from tests.calc.support import refused

TERM = "[[term]]\nname = 'PUE'\ntext = 'A ratio.'\n"


def test_each_word_has_an_entry_with_the_symbols_of_its_quantities() -> None:
    text = glossary()
    for term in all_terms():
        assert re.search(rf"^{re.escape(term.name)}\n  \S", text, re.MULTILINE), term.name
        assert all(f"${q.latex}$" in text for q in term.quantities)


@pytest.mark.parametrize("term", [pytest.param(term, id=term.name) for term in all_terms()])
def test_what_it_says_is_whole_sentences(term: object) -> None:
    assert re.fullmatch(r"[A-Z].*[.]", getattr(term, "text", ""))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[term]", "glossary.toml"),
        (TERM + TERM, "stands there twice"),
        (TERM + "quantity = ['pue']", "did you mean 'quantities'"),
        (TERM + "quantities = ['pu']", "did you mean 'pue'"),
        (TERM.replace("'PUE'", "''"), "term 1 has no name"),
        (TERM.replace("'A ratio.'", "''"), "'PUE' has no text"),
        (TERM.replace("'A ratio.'", "5"), "glossary.toml, line 3: term 1 'PUE': text must be text, not 5"),
        ("term = 5", "glossary.toml, line 1: term must be tables headed [[term]], not 5"),
        (
            TERM.replace("term", "terms"),
            "glossary.toml, line 1: unknown key 'terms'; accepted: term; did you mean 'term'",
        ),
        (TERM + "quantities = 'pue'", "line 4: term 1 'PUE': quantities must be a list of texts, not 'pue'"),
        ("", "glossary.toml is empty"),
    ],
)
def test_what_is_refused(text: str, says: str) -> None:
    with refused(DataError, says):
        read_terms(text)
