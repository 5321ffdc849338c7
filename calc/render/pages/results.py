"""The page of results: every derivation of the book, by subject."""

from __future__ import annotations

import importlib
import re

from calc.analysis.results import band_text
from calc.analysis.standing import beside_words, models_words, standing, theirs_words, value_words
from calc.base.docstrings import docstring
from calc.book.home import home
from calc.model.registry import all_formulas
from calc.model.scenario import DEFAULT
from calc.render import latex
from calc.render.myst_markup import plain, ranged, table
from calc.symbolic.equation import Equation

__all__ = ["results"]


def results() -> str:
    """Tables of every derivation, one a module of formulas: number, title, id, page, equation, result, range."""
    by_module: dict[str, list[Equation]] = {}
    for formula in all_formulas():
        by_module.setdefault(formula.module, []).append(formula)
    head = ["no.", "title, equation, id and page", "result, nine draws of ten, and what others state"]
    return "\n\n".join(
        f"## {_subject(module)}\n\n" + table(head, list(map(_result, formulas)), "results by-formula", [10, 62, 28])
        for module, formulas in by_module.items()
    )


def _subject(module: str) -> str:
    """What a module of formulas is about: its docstring, up to the first colon, comma or full stop."""
    text = docstring(importlib.import_module(f"calc.formulas.{module}")) or module
    return re.split(r"[:,.]", text.strip())[0]


def _result(formula: Equation) -> list[str]:
    """The row of one formula, in the book's own scenario or in the first that has the inputs."""
    d = home(formula)
    value = ranged(value_words(d), "" if standing(d).estimate else band_text(d))
    beside = beside_words(d) if standing(d).estimate else (theirs_words(d), models_words(d))
    value += "".join(f"\n\n{plain(words)}" for words in beside if words)
    if d.scenario.name != DEFAULT:
        value += f"\n\nin `{d.scenario.name}`"
    equation = f"${formula.result.latex} = {latex.symbols(formula)}$"
    about = f"{{ref}}`{formula.id}`\n\n{equation}\n\n`{formula.id}`, in {{page}}`{formula.id}`"
    return [f"{{eq}}`{formula.id}`", about, value]
