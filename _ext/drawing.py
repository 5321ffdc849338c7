"""An equation as an SVG by itself, in outlines, so that it looks the same wherever it is put."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE, LEADING, GAP, MARGIN = 16.0, 9.0, 5.0, 4.0  # points
ROW = re.compile(r"\\\\\s*\n")


class Pen:
    """Draws equations; lines that it has drawn before, it has by heart.

    Attributes
    ----------
    used : what was drawn of late, to be given to the next one.
    """

    def __init__(self, known: dict[str, list[Any]]) -> None:
        from matplotlib import __version__

        self.known, self.by = known, __version__
        self.used: dict[str, Any] = {}

    def draw(self, equation: str, title: str, about: str) -> str:
        r"""A block of aligned rows as SVG.

        Parameters
        ----------
        equation : LaTeX, ``\begin{aligned}`` … ``\end{aligned}``, one ``&=`` in each row.
        title, about : what it is, and where it is from; for those who cannot see it or find the file by itself.

        Raises
        ------
        ValueError : it has a command that matplotlib's mathtext does not know.
        """
        rows = ROW.split(equation.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}").strip())
        left = [self._line(row.split("&=")[0]) for row in rows]
        right = [self._line("= " + row.split("&=", 1)[1]) for row in rows]
        middle = max(part.width for part in left)
        shapes, top = [], MARGIN
        for one, other in zip(left, right, strict=True):
            base = top + max(one.above, other.above)
            shapes += [one.at(MARGIN + middle - one.width, base), other.at(MARGIN + middle + GAP, base)]
            top = base + max(one.below, other.below) + LEADING
        wide = MARGIN * 2 + middle + GAP + max(part.width for part in right)
        high = top - LEADING + MARGIN
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {wide:.2f} {high:.2f}" '
            f'width="{wide:.2f}pt" height="{high:.2f}pt">\n'
            f"<title>{escape(title)}</title>\n<desc>{escape(about)}</desc>\n"
            + "\n".join(shape for shape in shapes if shape)
            + "\n</svg>\n"
        )

    def _line(self, latex: str) -> _Outline:
        key = f"{self.by} {latex.strip()}"
        found = self.used.get(key) or self.known.get(key)
        self.used[key] = found or _outline(latex)
        return _Outline(*self.used[key])


class _Outline(NamedTuple):
    """A line's shape, and how far it reaches from the start of its baseline."""

    path: str
    width: float
    above: float
    below: float

    def at(self, x: float, y: float) -> str:
        return f'<path transform="translate({x:.2f} {y:.2f})" d="{self.path}"/>' if self.path else ""


def _outline(latex: str) -> _Outline:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    if not latex.strip():
        return _Outline("", 0.0, 0.0, 0.0)
    text = f"${latex.strip()}$".replace(r"\frac", r"\dfrac")  # as large as a displayed equation's
    font, writer = FontProperties(size=SIZE, math_fontfamily="stix"), TextToPath()
    points, codes = writer.get_text_path(font, text, ismath=True)
    width, high, below = writer.get_text_width_height_descent(text, font, ismath=True)
    scale = SIZE / writer.FONT_SCALE
    return _Outline(_path([(x * scale, -y * scale) for x, y in points], codes), width, high - below, below)


def _path(points: list[tuple[float, float]], codes: Iterable[int]) -> str:
    """Matplotlib's points and codes in the words of SVG."""
    from matplotlib.path import Path

    words = {Path.MOVETO: ("M", 1), Path.LINETO: ("L", 1), Path.CURVE3: ("Q", 2), Path.CURVE4: ("C", 3)}
    said, rest = [], iter(zip(points, codes, strict=True))
    for point, code in rest:
        if code == Path.CLOSEPOLY:
            said.append("Z")
            continue
        letter, count = words[Path.code_type(code)]
        corners = [point, *(next(rest)[0] for _ in range(count - 1))]
        said.append(letter + " ".join(f"{x:.2f} {y:.2f}" for x, y in corners))
    return "".join(said)
