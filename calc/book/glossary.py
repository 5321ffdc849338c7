"""The book's words, each with what it means and the quantities that it stands for."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from calc.base.errors import CalcError, DataError, nearest
from calc.base.quantities import Quantity, quantity

__all__ = ["Term", "all_terms", "read_terms"]

_KEYS = ("name", "text", "quantities")


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
    text = resources.files("calc").joinpath("data/glossary.toml").read_text(encoding="utf-8")
    return tuple(sorted(read_terms(text), key=lambda term: term.name.lower()))


def read_terms(text: str) -> tuple[Term, ...]:
    r"""Read words from TOML.

    Raises
    ------
    DataError : naming the word and the key.

    Examples
    --------
    >>> read_terms("[[term]]\nname = 'PUE'")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: glossary.toml: 'PUE' has no text
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"glossary.toml: {error}") from None
    terms = [_read(table, number) for number, table in enumerate(data.get("term", []), 1)]
    names = [term.name.lower() for term in terms]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise DataError(f"glossary.toml: {twice[0]!r} stands there twice")
    return tuple(terms)


def _read(table: dict[str, Any], number: int) -> Term:
    name = str(table.get("name", "")).strip()
    where = f"glossary.toml: {name!r}" if name else f"glossary.toml: term {number}"
    for key in table:
        if key not in _KEYS:
            raise DataError(f"{where}: unknown key {key!r}; accepted: {', '.join(_KEYS)}{nearest(key, _KEYS)}")
    missing = [key for key in ("name", "text") if not str(table.get(key, "")).strip()]
    if missing:
        raise DataError(f"{where} has no {', '.join(missing)}")
    try:
        quantities = tuple(quantity(one) for one in table.get("quantities", []))
    except CalcError as error:
        raise DataError(f"{where}: {error}") from None
    return Term(name, table["text"], quantities)
