"""An equation as a drawing: its outlines reach as far as matplotlib's own of the same line."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from _ext.site.equation_svg import SIZE, Pen

LINES = (
    r"\frac{25{,}000\,\mathrm{GPUs}}{8\,\mathrm{GPUs}/\mathrm{server}}",
    r"2.184 \times 10^{25}\,\mathrm{FLOP}",
    r"\left\lceil \frac{N_\mathrm{GPU}}{g_\mathrm{server}} \right\rceil \times 36.0\,\%",
)
PATH = "{http://www.w3.org/2000/svg}path"


def extents(path: str) -> list[float]:
    """Left, top, right and bottom of the points of a path, of which only the first of each part is absolute."""
    x = y = 0.0
    start, points = (x, y), []
    for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        found = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers)]
        if letter in "hv":
            x, y = (x + found[0], y) if letter == "h" else (x, y + found[0])
            points.append((x, y))
        elif letter in "zZ":
            x, y = start
        else:
            whole = letter.isupper()
            corners = [
                (found[i], found[i + 1]) if whole else (x + found[i], y + found[i + 1]) for i in range(0, len(found), 2)
            ]
            x, y = corners[-1]
            start = (x, y) if letter in "mM" else start
            points += [] if whole else corners
    return [bound(values) for bound in (min, max) for values in zip(*points, strict=True)]


@pytest.mark.parametrize("line", LINES)
def test_an_outline_reaches_as_far_as_matplotlibs(line: str) -> None:
    drawing = ET.fromstring(Pen({}).draw(rf"\begin{{aligned}}x &= {line}\end{{aligned}}", "A title", "About it"))
    right = drawing.findall(PATH)[1].get("d")
    assert right
    left, top, far, bottom = extents(right)
    text = f"$= {line}$".replace(r"\frac", r"\dfrac")
    box = TextPath((0, 0), text, size=SIZE, prop=FontProperties(math_fontfamily="stix")).get_extents()
    assert far - left == pytest.approx(box.width, abs=0.03)
    assert bottom - top == pytest.approx(box.height, abs=0.03)


def test_what_was_drawn_is_drawn_the_same_again_from_memory() -> None:
    equation = rf"\begin{{aligned}}x &= {LINES[0]}\\" + f"\n&= {LINES[1]}" + r"\end{aligned}"
    first = Pen({})
    drawn = first.draw(equation, "A title", "About it")
    first.glyphs.clear()
    again = Pen(first.used)
    assert again.draw(equation, "A title", "About it") == drawn
    assert again.glyphs == {}


def test_an_unknown_command_is_named() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        Pen({}).draw(r"\begin{aligned}x &= \nonsense{2}\end{aligned}", "", "")
