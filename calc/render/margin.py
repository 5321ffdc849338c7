"""What a carbon figure says before anything else: that it counts the average, and what it would be on the margin."""

from __future__ import annotations

from calc.analysis.margin import on_the_margin
from calc.analysis.results import show_result
from calc.model.step import Step

__all__ = ["margin_words"]


def margin_words(derivation: Step) -> str:
    r"""A sentence that puts average or marginal before the inputs' spreads, or nothing.

    Examples
    --------
    >>> from calc import training_carbon
    >>> margin_words(training_carbon.derive("gpt-4-footprint"))
    'First, average or marginal: on the margin it is 15,900\xa0tCO2e.'
    """
    margin = on_the_margin(derivation)
    if margin is None:
        return ""
    text = show_result(margin).text
    return f"First, average or marginal: on the margin it is {text}."
