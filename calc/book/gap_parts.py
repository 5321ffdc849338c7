"""The gap between any two published figures, along those between neighbours; and by what its factors are of."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from calc.book.estimate_gaps import FILES, KINDS, Factor, Gap, all_gaps, estimate

__all__ = ["Part", "between", "parts"]


def between(start: str, end: str) -> Gap:
    """The gap between any two figures: the factors of all gaps on the way, turned round where the way leads back.

    Examples
    --------
    >>> gap = between("google", "devries")
    >>> round(float(gap.product), 1), len(gap.factors)
    (12.1, 7)
    >>> [factor.name for factor in between("altman", "ecologits").factors]
    ['not published', 'GPU time of a token', 'power of a GPU with its share of the server']
    """
    first, last = estimate(start), estimate(end)
    return Gap(first, last, _way(first.id, last.id, ()) or ())


def _way(here: str, there: str, been: tuple[str, ...]) -> tuple[Factor, ...] | None:
    """The factors from one figure to another, along gaps; None where there is no way that was not gone."""
    if here == there:
        return ()
    for gap in (one for file in FILES for one in all_gaps(file)):
        turned = tuple(replace(factor, value=1 / factor.value) for factor in reversed(gap.factors))
        for ends, factors in (((gap.start, gap.end), gap.factors), ((gap.end, gap.start), turned)):
            if ends[0].id == here and ends[1].id not in been:
                rest = _way(ends[1].id, there, (*been, here))
                if rest is not None:
                    return (*factors, *rest)
    return None


@dataclass(frozen=True)
class Part:
    """What the factors of one kind come to together: their product, and its share of the gap, by its logarithm."""

    kind: str
    factor: Fraction
    share: float


def parts(start: str, end: str) -> tuple[Part, ...]:
    """The gap between two figures by kind of factor, in the order of `KINDS`; the products multiply to it exactly.

    Examples
    --------
    >>> [(one.kind, round(float(one.factor), 2)) for one in parts("devries", "google")][1:4]
    [('hardware', 0.35), ('software', 1.75), ('model', 0.57)]
    """
    gap = between(start, end)
    whole, found = math.log(gap.product), []
    for kind in KINDS:
        factor = math.prod((one.value for one in gap.factors if one.kind == kind), start=Fraction(1))
        if any(one.kind == kind for one in gap.factors):
            found.append(Part(kind, factor, math.log(factor) / whole))
    return tuple(found)
