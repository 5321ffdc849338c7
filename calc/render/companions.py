"""Results that stand beside another on one screen, in words and as data."""

from __future__ import annotations

from typing import Any

from calc.analysis.bands import percentiles
from calc.analysis.results import band_text, show_input, show_result
from calc.book.companions import companions
from calc.model.step import Step

__all__ = ["HEAD", "companion_data", "companion_rows"]

_NAMED = 2  # inputs of its own that are named beside a result
HEAD = ("beside it", "value", "nine draws in ten", "with", "formula")


def companion_rows(shown: Step) -> list[tuple[str, str, str, str, str]]:
    """Title, value, band, what it takes that the result does not, and id, of what stands beside a result.

    Examples
    --------
    >>> from calc import run_facility_energy
    >>> companion_rows(run_facility_energy.derive("seventy-billion"))[0][::4]
    ('Days of the run', 'run-days')
    """
    known = {leaf.quantity for leaf in shown.leaves}
    return [
        (one.formula.title, show_result(one).text, band_text(one), _more(one, known), one.formula.id)
        for one in companions(shown)
    ]


def _more(one: Step, known: set[Any]) -> str:
    more = [leaf for leaf in one.leaves if leaf.quantity not in known]
    said = ", ".join(f"{leaf.quantity.name} {show_input(leaf).text}" for leaf in more[:_NAMED])
    return f"{said} and {len(more) - _NAMED} more" if len(more) > _NAMED else said


def companion_data(shown: Step) -> list[dict[str, Any]]:
    """The same as plain data: value and 5, 50 and 95 % points in the own unit, or null where nothing has a range."""
    found = []
    for one in companions(shown):
        points = percentiles(one) or (None, None, None)
        low, median, high = points
        found.append({
            "id": one.formula.id, "title": one.formula.title, "result": one.formula.result.name, "value": one.value,
            "unit": one.unit, "low": low, "median": median, "high": high,
        })  # fmt: skip
    return found
