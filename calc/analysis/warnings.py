"""One line each for what a reader gave and may not have meant: it is taken, and said.

What is a known mistake, and how far all sources reach, stands in ``data/traps.toml``; what does not fit together, here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.errors import DomainError
from calc.base.memo import kept
from calc.base.numbers import show_given
from calc.base.quantities import Quantity, quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, read
from calc.base.units import convert, parse_unit
from calc.model.catalogue import KINDS, entries
from calc.model.input import Input
from calc.model.scenario_file import scenario, scenario_names
from calc.model.step import Given, Step

__all__ = ["Span", "read_traps", "span_of", "warnings"]

_FAR = 3  # times beyond all sources
_FEWEST = 3  # values from which on the scenarios and the catalogue tell how far a quantity reaches
_TRAP: Mapping[str, Key] = {
    "quantity": Key(needed=True), "unit": Key(), "equals": Key("numbers"), "within": Key("number"),
    "above": Key("number"), "below": Key("number"), "with": Key("texts"), "times": Key(), "line": Key(needed=True),
}  # fmt: skip
_SPAN: Mapping[str, Key] = {
    "quantity": Key(needed=True), "unit": Key(needed=True), "low": Key("number", needed=True),
    "high": Key("number", needed=True), "low_of": Key(needed=True), "high_of": Key(needed=True),
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """How far all sources of a quantity reach, in its own unit, and whose the ends are."""

    low: Fraction
    high: Fraction
    low_of: str
    high_of: str


@dataclass(frozen=True)
class _Trap:
    """A known mistake; its numbers in the quantity's own unit."""

    equals: tuple[Fraction, ...]
    within: Fraction
    above: Fraction | None
    below: Fraction | None
    needs: tuple[str, ...]
    meant: Fraction | None
    line: str

    def met(self, value: Fraction, parts: frozenset[str]) -> bool:
        if not set(self.needs) <= parts:
            return False
        if self.equals:
            return any(abs(value / one - 1) <= self.within for one in self.equals)
        return (self.above is None or value > self.above) and (self.below is None or value < self.below)


@dataclass(frozen=True)
class _Known:
    """What the file has, by quantity."""

    traps: Mapping[str, tuple[_Trap, ...]]
    spans: Mapping[str, Span]


def warnings(step: Step) -> tuple[str, ...]:
    """What is to be said of the values that somebody gave a step; nothing where all of them are as one would expect.

    Examples
    --------
    >>> from calc import training_energy
    >>> for line in warnings(training_energy.derive("gpt-4", training_time=2160)):
    ...     print(line)
    training_time = 2,160 days is longer than any run: did you mean hours, 90 days?
    >>> warnings(training_energy.derive("gpt-4"))
    ()
    """
    return kept(step, "warnings", lambda: tuple(dict.fromkeys(_warnings(step))))


def _warnings(step: Step) -> Iterator[str]:
    yours = step.yours
    if not yours:
        return
    parts = frozenset(leaf.quantity.name for leaf in step.leaves)
    for leaf in yours:
        q = leaf.quantity
        said = f"{q.name} = {_shown(leaf.value, leaf)}"
        if line := _trap(leaf, parts) or _sparse(leaf) or _far(leaf):
            yield f"{said} is {line}".replace("is is ", "is ").replace("is no site", "is high: no site")
        elif not leaf.distribution.is_point and (line := _off_median(leaf)):
            yield f"{said} {line}"
    yield from _together(step)
    yield from _impossible(step)


def _impossible(step: Step) -> Iterator[str]:
    """Why no range is shown of a value that has one."""
    try:
        _ = step.exact and step.range
    except DomainError as error:
        yield f"no range is shown: {error}"


def _shown(value: Fraction, leaf: Input | Given) -> str:
    return show_given(value, leaf.quantity, leaf.unit.text).text.replace("\N{NO-BREAK SPACE}", " ")


def _trap(leaf: Input | Given, parts: frozenset[str]) -> str:
    for trap in _known().traps.get(leaf.quantity.name, ()):
        if trap.met(leaf.value, parts):
            meant = _shown(leaf.value * trap.meant, leaf) if trap.meant else ""
            return trap.line.replace("{meant}", meant)
    return ""


