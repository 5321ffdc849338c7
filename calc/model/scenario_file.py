"""Scenarios read from TOML files, and checked before anything is computed."""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path

from calc.base.errors import CalcError, DataError, UnknownNameError, nearest
from calc.model.catalogue import KINDS, kind_named, lay, read_stated
from calc.model.correlation import Correlation, read_correlations
from calc.model.input import Input
from calc.model.input_file import Place, at_key, only, read_toml
from calc.model.scenario import DEFAULT, Scenario

__all__ = ["load_scenario", "read_scenario", "scenario", "scenario_names"]

_SCENARIO_KEYS = ("title", "about", "extends", *KINDS.values(), "inputs", "correlations")


def scenario_names() -> tuple[str, ...]:
    """The scenarios that come with the book.

    Examples
    --------
    >>> "gpt-4" in scenario_names()
    True
    """
    folder = resources.files("calc").joinpath("data/scenarios")
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


@functools.cache
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
    calc.base.errors.UnknownNameError: 'gpt4' is not a scenario; accepted: ...; did you mean 'gpt-4'?
    """
    return _packaged(name, ())


def _packaged(name: str, seen: tuple[str, ...]) -> Scenario:
    """A scenario that comes with the book, read for those that extend it."""
    names = scenario_names()
    if name not in names:
        raise UnknownNameError(f"{name!r} is not a scenario; accepted: {', '.join(names)}{nearest(name, names)}")
    text = resources.files("calc").joinpath(f"data/scenarios/{name}.toml").read_text(encoding="utf-8")
    return read_scenario(text, name, f"{name}.toml", (*seen, name), "book")


def load_scenario(path: str | Path) -> Scenario:
    """A scenario from a file of one's own, which may extend one of the book's.

    Raises
    ------
    DataError : the file cannot be read, or says something that is not accepted; names file, line or key.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return read_scenario(text, file.stem, file.name, ())


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
    """
    data = read_toml(text, file)
    only(data, _SCENARIO_KEYS, lambda key: f"{at_key(file, text, key)}:")
    tables = data.get("inputs", {})
    for key, wanted in (("title", str), ("about", str), ("extends", str), ("inputs", dict)):
        if key in data and not isinstance(data[key], wanted):
            where = f"{at_key(file, text, key)}: {key}"
            raise DataError(f"{where} must be {'a table' if wanted is dict else 'text'}, not {data[key]!r}")
    inputs: dict[str, Input] = {}
    inherited: tuple[Correlation, ...] = ()
    if "extends" in data:
        base = data["extends"]
        if base in seen:
            raise DataError(
                f"{at_key(file, text, 'extends')}: scenarios extend each other in a circle: {' → '.join((*seen, base))}"
            )
        try:
            extended = _packaged(base, seen)
        except UnknownNameError as error:
            raise DataError(f"{at_key(file, text, 'extends')}: extends: {error}") from None
        inputs.update(extended.inputs)
        inherited = extended.correlations
    wanted = kind_named(data)
    try:
        inputs, choices = lay(inputs, wanted)
    except CalcError as error:
        raise DataError(f"{at_key(file, text, *list(wanted)[:1])}: {error}") from None
    spelt: dict[str, str] = {}
    for key, table in tables.items():
        new = read_stated(key, table, Place(file, text, "inputs", key), origin)
        first = spelt.setdefault(new.quantity.name, key)
        if first != key:
            both = f"inputs.{first} and inputs.{key}"
            raise DataError(f"{at_key(file, text, 'inputs', key)}: {both} are the same quantity, {new.quantity.name}")
        inputs[new.quantity.name] = new
    correlations = read_correlations(data["correlations"], inputs, file) if "correlations" in data else inherited
    about = data.get("title", name), data.get("about", "")
    chosen = choices if origin == "yours" else ()  # the book's own scenarios are the book's, whatever they name
    return Scenario(name, *about, inputs, data.get("extends", ""), origin, correlations, chosen)
