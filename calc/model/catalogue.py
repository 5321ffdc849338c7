"""The catalogue of what ages and is chosen: models, accelerators, servers, places, prices, in ``data/catalogue``.

An entry is one table of a file, and each value in it is an input like a scenario's, with its source. No quantity
belongs to two kinds, so that it need never be asked which of two entries goes before the other. `calc.model.choose`
lays entries over a scenario.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from types import MappingProxyType
from typing import Any

from calc.base.broken import find_broken
from calc.base.errors import DataError, UnknownNameError, an, nearest
from calc.base.quantities import all_quantities, quantity
from calc.base.text_files import packaged_text
from calc.base.toml_places import shown
from calc.base.toml_tables import ANY, Key, Table, read
from calc.model.input import Input
from calc.model.input_file import read_input
from calc.model.scenario import Scenario

__all__ = [
    "KINDS", "OF_A_GPU", "PARTNERS", "PLURALS", "Entry", "entries", "entry", "files", "find", "headers", "is_of_a_gpu",
    "read_entries", "stated",
]  # fmt: skip

KINDS = {"models": "model", "accelerators": "accelerator", "servers": "server", "places": "place", "prices": "price"}
PARTNERS = {"accelerator": "server", "server": "accelerator"}
BELONGS = {"price": "accelerator"}
OF_A_GPU = ("gpu_rent", "gpu_price")  # prices that are one accelerator's, and no other's

_KEYS = {"title": Key(needed=True), "about": Key(), "aliases": Key("texts")}
PLURALS = {kind: plural for plural, kind in KINDS.items()}


@dataclass(frozen=True)
class Entry:
    """One thing of the catalogue.

    Attributes
    ----------
    kind : one of the values of `KINDS`.
    id : its key, which is unique in the whole catalogue.
    title, about : what it is called, and what it is.
    aliases : other ids under which it is found.
    partner : of an accelerator the server that its maker rates, of a server its accelerator: an id, or nothing.
    inputs : its values by name of quantity.
    accelerator : of a price, the accelerator whose it is: an id, or nothing.
    """

    kind: str
    id: str
    title: str
    about: str
    aliases: tuple[str, ...]
    partner: str
    inputs: Mapping[str, Input]
    accelerator: str = ""

    @property
    def scenario(self) -> Scenario:
        """Its values alone, as a scenario."""
        return Scenario(self.id, self.title, self.about, self.inputs)


def entry(kind: str, name: str) -> Entry:
    """An entry by its id or an alias.

    Parameters
    ----------
    kind : one of the values of `KINDS`.
    name : the id.

    Raises
    ------
    UnknownNameError : there is none of that kind, naming the nearest.
    DataError : its table is wrong.

    Examples
    --------
    >>> entry("accelerator", "h100").id, entry("server", "dgx-h100").inputs["server_power"].value
    ('h100-sxm', Fraction(51, 5))
    >>> entry("server", "dgx-h10")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: 'dgx-h10' is not among the catalogue's servers, which `t2t catalogue servers`
    lists; did you mean 'dgx-h100'?
    """
    if not isinstance(name, str):
        plural = PLURALS[kind]
        also = f"; did you mean {plural!r}?" if plural in (q.name for q in all_quantities()) else ""
        raise DataError(f"{kind} takes the id of an entry of the catalogue, as text, not {name!r}{also}")
    for file, text in files(kind):
        if name in headers(text):
            return _read(kind, name, file, text)
    for one in entries(kind):
        if name in one.aliases:
            return one
    known = [known for one in entries(kind) for known in (one.id, *one.aliases)]
    elsewhere = next((other for other in KINDS.values() if name in _names(other)), None)
    hint = f"; {name!r} is {an(elsewhere)}" if elsewhere else nearest(name, known)
    plural = PLURALS[kind]
    raise UnknownNameError(
        f"{name!r} is not among the catalogue's {plural}, which `t2t catalogue {plural}` lists{hint}"
    )


def find(name: str) -> Entry:
    """An entry of any kind.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.
    """
    for kind in KINDS.values():
        if name in _names(kind):
            return entry(kind, name)
    known = [known for kind in KINDS.values() for known in _names(kind)]
    raise UnknownNameError(f"{name!r} is not in the catalogue, which `t2t catalogue` lists{nearest(name, known)}")


@functools.cache
def entries(kind: str) -> tuple[Entry, ...]:
    """All entries of a kind, in the order of their files.

    Raises
    ------
    DataError : a table is wrong, or an id or alias stands twice; names file, line and key.
    """
    found = [one for file, text in files(kind) for one in read_entries(text, file, kind)]
    seen: set[str] = set()
    for one in found:
        for name in (one.id, *one.aliases):
            if name in seen:
                raise DataError(f"the catalogue has {name!r} twice among its {PLURALS[kind]}")
            seen.add(name)
    return tuple(found)


def read_entries(text: str, file: str, kind: str) -> tuple[Entry, ...]:
    """The entries of one file.

    Parameters
    ----------
    text : the file's content.
    file : the file's name, for messages.
    kind : one of the values of `KINDS`.

    Raises
    ------
    DataError : naming file, line and key.
    """
    if not re.search(r"^\s*[^\s#]", text, re.MULTILINE):  # a kind may have no entries yet
        return ()
    return tuple(_entry(kind, name, table) for name, table in read(text, file, {ANY: _entry_key(kind)}).items())


def is_of_a_gpu(one: Entry) -> bool:
    """Whether an entry is what one accelerator costs.

    Examples
    --------
    >>> is_of_a_gpu(entry("price", "rent-h100-sxm-2025-03-03"))
    True
    """
    return not one.inputs.keys().isdisjoint(OF_A_GPU)


def _names(kind: str) -> list[str]:
    return [name for one in entries(kind) for name in (one.id, *one.aliases)]


@functools.cache
def files(kind: str) -> tuple[tuple[str, str], ...]:
    """The files of a kind, ``servers.toml`` and such as ``servers-nvidia.toml``: name and text of each."""
    plural = PLURALS[kind]
    folder = resources.files("calc").joinpath("data/catalogue")
    names = sorted(file.name for file in folder.iterdir() if re.fullmatch(rf"{plural}(-\w+)?\.toml", file.name))
    return tuple((name, packaged_text(f"catalogue/{name}")) for name in names)


@functools.cache
def headers(text: str) -> Mapping[str, tuple[int, int]]:
    """Where each entry's lines begin and end: to read one of hundreds, the others need not be parsed."""
    lines = text.splitlines()
    starts: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        if "[" in line and (match := re.match(r"\s*\[\s*(?:\"([^\"]+)\"|([\w-]+))\s*[\].]", line)):
            name = match[1] or match[2]
            if not starts or starts[-1][0] != name:
                starts.append((name, number))
    ends = [*(start for _, start in starts[1:]), len(lines)]
    return {name: (start, end) for (name, start), end in zip(starts, ends, strict=False)}