def _sparse(leaf: Input | Given) -> str:
    """Whether a dense peak is some chip's sparse one: twice its dense peak, and no other's dense one."""
    if leaf.quantity.name != "peak_flops":
        return ""
    dense = {one.title: one.inputs["peak_flops"].value for one in entries("accelerator") if "peak_flops" in one.inputs}
    if any(_near(leaf.value, peak) for peak in dense.values()):
        return ""
    met = {title: peak for title, peak in dense.items() if _near(leaf.value, 2 * peak)}
    if not met:
        return ""
    title, peak = next(iter(met.items()))
    whose = title + (" and others" if len(met) > 1 else "")
    return f"the sparse peak of {whose}, which no dense model reaches: the dense peak is {_shown(peak, leaf)}"


def _near(value: Fraction, other: Fraction) -> bool:
    return abs(value / other - 1) <= Fraction(1, 100)


def _far(leaf: Input | Given) -> str:
    span = span_of(leaf.quantity)
    if span is None:
        return ""
    if leaf.value * _FAR < span.low:
        return f"far below all sources, whose lowest is {_shown(span.low, leaf)} ({span.low_of})"
    if leaf.value > _FAR * span.high:
        return f"far above all sources, whose highest is {_shown(span.high, leaf)} ({span.high_of})"
    return ""


def _off_median(leaf: Input | Given) -> str:
    """A lognormal whose value is not where half of its draws lie below."""
    if leaf.distribution.kind != "lognormal":
        return ""
    median = (float(leaf.low) * float(leaf.high)) ** 0.5
    if abs(float(leaf.value) / median - 1) <= 0.05:
        return ""
    shown = _shown(Fraction(f"{median:.3g}"), leaf)
    return f"is not the median of its draws, which is {shown}: results at the value lie off the middle of their band"


def _together(step: Step) -> Iterator[str]:
    """What does not fit together."""
    value = {leaf.quantity.name: leaf.value for leaf in step.leaves}
    yours = {leaf.quantity.name for leaf in step.yours}
    if {"servers", "gpus", "gpus_per_server"} <= set(value) and yours & {"servers", "gpus"}:
        held = value["servers"] * value["gpus_per_server"]
        if not 0 <= held - value["gpus"] < value["gpus_per_server"]:
            servers, said, gpus = (f"{float(one):,g}" for one in (value["servers"], held, value["gpus"]))
            yield f"servers and gpus do not fit: {servers} servers hold {said} GPUs, not {gpus}"
    power = next((leaf for leaf in step.leaves if leaf.quantity.name == "server_power"), None)
    load = value.get("server_load", Fraction(1))
    if isinstance(power, Input) and power.kind in ("measured", "estimate") and "server_load" in yours and load < 1:
        yield f"server_load is taken off a server_power that is {power.kind} already, and no rating"
    run = ("gpus", "peak_flops", "training_time", "flop_utilisation", "training_flop")
    if set(run) <= set(value) and yours & set(run):
        made = value["gpus"] * value["peak_flops"] * value["training_time"] * value["flop_utilisation"]
        ratio = made * Fraction(86400) * 10**12 / value["training_flop"]
        if abs(ratio - 1) > Fraction(1, 100):
            yield f"gpus, peak_flops, training_time and flop_utilisation make {float(ratio):.3g} times training_flop"


@functools.cache
def _known() -> _Known:
    return read_traps(packaged_text("traps.toml"))


def read_traps(text: str) -> _Known:
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
    traps: dict[str, tuple[_Trap, ...]] = {}
    for table in file.get("trap", ()):
        q = _quantity(table)
        traps[q.name] = (*traps.get(q.name, ()), _read_trap(table, q))
    spans: dict[str, Span] = {}
    for table in file.get("span", ()):
        q = _quantity(table)
        low, high = (_own(table[end], q, table) for end in ("low", "high"))
        if not low < high:
            raise table.wrong("low is not below high", "low")
        spans[q.name] = Span(low, high, table.text("low_of"), table.text("high_of"))
    return _Known(traps, spans)


def _quantity(table: Table) -> Quantity:
    with table.blamed("quantity"):
        return quantity(table.text("quantity"))


def _read_trap(table: Table, q: Quantity) -> _Trap:
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
    return _Trap(equals, Fraction(table.get("within", 1)) / 100, above, below, needs, meant, table.text("line"))


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
    if stated := _known().spans.get(q.name):
        return stated
    known = [(one, scenario(name).title) for name in scenario_names() if (one := scenario(name).get(q))]
    known += [
        (one, entry.title) for kind in KINDS.values() for entry in entries(kind) if (one := entry.inputs.get(q.name))
    ]
    if len({one.value for one, _ in known}) < _FEWEST:
        return None
    least, most = min(known, key=lambda one: one[0].low), max(known, key=lambda one: one[0].high)
    return Span(least[0].low, most[0].high, least[1], most[1])
