"""An input as a data file states it: one table, checked before anything is computed."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from calc.base.errors import BrokenError, CalcError, nearest
from calc.base.limits import ENDS, too_wide
from calc.base.quantities import Quantity, quantity
from calc.base.toml_places import Place, shown
from calc.base.toml_tables import Key, Table, as_table
from calc.base.units import Unit, convert, parse_unit, plain_number
from calc.model.data_sets import DATA_SETS, data_sets
from calc.model.distributions import RANGE_FROM, Distribution, distribution
from calc.model.input import BOUNDS, KINDS, Input
from calc.model.source_keys import check_source

__all__ = ["INPUT_KEYS", "read_input"]

INPUT_KEYS: Mapping[str, Key] = {
    "value": Key("number", needed=True),
    "low": Key("number"),
    "high": Key("number"),
    "unit": Key(),
    "kind": Key(choices=KINDS),  # needed, as `_provenance` says after all else
    "source": Key(),
    "locator": Key(),
    "checked": Key("raw"),  # its message names the source
    "note": Key(),
    "distribution": Key(),
    "spread": Key("number"),
    "values": Key("numbers"),
    "range_from": Key(choices=tuple(RANGE_FROM)),
    "outside": Key(),
    "data_set": Key(),
    "bound": Key(choices=BOUNDS),
    "of": Key(),
}
_Z95 = Fraction("1.645")  # of a normal distribution, where its ends are shown


def read_input(key: str, table: Any, place: Place, origin: str) -> Input:
    """One input from its table, such as ``[inputs.gpus]``.

    Parameters
    ----------
    key : the quantity's name, or another name of it.
    table : what the file has there, as the parser yields it.
    place : where it stands, for messages.
    origin : ``book`` or ``yours``.

    Raises
    ------
    DataError : naming file, line and key.

    Examples
    --------
    >>> read_input("gpus", 25_000, Place("mine.toml", "", ("gpus",), "gpus"), "yours")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: mine.toml: gpus must be a table, not 25000; write [gpus] and under it value = 25000,
    its unit and kind, and source, locator and checked, or for an assumption a note
    """
    if not isinstance(table, dict):
        raise place.wrong(
            f" must be a table, not {shown(table)}; write [{place.dotted}] and under it value = {shown(table)}, "
            "its unit and kind, and source, locator and checked, or for an assumption a note"
        )
    try:
        q = quantity(key)
    except BrokenError:  # which says what is to blame, and where
        raise
    except CalcError as error:
        raise place.wrong(f": {error}") from None
    given = as_table(table, place, INPUT_KEYS)
    with given.blamed("unit"):
        unit = parse_unit(given.text("unit") or "1")
    numbers = {
        part: _in_domain(given[part], part, unit, q, given) for part in ("value", "low", "high") if part in given
    }
    listed = tuple(_in_domain(one, "values", unit, q, given) for one in given.get("values", ()))
    spread = _spread(given, unit, q)
    low, high = _ends(numbers, listed, spread, q)
    _ordered(numbers, low, high, listed, given, q)
    drawn = _distribution(given, numbers["value"], low, high, q, spread, listed)
    source, locator, checked, note = _provenance(given, origin)
    range_from = given.text("range_from")
    if range_from and low == high:
        raise given.wrong("range_from says whose range it is, and there is none", "range_from")
    if range_from == "judgement" and not note:
        raise given.wrong("its range is the book's judgement; its note must say why")
    return Input(
        q, numbers["value"], low, high, unit, given["kind"], source, locator, checked, note, origin, range_from,
        drawn if given.text("distribution") else None, given.text("outside"), _data_set(given),
        bound=given.text("bound"), of=given.text("of"),
    )  # fmt: skip


def _data_set(given: Table) -> str:
    name = given.text("data_set")
    if name and name not in data_sets():
        raise given.wrong(f"{name!r} is not in {DATA_SETS}{nearest(name, data_sets())}", "data_set")
    return name


def _in_domain(value: Fraction, part: str, unit: Unit, q: Quantity, given: Table) -> Fraction:
    """A number in the quantity's own unit, inside its domain."""
    with given.blamed(part):
        number = convert(value, unit, q.parsed_unit, q.name)
        q.domain.check(number, q.name, q.unit)
    return number


