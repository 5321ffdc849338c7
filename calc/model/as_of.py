"""A scenario as of a day: each of its inputs that is from a series has the value that was known then.

A series can stand for a scenario too, under its own id: its first and its newest value, and the time between them. Of
these `calc.formulas.trend` works out how fast it grows.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from importlib import resources
from typing import Any

from calc.base.dates import decimal_year, last_day, spoken_period
from calc.base.errors import ChainError
from calc.base.memo import kept
from calc.base.quantities import Quantity, quantity
from calc.base.text_files import file_text
from calc.base.units import parse_unit
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.model.series import Series, Value, series

__all__ = ["AS_OF", "as_of", "dated", "dated_inputs", "day_named", "trend"]

AS_OF = "as_of"
_POWER = parse_unit("MW")


def as_of(base: Scenario, day: str | datetime.date | None) -> Scenario:
    """A scenario with the values that its series had on a day.

    Parameters
    ----------
    day : a year, a month or a day; nothing is changed when left out.

    Raises
    ------
    CalcError : it is no date, none of the inputs is from a series, or a series begins later.

    Examples
    --------
    >>> from calc import scenario
    >>> then = as_of(scenario("openai"), "2025-07")
    >>> float(then["owner_power"].value), then.name
    (0.6, 'openai as of 2025-07-31')
    """
    if day is None:
        return base
    last = last_day(day)
    return kept(base, (AS_OF, last), lambda: _as_of(base, last))


def _as_of(base: Scenario, last: datetime.date) -> Scenario:
    if not any(one.series for one in base.inputs.values()):
        known = ", ".join(dated()[:4])
        raise ChainError(
            f"no input of scenario {base.name} is a series, so that {AS_OF} changes nothing; "
            f"it does in such as {known}, and in each series"
        )
    name = f"{base.name.partition(' as of ')[0]} as of {last.isoformat()}"
    return replace(base, name=name, inputs=dated_inputs(base.inputs, last), as_of=last)


def dated_inputs(inputs: Mapping[str, Input], last: datetime.date) -> dict[str, Input]:
    """Inputs with the values of a day for those that are from a series."""
    found = {name: _taken(one, last) for name, one in inputs.items()}
    first = inputs.get("first_level")
    return found | (dict(trend(series(first.series), last).inputs) if first and first.series else {})


def _taken(given: Input, last: datetime.date) -> Input:
    """The value of a day, unless it is no value of a series but what one was made into, as `trend` does."""
    if not given.series or series(given.series).quantity != given.quantity:
        return given
    return replace(series(given.series).as_of(last).input, of=given.of, origin=given.origin)


def day_named(names: Mapping[str, Any]) -> dict[str, Any]:
    """The day that is among the values which somebody gives, under its name, or nothing."""
    return {AS_OF: names[AS_OF]} if AS_OF in names else {}


@functools.cache
def dated() -> tuple[str, ...]:
    """The scenarios of the book whose files name a series."""
    folder = resources.files("calc").joinpath("data/scenarios")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    wanted = re.compile(r"^(series|trend)\s*=", re.MULTILINE)
    return tuple(file.name.removesuffix(".toml") for file in files if wanted.search(file_text(file)))


def trend(one: Series, last: datetime.date | None = None, since: str | datetime.date | None = None) -> Scenario:
    """How a series moved, as a scenario: its first and its newest value, each in the series' own unit, and the time.

    Parameters
    ----------
    last : the day up to which it is looked at.
    since : the day from whose value on; that of the first value above nothing when left out.

    Raises
    ------
    ChainError : it has only one value by then.
    """
    rising = [value for value in one.values if value.input.value > 0]
    end = one.as_of(last)
    start = one.as_of(since) if since else next(iter(rising), end)
    if start.day >= end.day:
        raise ChainError(f"series {one.id!r} has one value as of {end.date}, and no growth can be told from one")
    inputs = {
        "first_level": _level("first_level", one, start),
        "last_level": _level("last_level", one, end),
        "span": _span(one, start, end, "span", decimal_year(end.day) - decimal_year(start.day), "year"),
        **({} if end.input.quantity.name in ("first_level", "last_level") else {one.quantity.name: end.input}),
        **_built(one, start, end),
    }
    about = f"{one.title}, from {spoken_period(start.date)} to {spoken_period(end.date)}."
    return Scenario(one.id, one.title, about, inputs, short=one.title)


def _level(name: str, one: Series, value: Value) -> Input:
    """A value of a series as a plain number: in the unit in which the series is stated."""
    given, q = value.input, quantity(name)
    ends = [_plain(number, given) for number in (given.value, given.low, given.high)]
    note = f"In {one.unit}, as of {spoken_period(value.date)}. {given.note}".strip()
    # its distribution is that of the plain numbers: the stated one has the unit of the series
    return replace(given, quantity=q, value=ends[0], low=ends[1], high=ends[2], unit=parse_unit("1"), note=note,
                   stated=None)  # fmt: skip


def _plain(number: Fraction, given: Input) -> Fraction:
    return number * given.quantity.parsed_unit.factor / given.unit.factor


def _span(one: Series, start: Value, end: Value, name: str, number: float, unit: str) -> Input:
    """A time between two values, which is as sure as their dates."""
    q = quantity(name)
    value = Fraction(f"{number:.9g}") * parse_unit(unit).factor / q.parsed_unit.factor
    locator = f"from {start.date} to {end.date}"
    said = end.input
    return Input(q, value, value, value, parse_unit(unit), "definition", said.source, locator, said.checked,
                 f"The time between the two values, of {one.title}.")  # fmt: skip


def _built(one: Series, start: Value, end: Value) -> dict[str, Input]:
    """Of a series of power: what was added, and in which time, so that the rate of building follows."""
    if parse_unit(one.unit).dimensions != _POWER.dimensions or end.input.value <= start.input.value:
        return {}
    q: Quantity = quantity("campus_power")
    factor = end.input.quantity.parsed_unit.factor / q.parsed_unit.factor
    value = (end.input.value - start.input.value) * factor
    low, high = ((end.input.low - start.input.high) * factor, (end.input.high - start.input.low) * factor)
    low = low if low > 0 else value
    note = f"What was added between {spoken_period(start.date)} and {spoken_period(end.date)}."
    added = replace(end.input, quantity=q, value=value, low=low, high=high, note=note, stated=None, bound="")
    days = (end.day - start.day).days
    return {"campus_power": added, "build_time": _span(one, start, end, "build_time", days, "day")}
