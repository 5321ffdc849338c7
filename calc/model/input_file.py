"""One input read from a table of TOML, and checked before anything is computed."""

from __future__ import annotations

import datetime
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from calc.base.errors import CalcError, DataError, nearest
from calc.base.quantities import Quantity, quantity
from calc.base.units import Unit, convert, parse_unit, plain_number
from calc.model.data_sets import data_sets
from calc.model.distributions import RANGE_FROM, distribution
from calc.model.input import KINDS, Input
from calc.model.source_keys import check_source, source_keys

__all__ = ["Place", "at_key", "line_of", "only", "read_input", "read_toml"]

_INPUT_KEYS = (
    "value", "low", "high", "unit", "kind", "source", "locator", "checked", "note",
    "distribution", "spread", "values", "range_from", "outside", "data_set",
)  # fmt: skip
_Z95 = Fraction("1.645")  # of a normal distribution, where its ends are shown


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


def at_key(file: str, text: str, *path: str) -> str:
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


class Place:
    """An input's table in a file, as messages name it: by its path, such as ``inputs.gpus`` or ``dgx-h100.server_power``."""

    def __init__(self, file: str, text: str, *path: str) -> None:
        self.file, self.text, self.path = file, text, path

    def __str__(self) -> str:
        return f"{at_key(self.file, self.text, *self.path)}: {'.'.join(self.path)}"

    def at(self, part: str) -> str:
        """The same, on the line of one of its keys."""
        return f"{at_key(self.file, self.text, *self.path, part)}: {'.'.join(self.path)}"


def read_toml(text: str, file: str) -> dict[str, Any]:
    """A TOML file's tables, its decimal numbers exact.

    Raises
    ------
    DataError : it is no TOML, or has a number that is not finite; names file and line.
    """
    try:
        return tomllib.loads(text, parse_float=_exact_float)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file}: {error}{_which_line(text, str(error))}") from None
    except DataError as error:  # from _exact_float, which knows no file
        number = next((n for n, line in enumerate(text.splitlines(), 1) if re.search(r"=\s*[+-]?(inf|nan)\b", line)), 0)
        where = f"{file}, line {number}" if number else file
        raise DataError(f"{where}: {error}; accepted: finite decimal numbers") from None


def only(table: Mapping[str, Any], accepted: tuple[str, ...], at: Callable[[str], str]) -> None:
    for key in table:
        if key not in accepted:
            raise DataError(f"{at(key)} unknown key {key!r}; accepted: {', '.join(accepted)}{nearest(key, accepted)}")


def read_input(key: str, table: Any, where: Place, origin: str) -> Input:
    """Read one input.

    Parameters
    ----------
    key : the quantity's name.
    table : its table, as TOML has it.
    where : the table's place, for messages.
    origin : ``book`` or ``yours``.

    Raises
    ------
    DataError : naming file, line and key.
    """
    if not isinstance(table, dict):
        raise DataError(f"{where} must be a table, not {table!r}")
    only(table, _INPUT_KEYS, lambda part: f"{where.at(part)}:")
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
    data_set = _text(table, "data_set", where)
    if data_set and data_set not in data_sets():
        raise DataError(f"{where.at('data_set')}: {data_set!r} is not a data set{nearest(data_set, data_sets())}")
    return Input(q, value, low, high, unit, kind, *where_from, origin, range_from, stated, outside, data_set)


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


def _list(table: Mapping[str, Any], key: str, where: Place) -> list[Any]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise DataError(f"{where}: {key} must be a list of numbers, not {value!r}")
    return value


def _spread(table: Mapping[str, Any], unit: Unit, q: Quantity, where: Place) -> Fraction | None:
    value = table.get("spread")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise DataError(f"{where}: spread must be a number, not {value!r}")
    return convert(Fraction(value), unit, q.parsed_unit, q.name)


def _provenance(
    table: Mapping[str, Any], kind: str, where: Place
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


def _text(table: Mapping[str, Any], key: str, where: Place) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise DataError(f"{where.at(key)}: {key} must be text, not {value!r}")
    return value


def _number(table: Mapping[str, Any], part: str, unit: Unit, q: Quantity, where: Place) -> Fraction:
    value = table[part]
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise DataError(f"{where.at(part)}: {part} must be a number, not {value!r}")
    try:
        number = convert(Fraction(value), unit, q.parsed_unit, q.name)
        q.domain.check(number, q.name, q.unit)
    except CalcError as error:
        raise DataError(f"{where.at(part)}: {error}") from None
    return number
