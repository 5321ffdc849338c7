"""Slopes formula by formula are those of the whole chain as one expression."""

from __future__ import annotations

import pytest

from calc.analysis.chain_slopes import chain_slopes
from calc.book.home import book_derivations
from calc.model.step import Step
from calc.symbolic.slopes import slopes
from tests.sampling import sample


@pytest.mark.parametrize("step", sample(book_derivations(), 40, "slopes of chains"), ids=lambda step: step.formula.id)
def test_slopes_are_those_of_the_chain_as_one_expression(step: Step) -> None:
    whole = slopes(step.expression, {leaf.quantity.symbol: leaf.value for leaf in step.leaves})
    found = chain_slopes(step)
    assert found.keys() == whole.keys()
    for symbol, slope in whole.items():
        # Of what is raised to a fraction sympy may put together other doubles; where it cancels, it does so exactly.
        size = abs(float(step.exact) / float(leaf)) if (leaf := _value(step, symbol)) else 1
        assert float(found[symbol]) == pytest.approx(float(slope), rel=1e-12, abs=1e-12 * size), symbol


def _value(step: Step, symbol: object) -> float:
    return next(float(leaf.value) for leaf in step.leaves if leaf.quantity.symbol == symbol)
