"""What the search knows of calc: an entry for each card and each symbol, in words, with the place it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calc.analysis.results import band_text, show_result
from calc.analysis.standing import standing
from calc.base.quantities import Quantity, all_quantities
from calc.book.home import home
from calc.model.registry import formula_by_id
from calc.render import latex
from calc.render.text import described, spoken

__all__ = ["Entry", "card_entries", "plain_symbol", "symbol_entries"]


@dataclass(frozen=True)
class Entry:
    """One thing that a search can find.

    Attributes
    ----------
    kind : what it is, in a word that the search shows.
    title, text : what it shows of it; the words of the title count most.
    place : its address, from the site's first page.
    words : by which it is found too, and which are not shown.
    """

    kind: str
    title: str
    text: str
    place: str
    words: str = ""


def card_entries(shown: Mapping[str, str]) -> Iterator[Entry]:
    """An entry for each card.

    Parameters
    ----------
    shown : by the id of each derivation, the page that has its card.

    Examples
    --------
    >>> (found,) = card_entries({"training-energy": "chapters/training-energy"})
    >>> found.title, found.place
    ('Training energy', 'chapters/training-energy.html#training-energy')
    >>> "43.9 GWh" in found.text
    True
    """
    for name, page in shown.items():
        formula = formula_by_id(name)
        step = home(formula)
        equation = re.sub(r"_(\\mathrm\{[^}]*\}|\{[^}]*\}|.)|\\[,;!]|[{}\\\s]", "", latex.symbols(formula))
        inputs = [formula.result, *formula.inputs]
        words = [name, equation, *(f"{spoken(one.name)} {plain_symbol(one)} {one.meaning}" for one in inputs)]
        figures = [show_result(step).text, band_text(step)]
        said = standing(step)
        for who, other in (("the article", said.theirs), ("our estimate", said.estimate)):
            figures += [f"{who}: {show_result(other).text}"] if other else []
        text = f"{formula.summary} {'; '.join(filter(None, figures))}."
        yield Entry("card", formula.title, _flat(text), f"{page}.html#{name}", _flat(" ".join(words)))


def symbol_entries(page: str) -> Iterator[Entry]:
    """An entry for each symbol in the list of notation on a page."""
    for one in all_quantities():
        text = f"{plain_symbol(one)}: {described(one)}."
        title = one.meaning[:1].upper() + one.meaning[1:]
        yield Entry("symbol", title, _flat(text), f"{page}.html#quantity-{one.name.replace('_', '-')}", one.name)


def plain_symbol(one: Quantity) -> str:
    r"""A symbol as one types it.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> plain_symbol(quantity("gpus")), plain_symbol(quantity("active_parameters"))
    ('N_GPU', 'N_active')
    """
    text = re.sub(r"\\(?:mathrm|text|mathit)\b", "", one.latex)
    return re.sub(r"\\[,;!]|[{}\\]", "", text).strip()


def _flat(text: str) -> str:
    return " ".join(text.split())
