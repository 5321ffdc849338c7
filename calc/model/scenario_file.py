"""Scenarios read from TOML files, and checked before anything is computed."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from calc.base.broken import find_broken
from calc.base.dates import last_day
from calc.base.errors import UnknownNameError, name_given, nearest
from calc.base.quantities import quantity
from calc.base.text_files import file_text, packaged_text, visible
from calc.base.toml_tables import ANY, Key, Table, read
from calc.base.visible import said
from calc.model.as_of import dated_inputs, trend
from calc.model.catalogue import KINDS as CHOSEN
from calc.model.catalogue import entry
from calc.model.choose import kind_named, lay, priced, read_stated
from calc.model.correlation import CORRELATION_KEYS, Correlation, inherited, read_correlations
from calc.model.input import Input
from calc.model.scenario import DEFAULT, Scenario
from calc.model.series import series, series_names

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["load_scenario", "read_scenario", "scenario", "scenario_names"]

_KEYS: Mapping[str, Key] = {
    "title": Key(),
    "about": Key(),
    "extends": Key("text or texts", words="text or a list of texts"),
    **{kind: Key() for kind in CHOSEN.values()},
    "inputs": Key("table", of={ANY: Key("raw")}),  # `read_stated` looks at each
    "correlations": Key("tables", of=CORRELATION_KEYS),
    "short": Key(),
    "first_year": Key("whole number"),
    "last_year": Key("whole number"),
    "derived": Key("texts"),  # quantities that a base fixes, and that are worked out here instead
    "stated": Key(),
    "stated_in": Key(),
    "estimates": Key("texts"),
    "trend": Key(),  # a series: its first and its newest value, and the time between
    "as_of": Key("text or date", words="a year, a month or a day, such as 2025, 2025-07 or 2025-07-15"),
    "barred": Key("table", of={ANY: Key()}),  # quantities that must not be worked out, each with the reason
    "case": Key("table", of={"sought": Key(), "ask": Key(), "sure": Key("number"), "claim": Key()}),  # for the planner
}


def scenario_names() -> tuple[str, ...]:
    """The scenarios that come with the book.

    Examples
    --------
    >>> "gpt-4" in scenario_names()
    True
    """
    return _names_in(resources.files("calc").joinpath("data/scenarios"))  # type: ignore[arg-type]  # a path has a hash


@functools.lru_cache(4)
def _names_in(folder: Traversable) -> tuple[str, ...]:
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


_READ: dict[str, Scenario] = {}


def scenario(name: str = DEFAULT) -> Scenario:
    """A scenario that comes with the book.

    Raises
    ------
    UnknownNameError : there is none of that name, naming the nearest.
    DataError : its file is wrong.

    Examples
    --------
    >>> scenario("gpt4")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: 'gpt4' is not a scenario; did you mean 'gpt-4'?
    """
    return _packaged(name_given(name, "a scenario"), ())


def _packaged(name: str, seen: tuple[str, ...]) -> Scenario:
    """A scenario that comes with the book, read for those that extend it."""
    if name not in _READ:
        names = scenario_names()
        if name in names:
            text = packaged_text(f"scenarios/{name}.toml")
            _READ[name] = read_scenario(text, name, f"{name}.toml", (*seen, name), "book")
        elif name in series_names():
            _READ[name] = trend(series(name))
        else:
            raise UnknownNameError(f"{said(name)} is not a scenario{_near(name, names)}")
    return _READ[name]


def _near(name: str, names: tuple[str, ...]) -> str:
    """An ending that names the scenarios nearest to a name, or the entry of the catalogue that it is."""
    holding = [one for one in names if name.strip() and name.casefold() in one][:5]
    words = nearest(name, names) or f"; {len(names)} are accepted, such as {', '.join(holding or (DEFAULT, 'typical'))}"
    for kind in CHOSEN.values():
        try:
            one = entry(kind, name)
        except UnknownNameError:
            continue
        return f"; {one.id} is an entry of the catalogue: --{kind} {one.id}, or {kind}={one.id!r}"
    return words


def load_scenario(path: str | Path) -> Scenario:
    """A scenario from a file of one's own, which may extend one of the book's, or several.

    Raises
    ------
    DataError : the file cannot be read, or says something that is not accepted; names file, line and key.
    """
    file = path if isinstance(path, Path) else Path(name_given(path, "a file"))
    return read_scenario(file_text(file), visible(file.stem), visible(file.name), ())


def read_scenario(text: str, name: str, file: str, seen: tuple[str, ...], origin: str = "yours") -> Scenario:
    """Read a scenario from TOML.

    Parameters
    ----------
    text : the file's content.
    name : the scenario's name.
    file : the file's name, for messages.
    seen : the book's scenarios that are being read: this one, if it is the book's, and those that extend it.
    origin : ``book`` or ``yours``.

    Raises
    ------
    DataError : naming file, line and key.

    Examples
    --------
    Where two of those that it extends fix a quantity, the first named counts:

    >>> mine = read_scenario('extends = ["hgx-h100", "gpt-4"]', "mine", "mine.toml", ())
    >>> float(mine["server_power"].value), float(mine["pue"].value)
    (10.2, 1.2)
    """
    top = read(text, file, _KEYS)
    bases = _bases(top, seen)
    inputs = {key: given for base in reversed(bases) for key, given in base.inputs.items()}
    for one in _released(top, inputs):
        del inputs[one]
    with top.blamed(next(iter(kind_named(top)), "")):
        inputs, choices = lay(inputs, kind_named(top))
    if "trend" in top:
        with top.blamed("trend"):
            inputs |= trend(series(top["trend"])).inputs
    inputs = priced(inputs | _inputs(top, origin))
    day = _day(top, bases)
    if day is not None:
        with top.blamed("as_of"):
            inputs = dated_inputs(inputs, day)
    correlations: tuple[Correlation, ...]
    if "correlations" in top:
        correlations = read_correlations(top["correlations"], inputs)
    else:
        with top.blamed("extends"):
            correlations = inherited([(base.inputs, base.correlations) for base in bases], inputs)
    return Scenario(
        name, top.get("title", name), top.text("about"), inputs, ", ".join(base.name for base in bases), origin,
        correlations, top.text("short"), top.get("first_year"), top.get("last_year"),
        choices if origin == "yours" else (),  # the book's own scenarios are the book's, whatever they name
        top.text("stated"), tuple(top.get("estimates", ())), top.text("stated_in"), _barred(top, bases, inputs),
        day,
    )  # fmt: skip


def _bases(top: Table, seen: tuple[str, ...]) -> tuple[Scenario, ...]:
    """The scenarios that a file extends, the first named first."""
    given = top.get("extends", ())
    names = (given,) if isinstance(given, str) else given
    found: list[Scenario] = []
    for name in names:
        if name in seen:
            ring = " → ".join((*seen[seen.index(name) :], name))
            raise top.wrong(f"scenarios extend each other in a circle: {ring}", "extends")
        if names.count(name) > 1:
            raise top.wrong(f"extends names {name!r} twice", "extends")
        try:
            found.append(_packaged(name, seen))
        except UnknownNameError as error:
            raise top.wrong(f"extends: {error}", "extends") from None
    return tuple(found)


def _day(top: Table, bases: tuple[Scenario, ...]) -> datetime.date | None:
    """The day whose values a file wants, or one that it extends."""
    if "as_of" in top:
        with top.blamed("as_of"):
            return last_day(top["as_of"])
    return next((base.as_of for base in bases if base.as_of), None)


def _released(top: Table, inherited_inputs: Mapping[str, Input]) -> list[str]:
    """The quantities that a file wants worked out and not inherited."""
    found = []
    for name in top.get("derived", ()):
        with top.blamed("derived"):
            wanted = quantity(name).name
        if wanted not in inherited_inputs:
            raise top.wrong(f"derived: no scenario that it extends fixes {wanted}", "derived")
        if wanted in found:
            raise top.wrong(f"derived names {wanted} twice", "derived")
        found.append(wanted)
    return found


def _barred(top: Table, bases: tuple[Scenario, ...], inputs: Mapping[str, Input]) -> tuple[tuple[str, str], ...]:
    """What a file, or one that it extends, says must not be worked out, unless it is fixed after all."""
    found = {name: why for base in reversed(bases) for name, why in base.barred}
    for name, why in top.get("barred", {}).items():
        with top.blamed("barred"):
            found[quantity(name).name] = why
    return tuple((name, why) for name, why in found.items() if name not in inputs)


def _inputs(top: Table, origin: str) -> dict[str, Input]:
    """The inputs that a file states itself, by the names of their quantities."""
    found: dict[str, Input] = {}
    spelt: dict[str, str] = {}
    tables = top.get("inputs", {})
    for key, table in tables.items():
        if origin == "book" and find_broken("quantity", name=key):
            continue  # what needs it says so; all else goes on
        new = read_stated(key, table, tables.place.of(key), origin)
        first = spelt.setdefault(new.quantity.name, key)
        if first != key:
            raise tables.wrong(f"inputs.{first} and inputs.{key} are the same quantity, {new.quantity.name}", key)
        found[new.quantity.name] = new
    return found
