"""The bands and ranges of the book's own results, and which inputs their spread is due to: kept for who asks again.

Each is found by all that makes it: formulas, values, ranges, distributions, correlations, and how it is drawn. So one
that is out of date is not found, and is worked out as ever; `make bands` writes ``data/bands.json``,
``data/ranges.json`` and ``data/shares.json`` anew.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from importlib import resources
from typing import Any

from calc.analysis import sampling
from calc.base.atomic_files import write_file
from calc.base.errors import DomainError
from calc.base.text_files import kept_json
from calc.model.fingerprint import derivation_hash
from calc.model.step import Step

__all__ = [
    "BANDS", "RANGES", "SHARES", "band_key", "bands_of", "kept_points", "kept_range", "kept_shares", "range_key",
    "ranges_of", "store",
]  # fmt: skip

BANDS, RANGES, SHARES = "bands.json", "ranges.json", "shares.json"


def band_key(step: Step) -> str:
    """A short name for all that determines a result's draws: equal names, equal draws.

    Examples
    --------
    >>> from calc import training_energy
    >>> band_key(training_energy.derive()) == band_key(training_energy.derive(gpus=25_000))
    False
    """
    drawn = {one.quantity.name: repr(one.distribution) for one in sampling.uncertain(step)}
    together = [repr(one) for one in step.scenario.correlations if {one.first, one.second} <= set(drawn)]
    return _key([derivation_hash(step), drawn, together, sampling.SEED, sampling.DRAWS])


def range_key(step: Step) -> str:
    """A short name for all that determines the least and the greatest value of a result.

    Examples
    --------
    >>> from calc import training_energy
    >>> range_key(training_energy.derive()) == range_key(training_energy.derive(gpus=25_000))
    False
    """
    ends = {leaf.quantity.name: f"{leaf.low} {leaf.high}" for leaf in step.leaves if leaf.low != leaf.high}
    return _key([derivation_hash(step), ends])


def _key(data: list[Any]) -> str:
    import hashlib  # OpenSSL takes a while to load

    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:20]


def kept_points(step: Step, *, planned: bool = False) -> tuple[float, ...] | None:
    """The 5, 50 and 95 % points of one of the book's own results, in its own unit; None where they are not kept.

    Parameters
    ----------
    planned : whether it may be of the planner's page too, where what a question seeks is given.
    """
    if step.is_own and not planned:
        return None
    found = _table(BANDS).get(band_key(step))
    return tuple(found) if found else None


def kept_range(step: Step) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest value of a result, worked out where it is not kept; None where that is not certain.

    Raises
    ------
    DomainError : as `Step.range`, of which none is kept that is refused.

    Examples
    --------
    >>> from calc import training_energy
    >>> step = training_energy.derive("gpt-4")
    >>> kept_range(step) == step.range
    True
    """
    table = {} if step.is_own else _table(RANGES)
    if not table or (key := range_key(step)) not in table:
        return step.range
    ends = table[key]
    return None if ends is None else (Fraction(ends[0]), Fraction(ends[1]))


def kept_shares(step: Step) -> Mapping[str, tuple[float, float]] | None:
    """The main and the total share of each input in the variance of one of the book's own results; None as above."""
    found = None if step.is_own else _table(SHARES).get(band_key(step))
    return {name: (main, total) for name, (main, total) in found.items()} if found else None


@functools.cache
def _table(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = kept_json(name, "make bands") or {}
    return found


def bands_of(steps: Iterable[Step]) -> dict[str, list[float]]:
    """The points of those that have a range, drawn anew, by their keys; one of which a draw is impossible has none."""
    found: dict[str, list[float]] = {}
    for step in steps:
        if sampling.uncertain(step):
            try:
                found[band_key(step)] = list(sampling.quantiles(sampling.of(step)))
            except DomainError:
                continue
    return dict(sorted(found.items()))


def ranges_of(steps: Iterable[Step]) -> dict[str, list[str] | None]:
    """The least and the greatest value of each that may have several, worked out anew, by their keys."""
    found: dict[str, list[str] | None] = {}
    for step in steps:
        if any(leaf.low != leaf.high for leaf in step.leaves):
            try:
                ends = step.range
                found[range_key(step)] = None if ends is None else [str(end) for end in ends]
            except DomainError:
                continue
    return dict(sorted(found.items()))


def store(name: str, found: Mapping[str, Any]) -> None:
    """Write a table, one line a result."""
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(points)}" for key, points in found.items())
    with resources.as_file(resources.files("calc")) as folder:
        write_file(folder / "data" / name, f"{{\n{lines}\n}}\n".encode())
