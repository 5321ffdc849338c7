"""Charts: pictures drawn from the book's own figures, never from typed ones.

A chart is a function that draws on a matplotlib figure and returns what the picture shows, in words::

    @chart(height=2.6)
    def power_boundaries(canvas):
        \"\"\"What 25,000 GPUs draw, by what is counted.\"\"\"   # the summary is the chart's title
        axes = canvas.axes()
        ...
        return "Bars of power: ..."                        # the words for those who do not see it

It is shown with ``{chart} power-boundaries`` on a page. Numbers come from `number` (a reference as the prose uses
it, see `calc.book.lookup`), from derivations, or from `Formula.sweep`. Colours come from `style`: each is a CSS
variable on a page, so that a chart reads in light, dark and print. A chart is drawn twice for a page, wide and narrow;
``canvas.narrow`` says which.
"""

from __future__ import annotations

import functools
import importlib
import io
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calc.base.decimals import whole
from calc.base.docstrings import docstring
from calc.base.errors import DefinitionError, UnknownNameError, nearest
from calc.charts import style, told
from calc.charts.axes import followed_axes
from calc.charts.marks import Drawn, drawing_data, table
from calc.charts.remembered import PAGE_DPI, pen
from calc.charts.svg_page import for_page, plain
from calc.charts.told import along, band, number, of_step, said, step_words, swept, words
from calc.charts.values import Values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from calc.charts.axes import FollowedAxes

__all__ = [
    "BAR",
    "Canvas",
    "Chart",
    "all_charts",
    "along",
    "band",
    "beside",
    "chart",
    "chart_by_id",
    "lie",
    "number",
    "of_step",
    "said",
    "step_words",
    "swept",
    "thousands",
    "words",
]

BAR = 0.62  # of the height of a row

_CHARTS: dict[str, Chart] = {}


@dataclass(frozen=True)
class Canvas:
    """What a chart draws on.

    Attributes
    ----------
    figure : the matplotlib figure.
    narrow : whether it is drawn for a phone, where labels want to be fewer and shorter.
    """

    figure: Figure
    narrow: bool

    def axes(self, **settings: Any) -> FollowedAxes:
        """One pair of axes without a frame, with quiet grid lines."""
        axes: FollowedAxes = self.figure.subplots(subplot_kw={"axes_class": followed_axes()}, **settings)
        return axes

    def many_axes(self, nrows: int, ncols: int) -> Any:
        """An array of such axes."""
        return self.figure.subplots(nrows, ncols, subplot_kw={"axes_class": followed_axes()})

    def bars(
        self, names: Sequence[str], values: Sequence[float], labels: Sequence[str], colours: Any, axis: str,
        room: float,
    ) -> FollowedAxes:  # fmt: skip
        """One bar a row, the first on top, each with its value behind it.

        Parameters
        ----------
        names, values, labels : of each bar; the values as the axis counts them, the labels as the book prints them.
        colours : one, or one for each.
        axis : what the axis says: the unit.
        room : how many times the longest bar the axis is long, so that the labels have room.
        """
        axes = self.axes()
        axes.barh(names, values, color=colours, height=BAR)
        for place, (value, label) in enumerate(zip(values, labels, strict=True)):
            beside(axes, label, (value, place))
        axes.invert_yaxis()
        lie(axes, axis, 0, max(values) * room)
        return axes


