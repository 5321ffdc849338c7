"""Published training runs, held against what the book works out from model, tokens and hardware alone.

A run's GPU-hours follow from 6ND, the peak of its chip and a utilisation. The utilisation is that of the other runs,
never the run's own: the band that nine runs in ten should lie in is worked out anew for each run, without it, in the
way that `calc.book.run_methods` states.
"""

from __future__ import annotations

import csv
import functools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from calc.base.text_files import packaged_text
from calc.book.run_methods import METHODS, STATED
from calc.model.registry import formula_by_id

__all__ = [
    "GENERATIONS", "Energy", "Foretold", "Run", "Summary", "energies", "foretell", "foretold", "runs", "summaries",
]  # fmt: skip

GENERATIONS = ("older", "Ampere", "other", "Hopper", "Blackwell")
_BILLION = 1e9


@dataclass(frozen=True)
class Run:
    """A published training run.

    Attributes
    ----------
    id, title : its name.
    parameters, tokens : active parameters, and tokens that it was trained on.
    chip, peak, generation : its chip, that chip's dense peak in TFLOP/s, and the generation.
    gpus : how many, or nothing where it is not published.
    gpu_hours : as published.
    design : ``dense`` or ``experts``.
    number_format : of most of its arithmetic, or empty where that is not published.
    printed : the utilisation that its source prints, as text, mostly of running steps; empty where it prints none.
    source, locator : key in references.bib, and the place.
    recalled : cells that were recalled and not seen again.
    why : why 6ND can't describe it, or empty.
    """

    id: str
    title: str
    parameters: float
    tokens: float
    chip: str
    peak: float
    generation: str
    gpus: int | None
    gpu_hours: float
    design: str
    number_format: str
    printed: str
    source: str
    locator: str
    recalled: str
    why: str

    @functools.cached_property
    def flop(self) -> float:
        """Model operations of the run, by the book's formula."""
        return float(formula_by_id("training-flop")(active_parameters=self.parameters, tokens=self.tokens))

    def hours_at(self, utilisation: float) -> float:
        """GPU-hours that the run needs at some utilisation, by the book's formula."""
        needed = formula_by_id("required-gpu-hours")
        return float(needed(training_flop=self.flop, peak_flops=self.peak, flop_utilisation=utilisation))

    @functools.cached_property
    def utilisation(self) -> float:
        """Share of the peak that its published hours make of 6ND; above one where that can't be."""
        return self.hours_at(1) / self.gpu_hours


@dataclass(frozen=True)
class Foretold:
    """A run, and what the others let one expect of it.

    Attributes
    ----------
    run : the run.
    low, middle, high : GPU-hours: the 5, 50 and 95 % points of what is to be expected.
    score : the logarithm of the density at what was published.
    """

    run: Run
    low: float
    middle: float
    high: float
    score: float

    @property
    def ratio(self) -> float:
        """Published hours over those expected."""
        return self.run.gpu_hours / self.middle

    @property
    def error(self) -> float:
        """By what factor the expectation is off, either way; one is exact."""
        return max(self.ratio, 1 / self.ratio)

    @property
    def inside(self) -> bool:
        """Whether the published hours lie in the band of nine in ten."""
        return self.low <= self.run.gpu_hours <= self.high


@dataclass(frozen=True)
class Summary:
    """Errors of a generation.

    Attributes
    ----------
    generation : which, or ``all``.
    count, inside : runs, and how many lie in their band.
    median, ninetieth : factors by which the expectation is off, either way.
    utilisation : the median share of the peak.
    """

    generation: str
    count: int
    inside: int
    median: float
    ninetieth: float
    utilisation: float


@dataclass(frozen=True)
class Energy:
    """A published energy of a run, and what the book's formula for the same boundary makes of its inputs, in MWh."""

    title: str
    boundary: str
    published: float
    computed: float
    source: str
    locator: str
    recalled: str


