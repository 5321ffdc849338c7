"""``find``, ``quantities``: what the book has, by its words."""

from __future__ import annotations

import click

from calc.base.errors import CalcError
from calc.cli.options import form
from calc.cli.output import as_json, as_table, write

__all__ = ["find_command", "quantities_command"]


@click.command(
    "find",
    epilog="""\b
examples:
  t2t find water
  t2t find h100
  t2t find utilisation --format json

\b
exit code 1: nothing has these words.
""",
)
@click.argument("words", metavar="WORD...", nargs=-1)
@form("text", "markdown", "csv", "json")
def find_command(words: tuple[str, ...], form: str) -> int:
    """Formulas, quantities, scenarios, entries of the catalogue and chapters that have all of these words."""
    from calc.book.finding import find, words_near

    if not words:
        raise CalcError("find takes a WORD, such as water; `t2t list` and `t2t quantities` show all")
    found = find(words)
    if form == "json":
        write(as_json([{"kind": one.kind, "name": one.name, "title": one.title} for one in found]))
        return 0 if found else 1
    if not found:
        near = words_near(words)
        also = f"; near it are {', '.join(dict.fromkeys(near))}" if near else ""
        write(f"the book has nothing on {' '.join(words)!r}{also}")
        return 1
    rows = [(one.kind, one.name, one.title) for one in found]
    return write(as_table(("kind", "name", "title"), rows, "plain" if form == "text" else form))


@click.command(
    "quantities",
    epilog="""\b
examples:
  t2t quantities
  t2t quantities power --format markdown
""",
)
@click.argument("words", metavar="[WORD]...", nargs=-1)
@form("text", "markdown", "csv", "json")
def quantities_command(words: tuple[str, ...], form: str) -> int:
    """The book's symbols: name, unit, meaning, and what each accepts; with words, those that have them."""
    from calc.base.quantities import all_quantities
    from calc.book.finding import find

    wanted = {one.name for one in find(words) if one.kind == "quantity"} if words else None
    shown = [q for q in all_quantities() if wanted is None or q.name in wanted]
    head = ("name", "unit", "meaning", "accepted")
    rows = [(q.name, q.unit, q.meaning + (f", {q.counted}" if q.counted else ""), q.domain.words) for q in shown]
    if form == "json":
        data = [dict(zip(head, row, strict=True)) | {"latex": q.latex} for q, row in zip(shown, rows, strict=True)]
        return write(as_json(data))
    return write(as_table(head, rows, form))
