"""The nine-in-ten band of a result, as numbers; `calc.analysis.results` writes it."""

from __future__ import annotations

from calc.analysis import sampling
from calc.analysis.band_table import kept_points
from calc.base.errors import DomainError
from calc.base.memo import kept
from calc.base.numbers import NEAR
from calc.model.step import Step

__all__ = ["in_band", "percentiles"]


def percentiles(step: Step) -> tuple[float, ...] | None:
    """The 5, 50 and 95 % points of a step's draws, in the own unit; None where no input has a range.

    Raises
    ------
    DomainError : one of the draws is outside the result's domain.
    """
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
