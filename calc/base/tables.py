"""Rows of text as a table: with columns aligned by spaces, or in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["aligned", "markdown", "words"]

_BLANKS = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")  # a number and its unit stay together


def aligned(rows: Iterable[Sequence[str]], margin: str = "") -> str:
    """Rows with their columns aligned, two spaces apart; a column that is empty in every row is left out.

    Parameters
    ----------
    rows : all as long as the first; a heading is one of them.
    margin : what each line begins with.

    Examples
    --------
    >>> print(aligned([("id", "", "value"), ("pue", "", "1.2")]))
    id   value
    pue  1.2
    """
    cells = [[_plain(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        margin + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip()
        for row in cells
    )


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, as forges and notebooks read it.

    Examples
    --------
    >>> print(markdown(("id", "value"), [("pue", "1.2")]))
    | id | value |
    | --- | --- |
    | pue | 1.2 |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in lines)


def words(text: str) -> str:
    """A text of a stranger's as Markdown: words, and neither HTML, nor links, pictures or mathematics.

    Examples
    --------
    >>> words("<img src=x> ![](y) $z$")
    '&lt;img src=x> !&#91;](y) &#36;z&#36;'
    """
    plain = _BLANKS.sub(" ", text).strip(" ")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;").replace("$", "&#36;")


def _plain(cell: str) -> str:
    """With ordinary spaces: a terminal knows no others."""
    return cell.replace("\N{NO-BREAK SPACE}", " ")