def _spread(given: Table, unit: Unit, q: Quantity) -> Fraction | None:
    if "spread" not in given:
        return None
    with given.blamed("spread"):
        spread = convert(given["spread"], unit, q.parsed_unit, q.name)
    try:
        float(spread)
    except OverflowError:
        raise given.wrong(f"spread {plain_number(spread)} {q.unit} is out of range", "spread") from None
    stated = [part for part in ("low", "high") if part in given]
    if stated and spread > 0:
        both = "which follow from a spread" if len(stated) == 2 else "which follows from a spread"
        raise given.wrong(f"it has a spread and {' and '.join(stated)}, {both}; give one or the other", "spread")
    return spread


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


def _ordered(
    numbers: Mapping[str, Fraction],
    low: Fraction,
    high: Fraction,
    listed: tuple[Fraction, ...],
    given: Table,
    q: Quantity,
) -> None:
    """Refuse ends that are exchanged, or that the value or a list of values contradicts."""
    value, outside = numbers["value"], given.text("outside")
    if low > high and {"low", "high"} <= set(numbers):
        raise given.wrong(f"low {plain_number(low)} is above high {plain_number(high)} {q.unit}", "low")
    if too_wide(low, high):
        said = f"from {plain_number(low)} to {plain_number(high)} {q.unit} is a range over more than {ENDS:.0e}"
        raise given.wrong(said)
    if not low <= value <= high and not outside:
        bounds = " ≤ ".join(plain_number(number) for number in (low, value, high))
        raise given.wrong(
            f"the value must lie between low and high, and {bounds} {q.unit} is false; "
            "if that is meant, say why as outside"
        )
    if outside and low <= value <= high:
        raise given.wrong("outside gives a reason, and the value lies within its range", "outside")
    for part, end in (("low", min), ("high", max)):
        if listed and numbers.get(part, end(listed)) != end(listed):
            said = (
                f"{part} is {plain_number(numbers[part])}, and the values reach to {plain_number(end(listed))} {q.unit}"
            )
            raise given.wrong(f"{said}; leave {part} out, or list it", part)


def _distribution(
    given: Table, value: Fraction, low: Fraction, high: Fraction, q: Quantity, spread: Fraction | None,
    listed: tuple[Fraction, ...],
) -> Distribution:  # fmt: skip
    with given.blamed("distribution"):
        return distribution(
            given.text("distribution"), float(value), float(low), float(high), q.domain,
            spread=None if spread is None else float(spread), values=tuple(map(float, listed)),
        )  # fmt: skip


def _provenance(given: Table, origin: str) -> tuple[str | None, str | None, datetime.date | None, str]:
    """Source, locator, the day on which it was checked, and the note; what the kind of value needs must be there."""
    source, note, kind = given.text("source"), given.text("note"), given.get("kind")
    locator, checked = given.text("locator"), given.get("checked")
    if kind is None:
        raise given.place.wrong(f" has no kind; it is one of {', '.join(KINDS)}")
    if not source:
        if kind != "assumption":
            raise given.place.wrong(" has no source; give source, locator and checked, or call it an assumption")
        if not note:
            raise given.place.wrong(" is an assumption without a source; its note must say why")
        if checked is not None:
            _look("a source", checked, given, origin)
        return None, None, None, note
    with given.blamed("source"):
        check_source(source)
    if not locator:
        raise given.place.wrong(f" has no locator; say where in {source} the value stands")
    return source, locator, _look(source, checked, given, origin), note


def _look(source: str, checked: Any, given: Table, origin: str) -> datetime.date:
    """The day on which a source was looked at."""
    if type(checked) is not datetime.date:
        said = f", not {shown(checked)}" if checked is not None else ""
        raise given.wrong(f"checked must be the date of the last look at {source}, such as 2026-11-22{said}", "checked")
    # Only of what a reader wrote: whether the book can be built must not hang on the clock.
    if origin != "book" and checked > datetime.date.today():
        raise given.wrong(f"checked is {checked}, a day that is still to come", "checked")
    return checked
