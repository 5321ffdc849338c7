"""Scenarios read from TOML files, and checked before anything is computed."""

from __future__ import annotations

import datetime
import functools
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

from calc.base.errors import CalcError, DataError, UnknownNameError, nearest
from calc.base.quantities import Quantity, quantity
from calc.base.units import Unit, convert, parse_unit, plain_number
from calc.model.correlation import Correlation, read_correlations
from calc.model.distributions import RANGE_FROM, distribution
from calc.model.input import KINDS, Input
from calc.model.scenario import DEFAULT, Scenario
from calc.model.source_keys import check_source, source_keys

__all__ = ["load_scenario", "read_scenario", "scenario", "scenario_names"]

_SCENARIO_KEYS = (
    "title", "about", "extends", "inputs", "correlations", "short", "first_year", "last_year",
)  # fmt: skip
_KEY_TYPES: dict[str, type] = {
    "title": str, "about": str, "extends": str, "short": str, "first_year": int, "last_year": int, "inputs": dict,
}  # fmt: skip
_TYPE_WORDS = {str: "text", int: "a whole number", dict: "a table"}
_INPUT_KEYS = (
    "value", "low", "high", "unit", "kind", "source", "locator", "checked", "note",
    "distribution", "spread", "values", "range_from", "outside",
)  # fmt: skip
_Z95 = Fraction("1.645")  # of a normal distribution, where its ends are shown


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
    try:
        data = tomllib.loads(text, parse_float=_exact_float)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file}: {error}{_which_line(text, str(error))}") from None
    except DataError as error:  # from _exact_float, which knows no file
        number = next((n for n, line in enumerate(text.splitlines(), 1) if re.search(r"=\s*[+-]?(inf|nan)\b", line)), 0)
        where = f"{file}, line {number}" if number else file
        raise DataError(f"{where}: {error}; accepted: finite decimal numbers") from None
    _only(data, _SCENARIO_KEYS, lambda key: f"{_at(file, text, key)}:")
    tables = data.get("inputs", {})
    for key, wanted in _KEY_TYPES.items():
        if key in data and (not isinstance(data[key], wanted) or isinstance(data[key], bool)):
            where = f"{_at(file, text, key)}: {key}"
            raise DataError(f"{where} must be {_TYPE_WORDS[wanted]}, not {data[key]!r}")
    inputs: dict[str, Input] = {}
    inherited: tuple[Correlation, ...] = ()
    if "extends" in data:
        base = data["extends"]
        if base in seen:
            raise DataError(
                f"{_at(file, text, 'extends')}: scenarios extend each other in a circle: {' → '.join((*seen, base))}"
            )
        try:
            extended = _packaged(base, seen)
        except UnknownNameError as error:
            raise DataError(f"{_at(file, text, 'extends')}: extends: {error}") from None
        inputs.update(extended.inputs)
        inherited = extended.correlations
    spelt: dict[str, str] = {}
    for key, table in tables.items():
        new = _read_input(key, table, _Place(file, text, key), origin)
        first = spelt.setdefault(new.quantity.name, key)
        if first != key:
            both = f"inputs.{first} and inputs.{key}"
            raise DataError(f"{_at(file, text, 'inputs', key)}: {both} are the same quantity, {new.quantity.name}")
        inputs[new.quantity.name] = new
    correlations = read_correlations(data["correlations"], inputs, file) if "correlations" in data else inherited
    return Scenario(
        name, data.get("title", name), data.get("about", ""), inputs, data.get("extends", ""), origin, correlations,
        data.get("short", ""), data.get("first_year"), data.get("last_year"),
    )  # fmt: skip


class _exact_float(Fraction):  # tomllib calls it like a function
    """A TOML float as the decimal in the file; `inf` and `nan` are refused."""

    def __new__(cls, text: str) -> _exact_float:
        if not re.search(r"\d", text):
            raise DataError(f"{text} is not a finite number")
        return super().__new__(cls, text.replace("_", ""))


