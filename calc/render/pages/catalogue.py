"""The page of the catalogue, and that of the data sets that the book has values of."""

from __future__ import annotations

from dataclasses import replace

from calc.model.catalogue import KINDS, PARTNERS, Entry, entries
from calc.model.data_sets import data_set_of, data_sets
from calc.render.card import scenario as inputs_table
from calc.render.myst_markup import plain as escaped
from calc.render.myst_markup import table

__all__ = ["licences", "page", "section"]


def page() -> str:
    """The catalogue for the book: a section for each kind, and in it a table for each entry; places have a page."""
    parts = []
    for plural, kind in KINDS.items():
        parts.append(f"## {plural.capitalize()}")
        if kind == "place":
            parts.append("They stand on {doc}`a page of their own <places>`.")
            continue
        parts += [section(one) for one in entries(kind)] or [f"There are no {plural} yet."]
    return "\n\n".join(parts)


def section(one: Entry, level: int = 3) -> str:
    """One entry: its title, how it is taken, and a table of its values with their sources; `level` is its heading's."""
    ids = " or ".join([f"`--{one.kind} {one.id}`", *(f"`{name}`" for name in one.aliases)])
    partner = f" Its {PARTNERS[one.kind]} is {{ref}}`{one.partner} <entry-{one.partner}>`." if one.partner else ""
    about = f"{escaped(one.about)} Taken with {ids}.{partner}".strip()
    head = f"(entry-{one.id})=\n{'#' * level} {escaped(one.title)}\n\n{about}"
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
