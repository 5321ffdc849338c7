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
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from calc.base.errors import DataError, nearest
from calc.model.source_keys import check_source

__all__ = ["KINDS", "Part", "Place", "all_parts", "articles", "read_parts"]

KINDS = ("section", "table", "question")
_KEYS = ("heading", "kind", "places")
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
    text = resources.files("calc").joinpath("data/coverage.toml").read_text(encoding="utf-8")
    return read_parts(text)


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
    DataError : naming the article, the part and the key.

    Examples
    --------
    >>> read_parts("[[mohit2026]]\nheading = 'Cooling and PUE'\nplaces = []")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: coverage.toml: mohit2026: 'Cooling and PUE' has no place in the book
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"coverage.toml: {error}") from None
    found = []
    for source, tables in data.items():
        where = f"coverage.toml: {source}"
        check_source(source, "coverage.toml")
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise DataError(f"{where} must be tables headed [[{source}]]")
        parts = [_read(table, source, where) for table in tables]
        for part in parts:
            if [other.heading for other in parts].count(part.heading) > 1:
                raise DataError(f"{where}: {part.heading!r} stands there twice")
        found += parts
    return tuple(found)


def _read(table: dict[str, Any], source: str, where: str) -> Part:
    for key in table:
        if key not in _KEYS:
            raise DataError(f"{where}: unknown key {key!r}; accepted: {', '.join(_KEYS)}{nearest(key, _KEYS)}")
    heading, kind = table.get("heading"), table.get("kind", "section")
    if not isinstance(heading, str) or not heading.strip():
        raise DataError(f"{where}: a part has no heading")
    if kind not in KINDS:
        raise DataError(f"{where}: {heading!r}: {kind!r} is none of {', '.join(KINDS)}{nearest(str(kind), KINDS)}")
    places = table.get("places", [])
    if not places:
        raise DataError(f"{where}: {heading!r} has no place in the book")
    return Part(source, heading, kind, tuple(_place(place, f"{where}: {heading!r}") for place in places))


def _place(text: Any, where: str) -> Place:
    match = _PLACE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise DataError(f"{where}: {text!r} is not a place; write one such as 'chapters/serving#how-much-power-is-it'")
    return Place(match["page"], match["heading"] or "")
