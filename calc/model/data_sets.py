"""Data sets that values were taken from: who owns them, under which licence, and how they want to be named.

A single figure of a paper or a data sheet is a plain fact, which needs its source and nothing else. What comes from a
data set is listed in ``data/data_sets.toml``, which NOTICE and the page on licences repeat.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any

from calc.base.errors import DataError, nearest
from calc.model.input import Input
from calc.model.source_keys import check_source

__all__ = ["LICENCES", "DataSet", "data_set_of", "data_sets"]

# What may be taken into the book: none of them asks that the book take the same licence.
LICENCES = ("public domain", "CC0 1.0", "CC BY 3.0", "CC BY 4.0", "Apache-2.0", "MIT", "open publication")

_FILE = "data_sets.toml"
_TEXTS = ("name", "owner", "licence", "attribution", "address")


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
    text = resources.files("calc").joinpath(f"data/{_FILE}").read_text(encoding="utf-8")
    return MappingProxyType({key: _read(key, table) for key, table in tomllib.loads(text).items()})


def _read(key: str, table: Any) -> DataSet:
    where = f"{_FILE}: {key}"
    if not isinstance(table, dict):
        raise DataError(f"{where} must be a table, not {table!r}")
    accepted = (*_TEXTS, "sources")
    for name in table:
        if name not in accepted:
            raise DataError(f"{where}: unknown key {name!r}; accepted: {', '.join(accepted)}{nearest(name, accepted)}")
    for name in _TEXTS:
        if not isinstance(table.get(name), str) or not table[name]:
            raise DataError(f"{where}: {name} must be text, not {table.get(name)!r}")
    if table["licence"] not in LICENCES:
        accepted_licences = f"{', '.join(LICENCES)}{nearest(table['licence'], LICENCES)}"
        raise DataError(f"{where}: licence {table['licence']!r} is none of {accepted_licences}")
    sources = table.get("sources", [])
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        raise DataError(f"{where}: sources must be a list of keys of references.bib, not {sources!r}")
    for source in sources:
        check_source(source, f"{where}: sources")
    return DataSet(key, *(table[name] for name in _TEXTS), tuple(sources))


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
