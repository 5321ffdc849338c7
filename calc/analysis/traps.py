"""Known mistakes, and how far all sources of a quantity reach: ``data/traps.toml``, and what scenarios tell."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.quantities import Quantity, quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, read
from calc.base.units import convert, parse_unit
from calc.model.catalogue import KINDS, entries
from calc.model.scenario_file import scenario, scenario_names
from calc.model.source_keys import check_source

__all__ = ["Known", "Span", "Trap", "dense_peaks", "known", "read_traps", "span_of"]

_FEWEST = 3  # values from which on the scenarios and the catalogue tell how far a quantity reaches
_TRAP: Mapping[str, Key] = {
    "quantity": Key(needed=True), "unit": Key(), "equals": Key("numbers"), "within": Key("number"),
    "above": Key("number"), "below": Key("number"), "with": Key("texts"), "times": Key(), "line": Key(needed=True),
    "source": Key(), "reason": Key(),
}  # fmt: skip
_SPAN: Mapping[str, Key] = {
    "quantity": Key(needed=True), "unit": Key(needed=True), "low": Key("number", needed=True),
    "high": Key("number", needed=True), "low_of": Key(needed=True), "high_of": Key(needed=True),
    "low_source": Key(), "high_source": Key(), "reason": Key(),
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """How far all sources of a quantity reach, in its own unit, and whose the ends are.

    Attributes
    ----------
    low, high : the ends, in the quantity's own unit.
    low_of, high_of : whose they are, in words.
    sources : keys in references.bib of those ends that have one.
    reason : why an end has none.
    """

    low: Fraction
    high: Fraction
    low_of: str
    high_of: str
    sources: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Trap:
    """A known mistake; its numbers in the quantity's own unit.

    Attributes
    ----------
    equals, within : values that are the mistake, and how near, as a share, a value must be.
    above, below : where no such values are given: limits beyond which a value is one.
    needs : quantities that must play a part too.
    meant : what the value is multiplied by to get at what may have been meant.
    line : what is said of it, after the value and a verb.
    source : key in references.bib of where its numbers stand; else empty.
    reason : why it has no source, or what its limit was put at; else empty.
    """

    equals: tuple[Fraction, ...]
    within: Fraction
    above: Fraction | None
    below: Fraction | None
    needs: tuple[str, ...]
    meant: Fraction | None
    line: str
    source: str
    reason: str

    @property
    def words(self) -> str:
        """What is said after the name and the value, with its verb."""
        return self.line if self.line.startswith("is ") else f"is {self.line}"

    def met(self, value: Fraction, parts: frozenset[str]) -> bool:
        """Whether a value, beside the names of all that plays a part, is this mistake."""
        if not set(self.needs) <= parts:
            return False
        if self.equals:
            return any(abs(value / one - 1) <= self.within for one in self.equals)
        return (self.above is None or value > self.above) and (self.below is None or value < self.below)


@dataclass(frozen=True)
class Known:
    """What the file has, by quantity."""

    traps: Mapping[str, tuple[Trap, ...]]
    spans: Mapping[str, Span]


@functools.cache
def known() -> Known:
    """The known mistakes and spans of the book.

    Examples
    --------
    >>> [trap.line for trap in known().traps["training_time"]]
    ['longer than any run: did you mean hours, {meant}?']
    """
    return read_traps(packaged_text("traps.toml"))


def read_traps(text: str) -> Known:
    r"""The known mistakes and the spans of a text in TOML.

    Raises
    ------
    DataError : naming line and key.

    Examples
    --------
    >>> read_traps("[[trap]]\nquantity = 'pue'\nline = 'x'")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: traps.toml, line 1: trap 1: it has none of equals, above, below
    """
    file = read(text, "traps.toml", {"trap": Key("tables", of=_TRAP), "span": Key("tables", of=_SPAN)})
    traps: dict[str, tuple[Trap, ...]] = {}
    for table in file.get("trap", ()):
        q = _quantity(table)
        traps[q.name] = (*traps.get(q.name, ()), _read_trap(table, q))
    return Known(traps, {_quantity(table).name: _read_span(table) for table in file.get("span", ())})


def _quantity(table: Table) -> Quantity:
    with table.blamed("quantity"):
        return quantity(table.text("quantity"))


def _read_span(table: Table) -> Span:
    q = _quantity(table)
    low, high = (_own(table[end], q, table) for end in ("low", "high"))
    if not low < high:
        raise table.wrong("low is not below high", "low")
    sources = tuple(dict.fromkeys(filter(None, (_source(table, key) for key in ("low_source", "high_source")))))
    if not table.text("reason") and not ("low_source" in table and "high_source" in table):
        raise table.wrong("an end without a source needs a reason", "quantity")
    return Span(low, high, table.text("low_of"), table.text("high_of"), sources, table.text("reason"))


def _read_trap(table: Table, q: Quantity) -> Trap:
    if not {"equals", "above", "below"} & set(table):
        raise table.wrong("it has none of equals, above, below")
    equals = tuple(_own(one, q, table) for one in table.get("equals", ()))
    if not all(equals):
        raise table.wrong("nothing equals 0 within some per cent", "equals")
    above, below = (_own(table[end], q, table) if end in table else None for end in ("above", "below"))
    with table.blamed("with"):
        needs = tuple(quantity(name).name for name in table.get("with", ()))
    times = re.fullmatch(r"(\d{1,15})(?:/([1-9]\d{0,14}))?", table.text("times") or "1")
    if times is None:
        raise table.wrong("times is a whole number, or a fraction such as '1/24'", "times")
    meant = Fraction(int(times[1]), int(times[2] or 1)) if "times" in table else None
    source, reason = _source(table, "source"), table.text("reason")
    if not source and not reason:
        raise table.wrong("it needs a source, or a reason", "quantity")
    within = Fraction(table.get("within", 1)) / 100
    return Trap(equals, within, above, below, needs, meant, table.text("line"), source, reason)


def _source(table: Table, key: str) -> str:
    if key not in table:
        return ""
    with table.blamed(key):
        return check_source(table.text(key))


def _own(number: Fraction, q: Quantity, table: Table) -> Fraction:
    """A number of the file in the quantity's own unit."""
    with table.blamed("unit"):
        unit = parse_unit(table.text("unit") or q.unit)
        return convert(Fraction(number), unit, q.parsed_unit, q.name)


@functools.cache
def span_of(q: Quantity) -> Span | None:
    """How far all sources of a quantity reach; None where too few are known.

    Examples
    --------
    >>> found = span_of(quantity("server_power"))
    >>> float(found.high), found.high_of
    (230.0, 'a rack of Vera Rubin, as announced')
    """
    if stated := known().spans.get(q.name):
        return stated
    seen = [(one, scenario(name).title) for name in scenario_names() if (one := scenario(name).get(q))]
    seen += [
        (one, entry.title) for kind in KINDS.values() for entry in entries(kind) if (one := entry.inputs.get(q.name))
    ]
    if len({one.value for one, _ in seen}) < _FEWEST:
        return None
    least, most = min(seen, key=lambda one: one[0].low), max(seen, key=lambda one: one[0].high)
    return Span(least[0].low, most[0].high, least[1], most[1])


@functools.cache
def dense_peaks() -> Mapping[str, Fraction]:
    """The dense peak of every accelerator of the catalogue, by title, in the quantity's own unit.

    Examples
    --------
    >>> float(dense_peaks()["Nvidia A100"])
    312.0
    """
    return {one.title: one.inputs["peak_flops"].value for one in entries("accelerator") if "peak_flops" in one.inputs}
