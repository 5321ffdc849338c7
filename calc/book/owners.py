"""Owners of data centres and of models, by date: their series, and how fast each grows."""

from __future__ import annotations

from calc.model.as_of import trend
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.series import Series, all_series
from calc.model.step import Step

__all__ = ["growth", "owned"]

_RATIOS = ("pue", "wue")  # of these a growth says nothing


def owned() -> tuple[Series, ...]:
    """The series of companies, in the order of the file.

    Examples
    --------
    >>> owned()[0].id
    'openai-power'
    """
    return tuple(one for one in all_series().values() if "subject" not in one.about and "owner" in one.about)


def growth(one: Series) -> Step | None:
    """What a series grows by in a year, from its first value to its newest; None where it has one, or is a ratio.

    Examples
    --------
    >>> round(growth(owned()[0]).value, 2)
    2.08
    """
    if len(one.values) < 2 or one.quantity.name in _RATIOS:
        return None
    return derive(formula_by_id("yearly-growth"), trend(one), {})
