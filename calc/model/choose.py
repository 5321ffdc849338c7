"""Entries of the catalogue taken into a scenario: by its file, or laid over it by a reader.

A scenario's file names entries (``server = "dgx-h100"``), or takes one value of one (``[inputs.server_power]`` with
``server = "dgx-h100"``); a reader lays entries over a scenario. Two rules keep machines apart:

- A chosen entry adds all that it has, and all that the scenario had from another entry of its kind goes.
- An accelerator brings the server that its maker rates, and a server its accelerator, unless that is chosen too. What
  is brought replaces what the scenario had, and adds nothing; to a scenario that had nothing of the kind it adds all.
- What a GPU costs goes with the GPU: laid over by another, a scenario has no price of it any more, and it is asked for.

The values stay the book's. What rests on an entry that a reader chose is no figure of the book, though: it is cited as
the reader's own calculation, with the entry's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from calc.base.errors import UnknownNameError
from calc.base.memo import kept
from calc.base.quantities import quantity
from calc.base.toml_places import Place
from calc.base.toml_tables import ANY, Key, as_table
from calc.model.catalogue import KINDS, OF_A_GPU, PARTNERS, entry, files, headers, stated
from calc.model.input import Input
from calc.model.input_file import read_input
from calc.model.scenario import Choice, Scenario
from calc.model.series import series

__all__ = ["choose", "is_priced", "kind_named", "lay", "priced", "read_stated"]


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
    DataError : there is no such entry or series, it has no such value, the table states a value or a unit too, or as
        `calc.model.input_file.read_input`.
    """
    if isinstance(table, dict) and "series" in table:
        return _of_series(key, table, where, origin)
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
    own = {part: value for part, value in table.items() if part != kind}
    return replace(read_input(key, {**stated(one, q.name), **own}, where, origin), entry=one.id)


def _of_series(key: str, table: Mapping[str, Any], where: Place, origin: str) -> Input:
    """The newest value of a series; `calc.model.as_of` takes older ones."""
    given = as_table(table, where, {"series": Key(needed=True), "of": Key()})
    with given.blamed("series"):
        one, q = series(given.text("series")), quantity(key)
        if one.quantity != q:
            raise UnknownNameError(f"series {one.id} is of {one.quantity.name}, and not of {q.name}")
    return replace(one.as_of().input, of=given.text("of"), origin=origin)


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
    if machine := laid.get("accelerator"):
        found = {
            name: one for name, one in found.items() if name not in OF_A_GPU or is_priced(inputs, name, machine.id)
        }
    # In the places that they had, so that a table of inputs keeps its order.
    values = {
        name: given
        for one in brought.values()
        for name, given in one.inputs.items()
        if name in inputs or inputs.keys().isdisjoint(one.inputs)
    }
    values |= {name: given for one in chosen.values() for name, given in one.inputs.items()}
    order = dict.fromkeys([*(name for name in inputs if name in found or name in values), *values])
    together = {name: values.get(name) or found[name] for name in order}
    return together, tuple(
        Choice(kind, one.id, one.title, tuple(
            Choice(other, it.id, it.title) for other, it in brought.items() if PARTNERS[other] == kind
        ))
        for kind, one in chosen.items()
    )  # fmt: skip


def is_priced(inputs: Mapping[str, Input], name: str, machine: str) -> bool:
    """Whether what a scenario has as the price of a GPU is this accelerator's: by its entry, or as it has no other.

    Examples
    --------
    >>> from calc import scenario
    >>> typical = scenario("typical").inputs
    >>> is_priced(typical, "gpu_rent", "h100-sxm"), is_priced(typical, "gpu_rent", "mi300x")
    (True, False)
    """
    if inputs[name].entry:
        return entry("price", inputs[name].entry).accelerator == machine
    return set(_entries_in(inputs, "accelerator")) == {machine}


def priced(inputs: Mapping[str, Input]) -> dict[str, Input]:
    """The inputs of a scenario without the catalogue's price of a GPU that it does not have."""
    found = dict(inputs)
    for name in OF_A_GPU:
        whose = entry("price", found[name].entry).accelerator if name in found and found[name].entry else ""
        if whose and (machines := set(_entries_in(found, "accelerator"))) and whose not in machines:
            del found[name]
    return found


def _entries_in(inputs: Mapping[str, Input], kind: str) -> Iterator[str]:
    """The entries of a kind that values come from."""
    for given in inputs.values():
        if given.entry and any(given.entry in headers(text) for _, text in files(kind)):
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
        barred=base.barred,
    )


def _with(choices: tuple[Choice, ...]) -> str:
    return f", with {' and '.join(choice.title for choice in choices)}" if choices else ""
