"""``catalogue``: the models, accelerators, servers, places and prices that a scenario may take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from calc.base.errors import UnknownNameError, nearest
from calc.cli.options import form
from calc.cli.output import as_json, as_table, paint, write

if TYPE_CHECKING:
    from calc.model.catalogue import Entry

__all__ = ["catalogue_command"]


@click.command(
    "catalogue",
    epilog="""\b
examples:
  t2t catalogue
  t2t catalogue servers
  t2t catalogue servers dgx-h100 --format json
  t2t show training-energy --server dgx-h100
""",
)
@click.argument("kind", metavar="[models|accelerators|servers|places|prices]", required=False)
@click.argument("name", metavar="[ID]", required=False)
@form("text", "markdown", "csv", "json")
def catalogue_command(kind: str | None, name: str | None, form: str) -> int:
    """Models, accelerators, servers, places and prices to choose.

    Without a kind: all of them. With an ID: its values, each with its source.
    """
    from calc.model.catalogue import KINDS, entries, entry, find
    from calc.render import catalogue as render

    if kind is not None and kind not in KINDS:
        alone = kind
        if name is not None:
            raise UnknownNameError(
                f"{kind!r} is no part of the catalogue; accepted: {', '.join(KINDS)}{nearest(kind, KINDS)}"
            )
        kind, name = None, _known(alone)
    if name is not None:
        return _one(entry(KINDS[kind], name) if kind else find(name), form)
    found = [one for plural, singular in KINDS.items() if kind in (None, plural) for one in entries(singular)]
    if form == "json":
        return write(as_json([render.plain(one) for one in found]))
    if not found and form != "csv":
        return write(f"the catalogue has no {kind} yet")
    write(as_table(("kind", "id", "title", "values"), render.list_rows(found), form))
    missing = [plural for plural, singular in KINDS.items() if kind is None and not entries(singular)]
    return write(f"\nno {', '.join(missing)} yet") if missing and form == "text" else 0


def _known(name: str) -> str:
    """An id that was given without its kind, or a kind that was misspelt."""
    from calc.model.catalogue import KINDS, find

    try:
        return find(name).id
    except UnknownNameError as error:
        close = nearest(name, KINDS)
        raise UnknownNameError(f"{name!r} is no part of the catalogue{close}" if close else str(error)) from None


def _one(found: Entry, form: str) -> int:
    from calc.render import catalogue as render

    if form == "json":
        return write(as_json(render.plain(found)))
    if form == "csv":
        rows: list[dict[str, Any]] = render.plain(found)["values"]
        head = tuple(rows[0])
        return write(
            as_table(head, [["" if row[key] is None else str(row[key]) for key in head] for row in rows], form)
        )
    text = render.markdown(found) if form == "markdown" else render.text(found)
    return write(paint(text) if form == "text" else text)
