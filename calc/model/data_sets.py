"""Data sets that values were taken from: who owns them, under which licence, and how they want to be named.

A single figure of a paper or a data sheet is a plain fact, which needs its source and nothing else. What comes from a
data set is listed in ``data/data_sets.toml``, which NOTICE and the page on licences repeat.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, Table, read
from calc.model.input import Input
from calc.model.source_keys import check_source

__all__ = ["DATA_SETS", "LICENCES", "DataSet", "data_set_of", "data_sets", "read_data_sets"]

# What may be taken into the book: none of them asks that the book take the same licence.
LICENCES = ("public domain", "CC0 1.0", "CC BY 3.0", "CC BY 4.0", "Apache-2.0", "MIT", "open publication")

DATA_SETS = "data_sets.toml"
_TEXTS = ("name", "owner", "licence", "attribution", "address")
_KEYS = {
    **{name: Key(needed=True) for name in _TEXTS},
    "licence": Key(needed=True, choices=LICENCES),
    "sources": Key("texts"),
}


@dataclass(frozen=True)
class DataSet:
    """A data set that the book has values of.

    Attributes
    ----------
    id : its key in the file.
    name, owner : what it is called, and whose it is.
    licence : one of `LICENCES`.
    attribution : the sentence in which its owner is named.
    address : where it is found.
    sources : keys of references.bib; what cites one of them is from this data set.
    """

    id: str
    name: str
    owner: str
    licence: str
    attribution: str
    address: str
    sources: tuple[str, ...]


@functools.cache
def data_sets() -> Mapping[str, DataSet]:
    """Every data set, by id.

    Raises
    ------
    DataError : the file is wrong; says in what.

    Examples
    --------
    >>> data_sets()["eia"].licence
    'public domain'
    """
    return MappingProxyType(read_data_sets(packaged_text(DATA_SETS)))


def read_data_sets(text: str) -> dict[str, DataSet]:
    """Data sets from TOML.

    Raises
    ------
    DataError : naming file, line and key.
    """
    found = read(text, DATA_SETS, {ANY: Key("table", of=_KEYS)})
    return {key: _read(key, table) for key, table in found.items()}


def _read(key: str, table: Table) -> DataSet:
    for source in table.get("sources", ()):
        with table.blamed("sources"):
            check_source(source)
    return DataSet(
        key, table.text("name"), table.text("owner"), table.text("licence"), table.text("attribution"),
        table.text("address"), table.get("sources", ()),
    )  # fmt: skip


@functools.cache
def _by_source() -> Mapping[str, DataSet]:
    return {source: one for one in data_sets().values() for source in one.sources}


def data_set_of(given: Input) -> DataSet | None:
    """The data set that a value was taken from, by its own word or by its source; None where it is a plain fact.

    Examples
    --------
    >>> from calc import scenario
    >>> data_set_of(scenario("gpt-4")["electricity_sales"]).id, data_set_of(scenario("gpt-4")["gpus"])
    ('eia', None)
    """
    return data_sets()[given.data_set] if given.data_set else _by_source().get(given.source or "")
