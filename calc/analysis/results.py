"""A result in words: the one place where a step's value and band are written, in as many digits as are known."""

from __future__ import annotations

from calc.analysis import sampling
from calc.analysis.budget import budget
from calc.base.errors import DomainError
from calc.base.memo import kept
from calc.base.numbers import DIGITS, Shown, between, digits_known, show, show_range, show_spread
from calc.model.step import Step

__all__ = ["band", "band_text", "digits", "percentiles", "range_text", "show_result"]


def digits(step: Step) -> int:
    """How many significant digits of a step's value are shown; `calc.base.numbers.digits_known` has the rule.

    Examples
    --------
    >>> from calc import training_energy
    >>> digits(training_energy.derive("gpt-4"))
    3
    """
    return kept(step, "digits", lambda: _digits(step))


def _digits(step: Step) -> int:
    found = budget(step)
    return DIGITS if found is None else digits_known(float(step.exact), found.uncertainty)


def show_result(step: Step, unit: str | None = None) -> Shown:
    r"""A step's value for print, with as many digits as are known of it.

    Parameters
    ----------
    unit : the unit to show it in; the one that reads best when left out.

    Examples
    --------
    >>> from calc import training_energy
    >>> show_result(training_energy.derive("gpt-4")).text
    '43.9\xa0GWh'
    """
    return show(step.exact, step.formula.result, unit, digits(step))


def range_text(step: Step, unit: str | None = None) -> str:
    """The least and the greatest value as text, or nothing where the step has no range."""
    ends = step.range
    if ends is None or ends[0] == ends[1]:
        return ""
    return show_range(*ends, step.formula.result, unit)


def percentiles(step: Step) -> tuple[float, ...] | None:
    """The 5, 50 and 95 % points of a step's draws, in the own unit; None where no input has a range.

    Raises
    ------
    DomainError : one of the draws is outside the result's domain.
    """
    if not sampling.uncertain(step):
        return None
    return kept(step, "percentiles", lambda: sampling.quantiles(sampling.of(step)))


def band(step: Step, unit: str | None = None) -> tuple[Shown, ...] | None:
    """The 5, 50 and 95 % points for print; None where no input has a range, or where a draw is impossible."""
    try:
        found = percentiles(step)
    except DomainError:
        return None
    if found is None or found[0] == found[-1]:
        return None
    return show_spread(found, step.formula.result, step.exact, unit)


def band_text(step: Step, unit: str | None = None) -> str:
    r"""The 5 and 95 % points as text, or nothing.

    Examples
    --------
    >>> from calc import training_energy
    >>> band_text(training_energy.derive("gpt-4"))
    '24 to 43\xa0GWh'
    """
    found = band(step, unit)
    return between(found[0], found[-1]) if found else ""
