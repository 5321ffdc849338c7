"""The page on which readers build their own, as it stands before anything is changed."""

from __future__ import annotations

from calc.base.quantities import quantity
from calc.book.build_your_own import RESULTS, static_result
from calc.render import latex
from calc.render.myst_markup import plain, table

__all__ = ["own"]


def own() -> str:
    """The results of the whole chain in the book's own scenario: what stands there before anything is changed."""
    rows = [
        [
            f"${latex.mark(name, quantity(name).latex)}$",
            plain(quantity(name).meaning),
            static_result(reference),
        ]
        for name, reference in RESULTS
    ]
    return table(["symbol", "meaning", "value"], rows, "inputs own-results", [16, 50, 34])
