"""A chart's SVG as a page takes it: with the page's font and colours, ids of its own, and words."""

from __future__ import annotations

import re
from html import escape

from calc.base.errors import CalcError
from calc.charts import style

__all__ = ["for_page", "plain"]


def plain(picture: str) -> str:
    """A picture in a page's colours with fixed ones in their place, which read on white.

    Examples
    --------
    >>> plain('<path stroke="var(--chart-1)"/>')
    '<path stroke="#0b6a6a"/>'
    """
    for variable, colour in style.COLOURS.items():
        picture = picture.replace(f"var(--chart-{variable})", colour)
    return picture


def for_page(text: str, name: str, told: str) -> str:
    """Matplotlib's SVG as part of a page: ids of its own, the page's font and colours, and words."""
    body = text[text.index("<svg") :]
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', body)
    if box is None:
        raise CalcError(f"chart {name!r}: matplotlib's SVG has no viewBox")
    body = body[body.index(">") + 1 :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    body = re.sub(r' id="(?:figure|axes|patch|line2d|text|matplotlib\.axis|xtick|ytick|legend)_?[\w-]*"', "", body)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'(xlink:href="#|url\(#)([^")]+)', rf"\1{name}-\2", body).replace("xlink:href", "href")
    body = re.sub(r"font: ([\d.]+px)[^;\"]*", r"font-size: \1", body)
    for variable, colour in style.COLOURS.items():
        body = body.replace(colour, f"var(--chart-{variable})")
    body = re.sub(r"\n\s*", "\n", body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="{escape(told, quote=True)}" '
        f'viewBox="0 0 {box[1]} {box[2]}">{body.strip()}'
    )
