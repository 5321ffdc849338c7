"""The catalogue of what ages and is chosen: models, accelerators, servers, places, prices, in ``data/catalogue``.

An entry is one table of a file, and each value in it is an input like a scenario's, with its source. A scenario's file
names entries (``server = "dgx-h100"``), or takes one value of one (``[inputs.server_power]`` with ``server =
"dgx-h100"``); a reader lays entries over a scenario. Three rules keep machines apart:

- A chosen entry replaces all that the scenario had from another entry of its kind, and adds all that it has.
- An accelerator brings the server that its maker rates, and a server its accelerator, unless that is chosen too. What
  is brought replaces what the scenario had, and adds nothing.
- No quantity belongs to two kinds, so that the order in which entries are laid does not matter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from types import MappingProxyType
from typing import Any

from calc.base.errors import DataError, UnknownNameError, nearest
from calc.base.memo import kept
from calc.base.quantities import all_quantities, quantity
from calc.base.toml_places import Place
from calc.base.toml_tables import ANY, Key, Table, as_table, packaged_text, read
from calc.model.input import Input
from calc.model.input_file import read_input
from calc.model.scenario import Choice, Scenario

__all__ = ["KINDS", "PARTNERS", "Entry", "choose", "entries", "entry", "find", "kind_named", "lay", "read_stated"]

KINDS = {"models": "model", "accelerators": "accelerator", "servers": "server", "places": "place", "prices": "price"}
PARTNERS = {"accelerator": "server", "server": "accelerator"}

_KEYS = {"title": Key(needed=True), "about": Key(), "aliases": Key("texts")}
_PLURALS = {kind: plural for plural, kind in KINDS.items()}


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
    """

    kind: str
    id: str
    title: str
    about: str
    aliases: tuple[str, ...]
    partner: str
    inputs: Mapping[str, Input]

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
    calc.base.errors.UnknownNameError: 'dgx-h10' is not among the catalogue's servers, which `t2t catalogue servers` lists;
    did you mean 'dgx-h100'?
    """
    if not isinstance(name, str):
        plural = _PLURALS[kind]
        also = f"; did you mean {plural!r}?" if plural in (q.name for q in all_quantities()) else ""
        raise DataError(f"{kind} takes the id of an entry of the catalogue, as text, not {name!r}{also}")
    for file, text in _files(kind):
        if name in _headers(text):
            return _read(kind, name, file, text)
    for one in entries(kind):
        if name in one.aliases:
            return one
    known = [known for one in entries(kind) for known in (one.id, *one.aliases)]
    elsewhere = next((other for other in KINDS.values() if name in _names(other)), None)
    hint = f"; {name!r} is a {elsewhere}" if elsewhere else nearest(name, known)
    plural = _PLURALS[kind]
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
    found = [_read(kind, name, file, text) for file, text in _files(kind) for name in _ids(text, file)]
    seen: set[str] = set()
    for one in found:
        for name in (one.id, *one.aliases):
            if name in seen:
                raise DataError(f"the catalogue has {name!r} twice among its {_PLURALS[kind]}")
            seen.add(name)
    return tuple(found)


def _ids(text: str, file: str) -> Iterator[str]:
    return iter(read(text, file, {ANY: Key("table")}))


def _names(kind: str) -> list[str]:
    return [name for one in entries(kind) for name in (one.id, *one.aliases)]


@functools.cache
def _files(kind: str) -> tuple[tuple[str, str], ...]:
    """The files of a kind, ``servers.toml`` and such as ``servers-nvidia.toml``: name and text of each."""
    plural = _PLURALS[kind]
    folder = resources.files("calc").joinpath("data/catalogue")
    names = sorted(file.name for file in folder.iterdir() if re.fullmatch(rf"{plural}(-\w+)?\.toml", file.name))
    return tuple((name, packaged_text(f"catalogue/{name}")) for name in names)


@functools.cache
def _headers(text: str) -> Mapping[str, tuple[int, int]]:
    """Where each entry's lines begin and end: to read one of hundreds, the others need not be parsed."""
    lines = text.splitlines()
    starts: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        if match := re.match(r"\s*\[\s*(?:\"([^\"]+)\"|([\w-]+))\s*[\].]", line):
            name = match[1] or match[2]
            if not starts or starts[-1][0] != name:
                starts.append((name, number))
    ends = [*(start for _, start in starts[1:]), len(lines)]
    return {name: (start, end) for (name, start), end in zip(starts, ends, strict=False)}