@functools.cache
def _alone(kind: str, name: str, file: str, text: str) -> Table:
    """The table of one entry, its lines where they are in the file."""
    start, end = headers(text)[name]
    alone: Table = read("\n" * start + "\n".join(text.splitlines()[start:end]), file, {name: _entry_key(kind)})[name]
    return alone


def _entry_key(kind: str) -> Key:
    return Key("table", of={**_KEYS, **{key: Key() for key in _named(kind)}, ANY: Key("raw")})


def _named(kind: str) -> list[str]:
    """The kinds of which an entry of this kind may name one."""
    return [table[kind] for table in (PARTNERS, BELONGS) if kind in table]


@functools.cache
def _read(kind: str, name: str, file: str, text: str) -> Entry:
    return _entry(kind, name, _alone(kind, name, file, text))


def _entry(kind: str, name: str, table: Table) -> Entry:
    accepted = [*_KEYS, *_named(kind)]
    stray = next((key for key, value in table.items() if key not in accepted and not isinstance(value, dict)), None)
    if stray is not None:
        said = f"accepted: {', '.join(accepted)}, or the table of a quantity{nearest(stray, accepted)}"
        raise table.wrong(f"unknown key {shown(stray)}; {said}", stray)
    inputs: dict[str, Input] = {}
    values = _stated(table)
    if not values:
        raise table.wrong("it has no values")
    for key, value in values.items():
        if find_broken("quantity", name=key):
            continue  # what needs it says so; all else goes on
        new = replace(read_input(key, value, table.place.of(key), "book"), entry=name)
        if new.quantity.name in inputs:
            raise table.wrong(f"states {new.quantity.name} twice", key)
        inputs[new.quantity.name] = new
    partner, whose, aliases = *(table.text(of.get(kind, "")) for of in (PARTNERS, BELONGS)), table.get("aliases", ())
    title, about = table.text("title"), table.text("about")
    return Entry(kind, name, title, about, aliases, partner, MappingProxyType(inputs), whose)


def _stated(table: Table) -> dict[str, Any]:
    """The tables of its values, by the names of their quantities as the file has them."""
    return {key: value for key, value in table.items() if isinstance(value, dict)}


def stated(one: Entry, name: str) -> Mapping[str, Any]:
    """The table of one value, as the parser yields it.

    Parameters
    ----------
    one : an entry that has it.
    name : the quantity's name.
    """
    file, text = next((file, text) for file, text in files(one.kind) if one.id in headers(text))
    tables = _stated(_alone(one.kind, one.id, file, text))
    usable = (key for key in tables if not find_broken("quantity", name=key))
    return next(tables[key] for key in usable if quantity(key).name == name)
