"""Where the book treats each section of the two articles.

``data/coverage.toml`` has one table a section, in the articles' order: its heading, what kind of thing it is, and the
places in the book that treat it, each a page and a heading on it as the page's address has it::

    [[part]]
    heading = "Cooling and PUE"
    places = ["chapters/cooling-pue", "chapters/cooling-pue#where-must-pue-not-be-applied"]

A part without a place is refused, and the tests refuse a place that the built site does not have.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, Table, read
from calc.model.source_keys import check_source

__all__ = ["KINDS", "Part", "Place", "all_parts", "articles", "read_parts"]

KINDS = ("section", "table", "question")
_EXAMPLE = "'chapters/serving#how-much-power-is-it'"
_KEYS: Mapping[str, Key] = {
    "heading": Key(needed=True),
    "kind": Key(choices=KINDS),
    "places": Key("texts", words=f"a list of places such as {_EXAMPLE}"),
}
# One list of tables an article, named by its key in references.bib.
_FILE: Mapping[str, Key] = {ANY: Key("tables", needed=True, of=_KEYS, name="heading", unique=True)}
_PLACE = re.compile(r"(?P<page>[a-z0-9/-]+)(?:#(?P<heading>[a-z0-9-]+))?")


@dataclass(frozen=True)
class Place:
    """A page of the book, by its path without suffix, and a heading on it; no heading is the page as a whole."""

    page: str
    heading: str


@dataclass(frozen=True)
class Part:
    """A section, table or question of an article.

    Attributes
    ----------
    source : key of the article in references.bib.
    heading : the heading of the section, or the question, as the article has it.
    kind : one of `KINDS`.
    places : where the book treats it; at least one.
    """

    source: str
    heading: str
    kind: str
    places: tuple[Place, ...]


@functools.cache
def all_parts() -> tuple[Part, ...]:
    """Every part of both articles, in their order.

    Raises
    ------
    DataError : the file is wrong; names the part and the key.

    Examples
    --------
    >>> all_parts()[1].heading
    'What does it take to train one giant LLM'
    """
    return read_parts(packaged_text("coverage.toml"))


def articles() -> tuple[str, ...]:
    """The articles that the book follows, as keys of references.bib: the main one, and the one it was written from.

    Examples
    --------
    >>> articles()
    ('mohit2026', 'datacentrepower2026')
    """
    return tuple(dict.fromkeys(part.source for part in all_parts()))


def read_parts(text: str) -> tuple[Part, ...]:
    r"""Read parts from TOML: one table an article, named by its key in references.bib.

    Raises
    ------
    DataError : naming line, article, part and key.

    Examples
    --------
    >>> read_parts("[[mohit2026]]\nheading = 'Cooling and PUE'\nplaces = []")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: coverage.toml, line 1: mohit2026 1 'Cooling and PUE' has no place in the book
    """
    found = []
    file = read(text, "coverage.toml", _FILE)
    for source, tables in file.items():
        with file.blamed(source):
            check_source(source)
        found += [_read(table, source) for table in tables]
    return tuple(found)


def _read(table: Table, source: str) -> Part:
    if not table.get("places"):
        raise table.place.wrong(" has no place in the book")
    places = tuple(_place(place, table) for place in table["places"])
    return Part(source, table["heading"], table.get("kind", "section"), places)


def _place(text: str, table: Table) -> Place:
    match = _PLACE.fullmatch(text)
    if match is None:
        raise table.wrong(f"{text!r} is not a place; write one such as {_EXAMPLE}", "places")
    return Place(match["page"], match["heading"] or "")