@functools.cache
def _table(kind: str, name: str, file: str, text: str) -> Table:
    """The table of one entry, its lines where they are in the file."""
    start, end = _headers(text)[name]
    keys = {**_KEYS, **({PARTNERS[kind]: Key()} if kind in PARTNERS else {}), ANY: Key("raw")}
    alone: Table = read("\n" * start + "\n".join(text.splitlines()[start:end]), file, {name: Key("table", of=keys)})[name]
    stray = next((key for key, value in alone.items() if key not in keys and not isinstance(value, dict)), None)
    if stray is not None:
        accepted = [key for key in keys if key != ANY]
        said = f"accepted: {', '.join(accepted)}, or the table of a quantity{nearest(stray, accepted)}"
        raise alone.wrong(f"unknown key {stray!r}; {said}", stray)
    return alone


def _stated(table: Table) -> dict[str, Any]:
    """The tables of its values, by the names of their quantities as the file has them."""
    return {key: value for key, value in table.items() if isinstance(value, dict)}


@functools.cache
def _read(kind: str, name: str, file: str, text: str) -> Entry:
    table = _table(kind, name, file, text)
    inputs: dict[str, Input] = {}
    for key, value in _stated(table).items():
        new = replace(read_input(key, value, table.place.of(key), "book"), entry=name)
        if new.quantity.name in inputs:
            raise table.wrong(f"states {new.quantity.name} twice", key)
        inputs[new.quantity.name] = new
    if not inputs:
        raise table.wrong("it has no values")
    partner, aliases = table.text(PARTNERS.get(kind, "")), table.get("aliases", ())
    return Entry(kind, name, table.text("title"), table.text("about"), aliases, partner, MappingProxyType(inputs))


def read_stated(key: str, table: Any, where: Place, origin: str) -> Input:
    """One input of a scenario, which may take its value from an entry and say other things of it.

    Parameters
    ----------
    key : the quantity's name.
    table : as TOML has it, such as ``{"server": "dgx-h100", "low": 7.75, "note": …}``: what it says goes before.
    where : the table's place, for messages.
    origin : ``book`` or ``yours``.

    Raises
    ------
    DataError : there is no such entry, it has no such value, the table states a value or a unit too, or as
        `calc.model.input_file.read_input`.
    """
    named = [kind for kind in KINDS.values() if kind in table] if isinstance(table, dict) else []
    if not named:
        return read_input(key, table, where, origin)
    kind, given = named[0], as_table(table, where, {ANY: Key("raw"), **{kind: Key() for kind in KINDS.values()}})
    if len(named) > 1:
        raise given.wrong(f"it takes its value from one entry, not from a {' and a '.join(named)}", named[1])
    with given.blamed(kind):
        one, q = entry(kind, given.text(kind)), quantity(key)
        if q.name not in one.inputs:
            raise UnknownNameError(f"{one.id} has no {q.name}; it has {', '.join(one.inputs)}")
    for part in ("value", "unit"):
        if part in given:
            raise given.wrong(f"its {part} comes from {kind} {one.id}; leave one of the two out", part)
    file, text = next((file, text) for file, text in _files(kind) if one.id in _headers(text))
    stated = _stated(_table(kind, one.id, file, text))
    theirs = next(value for name, value in stated.items() if quantity(name) == q)
    own = {part: value for part, value in table.items() if part != kind}
    return replace(read_input(key, {**theirs, **own}, where, origin), entry=one.id)