def _which_line(text: str, message: str) -> str:
    """The text of the line that the parser names, which says more than its number."""
    match = re.search(r"at line (\d+)", message)
    if not match:
        return ""
    lines = text.splitlines()
    number = int(match[1])
    return f": {lines[number - 1].strip()!r}" if 0 < number <= len(lines) else ""


def _at(file: str, text: str, *path: str) -> str:
    """The file, and the line on which a key stands, if it can be found."""
    number = line_of(text, *path)
    return f"{file}, line {number}" if number else file


def line_of(text: str, *path: str) -> int:
    r"""The line of a TOML text on which a key or a table stands, or 0; of the deepest part that is found.

    The standard library's parser says lines only where the text is no TOML at all.

    Examples
    --------
    >>> line_of("[inputs.gpus]\nvalue = 3\n", "inputs", "gpus", "value")
    2
    """
    table: tuple[str, ...] = ()
    best, found = 0, 0
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[([^\[\]]+)\]\s*(#.*)?$", line)
        key = re.match(r"\s*([\w.\"'-]+)\s*=(.*)", line)
        if header:
            here = table = _keys(header[1])
        elif key:
            here = (*table, *_keys(key[1]))
            inside = re.search(rf"[{{,]\s*{re.escape(path[-1])}\s*=", key[2])
            here = (*here, path[-1]) if inside else here
        else:
            continue
        depth = len(here) if here == path[: len(here)] else 0
        if depth > best:
            best, found = depth, number
    return found


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


class _Place:
    """An input's table in a file, as messages name it."""

    def __init__(self, file: str, text: str, key: str) -> None:
        self.file, self.text, self.key = file, text, key

    def __str__(self) -> str:
        return f"{_at(self.file, self.text, 'inputs', self.key)}: inputs.{self.key}"

    def at(self, part: str) -> str:
        """The same, on the line of one of its keys."""
        return f"{_at(self.file, self.text, 'inputs', self.key, part)}: inputs.{self.key}"


def _only(table: Mapping[str, Any], accepted: tuple[str, ...], at: Callable[[str], str]) -> None:
    for key in table:
        if key not in accepted:
            raise DataError(f"{at(key)} unknown key {key!r}; accepted: {', '.join(accepted)}{nearest(key, accepted)}")


def _read_input(key: str, table: Any, where: _Place, origin: str) -> Input:
    if not isinstance(table, dict):
        raise DataError(f"{where} must be a table, not {table!r}")
    _only(table, _INPUT_KEYS, lambda part: f"{where.at(part)}:")
    try:
        q = quantity(key)
    except CalcError as error:
        raise DataError(f"{where}: {error}") from None
    try:
        unit = parse_unit(_text(table, "unit", where) or "1")
    except DataError:
        raise
    except CalcError as error:
        raise DataError(f"{where.at('unit')}: {error}") from None
    numbers = {part: _number(table, part, unit, q, where) for part in ("value", "low", "high") if part in table}
    if "value" not in numbers:
        raise DataError(f"{where} has no value")
    value = numbers["value"]
    listed = tuple(_number({"values": one}, "values", unit, q, where) for one in _list(table, "values", where))
    spread = _spread(table, unit, q, where)
    low, high = _ends(numbers, listed, spread, q)
    outside = _text(table, "outside", where)
    if low > high and {"low", "high"} <= set(numbers):
        raise DataError(f"{where}: low {plain_number(low)} is above high {plain_number(high)} {q.unit}")
    if not low <= value <= high and not outside:
        bounds = " ≤ ".join(plain_number(number) for number in (low, value, high))
        raise DataError(
            f"{where}: the value must lie between low and high, and {bounds} {q.unit} is false; "
            "if that is meant, say why as outside"
        )
    if outside and low <= value <= high:
        raise DataError(f"{where}: outside gives a reason, and the value lies within its range")
    range_from = _text(table, "range_from", where)
    if range_from and range_from not in RANGE_FROM:
        accepted = f"{', '.join(RANGE_FROM)}{nearest(range_from, RANGE_FROM)}"
        raise DataError(f"{where}: range_from {range_from!r} is none of {accepted}")
    if range_from and low == high:
        raise DataError(f"{where}: range_from says whose range it is, and there is none")
    named = _text(table, "distribution", where)
    try:
        drawn = distribution(
            named, float(value), float(low), float(high), q.domain,
            spread=None if spread is None else float(spread), values=tuple(map(float, listed)),
        )  # fmt: skip
    except DataError as error:
        raise DataError(f"{where}: {error}") from None
    kind = _text(table, "kind", where)
    if kind not in KINDS:
        raise DataError(f"{where.at('kind')}: kind {kind!r} is none of {', '.join(KINDS)}{nearest(kind, KINDS)}")
    where_from = _provenance(table, kind, where)
    if range_from == "judgement" and not where_from[-1]:
        raise DataError(f"{where}: its range is the book's judgement; its note must say why")
    stated = drawn if named else None
    return Input(q, value, low, high, unit, kind, *where_from, origin, range_from, stated, outside)


def _ends(
    numbers: Mapping[str, Fraction], listed: tuple[Fraction, ...], spread: Fraction | None, q: Quantity
) -> tuple[Fraction, Fraction]:
    """Low and high: as stated, of the list, or the 5 and 95 % points of what has a spread only."""
    value = numbers["value"]
    low, high = (min(listed), max(listed)) if listed else (value, value)
    if spread is not None and spread > 0:
        low, high = max(value - _Z95 * spread, Fraction(q.domain.low)), value + _Z95 * spread
        high = high if math.isinf(q.domain.high) else min(high, Fraction(q.domain.high))
    return numbers.get("low", low), numbers.get("high", high)


def _list(table: Mapping[str, Any], key: str, where: _Place) -> list[Any]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise DataError(f"{where}: {key} must be a list of numbers, not {value!r}")
    return value


def _spread(table: Mapping[str, Any], unit: Unit, q: Quantity, where: _Place) -> Fraction | None:
    value = table.get("spread")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise DataError(f"{where}: spread must be a number, not {value!r}")
    return convert(Fraction(value), unit, q.parsed_unit, q.name)


def _provenance(
    table: Mapping[str, Any], kind: str, where: _Place
) -> tuple[str | None, str | None, datetime.date | None, str]:
    source, note = _text(table, "source", where), _text(table, "note", where)
    locator, checked = _text(table, "locator", where), table.get("checked")
    if not source:
        if kind != "assumption":
            raise DataError(f"{where} has no source; give source, locator and checked, or call it an assumption")
        if not note:
            raise DataError(f"{where} is an assumption without a source; its note must say why")
        return None, None, None, note
    if source not in source_keys():  # asked first, as looking for the line takes longer than all the rest
        check_source(source, where.at("source"))
    if not locator:
        raise DataError(f"{where} has no locator; say where in {source} the value stands")
    if not isinstance(checked, datetime.date):
        raise DataError(
            f"{where.at('checked')}: checked must be the date of the last look at {source}, such as 2026-11-22"
        )
    return source, locator, checked, note


def _text(table: Mapping[str, Any], key: str, where: _Place) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise DataError(f"{where.at(key)}: {key} must be text, not {value!r}")
    return value


def _number(table: Mapping[str, Any], part: str, unit: Unit, q: Quantity, where: _Place) -> Fraction:
    value = table[part]
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise DataError(f"{where.at(part)}: {part} must be a number, not {value!r}")
    try:
        number = convert(Fraction(value), unit, q.parsed_unit, q.name)
        q.domain.check(number, q.name, q.unit)
    except CalcError as error:
        raise DataError(f"{where.at(part)}: {error}") from None
    return number