def _table(name: str) -> list[dict[str, str]]:
    lines = [line for line in packaged_text(f"runs/{name}").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@functools.cache
def runs() -> tuple[Run, ...]:
    """Every published run, in the order of the file.

    Examples
    --------
    >>> [run.title for run in runs()][:2], round(runs()[0].utilisation, 3)
    (['GPT-3 175B', 'PaLM 540B'], 0.197)
    """
    peaks = {row["chip"]: (row["title"], float(row["peak"])) for row in _table("chips.csv")}
    return tuple(_run(row, *peaks[row["chip"]]) for row in _table("published.csv"))


def _run(row: dict[str, str], chip: str, peak: float) -> Run:
    return Run(
        row["id"], row["title"], float(row["active"]) * _BILLION, float(row["tokens"]) * _BILLION, chip, peak,
        row["generation"], int(row["gpus"]) if row["gpus"] else None, float(row["gpu_hours"]), row["design"],
        row["format"], row["printed"], row["source"], row["locator"], row["recalled"], row["why"],
    )  # fmt: skip


@functools.cache
def foretold() -> tuple[Foretold, ...]:
    """Each run against what the others of its generation let one expect, those that 6ND describes first.

    Examples
    --------
    >>> all(one.low < one.middle < one.high for one in foretold())
    True
    """
    told = tuple(run for run in runs() if not run.why)
    rest = tuple(run for run in runs() if run.why)
    return tuple(foretell(run, told) for run in (*told, *rest))


def foretell(run: Run, told: Sequence[Run], method: str = STATED) -> Foretold:
    """What some runs let one expect of another, by one of `calc.book.run_methods`; of several, itself is left out.

    Examples
    --------
    >>> one = foretell(runs()[0], runs()[:12])
    >>> one.low < one.middle < one.high
    True
    """
    seen = [(one.generation, math.log(one.utilisation)) for one in told if one is not run]
    found = METHODS[method].expect(seen, run.generation)
    shares = [min(1.0, math.exp(found.middle + off)) for off in (found.reach, 0.0, -found.reach)]
    low, middle, high = (run.hours_at(share) for share in shares)
    return Foretold(run, low, middle, high, found.score(math.log(run.utilisation)))


def summaries() -> tuple[Summary, ...]:
    """Errors of each generation that has runs, and of all, of the runs that 6ND describes."""
    told = [one for one in foretold() if not one.run.why]
    parts = [(name, [one for one in told if one.run.generation == name]) for name in GENERATIONS]
    return tuple(_summed(name, part) for name, part in (*parts, ("all", told)) if part)


def _summed(name: str, part: Sequence[Foretold]) -> Summary:
    errors = sorted(one.error for one in part)
    ninetieth = statistics.quantiles(errors, n=10, method="inclusive")[-1] if len(errors) > 1 else errors[0]
    return Summary(
        name, len(part), sum(one.inside for one in part), statistics.median(errors), ninetieth,
        statistics.median(one.run.utilisation for one in part),
    )  # fmt: skip


def energies() -> tuple[Energy, ...]:
    """Published energies, each against the formula of its boundary with the same source's hours and power.

    Examples
    --------
    >>> bloom = energies()[0]
    >>> bloom.boundary, bloom.published, round(bloom.computed, 3)
    ('chip', 433.196, 433.196)
    """
    return tuple(_energy(row) for row in _table("energies.csv"))


def _energy(row: dict[str, str]) -> Energy:
    hours, power = float(row["gpu_hours"]), float(row["power"])
    if row["boundary"] == "chip":
        found = formula_by_id("run-chip-energy")(gpu_hours=hours, gpu_tdp=power)
    else:
        inner = formula_by_id("run-energy")(gpu_hours=hours, gpu_share_power=power)
        found = formula_by_id("run-facility-energy")(run_energy=inner, pue=float(row["pue"]))
    return Energy(
        row["title"], row["boundary"], float(row["energy"]), float(found) * 1000, row["source"], row["locator"],
        row["recalled"],
    )  # fmt: skip
