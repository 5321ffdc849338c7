"""What a result hangs on most, for one line beside it."""

from __future__ import annotations

from calc.analysis.budget import budget, shares
from calc.analysis.sampling import uncertain
from calc.base.decimals import percentage
from calc.base.errors import DomainError
from calc.model.step import Step
from calc.render.margin import margin_words
from calc.render.text import with_article

__all__ = ["HANGS", "hangs_words"]

HANGS = ("Hangs on", "Hangs mostly on", "Hangs most on")  # of one input; of one with half of the variance; of more


def hangs_words(derivation: Step) -> str:
    r"""The input with the largest share of a result's variance, as a sentence, or nothing.

    Of inputs that go together none has a share of its own: the largest to first order is named without one.
    What a carbon figure hangs on first is which plants are counted.

    Examples
    --------
    >>> from calc import daily_serving_energy, training_energy
    >>> hangs_words(daily_serving_energy.derive("chatgpt-2025-07"))
    'Hangs mostly on the IT energy of one prompt (99\xa0%).'
    """
    meanings = {one.quantity.name: one.quantity.meaning for one in uncertain(derivation)}
    main = dict.fromkeys(meanings, 1.0)
    alone = True
    if len(meanings) > 1:
        try:
            found = shares(derivation)
        except DomainError:
            return ""
        main = dict(found.main) if found else {}
        if not found and (made := budget(derivation)):
            main, alone = {line.name: line.share for line in made.lines}, False
    if not main:
        return ""
    first = max(main, key=main.__getitem__)
    word = HANGS[0 if len(main) == 1 else 1 if main[first] >= 0.5 else 2]
    share = f" ({percentage(main[first])})" if alone else ""
    said = f"{word} {with_article(meanings[first])}{share}."
    return " ".join(part for part in (margin_words(derivation), said) if part)
