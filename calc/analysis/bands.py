"""The nine-in-ten band of a result, as numbers; `calc.analysis.results` writes it."""

from __future__ import annotations

from fractions import Fraction

from calc.analysis import sampling
from calc.analysis.band_table import kept_points, kept_range
from calc.base.errors import DomainError
from calc.base.memo import kept
from calc.base.numbers import NEAR
from calc.model.step import Step

__all__ = ["ends", "in_band", "percentiles"]


def ends(step: Step) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest value of a step, in the own unit; None where there are none, or one is impossible.

    `calc.analysis.warnings` says so where a reader's numbers make it impossible.
    """
    try:
        return kept(step, "ends", lambda: kept_range(step))
    except DomainError:
        _ = step.exact  # what is impossible by itself is refused
        return None


def percentiles(step: Step) -> tuple[float, ...] | None:
    """The 5, 50 and 95 % points of a step's draws, in the own unit; None where no input has a range.

    Raises
    ------
    DomainError : the value, or what one of the draws leads to, is outside its domain.
    """
    _ = step.exact
    if not sampling.uncertain(step):
        return None
    return kept(step, "percentiles", lambda: kept_points(step) or sampling.quantiles(sampling.of(step)))


def in_band(step: Step) -> bool:
    """Whether a step's value lies inside its own nine-in-ten band; True where it has none."""
    try:
        points = percentiles(step)
    except DomainError:
        return True
    value, near = float(step.exact), NEAR * abs(float(step.exact))
    return points is None or points[0] - near <= value <= points[-1] + near
