"""Charts of how sure a result is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from calc.analysis.results import band_text, show_result
from calc.api import formula_by_id
from calc.base.unit_words import unit_text
from calc.charts import QUIET, SERIES, Canvas, chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BINS = 40
_SHOWN = (("training-energy", "the run"), ("daily-serving-energy", "one day of answers"))


def _histogram(axes: Axes, name: str) -> None:
    """Draws as columns, those beyond the 5 and 95 % points quiet, and the value as a line."""
    found = formula_by_id(name).derive()
    low, high = found.low, found.high
    if low is None or high is None:
        return
    counts, edges = np.histogram(found.draws, bins=_BINS)
    middles = (edges[1:] + edges[:-1]) / 2
    colours = [SERIES[0] if low <= middle <= high else QUIET for middle in middles]
    axes.bar(middles, counts, width=edges[1] - edges[0], color=colours)
    axes.axvline(float(found.exact), color=SERIES[1], linewidth=1.5)
    axes.set_xlabel(f"{dict(_SHOWN)[name]}, {unit_text(found.unit)}")
    axes.set_yticks([])
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)


@chart(height=2.2, narrow_height=3.6)
def draws_of_run_and_day(canvas: Canvas) -> str:
    """The draws of the run's energy and of one day of answers, and as lines what the values of the inputs make."""
    grid = canvas.figure.subplots(*((2, 1) if canvas.narrow else (1, 2)))
    for axes, (name, _) in zip(grid.flat, _SHOWN, strict=True):
        _histogram(axes, name)
    said = []
    for name, what in _SHOWN:
        found = formula_by_id(name).derive()
        said.append(f"{what}, nine draws in ten from {band_text(found)}, value {show_result(found).text}")
    return f"Two histograms of draws: {'; '.join(said)}."
