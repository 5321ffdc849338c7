"""How well each way of foretelling a run does, and how utilisations are spread."""

from __future__ import annotations

import functools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from calc.book.run_methods import METHODS, STATED, chance_of_so_few
from calc.book.runs import GENERATIONS, Run, foretell, runs

__all__ = ["Trial", "Utilisation", "trials", "utilisations"]


@dataclass(frozen=True)
class Trial:
    """How well one way of foretelling did on runs that it had not seen.

    Attributes
    ----------
    method : its name among `calc.book.run_methods.METHODS`.
    count, inside : runs, and how many lay in their band.
    chance : how likely so few or fewer lie inside if nine in ten should.
    median : the factor by which the expectation is off, either way.
    width : the median factor from the middle of a band to its end.
    score : the sum of the logarithms of the densities; the higher, the better.
    """

    method: str
    count: int
    inside: int
    chance: float
    median: float
    width: float
    score: float


@functools.cache
def trials() -> tuple[Trial, ...]:
    """Every way of foretelling, on every run that 6ND describes, each run left out in its turn.

    Examples
    --------
    >>> [one.method for one in trials()]
    ['together', 'own', 'common', 'shrunk']
    """
    told = tuple(run for run in runs() if not run.why)
    found = []
    for method in METHODS:
        each = [foretell(run, told, method) for run in told]
        inside = sum(one.inside for one in each)
        found.append(Trial(
            method, len(each), inside, chance_of_so_few(inside, len(each)), statistics.median(x.error for x in each),
            statistics.median(one.high / one.middle for one in each), sum(one.score for one in each),
        ))  # fmt: skip
    return tuple(found)


@dataclass(frozen=True)
class Utilisation:
    """Utilisations of the runs of a generation, and of a number format or a design in it.

    Attributes
    ----------
    generation, part : which; an empty part is the whole generation.
    count : how many runs.
    least, median, greatest : shares of the dense peak in bf16.
    expected : the 5, 50 and 95 % points to expect of one more run of the generation; None for a part.
    """

    generation: str
    part: str
    count: int
    least: float
    median: float
    greatest: float
    expected: tuple[float, float, float] | None


def utilisations() -> tuple[Utilisation, ...]:
    """Utilisations by generation, and within each by number format and by design.

    Examples
    --------
    >>> [one.generation for one in utilisations() if not one.part][0]
    'older'
    """
    told = [run for run in runs() if not run.why]
    found = []
    for name in GENERATIONS:
        alike = [run for run in told if run.generation == name]
        found.append(_spread(name, "", alike, told))
        for words in ({run.id: run.number_format for run in alike}, {run.id: run.design for run in alike}):
            kinds = sorted({*words.values()} - {""})
            if len(kinds) > 1:  # else it is the whole generation again
                found += [_spread(name, kind, [run for run in alike if words[run.id] == kind], told) for kind in kinds]
    return tuple(one for one in found if one.count)


def _spread(generation: str, part: str, alike: Sequence[Run], told: Sequence[Run]) -> Utilisation:
    shares = sorted(run.utilisation for run in alike)
    points = None
    if not part:
        seen = [(one.generation, math.log(one.utilisation)) for one in told]
        more = METHODS[STATED].expect(seen, generation)
        low, mid, high = (math.exp(more.middle + off) for off in (-more.reach, 0.0, more.reach))
        points = (low, mid, min(1.0, high))
    return Utilisation(generation, part, len(shares), shares[0], statistics.median(shares), shares[-1], points)
