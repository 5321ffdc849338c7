"""The catalogue, and the data sets that the book has values of: as text, Markdown and plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calc.analysis.results import input_range, show_input
from calc.base import tables
from calc.model.catalogue import PARTNERS, Entry
from calc.model.data_sets import DataSet, data_set_of, data_sets
from calc.model.input import Input
from calc.render.record import number

__all__ = ["list_rows", "markdown", "notice", "plain", "text"]

_HEAD = ("value of", "value", "range", "kind", "source", "licence")


def list_rows(found: Iterable[Entry]) -> list[tuple[str, str, str, str]]:
    """Kind, id, title and number of values of each entry.

    Examples
    --------
    >>> from calc.model.catalogue import entries
    >>> list_rows(entries("server"))[0]
    ('server', 'dgx-1', 'DGX-1', 'gpus_per_server, server_power')
    """
    return [(one.kind, one.id, one.title, ", ".join(one.inputs)) for one in found]


def plain(one: Entry) -> dict[str, Any]:
    """An entry as plain data: its values as a scenario's, each with its licence, which is empty for a plain fact."""
    about = {"kind": one.kind, "id": one.id, "title": one.title, "about": one.about, "aliases": list(one.aliases)}
    partner = {PARTNERS[one.kind]: one.partner} if one.partner else {}
    return about | partner | {"values": [_value(given) for given in one.inputs.values()]}


def _value(given: Input) -> dict[str, Any]:
    q, data_set = given.quantity, data_set_of(given)
    return {
        "name": q.name,
        "value": number(given.value, q),
        "unit": q.unit,
        "low": number(given.low, q),
        "high": number(given.high, q),
        "kind": given.kind,
        "source": given.source,
        "locator": given.locator,
        "checked": given.checked.isoformat() if given.checked else None,
        "note": given.note,
        "data_set": data_set.id if data_set else "",
        "licence": data_set.licence if data_set else "",
    }


def text(one: Entry) -> str:
    """An entry for reading: what it is, and a table of its values with their sources."""
    return f"{_title(one)}\n\n{tables.aligned([_HEAD, *_rows(one)])}"


def markdown(one: Entry) -> str:
    """The same as Markdown."""
    return f"**{_title(one)}**\n\n{tables.markdown(_HEAD, _rows(one))}"


def _title(one: Entry) -> str:
    also = f", also {', '.join(one.aliases)}" if one.aliases else ""
    return f"{one.title} ({one.kind} {one.id}{also}). {one.about} {_partner(one)}".strip()


def _partner(one: Entry) -> str:
    if not one.partner:
        return ""
    return f"Its {PARTNERS[one.kind]}: {one.partner}."


def _rows(one: Entry) -> list[tuple[str, ...]]:
    rows = []
    for given in one.inputs.values():
        data_set = data_set_of(given)
        source = f"{given.source}, {given.locator}" if given.source else given.note
        licence = data_set.licence if data_set else "plain fact"
        row = (given.quantity.name, show_input(given).text, input_range(given), given.kind, source, licence)
        rows.append(tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row))
    return rows


def notice() -> str:
    """What NOTICE says of the data sets; a test holds it against the file.

    Examples
    --------
    >>> notice().splitlines()[0]
    'The figures of the book, and calc/data, have values of these data sets:'
    """
    lines = [_notice_line(one) for one in data_sets().values()]
    return "\n".join(["The figures of the book, and calc/data, have values of these data sets:", "", *lines])


def _notice_line(one: DataSet) -> str:
    return f"- {one.name}, {one.owner} ({one.licence}): {one.attribution}\n  {one.address}"
