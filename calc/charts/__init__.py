"""The book's charts. See `calc.charts.base` for how to draw one."""

from calc.charts.base import Canvas, Chart, all_charts, chart, chart_by_id, number, words
from calc.charts.style import COLOURS, GRID, INK, PAPER, QUIET, SERIES, WRONG

__all__ = [
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
    "chart",
    "chart_by_id",
    "number",
    "words",
]
