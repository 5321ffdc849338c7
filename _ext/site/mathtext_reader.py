r"""Reads the LaTeX that the book's equations are made of into matplotlib's boxes, some times as fast as matplotlib.

Matplotlib's own reader is a grammar of pyparsing, which tries each alternative at each sign. What builds boxes are that
reader's methods, one for each rule, and they are called here just the same: only who finds out where a rule applies is
another, so that the boxes are matplotlib's. A line with anything that is not read here goes to matplotlib whole.
"""

from __future__ import annotations

import functools
import re
from typing import Any, ClassVar, cast

import matplotlib as mpl
from matplotlib._mathtext import Fonts, Hlist, Node, Parser, ParserState, StixFonts
from matplotlib._mathtext_data import tex2uni
from matplotlib.mathtext import MathTextParser
from matplotlib.textpath import TextToPath

SIGN = re.compile(r"\s*(\\[A-Za-z]+|\\.|\S)")
FONT = re.compile(r"\\math([a-z]+)$")
ONE_CHARACTER = re.compile(r"[a-zA-Z0-9+\-*/<>=:,.;!?&@()\[\]|\u0080-\U0001ffff]|\\[%${}\[\]_|]")


class Unread(Exception):
    """A sign that is for matplotlib's own reader."""


class Reader(Parser):
    r"""Matplotlib's, without its grammar.

    Examples
    --------
    >>> from matplotlib.font_manager import FontProperties
    >>> line, font = r"$\frac{P_\mathrm{site}}{2}$", FontProperties(math_fontfamily="stix")
    >>> Lines("path").parse(line, 72, font)[:3] == MathTextParser("path").parse(line, 72, font)[:3]
    True
    """

    def __init__(self) -> None:  # the parent's makes the grammar
        self._needs_space_after_subsuper = False
        self._whole: Parser | None = None

    def parse(self, s: str, fonts_object: Fonts, fontsize: float, dpi: float) -> Hlist:
        """A line between dollars as boxes.

        Raises
        ------
        ValueError : matplotlib does not know a command of it.
        """
        try:
            return self._read(s, ParserState(fonts_object, "default", "rm", fontsize, dpi))
        except Unread:
            self._whole = self._whole or Parser()
            return self._whole.parse(s, fonts_object, fontsize, dpi)

    def _read(self, line: str, state: ParserState) -> Hlist:
        if len(line) < 3 or line[0] + line[-1] != "$$" or "$" in line[1:-1]:
            raise Unread
        self._state_stack, self._em_width_cache = [state], {}
        self._needs_space_after_subsuper = False
        self.line, self.at = line[1:-1], 0
        self.push_state()
        self.get_state().font = mpl.rcParams["mathtext.default"]
        row = self._row("")
        return Hlist([Hlist([]), Hlist(row), Hlist([])])  # as the empty texts before and after the dollars

    def _next(self) -> str:
        """The next sign, not taken; none at the end."""
        found = SIGN.match(self.line, self.at)
        return found[1] if found else ""

    def _take(self, wanted: str = "") -> tuple[str, int]:
        """The next sign and where it begins."""
        found = SIGN.match(self.line, self.at)
        if found is None or (wanted and found[1] != wanted):
            raise Unread
        self.at = found.end()
        return found[1], found.start(1)

    def _row(self, end: str) -> list[Node]:
        """All boxes up to a sign, which is taken too."""
        row: list[Node] = []
        while (sign := self._next()) != end:
            if sign in self._space_widths:
                self._take()
                row += self.space(cast(Any, {"space": sign}))
            else:
                row.append(self._with_scripts())
        if end:
            self._take(end)
        return row

    def _with_scripts(self) -> Node:
        nucleus, scripts, primes = self._one(), [], ""
        while self._next() in ("_", "^"):
            sign, _ = self._take()
            if self.line[self.at : self.at + 1].isspace():  # which matplotlib would take for the script
                raise Unread
            scripts += [sign, self._one()]
        while self._next() == "'":
            primes += self._take()[0]
        if not scripts and not primes:
            return nucleus
        parts = {"nucleus": nucleus, "subsuper": scripts, "apostrophes": primes}
        return self._made(self.subsuper(self.line, self.at, cast(Any, parts)))

    def _one(self) -> Node:
        """What may stand before a script, or be one."""
        sign, at = self._take()
        name = sign[1:]
        if ONE_CHARACTER.fullmatch(sign):
            return self._made(self.symbol(self.line, at, {"sym": sign}))
        if sign == "{":
            return self._group(None)
        if font := FONT.match(sign):
            self._take("{")
            return self._group(font[1])
        if sign in (r"\frac", r"\dfrac"):
            parts = {"num": self._part(), "den": self._part()}
            return self._made(getattr(self, name)(parts))
        if sign == r"\left":
            left, middle, right = self._take()[0], self._row(r"\right"), self._take()[0]
            if not {left, right} <= self._delims:
                raise Unread
            return self._made(self._auto_sized_delimiter(left, cast(Any, middle), right))
        if sign == r"\sqrt" and self._next() == "{":
            return self._made(self.sqrt(cast(Any, {"value": self._part()})))
        if name.isalpha() and (name in self._accent_map or name in self._wide_accents):
            return self._made(self.accent(cast(Any, {"accent": name, "sym": self._one()})))
        if name in tex2uni:
            return self._made(self.symbol(self.line, at, {"sym": sign}))
        if name in self._function_names:
            return self._made(self.function(self.line, at, cast(Any, {"name": name})))
        raise Unread

    def _group(self, font: str | None) -> Node:
        """What stands in braces that are opened already, in a face of its own."""
        if font is not None and font not in self._fontnames:
            raise Unread
        self.push_state()
        if font:
            self.get_state().font = font
        row = self._row("}")
        self.pop_state()
        return Hlist(row)

    def _part(self) -> Node:
        """An argument in braces, which is in the face of what is around it."""
        self._take("{")
        row = self._row("}")
        if not row:
            raise Unread
        return Hlist(row)

    @staticmethod
    def _made(found: Any) -> Node:
        """A rule's method gives a box, or a list of one."""
        return cast(Node, found[0] if isinstance(found, list) else found)


class Lines(MathTextParser):  # type: ignore[type-arg]  # a parameter that only its stub has
    """Matplotlib's, with that reader, and with the measures of each letter kept from line to line."""

    _parser = Reader()
    _font_type_mapping: ClassVar[dict[str, Any]] = {"stix": functools.cache(StixFonts)}


def writer_of_lines() -> TextToPath:
    """What makes glyphs of a line."""
    writer = TextToPath()
    writer.mathtext_parser = Lines("path")
    return writer
