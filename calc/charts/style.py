"""How charts look: sizes, colours, and matplotlib's settings for them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from calc.base.errors import CalcError
from calc.charts.remembered import LAYOUT_DPI, surface

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["COLOURS", "NARROW", "WIDE", "drawn"]

WIDE, NARROW = 6.8, 3.5  # inches; 72 points each, which a page shows as so many pixels or a little more

# Each colour as it is on white. On a page it is the variable --chart-NAME of _static/charts.css, which has another one
# in the dark. The six of the series are apart for every common kind of colour vision; tell series apart by labels too.
COLOURS = MappingProxyType(
    {
        "ink": "#222833",
        "quiet": "#5b616a",
        "grid": "#dcd7ce",
        "paper": "#fdfcfb",
        "1": "#0b6a6a",
        "2": "#a8410e",
        "3": "#4a5fa5",
        "4": "#8a6d0b",
        "5": "#8c3d7e",
        "6": "#5f7a2a",
        "wrong": "#a3153b",
    }
)
INK, QUIET, GRID, PAPER = (COLOURS[name] for name in ("ink", "quiet", "grid", "paper"))
SERIES = tuple(COLOURS[str(number)] for number in range(1, 7))
WRONG = COLOURS["wrong"]


def _settings() -> Any:
    from matplotlib.rcsetup import cycler

    return {
        "svg.fonttype": "none",  # text stays text: it can be read, searched and scaled
        "svg.hashsalt": "book",  # the same ids each time
        "pdf.fonttype": 42,
        "font.family": "DejaVu Sans",  # only measured with: a page sets its own font
        "font.size": 9,
        "axes.prop_cycle": cycler(color=SERIES),
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.facecolor": "none",
        "axes.titlesize": 9,
        "figure.facecolor": "none",
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "legend.frameon": False,
        "lines.linewidth": 1.6,
        "text.color": INK,
        "text.parse_math": False,
        "xtick.color": QUIET,
        "xtick.labelcolor": INK,
        "ytick.color": QUIET,
        "ytick.labelcolor": INK,
    }


@contextlib.contextmanager
def drawn(
    draw: Callable[[Any], str], narrow: bool, height: float, canvas: Callable[[Figure, bool], Any]
) -> Iterator[Any]:
    """The canvas with a chart on it, and the chart in words, while matplotlib has the book's settings.

    Raises
    ------
    CalcError : matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context, rcdefaults, rcParams
        from matplotlib.figure import Figure
    except ImportError:
        raise CalcError("charts need matplotlib; install it with: pip install 'tokens-to-terawatts[charts]'") from None
    with rc_context():
        rcdefaults()  # a reader's own settings, in a matplotlibrc, change nothing of the book's charts
        rcParams.update(_settings())
        figure = Figure(figsize=(NARROW if narrow else WIDE, height), layout="constrained", dpi=LAYOUT_DPI)
        on = surface(figure)
        made = canvas(figure, narrow)
        told = draw(made)
        on.settled = True
        engine = figure.get_layout_engine()
        if engine is not None:  # once: matplotlib itself would do it again each time that it draws
            engine.execute(figure)
            figure.set_layout_engine("none")
        yield made, told
