"""Tables whose cells hold text: read line by line, and passed over by who looks for what no cell has.

A third of the book's nodes are cells, most of them a few words or a number. docutils' `list-table` reads all of them as
a list of lists, with two parsers of blocks for each cell, and takes the lists apart again. Here the lines themselves
say where a cell begins; words without a sign of markup are a paragraph as they are, also behind a role, others are
parsed as a line of text, and a cell with more than that as the blocks it has.

What looks for nodes of one kind goes through a whole page to find them. A table of these knows which kinds it has.
"""

from __future__ import annotations

import functools
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst.directives.tables import ListTable
from docutils.statemachine import StringList
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_CELL = re.compile(r"(\* -|  -)(?: (.*)|$)")
_RULE = re.compile(r" *-[- ]*- *")  # with the dash before it, this is a rule across the page
# Signs of markup within a line, and beginnings of lines that make blocks of them.
_MARKED = re.compile(r"[\\`*_\[\]<&${\n]")
# What stands in most cells with a sign of markup: a name for links, then roles, code and symbols between words.
_TARGET = re.compile(r"\(([\w.:-]+)\)=")
_PIECE = re.compile(
    r"(?<![`\w])(?:\{(?P<role>[A-Za-z][\w:.+-]*)\})?`(?P<content>[^\s`\\](?:[^`\n\\]*[^\s`\\])?)`(?![`{])"
    r"|(?<![\w$])\$(?P<math>[^\s$`](?:[^$`\n]*[^\s$`\\])?)\$(?![\w$])"
    r"|(?P<words>[^\\`*_\[\]<&${\n]+)"
)
_BLOCK = re.compile(
    r"\s|[-+*](?:\s|$)|(?:[-*_=] *){2,}$|#{1,6}(?:\s|$)|>|[:~]\s|`{3}|~{3}|:{3}|\+{3}|\${2}|%"
    r"|<[a-zA-Z/!?]|\[[^\]]*\]:|\([^)]*\)=|\d{1,9}[.)](?:\s|$)"
)
# What a table, its cells, words in them, and links are made of.
_TEXT = frozenset({nodes.paragraph, nodes.Text})
_WORDS = frozenset({nodes.inline, nodes.literal, nodes.emphasis, nodes.strong, nodes.math, nodes.reference})
_LINKS = frozenset({addnodes.pending_xref, nodes.target})


@functools.cache
def _same(kinds: frozenset[type]) -> frozenset[type]:
    return kinds  # the same object for the same kinds


@functools.cache
def _none(kinds: frozenset[type], wanted: type) -> bool:
    return not any(issubclass(kind, wanted) for kind in kinds)


class _Known:
    """Passes over itself where it has none of a kind, as long as all that it has is words and links."""

    kinds: frozenset[type] | None = None  # not an attribute of docutils', which would be written

    def note_kinds(self) -> None:
        """Look through it once, when it is made."""
        found = _same(frozenset(map(type, self.findall())))  # type: ignore[attr-defined]
        if found <= _FRAME | _TEXT | _WORDS | _LINKS:
            # A link, or a name, becomes a reference around words when it is known where it leads.
            self.kinds = found if found <= _FRAME | _TEXT | {nodes.math} else _same(found | _WORDS)

    def _fast_findall(self, wanted: type) -> Iterator[nodes.Node]:
        if self.kinds is None or not _none(self.kinds, wanted):
            yield from super()._fast_findall(wanted)  # type: ignore[misc]


class entry(_Known, nodes.entry):  # docutils names its nodes in lower case
    """A cell that knows what is in it."""


class table(_Known, nodes.table):
    """A table that knows what is in it."""


_FRAME = frozenset({table, nodes.tgroup, nodes.colspec, nodes.thead, nodes.tbody, nodes.row, nodes.entry, entry})
_PLAIN = frozenset({entry, *_TEXT})


class Rows(ListTable):
    """``{list-table}``: docutils' own, for the same source."""

    def run(self) -> Sequence[nodes.table | nodes.system_message]:
        """The table; where a line is not of a cell, or more is asked for, docutils makes it or says what is wrong."""
        rows, columns = list(_split(list(self.content))), self.options.get("widths")
        heads, stubs = self.options.get("header-rows", 0), self.options.get("stub-columns", 0)
        rest = self.options.keys() - {"widths", "header-rows", "stub-columns", "class"}
        if self.arguments or rest or not isinstance(columns, list) or {len(columns)} != set(map(len, rows)):
            return super().run()
        if stubs >= len(columns) or heads >= len(rows):
            return super().run()
        made = self.build_table_from_list([[] for _ in rows], columns, heads, stubs)
        for node, cells in zip(made.findall(nodes.row), rows, strict=True):
            node += [self._cell(*cell) for cell in cells]
        whole = table("", *made, classes=[*made["classes"], *self.options.get("class", [])])
        whole.note_kinds()
        return [whole]

    def _cell(self, at: int, lines: list[str]) -> nodes.entry:
        """A cell, of its lines and the place of the first of them."""
        at += self.content_offset
        made = entry()
        target, renderer = _TARGET.fullmatch(lines[0]), getattr(self.state, "_renderer", None)
        if target and renderer is not None:
            with renderer.current_node_context(made):
                renderer.render_myst_target(SimpleNamespace(content=target[1], map=[at + 1, at + 2]))
            at, lines = at + 1, lines[1:]
        if any(_BLOCK.match(line) for line in lines if line):
            self.state.nested_parse(StringList(lines, source=self.content.source(0)), at, made)
            return made
        parts = [part.strip() for part in "\n".join(lines).split("\n\n")]
        plain = not any(map(_MARKED.search, parts))
        for part in filter(None, parts):
            words = [nodes.Text(part)] if plain else self._words(part, at)
            made += (paragraph := nodes.paragraph(part, "", *words))
            paragraph.source, paragraph.line = self.state_machine.get_source_and_line(at + 1)
        if plain and not target:
            made.kinds = _PLAIN
        else:
            made.note_kinds()
        return made

    def _words(self, text: str, at: int) -> Sequence[nodes.Node]:
        """A line of text: by its pieces where it has no others than these, by a parser where it has."""
        renderer, pieces = getattr(self.state, "_renderer", None), list(_PIECE.finditer(text))
        if renderer is None or "".join(piece[0] for piece in pieces) != text:
            return self.state.inline_text(text, at)[0]
        made = nodes.Element()
        with renderer.current_node_context(made):
            for piece in pieces:
                told = {"attrs": {}, "map": [at + 1, at + 2], "meta": {"name": piece["role"]}}
                if piece["words"]:
                    made += nodes.Text(piece["words"])
                elif piece["math"]:
                    renderer.render_math_inline(SimpleNamespace(content=piece["math"], **told))
                else:
                    render = renderer.render_myst_role if piece["role"] else renderer.render_code_inline
                    render(SimpleNamespace(content=piece["content"], **told))
        return made.children


def _split(lines: Sequence[str]) -> Iterator[list[tuple[int, list[str]]]]:
    """The rows, of cells: the place of each one's first line, and its lines. A line of no cell gives an empty row."""
    row: list[tuple[int, list[str]]] = []
    for at, line in enumerate(lines):
        begins = _CELL.match(line)
        if begins and not _RULE.fullmatch(begins[2] or ""):
            if begins[1].startswith("*") and row:
                yield row
                row = []
            row.append((at, [begins[2] or ""]))
        elif row and (not line.strip() or line.startswith("    ")):
            row[-1][1].append(line[4:].rstrip())
        else:
            yield []
    yield row


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put it in the place of docutils'."""
    app.add_directive("list-table", Rows, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
