"""Gaps between published figures as MyST: a table of the figures, and one of the factors of each gap."""

from __future__ import annotations

from fractions import Fraction

from calc.base.decimals import percent, times
from calc.book.estimate_gaps import FILES, KINDS, Estimate, Gap, all_estimates, all_gaps
from calc.book.gap_parts import between, parts
from calc.render.myst_markup import table

__all__ = ["estimates", "factors", "fall", "matrix"]

_FALL = ("devries", "google")


def estimates(file: str = FILES[0]) -> str:
    """The published figures: who, what it comes to, what it counts, where it stands."""
    rows = [[one.title, _linked(one), one.counts, f"{{cite:t}}`{one.source}`"] for one in all_estimates(file)]
    return table(["figure", "one prompt", "counts", "source"], rows, "estimates", [22, 18, 32, 28])


def factors(file: str = FILES[0]) -> str:
    """The factors of each gap between neighbours, which multiply to it exactly."""
    rows: list[list[str]] = []
    for gap in all_gaps(file):
        rows.append([f"**{gap.start.title} to {gap.end.title}**", f"**{times(gap.product)}**", _values(gap)])
        rows += [[factor.name, times(factor.value), factor.why] for factor in gap.factors]
    return table(["from one to the next", "factor", "why"], rows, "gaps", [30, 14, 56])


def fall() -> str:
    """The fall from the oldest figure to Google's by what it is of: factors that multiply to it exactly."""
    rows = [[KINDS[one.kind], times(one.factor), percent(Fraction(one.share))] for one in parts(*_FALL)]
    whole = between(*_FALL)
    rows.append([f"**all: {_values(whole)}**", f"**{times(whole.product)}**", percent(Fraction(1))])
    return table(["what changed", "factor", "share of the fall"], rows, "fall", [50, 22, 28])


def matrix(file: str = FILES[0]) -> str:
    """Every figure over every other one: how many times the row's is the column's."""
    known = all_estimates(file)
    rows = [
        [
            f"**{row.title}**",
            *(times(between(column.id, row.id).product).lstrip("×\N{NO-BREAK SPACE}") for column in known),
        ]
        for row in known
    ]
    return table(["times", *(one.title for one in known)], rows, "gap-matrix", [25, *([15] * len(known))])


def _values(gap: Gap) -> str:
    return f"{gap.start.text} to {gap.end.text}"


def _linked(one: Estimate) -> str:
    return f"{{ref}}`{one.text} <{one.target}>`"
