"""A chain worked through formula by formula yields what the chain compiled as one expression does."""

import numpy as np
import pytest

from calc import training_energy
from calc.analysis.sampling import drawn, draws, kernel, uncertain
from calc.analysis.sensitivity import moves
from calc.analysis.step_by_step import step_by_step
from calc.base.errors import DomainError
from calc.book.home import book_derivations
from tests.sampling import CAMPAIGN, sample

DRAWN = [one for one in book_derivations() if uncertain(one)]
# The longest chains are compiled in a second or more each.
COMPILED = [one for one in DRAWN if CAMPAIGN or len(one.chain) < 10]


@pytest.mark.parametrize("shown", sample(COMPILED, 10, "chains step by step"), ids=lambda one: one.formula.id)
def test_it_is_the_compiled_chain(shown):
    table = drawn(shown, draws(shown.scenario, 8))
    found = step_by_step(shown, {q.name: column for q, column in table.items()}, checked="result")
    compiled = kernel(shown).array(*table.values(), checked="result")
    assert np.broadcast_to(found, compiled.shape) == pytest.approx(compiled, rel=1e-12)


def test_a_result_on_the_way_that_leaves_its_domain_is_refused():
    with pytest.raises(DomainError, match="servers"):
        step_by_step(training_energy.derive("gpt-4"), {"servers": np.array([-1.0, 3125.0])})


def test_inputs_that_move_a_result_alike_stand_in_the_order_of_the_chain():
    for shown in sample(DRAWN, 40, "moves alike"):
        order = [one.quantity.name for one in uncertain(shown)]
        still = [name for name, low, high in moves(shown) if abs(high - low) <= 1e-13 * abs(low)]
        assert still == sorted(still, key=order.index)
