"""The known mistakes in some quantities, as the pages' script takes them."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from calc.analysis.traps import Trap, dense_peaks, known, span_of
from calc.base.quantities import Quantity

__all__ = ["trap_data"]


def trap_data(quantities: Collection[Quantity]) -> dict[str, Any]:
    """The known mistakes in some quantities, how far all sources of each reach, and the dense peaks; in own units."""
    traps = {q.name: [_trap(one) for one in known().traps.get(q.name, ())] for q in quantities}
    spans = {q.name: span for q in quantities if (span := span_of(q))}
    peaks = dense_peaks() if any(q.name == "peak_flops" for q in quantities) else {}
    return {
        "traps": {name: found for name, found in traps.items() if found},
        "spans": {
            name: {"low": _number(one.low), "high": _number(one.high), "low_of": one.low_of, "high_of": one.high_of}
            for name, one in spans.items()
        },
        "dense": [[title, _number(peak)] for title, peak in peaks.items()],
    }


def _trap(trap: Trap) -> dict[str, Any]:
    ends = {name: None if end is None else _number(end) for name, end in (("above", trap.above), ("below", trap.below))}
    return {
        "equals": [_number(one) for one in trap.equals], "within": float(trap.within), **ends, "needs": trap.needs,
        "meant": float(trap.meant) if trap.meant else None, "line": trap.words,
    }  # fmt: skip


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 and abs(value) <= 2**53 else float(value)
