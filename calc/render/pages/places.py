"""The page of places: a section for each, and each nation's mix beside its published intensity."""

from __future__ import annotations

from fractions import Fraction

from calc.base.decimals import percent, whole
from calc.book.mixes import mixes
from calc.model.catalogue import entries
from calc.render.myst_markup import plain as escaped
from calc.render.myst_markup import table
from calc.render.pages.catalogue import section

__all__ = ["mix_table", "page"]


def page() -> str:
    """A section for each place, in which a reader finds it by its name, with all values and their sources."""
    return "\n\n".join(section(one, level=2) for one in entries("place"))


def mix_table() -> str:
    """Each place's mix times the medians of its sources, beside the published intensity, with the difference."""
    rows = [
        [
            f"{{ref}}`{escaped(one.name)} <entry-{one.place}>`",
            one.year,
            whole(one.computed),
            whole(one.stated),
            percent(Fraction(one.difference).limit_denominator(10**6)),
        ]
        for one in mixes()
    ]
    head = ["place", "mix of", "mix × medians, gCO2e/kWh", "Ember, gCO2e/kWh", "difference"]
    return table(head, rows, "place-mixes", [30, 12, 22, 20, 16])
