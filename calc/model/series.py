"""Series: dated values of one thing, each with its source, in ``data/series``.

A file has one table a series, and one table a value::

    [abilene-seen]
    title = "Stargate, Abilene: seen"
    quantity = "seen_power"
    unit = "MW"
    source = "epoch2026hub"

    [[abilene-seen.at]]
    date = "2026-05-23"
    value = 590

What the series says of itself (kind, source, locator, checked, range_from) is said of each value that does not say it
again. A value's date is a year, a month or a day; the values stand from the oldest to the newest, one on a day.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from types import MappingProxyType
from typing import Any

from calc.base.dates import build_day, is_old, last_day, named_day, spoken_period
from calc.base.errors import CalcError, UnknownNameError, nearest
from calc.base.quantities import Quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, Table, read
from calc.model.input import Input
from calc.model.input_file import read_input

__all__ = ["ABOUT", "RECALLED", "Series", "Value", "all_series", "read_series", "series", "series_names", "today"]

_SAID = ("kind", "source", "locator", "checked", "range_from", "data_set")
# What a series may say of itself beside its title: what it is of, and how that was counted.
ABOUT = ("about", "subject", "owner", "stage", "counted", "region", "answer", "model", "method")
_VALUE: Mapping[str, Key] = {
    "date": Key("text or date", needed=True, words="a year, a month or a day, such as 2025, 2025-07 or 2025-07-15"),
    "value": Key("raw", needed=True),
    **dict.fromkeys(("low", "high", "note", "outside", "bound", "distribution", "spread", *_SAID), Key("raw")),
    "seen": Key("text", choices=("no", "quoted")),
}
_SERIES: Mapping[str, Key] = {
    "title": Key(needed=True),
    "quantity": Key(needed=True),
    "unit": Key(needed=True),
    **dict.fromkeys(ABOUT, Key()),
    **dict.fromkeys(_SAID, Key("raw")),
    "at": Key("tables", needed=True, of=_VALUE, name="date"),
}
RECALLED = "Recalled, not seen."
_NOT_SEEN = {"no": RECALLED, "quoted": "Not seen: as others quote it."}


@dataclass(frozen=True)
class Value:
    """One value of a series.

    Attributes
    ----------
    date : the period that it is of, as the file has it.
    day : the last day of that period.
    input : the value itself, with its range and its source.
    seen : whether its source was seen by who wrote it down.
    """

    date: str
    day: datetime.date
    input: Input
    seen: bool

    @property
    def is_old(self) -> bool:
        """Whether it is more than a year old on the day of the build."""
        return is_old(self.day, today())


@dataclass(frozen=True)
class Series:
    """Dated values of one thing.

    Attributes
    ----------
    id, title : what it is called.
    quantity : what its values are values of.
    unit : the unit in which the file states them.
    about : what it says of itself, by the keys of `ABOUT`.
    values : oldest first.

    Examples
    --------
    >>> one = series("openai-power")
    >>> one.quantity.name, [value.date for value in one.values]
    ('owner_power', ['2023', '2024', '2025'])
    >>> one.as_of("2025-07").date
    '2024'
    """

    id: str
    title: str
    quantity: Quantity
    unit: str
    about: Mapping[str, str]
    values: tuple[Value, ...]

    def as_of(self, day: str | datetime.date | None = None) -> Value:
        """The newest value that was of a day or before it; the newest of all when left out.

        Raises
        ------
        CalcError : the series begins later.
        """
        if day is None:
            return self.values[-1]
        last = last_day(day)
        found = [one for one in self.values if one.day <= last]
        if not found:
            first = self.values[0].date
            raise CalcError(f"series {self.id!r} begins with {first}, and has nothing as of {last.isoformat()}")
        return found[-1]


def series_names() -> tuple[str, ...]:
    """The ids of all series."""
    return tuple(all_series())


def series(name: str) -> Series:
    """A series by its id.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.
    DataError : a file of series is wrong; names file, line and key.

    Examples
    --------
    >>> series("openai-powr")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: 'openai-powr' is not a series; did you mean 'openai-power'?
    """
    found = all_series()
    if name not in found:
        raise UnknownNameError(f"{name!r} is not a series{nearest(name, found)}")
    return found[name]


@functools.cache
def all_series() -> Mapping[str, Series]:
    """Every series by its id, in the order of the files.

    Raises
    ------
    DataError : naming file, line and key.
    """
    folder = resources.files("calc").joinpath("data/series")
    found: dict[str, Series] = {}
    for name in sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml")):
        for one in read_series(packaged_text(f"series/{name}"), name):
            if one.id in found:
                raise CalcError(f"{name}: {one.id} is a series of another file too")
            found[one.id] = one
    return MappingProxyType(found)


@functools.cache
def today() -> datetime.date | None:
    """The day from which the book looks back: `calc.base.dates.build_day`, or when its values were last looked at."""
    if day := build_day():
        return day
    checked = [one.input.checked for found in all_series().values() for one in found.values if one.input.checked]
    return max(checked, default=None)


def read_series(text: str, file: str, now: datetime.date | None = None) -> tuple[Series, ...]:
    r"""The series of one file.

    Parameters
    ----------
    text, file : its content, and its name for messages.
    now : the day after which no value may be; the day of the build when left out.

    Raises
    ------
    DataError : naming file, line and key.

    Examples
    --------
    >>> read_series("[a]\ntitle = 'A'\nquantity = 'pue'\n[[a.at]]\ndate = '2025'\nvalue = 1.2", "mine.toml")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: mine.toml, line 1: a has no unit
    """
    if not re.search(r"^\s*[^\s#]", text, re.MULTILINE):
        return ()
    until = now or build_day()
    return tuple(_series(name, table, until) for name, table in read(text, file, {ANY: _KEY}).items())


_KEY = Key("table", of=_SERIES)


def _series(name: str, table: Table, until: datetime.date | None) -> Series:
    values: list[Value] = []
    for row in table["at"]:
        values.append(_value(name, table, row, until))
        _in_order(values, row)
    about = {key: table.text(key) for key in ABOUT if table.text(key)}
    first = values[0].input
    return Series(name, table.text("title"), first.quantity, table.text("unit"), MappingProxyType(about), tuple(values))


def _value(name: str, table: Table, row: Table, until: datetime.date | None) -> Value:
    date = row["date"] if isinstance(row["date"], str) else row["date"].isoformat()
    with row.blamed("date"):
        day = last_day(date)
    if until is not None and day > until:
        raise row.wrong(
            f"date {date} is after the day of the build, {named_day(until)}; a forecast is no value", "date"
        )
    said: dict[str, Any] = {"unit": table.text("unit")}
    said |= {key: table[key] for key in _SAID if key in table}
    said |= {key: value for key, value in row.items() if key not in ("date", "seen")}
    if word := row.text("seen"):
        said["note"] = f"{_NOT_SEEN[word]} {said.get('note', '')}".strip()
    given = read_input(table["quantity"], said, row.place, "book")
    return Value(date, day, replace(given, series=name, date=date), not row.text("seen"))


def _in_order(values: list[Value], row: Table) -> None:
    """Refuse a value that stands after a younger one, or on the same day."""
    if len(values) < 2:
        return
    before, this = values[-2:]
    if this.day == before.day:
        raise row.wrong(f"two values on one day, {spoken_period(before.date)} and {spoken_period(this.date)}", "date")
    if this.day < before.day:
        raise row.wrong(f"{this.date} stands after {before.date}; the oldest value stands first", "date")
