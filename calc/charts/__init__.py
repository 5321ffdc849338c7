"""The book's charts. See `calc.charts.base` for how to draw one."""

from calc.charts.base import (
    BAR,
    Canvas,
    Chart,
    all_charts,
    band,
    beside,
    chart,
    chart_by_id,
    lie,
    number,
    thousands,
    words,
)
from calc.charts.style import COLOURS, GRID, INK, PAPER, QUIET, SERIES, WRONG

__all__ = [
    "BAR",
    "COLOURS",
    "GRID",
    "INK",
    "PAPER",
    "QUIET",
    "SERIES",
    "WRONG",
    "Canvas",
    "Chart",
    "all_charts",
    "band",
    "beside",
    "chart",
    "chart_by_id",
    "lie",
    "number",
    "thousands",
    "words",
]
