"""An equation as an SVG by itself, in outlines, so that it looks the same wherever it is put."""

from __future__ import annotations

import hashlib
import re
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

SIZE, LEADING, GAP, MARGIN = 16.0, 9.0, 5.0, 4.0  # points
ROW = re.compile(r"\\\\\s*\n")


def _drawn_by() -> str:
    """What makes a drawing what it is, beside the line that is drawn: two modules, and matplotlib with its fonts."""
    from matplotlib import __version__

    files = Path(__file__), Path(__file__).with_name("mathtext_reader.py")
    return f"{__version__} {hashlib.sha256(b''.join(file.read_bytes() for file in files)).hexdigest()[:32]}"


class Pen:
    """Draws equations; lines that it has drawn before, it has by heart.

    Attributes
    ----------
    used : what was drawn of late, to be given to the next one: where the signs of each line stand, and their outlines.
    """

    def __init__(self, known: dict[str, Any]) -> None:
        by = _drawn_by()
        self.known = known if known.get("by") == by else {"lines": {}, "signs": {}}
        self.used: dict[str, Any] = {"by": by, "lines": {}, "signs": {}}
        self.glyphs: dict[str, Any] = {}

    def draw(self, equation: str, title: str, about: str) -> str:
        r"""A block of aligned rows as SVG.

        Parameters
        ----------
        equation : LaTeX, ``\begin{aligned}`` … ``\end{aligned}``, one ``&`` in each row, before its = or ≈.
        title, about : what it is, and where it is from; for those who cannot see it or find the file by itself.

        Raises
        ------
        ValueError : it has a command that matplotlib's mathtext does not know.
        """
        rows = ROW.split(equation.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}").strip())
        left, right = ([self._line(row.split("&", 1)[side]) for row in rows] for side in (0, 1))
        middle = MARGIN + max(part.width for part in left)
        shapes, top = [], MARGIN
        for one, other in zip(left, right, strict=True):
            base = top + max(one.above, other.above)
            shapes += [self._path(one, middle - one.width, base), self._path(other, middle + GAP, base)]
            top = base + max(one.below, other.below) + LEADING
        wide = MARGIN + middle + GAP + max(part.width for part in right)
        high = top - LEADING + MARGIN
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {wide:.2f} {high:.2f}" '
            f'width="{wide:.2f}pt" height="{high:.2f}pt">\n'
            f"<title>{escape(title)}</title>\n<desc>{escape(about)}</desc>\n"
            + "\n".join(f'<path d="{shape}"/>' for shape in shapes if shape)
            + "\n</svg>\n"
        )

    def _line(self, latex: str) -> _Line:
        key = latex.strip()
        lines = self.used["lines"]
        if key not in lines:
            lines[key] = self.known["lines"].get(key) or self._set(key)
        found = _Line(*lines[key])
        for name, _, _ in found.signs:
            if name not in self.used["signs"]:
                self.used["signs"][name] = self.known["signs"].get(name) or self._sign(name)
        return found

    def _path(self, line: _Line, x: float, y: float) -> str:
        """A line's signs as one path, with the start of the baseline at x, y."""
        return "".join(f"M{x + dx:.2f} {y + dy:.2f}{self.used['signs'][name]}" for name, dx, dy in line.signs)

    def _set(self, latex: str) -> _Line:
        """Where matplotlib puts the signs of a line."""
        from matplotlib.font_manager import FontProperties

        from _ext.site.mathtext_reader import writer_of_lines

        if not latex:
            return _Line(0.0, 0.0, 0.0, [])
        font, writer = FontProperties(size=SIZE, math_fontfamily="stix"), writer_of_lines()
        text = f"${latex}$".replace(r"\frac", r"\dfrac")  # as large as a displayed equation's
        placed, self.glyphs, rules = writer.get_glyphs_mathtext(font, text, self.glyphs)
        scale = SIZE / writer.FONT_SCALE
        signs = [(f"{name} {size * scale:.6f}", x * scale, -y * scale) for name, x, y, size in placed]
        for corners, _ in rules:
            (x, y), _, (right, top), *_ = corners
            signs.append((f"rule {(right - x) * scale:.2f} {(top - y) * scale:.2f}", x * scale, -y * scale))
        width, high, below = writer.get_text_width_height_descent(text, font, ismath=True)
        return _Line(width, high - below, below, [(name, round(x, 3), round(y, 3)) for name, x, y in signs])

    def _sign(self, name: str) -> str:
        """The outline of a sign in the words of SVG, from where the sign stands."""
        if name.startswith("rule "):
            _, wide, high = name.split()
            return f"h{wide}v-{high}h-{wide}z"
        glyph, size = name.rsplit(" ", 1)
        points, codes = self.glyphs[glyph]
        return _outline(points * float(size), codes)


class _Line(NamedTuple):
    """How far a line reaches from the start of its baseline, and which signs stand where."""

    width: float
    above: float
    below: float
    signs: list[tuple[str, float, float]]


def _outline(points: Any, codes: Any) -> str:
    """Matplotlib's points and codes as steps from point to point, in hundredths so that no error adds up."""
    from matplotlib.path import Path

    words = {Path.MOVETO: ("m", 1), Path.LINETO: ("l", 1), Path.CURVE3: ("q", 2), Path.CURVE4: ("c", 3)}
    said, rest = [], iter(zip(points, codes, strict=True))
    here = start = (0, 0)
    for point, code in rest:
        if code == Path.CLOSEPOLY:
            said.append("z")
            here = start
            continue
        letter, count = words[Path.code_type(code)]
        corners = [(round(x * 100), round(-y * 100)) for x, y in [point, *(next(rest)[0] for _ in range(count - 1))]]
        said.append(letter + " ".join(f"{(x - here[0]) / 100:g} {(y - here[1]) / 100:g}" for x, y in corners))
        here = corners[-1]
        if letter == "m":
            start = here
    return "".join(said)
