"""The bands of the book's own results, and which inputs their spread is due to, kept so that none need be drawn again.

Each is found by all that makes it: formulas, values, distributions, correlations, and how it is drawn. So one that is
out of date is not found, and is drawn as ever; `make bands` writes ``data/bands.json`` and ``data/shares.json`` anew.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

from calc.analysis import sampling
from calc.base.atomic_files import write_file
from calc.base.errors import DomainError
from calc.model.fingerprint import derivation_hash
from calc.model.step import Step

__all__ = ["BANDS", "SHARES", "band_key", "bands_of", "kept_points", "kept_shares", "store"]

BANDS, SHARES = "bands.json", "shares.json"


def band_key(step: Step) -> str:
    """A short name for all that determines a result's draws: equal names, equal draws.

    Examples
    --------
    >>> from calc import training_energy
    >>> band_key(training_energy.derive()) == band_key(training_energy.derive(gpus=25_000))
    False
    """
    import hashlib

    drawn = {one.quantity.name: repr(one.distribution) for one in sampling.uncertain(step)}
    together = [repr(one) for one in step.scenario.correlations if {one.first, one.second} <= set(drawn)]
    data = [derivation_hash(step), drawn, together, sampling.SEED, sampling.DRAWS]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:20]


def kept_points(step: Step) -> tuple[float, ...] | None:
    """The 5, 50 and 95 % points of one of the book's own results, in its own unit; None where they are not kept."""
    if step.is_own:
        return None
    found = _table(BANDS).get(band_key(step))
    return tuple(found) if found else None


def kept_shares(step: Step) -> Mapping[str, tuple[float, float]] | None:
    """The main and the total share of each input in the variance of one of the book's own results; None as above."""
    found = None if step.is_own else _table(SHARES).get(band_key(step))
    return {name: (main, total) for name, (main, total) in found.items()} if found else None


@functools.cache
def _table(name: str) -> Mapping[str, Any]:
    file = resources.files("calc").joinpath(f"data/{name}")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
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


def store(name: str, found: Mapping[str, Any]) -> None:
    """Write a table, one line a result."""
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(points)}" for key, points in found.items())
    with resources.as_file(resources.files("calc")) as folder:
        write_file(folder / "data" / name, f"{{\n{lines}\n}}\n".encode())
