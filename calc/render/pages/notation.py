"""The page of quantities: symbol, name, meaning, unit, domain."""

from __future__ import annotations

from calc.base.quantities import all_quantities
from calc.base.unit_words import unit_text
from calc.render.myst_markup import plain, table

__all__ = ["notation"]


def notation() -> str:
    """A table of every quantity of the book."""
    rows = [
        [
            f"(quantity-{q.name})=\n${q.latex}$",
            f"`{q.name}`",
            plain(q.meaning) + (f", {q.counted}" if q.counted else ""),
            unit_text(q.unit) if q.unit != "1" else "a pure number",
            q.domain.words.removeprefix("a finite number").lstrip(", ") or q.domain.words,
        ]
        for q in all_quantities()
    ]
    return table(["symbol", "name", "meaning", "unit", "domain"], rows, "notation", [11, 21, 35, 16, 17])
