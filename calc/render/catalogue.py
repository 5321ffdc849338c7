"""The catalogue, and the data sets that the book has values of: as text, Markdown, plain data and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from calc.model.catalogue import KINDS, PARTNERS, Entry, entries
from calc.model.data_sets import DataSet, data_set_of, data_sets
from calc.model.input import Input
from calc.render.myst import plain as escaped
from calc.render.myst import scenario as inputs_table
from calc.render.myst import table
from calc.render.record import number
from calc.render.text import input_range, input_value

__all__ = ["licences", "list_rows", "markdown", "notice", "page", "plain", "text"]

_HEAD = ("value of", "value", "range", "kind", "source", "licence")


def list_rows(found: Iterable[Entry]) -> list[tuple[str, str, str, str]]:
    """Kind, id, title and number of values of each entry.

    Examples
    --------
    >>> list_rows(entries("server"))[0]
    ('server', 'dgx-a100', 'DGX A100', 'gpus_per_server, server_power, network_bandwidth')
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
    rows = [_HEAD, *_rows(one)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([_title(one), "", *lines])


def markdown(one: Entry) -> str:
    """The same as Markdown."""
    lines = [_HEAD, ("---",) * len(_HEAD), *_rows(one)]
    table_text = "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in lines)
    return f"**{_title(one)}**\n\n{table_text}"


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
        row = (given.quantity.name, input_value(given).text, input_range(given), given.kind, source, licence)
        rows.append(tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row))
    return rows


def page() -> str:
    """All of the catalogue for the book: a section for each kind, and in it a table for each entry."""
    parts = []
    for plural, kind in KINDS.items():
        parts.append(f"## {plural.capitalize()}")
        parts += [_section(one) for one in entries(kind)] or [f"There are no {plural} yet."]
    return "\n\n".join(parts)


def _section(one: Entry) -> str:
    ids = " or ".join([f"`--{one.kind} {one.id}`", *(f"`{name}`" for name in one.aliases)])
    partner = f" Its {PARTNERS[one.kind]} is {{ref}}`{one.partner} <entry-{one.partner}>`." if one.partner else ""
    about = f"{escaped(one.about)} Taken with {ids}.{partner}".strip()
    head = f"(entry-{one.id})=\n### {escaped(one.title)}\n\n{about}"
    sets = {found.id: found for found in map(data_set_of, one.inputs.values()) if found}
    named = ", ".join(f"{{ref}}`{escaped(found.name)} <data-set-{found.id}>`" for found in sets.values())
    own = replace(one.scenario, name=f"entry-{one.id}")  # scenarios of the same name have labels of their own
    rows = inputs_table(own).partition("\n\n")[2]  # without its title, which is the section's
    return "\n\n".join([head, *([f"Has values of a data set: {named}."] if named else []), rows])


def licences() -> str:
    """A table of the data sets that the book has values of: whose, under which licence, and how they are named."""
    rows = [
        [
            f"(data-set-{one.id})=\n[{escaped(one.name)}]({one.address}), {escaped(one.owner)}",
            one.licence,
            escaped(one.attribution),
            f"{{cite:p}}`{', '.join(one.sources)}`" if one.sources else "",
        ]
        for one in data_sets().values()
    ]
    return table(["data set and owner", "licence", "attribution", "cited as"], rows, "data-sets", [32, 14, 28, 26])


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
