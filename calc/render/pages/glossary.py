"""The book's words as a glossary in MyST, to which the role ``term`` links."""

from __future__ import annotations

from calc.base.quantities import Quantity
from calc.base.unit_words import units_text
from calc.book.glossary import Term, all_terms
from calc.model.registry import all_formulas
from calc.render.myst_markup import plain

__all__ = ["glossary"]


def glossary() -> str:
    """Each word, what it means, and the symbol, unit and card of what it stands for."""
    entries = [f"{term.name}\n  {plain(term.text)}{_stands_for(term)}" for term in all_terms()]
    return "```{glossary}\n" + "\n\n".join(entries) + "\n```"


def _stands_for(term: Term) -> str:
    return " " + "; ".join(_quantity(q, term) for q in term.quantities) + "." if term.quantities else ""


def _quantity(q: Quantity, term: Term) -> str:
    cards = [formula.id for formula in all_formulas() if formula.result.name == q.name]
    unit = "a pure number" if q.unit == "1" else f"in {units_text(q.unit)}"
    said = "" if q.meaning.casefold() in term.text.casefold() else f" {q.meaning},"
    return f"${q.latex}$,{said} {unit}" + (f" ({{ref}}`{cards[0]}`)" if cards else "")
