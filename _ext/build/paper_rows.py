"""Tables as lines: each row a paragraph, which a narrow column of small type can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils.nodes import Element

    Shorter = Callable[[list[nodes.Node]], list[nodes.Node]]


class entry_line(nodes.General, nodes.TextElement):  # docutils names its nodes in lower case
    """A line of a reference page, or one that leads there: its ``kind`` is ``entry`` or ``link``."""


SOURCES = 3  # the column of an input's kind and source


def rows_of(table: nodes.table, shorter: Shorter | None = None) -> Iterator[entry_line]:
    """Each row of a table's body as a paragraph, its cells one after the other.

    Parameters
    ----------
    shorter : what is kept of the column that says where an input comes from.
    """
    for body in table.findall(nodes.tbody):
        for row in body.findall(nodes.row):
            made = entry_line(kind="entry")
            for place, cell in enumerate(row.findall(nodes.entry)):
                parts = [part for part in cell.children if part.astext().strip() or isinstance(part, nodes.target)]
                if shorter and place == SOURCES:
                    parts = shorter(parts)
                for number, part in enumerate(parts):
                    if made.astext().strip():
                        made += nodes.Text(" " if place == 1 and not number else "; ")
                    made += list(part.children) if isinstance(part, nodes.paragraph) else [part]
                    made["ids"] += part.get("ids", []) if isinstance(part, nodes.paragraph) else []
            if not made.astext().rstrip().endswith((".", "?", "!")):
                made += nodes.Text(".")
            yield made


def origin_only(parts: list[nodes.Node]) -> list[nodes.Node]:
    """Of what says where an input comes from its kind, and the card that derives it."""
    first = parts[0] if parts else None
    if not isinstance(first, nodes.paragraph) or first.astext().startswith("derived"):
        return parts[:1]
    return [nodes.paragraph("", "", first.children[0])]


def flat(part: Element, shorter: Shorter | None = None) -> Iterator[nodes.Node]:
    """What a part holds, with lines in place of its tables, and without pictures."""
    for child in list(part.children):
        tables = [child] if isinstance(child, nodes.table) else []
        if not tables and isinstance(child, nodes.Element):
            tables = list(child.findall(nodes.table))
        if tables:
            for one in tables:
                yield from rows_of(one, shorter)
        elif child.astext().strip():
            yield child


def long_table(table: nodes.table, most: int) -> bool:
    """Whether a table has more rows than a chapter on paper holds."""
    return sum(1 for body in table.findall(nodes.tbody) for _ in body.findall(nodes.row)) > most
