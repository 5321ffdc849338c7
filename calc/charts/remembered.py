"""What matplotlib asks again and again while a chart is laid out and drawn, worked out once: ticks, and sizes of texts.

A picture has the same bytes as without it, in two thirds of the time.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
else:
    Axis = object  # matplotlib is an extra: `axis_classes` brings its classes

__all__ = ["LAYOUT_DPI", "PAGE_DPI", "axis_classes", "pen", "surface"]

LAYOUT_DPI, PAGE_DPI = 100, 72  # of what a chart is laid out for, and of SVG and PDF


class RememberingAxis(Axis):
    """An axis that remembers its ticks, and how much room their labels take."""

    _ticks: tuple[Any, list[Any]] = None, []
    _boxes: tuple[Any, Any] = None, None

    def _update_ticks(self) -> list[Any]:
        if (place := self._place()) is None:
            return super()._update_ticks()  # type: ignore[misc, no-any-return]
        if self._ticks[0] != place:
            self._ticks = place, super()._update_ticks()  # type: ignore[misc]
        return self._ticks[1]

    def _get_ticklabel_bboxes(self, ticks: list[Any], renderer: Any) -> Any:
        place = self._place()
        if place is None or ticks is not self._ticks[1]:
            return super()._get_ticklabel_bboxes(ticks, renderer)  # type: ignore[misc]
        if self._boxes[0] != (place, renderer):
            self._boxes = (place, renderer), super()._get_ticklabel_bboxes(ticks, renderer)  # type: ignore[misc]
        return self._boxes[1]

    def _place(self) -> tuple[float, ...] | None:
        """What its ticks depend on; None while a chart may yet change them."""
        figure: Any = self.axes.get_figure(root=True)
        if not getattr(figure.canvas, "settled", False):
            return None
        return figure.dpi, *self.axes.bbox.bounds, *self.get_view_interval()

    def _copy_tick_props(self, src: Any, dest: Any) -> None:
        # A tick is made by the axis's settings; matplotlib copies all of these from the first one once more.
        dest.gridline.set_clip_box(src.gridline.get_clip_box())


@functools.cache
def axis_classes() -> tuple[type[Any], type[Any]]:
    """The classes of x and y; made when the first chart is drawn, as matplotlib is an extra."""
    from matplotlib.axis import XAxis, YAxis

    class AlongX(RememberingAxis, XAxis):
        __name__ = XAxis.__name__  # which an SVG has

    class AlongY(RememberingAxis, YAxis):
        __name__ = YAxis.__name__

    return AlongX, AlongY


def surface(figure: Figure) -> Any:
    """The canvas that a figure is laid out for.

    Its ``settled`` says whether all is on it, so that ticks depend on nothing but where the axes stand.
    """
    return _surface_and_pen()[0](figure)


def pen(figure: Figure) -> Any:
    """What draws a figure as SVG into its ``page``."""
    return _surface_and_pen()[1](*(PAGE_DPI * length for length in figure.get_size_inches()))


@functools.cache
def _surface_and_pen() -> tuple[type[Any], type[Any]]:
    from matplotlib.backend_bases import FigureCanvasBase
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.textpath import text_to_path

    class Ruler(RendererAgg):
        def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
            return _heights(prop.copy(), LAYOUT_DPI)

    ruler: Any = Ruler(1, 1, LAYOUT_DPI)  # type: ignore[no-untyped-call]  # one for all charts: matplotlib keeps with it how wide each text is

    class Surface(FigureCanvasBase):
        settled = False

        def get_renderer(self) -> Any:
            """As matplotlib's layout asks for it."""
            return ruler

    size = functools.lru_cache(8192)(text_to_path.get_text_width_height_descent)

    class Pen(RendererSVG):
        def __init__(self, wide: float, high: float) -> None:
            self.page = io.StringIO()
            super().__init__(wide, high, self.page, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]

        def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Any:
            return size(s, prop.copy(), ismath)

        def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
            return _heights(prop.copy(), PAGE_DPI)

    return Surface, Pen


@functools.cache
def _heights(font: FontProperties, dpi: float) -> tuple[float, float, float]:
    """How far any line of a face goes up and down, and the gap between two, as whoever drew it says."""
    from matplotlib.font_manager import findfont, get_font

    face = get_font(findfont(font))
    named: Any = face.get_sfnt_table("OS/2")
    scale = font.get_size_in_points() * dpi / 72
    em = face.get_sfnt_table("head")["unitsPerEm"]  # type: ignore[index]
    return tuple(
        1 / em * scale * one for one in (named["sTypoAscender"], -named["sTypoDescender"], named["sTypoLineGap"])
    )
