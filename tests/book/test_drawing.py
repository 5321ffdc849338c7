"""An equation as a drawing: its outlines reach as far as matplotlib's own of the same line."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser
from matplotlib.textpath import TextPath

from _ext.site.equation_svg import ROW, SIZE, Pen
from _ext.site.mathtext_reader import Lines
from calc.book.home import book_derivations
from calc.render.latex import equation
from tests.sampling import sample

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


# What the book's equations do not have; some of it is left to matplotlib's own reader.
UNUSUAL = (
    r"-x - y", r"x^2_1", r"f'_3", r"x'^{2}", r"{-1} \times (+2)", r"\max_i x^2", r"\sin^2 x", r"\log(x)", r"a, b",
    r"3. x", r"\sqrt{\frac{a}{b}}", r"\sqrt[3]{x}", r"\left[\left(x\right)^2\right]_0", r"\left.x\right|",
    r"\dot{x}^2", r"\hat \beta_1", r"\mathbf{x}\mathcal{L}", r"\sum_{i=1}^n x_i", r"\int_0^1 x", r"a \quad b~c\ d",
    r"\text{a {b} c}", r"x _ 2", r"\rm{a} b", r"\overline{x}", r"{}^2", r"_2", r"'", r"\leftarrow \widehat{xy}",
    r"\frac{\frac{1}{2}}{x^{y^z}}",    r"\{x\}", r"µ\%",
)  # fmt: skip


def boxes(reader: Any, line: str) -> tuple[Any, ...]:
    """Size, letters with their places and rules of a line as a reader sets it."""
    *size, glyphs, rules = reader.parse(f"${line}$", 72, FontProperties(size=100, math_fontfamily="stix"))
    return *size, [(font.postscript_name, *place) for font, *place in glyphs], rules


def test_lines_are_read_as_matplotlib_reads_them() -> None:
    drawn = {
        part.strip()
        for step in sample(book_derivations(), 10, "lines read")
        for row in ROW.split(equation(step).removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}"))
        for part in row.split("&", 1)
    }
    ours, theirs = Lines("path"), MathTextParser("path")
    Lines._parser._whole = None
    for line in sorted(drawn - {""}):
        assert boxes(ours, line) == boxes(theirs, line), line
    assert Lines._parser._whole is None  # none of the book's was left to matplotlib's own
    for line in UNUSUAL:
        assert boxes(ours, line) == boxes(theirs, line), line


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