def kind_named(names: Mapping[str, Any]) -> dict[str, str]:
    """Which of these names are kinds, with the entry that each takes.

    Examples
    --------
    >>> kind_named({"server": "dgx-h100", "servers": 5000})
    {'server': 'dgx-h100'}
    """
    return {kind: names[kind] for kind in KINDS.values() if kind in names}


def lay(inputs: Mapping[str, Input], wanted: Mapping[str, str]) -> tuple[dict[str, Input], tuple[Choice, ...]]:
    """Lay entries over the inputs of a scenario.

    Parameters
    ----------
    inputs : by name of quantity.
    wanted : an id for each kind that is chosen.

    Returns
    -------
    The inputs with the entries' values, and what was chosen.

    Raises
    ------
    UnknownNameError : there is no such entry.
    """
    chosen = {kind: entry(kind, name) for kind, name in wanted.items()}
    brought = {
        PARTNERS[kind]: entry(PARTNERS[kind], one.partner)
        for kind, one in chosen.items()
        if kind in PARTNERS and one.partner and PARTNERS[kind] not in chosen
    }
    laid = {**chosen, **brought}
    replaced = {kind: set(_entries_in(inputs, kind)) - {one.id} for kind, one in laid.items()}
    gone = set().union(*replaced.values())
    found = {name: given for name, given in inputs.items() if given.entry not in gone}
    # In the places that they had, so that a table of inputs keeps its order.
    values = {name: given for one in brought.values() for name, given in one.inputs.items() if name in inputs}
    values |= {name: given for one in chosen.values() for name, given in one.inputs.items()}
    order = dict.fromkeys([*(name for name in inputs if name in found or name in values), *values])
    together = {name: values.get(name) or found[name] for name in order}
    return together, tuple(
        Choice(kind, one.id, one.title, tuple(
            Choice(other, it.id, it.title) for other, it in brought.items() if PARTNERS[other] == kind
        ))
        for kind, one in chosen.items()
    )  # fmt: skip


def _entries_in(inputs: Mapping[str, Input], kind: str) -> Iterator[str]:
    """The entries of a kind that values come from."""
    for given in inputs.values():
        if given.entry and any(given.entry in _headers(text) for _, text in _files(kind)):
            yield given.entry


def choose(base: Scenario, wanted: Mapping[str, str]) -> Scenario:
    """A scenario with entries of the catalogue laid over it.

    Its values are still the book's, but it is not a scenario of the book: what rests on the entries is cited as
    somebody's own calculation.

    Parameters, Raises
    ------------------
    As `lay`.

    Examples
    --------
    >>> from calc import scenario
    >>> s = choose(scenario("gpt-4"), {"accelerator": "h100"})
    >>> s.name, float(s["peak_flops"].value), float(s["server_power"].value)
    ('gpt-4 + h100-sxm', 989.0, 10.2)
    """
    if not wanted:
        return base
    resolved = tuple((kind, entry(kind, wanted[kind]).id) for kind in KINDS.values() if kind in wanted)
    return kept(base, ("chosen", resolved), lambda: _chosen(base, dict(resolved)))


def _chosen(base: Scenario, wanted: Mapping[str, str]) -> Scenario:
    inputs, new = lay(base.inputs, wanted)
    kinds = {choice.kind for choice in new}
    choices = (*(choice for choice in base.choices if choice.kind not in kinds), *new)
    first = base.name.partition(" + ")[0]
    title = base.title.removesuffix(_with(base.choices))
    # What goes together is known of the scenario's own values, not of others in their place.
    still = {name for name, given in inputs.items() if base.inputs.get(name) is given}
    return Scenario(
        " + ".join([first, *(choice.id for choice in choices)]),
        title + _with(choices),
        base.about,
        inputs,
        base.book_name,
        base.origin,
        tuple(one for one in base.correlations if {one.first, one.second} <= still),
        choices=choices,
    )


def _with(choices: tuple[Choice, ...]) -> str:
    return f", with {' and '.join(choice.title for choice in choices)}" if choices else ""