@dataclass(frozen=True)
class Chart:
    """A picture of the book.

    Attributes
    ----------
    id : hyphenated noun.
    title : what it shows, in one clause.
    draw : draws it and returns it in words.
    height : inches, at `style.WIDE` inches of width; on a phone it is `narrow_height`.

    Examples
    --------
    >>> chart_by_id("power-boundaries").title
    'Servers drew less than their ratings, and the site more than its servers'
    """

    id: str
    title: str
    draw: Callable[[Canvas], str]
    height: float
    narrow_height: float

    def to_svg(self, narrow: bool = False, colours: str = "css") -> tuple[str, str]:
        """The picture as SVG, and in words.

        Parameters
        ----------
        narrow : for a phone.
        colours : ``css`` for the variables of a page, ``plain`` for fixed ones that read on white.

        Raises
        ------
        CalcError : matplotlib is not installed.

        Examples
        --------
        >>> picture, told = chart_by_id("power-boundaries").to_svg()
        >>> picture[:4], told.split(":")[0]
        ('<svg', 'Bars of power, with the ratings as marks')
        """
        made = self.on_page(narrow)
        return made.picture if colours == "css" else plain(made.picture), made.told

    def on_page(self, narrow: bool = False, values: Values | None = None) -> Drawn:
        """The picture for a page, what it shows as a table, and how it follows a case, by values it may share."""
        with told.recorded(values) as record, self._drawn(narrow) as (made, text):
            name = f"{self.id}-narrow" if narrow else self.id
            says, parts = told.plain(text, record)
            rows, places = table(made.figure)
            follows = drawing_data(made.figure, name, parts, places, record)
            drawing = pen(made.figure)
            # The figure itself: `savefig` would draw once more before, to have things in place, and they are.
            made.figure.dpi = PAGE_DPI
            made.figure.draw(drawing)
            drawing.finalize()
        return Drawn(for_page(drawing.page.getvalue(), name, says), says, rows, follows)

    def to_pdf(self) -> bytes:
        """The picture as a PDF, for print."""
        from matplotlib.backends.backend_pdf import FigureCanvasPdf

        with self._drawn(narrow=False) as (made, _):
            data, canvas = io.BytesIO(), FigureCanvasPdf(made.figure)
            # As with SVG, all is in its place already.
            dates: Any = {"CreationDate": None, "Creator": None, "Producer": None}
            canvas.print_pdf(data, metadata=dates)  # type: ignore[no-untyped-call]
        return data.getvalue()

    def _drawn(self, narrow: bool) -> Any:
        return style.drawn(self.draw, narrow, self.narrow_height if narrow else self.height, Canvas)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        picture, told = self.to_svg(colours="plain")
        return {"image/svg+xml": picture, "text/plain": told}


def chart(height: float = 3.0, narrow_height: float | None = None) -> Callable[[Callable[[Canvas], str]], Chart]:
    """Make a chart of a function that draws one.

    Raises
    ------
    DefinitionError : its name is taken, or it has no docstring.
    """

    def made(draw: Callable[[Canvas], str]) -> Chart:
        name = draw.__name__.replace("_", "-")
        if name in _CHARTS:
            raise DefinitionError(f"chart {name!r} is defined twice")
        if not docstring(draw):
            raise DefinitionError(f"chart {name!r} has no docstring; its first line is the title")
        title = docstring(draw).strip().partition("\n")[0].rstrip(".")
        _CHARTS[name] = Chart(name, title, draw, height, narrow_height or height)
        return _CHARTS[name]

    return made


@functools.cache
def all_charts() -> tuple[Chart, ...]:
    """Every chart; a module of this package defines its charts when it is imported."""
    package = importlib.import_module("calc.charts")
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"calc.charts.{module}")
    return tuple(_CHARTS.values())


def chart_by_id(name: str) -> Chart:
    """Look a chart up.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

    Examples
    --------
    >>> chart_by_id("power-boundary")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: 'power-boundary' is not a chart; did you mean 'power-boundaries'?
    """
    known = {one.id: one for one in all_charts()}
    if name not in known:
        raise UnknownNameError(f"{name!r} is not a chart{nearest(name, known)}")
    return known[name]


def lie(axes: Axes, label: str, low: float, high: float) -> None:
    """Let the rows of a chart lie along a scale: its ends, what it says, and no lines between the rows."""
    axes.set_xlim(low, high)
    axes.set_xlabel(label)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)


def beside(axes: Axes, text: str, at: tuple[float, float | str], away: float = 4, **settings: Any) -> None:
    """Write to the right of a place of a row, so many points away from it."""
    axes.annotate(text, at, xytext=(away, 0), textcoords="offset points", va="center", **settings)


def thousands(axes: Axes) -> None:
    """Write the numbers of the scale as the book writes whole ones."""
    axes.xaxis.set_major_formatter(lambda value, _: whole(value))
