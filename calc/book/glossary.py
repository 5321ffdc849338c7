"""The book's words, each with what it means and the quantities that it stands for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from calc.base.quantities import Quantity, quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, read

__all__ = ["Term", "all_terms", "read_terms"]

_KEYS: Mapping[str, Key] = {"name": Key(needed=True), "text": Key(needed=True), "quantities": Key("texts")}
_FILE: Mapping[str, Key] = {"term": Key("tables", needed=True, of=_KEYS, name="name", unique=True)}


@dataclass(frozen=True)
class Term:
    """A word of the book.

    Attributes
    ----------
    name : the word.
    text : what it means, in a sentence or two.
    quantities : those that it stands for, whose symbols and units the glossary shows.
    """

    name: str
    text: str
    quantities: tuple[Quantity, ...]


@functools.cache
def all_terms() -> tuple[Term, ...]:
    """Every word, in the alphabet's order.

    Raises
    ------
    DataError : ``data/glossary.toml`` is wrong; names the word.

    Examples
    --------
    >>> [term.quantities[0].unit for term in all_terms() if term.name == "PUE"]
    ['1']
    """
    return tuple(sorted(read_terms(packaged_text("glossary.toml")), key=lambda term: term.name.lower()))


def read_terms(text: str) -> tuple[Term, ...]:
    r"""Read words from TOML.

    Raises
    ------
    DataError : naming line, word and key.

    Examples
    --------
    >>> read_terms("[[term]]\nname = 'PUE'")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: glossary.toml, line 1: term 1 'PUE' has no text
    """
    return tuple(_read(table) for table in read(text, "glossary.toml", _FILE)["term"])


def _read(table: Table) -> Term:
    with table.blamed("quantities"):
        quantities = tuple(quantity(one) for one in table.get("quantities", ()))
    return Term(table.text("name"), table["text"], quantities)
