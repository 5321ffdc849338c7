"""Axes that note which of what is drawn on them comes from the book's inputs, so that a page can draw it again."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from calc.charts.cells import cells_path, columns_path
from calc.charts.remembered import axis_classes
from calc.charts.told import plain
from calc.charts.tracked import Told

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
else:
    Axes = object  # matplotlib is an extra: `followed_axes` brings its class

__all__ = ["FollowedAxes", "Item", "followed_axes"]


@dataclass
class Item:
    """Something drawn that follows a reader's case.

    Attributes
    ----------
    artist, axes : what is drawn, and on which axes; without an artist it is shown only while there is a case.
    kind : ``line``, ``area`` between two lines, ``rect``, ``text``, ``vline``, ``hline`` or ``vspan``.
    along, across : its places along x and along y, as the axes count them.
    more : the second line of an area.
    order : of cells.
    columns : of a histogram, how many, and whether it has those within nine in ten.
    texts : the parts of its text, where these follow.
    """

    artist: Artist | None
    axes: Axes
    kind: str
    along: Sequence[float] = ()
    across: Sequence[float] = ()
    more: Sequence[float] = ()
    texts: list[Any] = field(default_factory=list)
    order: str = ""
    columns: tuple[int, bool] | None = None


def _is_told(values: Iterable[Any]) -> bool:
    return any(isinstance(one, Told) for one in values)


def _number(axis: Any, value: Any) -> Any:
    """A place along an axis of names as the number that it has there."""
    return axis.convert_units(value) if isinstance(value, str) else value


def _row(values: Any) -> list[Any]:
    return list(values) if hasattr(values, "__len__") and not isinstance(values, str) else [values]


class FollowedAxes(Axes):
    """Matplotlib's own, with a list of what follows; numbers are drawn as if they were no more than that."""

    items: list[Item]

    def _init_axis(self) -> None:
        """As matplotlib's, with axes that remember."""
        along, across = axis_classes()
        self.xaxis, self.yaxis = along(self, clear=False), across(self, clear=False)
        for axis, ends in ((self.xaxis, ("bottom", "top")), (self.yaxis, ("left", "right"))):
            for end in ends:
                self.spines[end].register_axis(axis)

    def _note(self, artist: Artist | None, kind: str, along: Any, across: Any = (), more: Any = ()) -> Item | None:
        if not (_is_told(along) or _is_told(across) or _is_told(more)):
            return None
        x, y, z = (
            [_number(axis, one) for one in values]
            for axis, values in ((self.xaxis, along), (self.yaxis, across), (self.yaxis, more))
        )
        item = Item(artist, self, kind, x, y, z)
        self.__dict__.setdefault("items", []).append(item)
        return item

    def plot(self, *args: Any, **kwargs: Any) -> Any:
        lines = super().plot(*args, **kwargs)
        if len(lines) == 1 and len(args) > 1 and not isinstance(args[1], str):
            self._note(lines[0], "line", _row(args[0]), _row(args[1]))
        return lines

    def barh(self, y: Any, width: Any, height: Any = 0.8, left: Any = None, **kwargs: Any) -> Any:
        bars = super().barh(y, width, height, left, **kwargs)
        widths, starts = _row(width), _row(0 if left is None else left)
        for place, bar in enumerate(bars):
            start = starts[place if len(starts) > 1 else 0]
            wide = widths[place if len(widths) > 1 else 0]
            low = bar.get_y()
            self._note(bar, "rect", [start, start + wide], [low, low + bar.get_height()])
        return bars

    def fill_between(self, x: Any, y1: Any, y2: Any = 0, **kwargs: Any) -> Any:  # type: ignore[override]
        area = super().fill_between(x, y1, y2, **kwargs)
        across, more = _row(y1), _row(y2)
        self._note(area, "area", _row(x), across, more if len(more) == len(across) else more * len(across))
        return area

    def annotate(self, text: str, xy: Any, *args: Any, **kwargs: Any) -> Any:
        return self._text(text, xy, super().annotate(plain(text)[0], xy, *args, **kwargs))

    def text(self, x: Any, y: Any, s: str, *args: Any, **kwargs: Any) -> Any:
        written = super().text(x, y, plain(s)[0], *args, **kwargs)
        return self._text(s, (x, y) if "transform" not in kwargs else (), written)

    def _text(self, text: str, at: Any, written: Artist) -> Artist:
        _, texts = plain(text)
        item = self._note(written, "text", at[:1], at[1:])
        if texts:
            item = item or Item(written, self, "text", list(at[:1]), list(at[1:]))
            item.texts = texts
            if item not in self.__dict__.setdefault("items", []):
                self.items.append(item)
        return written

    def axvline(self, x: Any = 0, *args: Any, **kwargs: Any) -> Any:
        line = super().axvline(x, *args, **kwargs)
        self._note(line, "vline", [x])
        return line

    def axhline(self, y: Any = 0, *args: Any, **kwargs: Any) -> Any:
        line = super().axhline(y, *args, **kwargs)
        self._note(line, "hline", (), [y])
        return line

    def axvspan(self, xmin: Any, xmax: Any, *args: Any, **kwargs: Any) -> Any:
        span = super().axvspan(xmin, xmax, *args, **kwargs)
        self._note(span, "vspan", [xmin, xmax])
        return span

    def histogram(
        self, edges: Sequence[float], counts: Sequence[int], points: Any, inside: bool, **settings: Any
    ) -> Any:
        """Columns of draws as one mark: those between two percentiles, or the others."""
        from matplotlib.patches import PathPatch

        made = self.add_patch(PathPatch(columns_path(edges, counts), linewidth=0, **settings))
        item = self._note(made, "hist", points)
        if item is not None:
            item.columns = len(counts), inside
        return made

    def set_xlabel(self, xlabel: str, *args: Any, **kwargs: Any) -> Any:
        return self._text(xlabel, (), super().set_xlabel(plain(xlabel)[0], *args, **kwargs))

    def set_ylabel(self, ylabel: str, *args: Any, **kwargs: Any) -> Any:
        return self._text(ylabel, (), super().set_ylabel(plain(ylabel)[0], *args, **kwargs))

    def set_xticks(self, ticks: Any, labels: Any = None, **kwargs: Any) -> Any:
        clean = [plain(one)[0] for one in labels] if labels is not None else None
        return super().set_xticks(self._ends("x ticks", ticks), clean, **kwargs)

    def set_yticks(self, ticks: Any, labels: Any = None, **kwargs: Any) -> Any:
        clean = [plain(one)[0] for one in labels] if labels is not None else None
        return super().set_yticks(self._ends("y ticks", ticks), clean, **kwargs)

    def set_xlim(self, left: Any = None, right: Any = None, **kwargs: Any) -> Any:
        self._ends("x", (left, right))
        return super().set_xlim(left, right, **kwargs)

    def set_ylim(self, bottom: Any = None, top: Any = None, **kwargs: Any) -> Any:
        self._ends("y", (bottom, top))
        return super().set_ylim(bottom, top, **kwargs)

    def _ends(self, name: str, values: Any) -> Any:
        """Keep how the ends of a scale, or its ticks, are worked out, where cells stand on it."""
        if _is_told(values):
            self.__dict__.setdefault("ends", {})[name] = list(values)
        return values

    def cells(self, count: float, order: str, each: float, **settings: Any) -> Any:
        """Squares in an order of `calc.charts.cells`, as one mark."""
        from matplotlib.patches import PathPatch

        made = self.add_patch(PathPatch(cells_path(count, order, each), linewidth=0, **settings))
        item = self._note(made, "cells", [count], [each])
        if item is not None:
            item.order = order
        return made

    def yours(self, value: float, along: str = "x") -> None:
        """Show with a line where a reader's case stands, while it is another than the book's."""
        places: Any = ([value], ()) if along == "x" else ((), [value])
        self._note(None, "yours", *places)


@functools.cache
def followed_axes() -> type[Any]:
    """The class of axes; made when the first chart is drawn, as matplotlib is an extra: `style.drawn` asks for it."""
    from matplotlib.axes import Axes

    class _Axes(FollowedAxes, Axes):
        """Both."""

    return _Axes
