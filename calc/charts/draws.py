"""Charts of how sure a result is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from calc.api import formula_by_id
from calc.base.unit_words import unit_text
from calc.charts import QUIET, SERIES, Canvas, chart, of_step, step_words, words

if TYPE_CHECKING:
    from calc.charts.axes import FollowedAxes

_BINS = 40
_SHOWN = (
    ("training-energy", "gpt-4-estimate", "the run"),
    ("daily-serving-energy", "chatgpt-2025-07", "one day of answers"),
)
_ARTICLE = "gpt-4"


def _histogram(axes: FollowedAxes, name: str, scenario: str, what: str) -> None:
    """Draws as columns, those beyond the 5 and 95 % points quiet; as lines the value, and the article's, broken."""
    found, theirs = formula_by_id(name).derive(scenario), formula_by_id(name).derive(_ARTICLE)
    low, high = found.low, found.high
    if low is None or high is None:
        return
    # A long tail would leave no room for the rest: what lies beyond one and a half times the 95 % point is not drawn.
    far = float(theirs.exact) * 1.02 if theirs.exact > high else 1.5 * high
    counts, edges = np.histogram(found.draws, bins=_BINS, range=(min(found.draws), far))
    middles = (edges[1:] + edges[:-1]) / 2
    points = of_step(found, point=0), of_step(found, point=2)
    for inside, colour in ((True, SERIES[0]), (False, QUIET)):
        shown = [
            count if bool(low <= middle <= high) == inside else 0 for middle, count in zip(middles, counts, strict=True)
        ]
        axes.histogram(edges.tolist(), shown, points, inside, color=colour)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0, max(counts) * 1.05)
    axes.axvline(of_step(found), color=SERIES[1], linewidth=1.5)
    axes.axvline(of_step(theirs), color=QUIET, linewidth=1.5, linestyle="--")
    right = theirs.exact > high
    axes.annotate(
        "the article", (of_step(theirs), max(counts)), xytext=(-4 if right else 4, 0), textcoords="offset points",
        ha="right" if right else "left", va="top", color=QUIET, rotation=90,
    )  # fmt: skip
    axes.set_xlabel(f"{what}, {unit_text(found.unit)}")
    axes.set_yticks([])
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)


@chart(height=2.2, narrow_height=3.6)
def draws_of_run_and_day(canvas: Canvas) -> str:
    """The article's run lies beyond all of our draws, its day of answers among them."""
    grid = canvas.many_axes(nrows=2 if canvas.narrow else 1, ncols=1 if canvas.narrow else 2)
    for axes, shown in zip(grid.flat, _SHOWN, strict=True):
        _histogram(axes, *shown)
    said = []
    for name, scenario, what in _SHOWN:
        found, theirs = formula_by_id(name).derive(scenario), formula_by_id(name).derive(_ARTICLE)
        said.append(
            f"{what}, nine draws in ten from {words(f'{name}; scenario {scenario}; spread')}, most likely "
            f"{step_words(found)}, the article {step_words(theirs)}"
        )
    return f"Two histograms of draws: {'; '.join(said)}."
