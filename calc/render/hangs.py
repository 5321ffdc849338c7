"""What a result hangs on most, for one line beside it."""

from __future__ import annotations

from calc.analysis.budget import budget, shares
from calc.analysis.sampling import uncertain
from calc.base.decimals import percentage
from calc.base.errors import DomainError
from calc.model.step import Step
from calc.render.text import with_article

__all__ = ["hangs_words"]

FIRST_ORDER = " to first order"


def hangs_words(derivation: Step) -> str:
    r"""The input with the largest share of a result's variance, as a sentence, or nothing.

    Inputs that go together have no share that draws tell: theirs is that of the budget, to first order.

    Examples
    --------
    >>> from calc import daily_serving_energy, training_energy
    >>> hangs_words(daily_serving_energy.derive("chatgpt-2025-07"))
    'Hangs mostly on the IT energy of one prompt (99\xa0%).'
    """
    inputs = {one.quantity.name: one.quantity.meaning for one in uncertain(derivation)}
    if len(inputs) < 2:
        return "".join(f"Hangs on {with_article(meaning)} alone." for meaning in inputs.values())
    try:
        found, order = shares(derivation), ""
    except DomainError:
        return ""
    main = found.main if found else {}
    if not found and (made := budget(derivation)):
        main, order = {line.name: line.share for line in made.lines}, FIRST_ORDER
    if not main:
        return ""
    first = max(main, key=main.__getitem__)
    share = main[first]
    word = "mostly" if share >= 0.5 else "most"
    return f"Hangs {word} on {with_article(inputs[first])} ({percentage(share)}{order})."
