"""Every formula on random numbers, by calc in its four ways and by an evaluator that shares nothing with it."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import numpy as np
import pytest

from calc import Formula, all_formulas
from calc.base.errors import CalcError, DomainError
from calc.base.limits import LARGEST
from calc.base.quantities import Quantity
from calc.symbolic.evaluate import evaluate
from tests.calc.formulas.second_way import sources, value
from tests.sampling import cases, numbers, sample

CLOSE = 1e-12  # relative: a dozen roundings of a double


def drawn(quantity: Quantity, chance: random.Random) -> Fraction:
    """A number of a quantity's domain, of few digits, and of any size that a page could have."""
    domain = quantity.domain
    if domain.whole:
        return Fraction(chance.randint(int(domain.low), 10 ** chance.randint(1, 6)))
    if domain.is_share:
        return Fraction(chance.randint(1, 1000), 1000)
    low = Fraction(str(domain.low)) if math.isfinite(domain.low) else Fraction(0)
    found = low + Fraction(chance.randint(1, 9999)) * Fraction(10) ** chance.randint(-6, 5)
    return min(found, Fraction(str(domain.high))) if math.isfinite(domain.high) else found


def test_every_formula_has_a_source() -> None:
    assert {one.id.replace("-", "_") for one in all_formulas()} <= sources().keys()


@pytest.mark.parametrize("formula", [pytest.param(one, id=one.id) for one in sample(all_formulas(), 40, "second way")])
def test_two_evaluators_agree(formula: Formula) -> None:
    chance = numbers(f"second way {formula.id}")
    name = formula.id.replace("-", "_")
    for _ in range(cases(100, 5)):
        given = {q.name: drawn(q, chance) for q in formula.inputs}
        theirs = value(name, {q.name: (given[q.name], q.unit) for q in formula.inputs}, formula.result.unit)
        ours = evaluate(formula.numeric, {q.symbol: given[q.name] for q in formula.inputs})
        if isinstance(theirs, float) and theirs > LARGEST:  # which calc refuses; on the way there, a double runs out
            continue
        said = {key: str(one) for key, one in given.items()}
        if theirs is None or isinstance(theirs, complex):  # a root of a negative number, or a division by 0
            # A power below the smallest double is 0: there it divides, here it multiplies, and its domain refuses it.
            assert ours is None or (ours == 0 and 0 not in formula.result.domain), said
            continue
        assert ours is not None, said
        if isinstance(theirs, Fraction):
            assert ours == theirs, said
        else:
            assert math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-300), said  # of a root, less a number
        in_floats(formula, given, float(ours))


def in_floats(formula: Formula, given: dict[str, Fraction], exact: float) -> None:
    """The call with floats, and with arrays, yield the same double, or refuse the same; both are near the exact one."""
    floats = {key: float(one) for key, one in given.items()}
    try:
        scalar = formula(**floats)
    except CalcError:
        with pytest.raises(DomainError):
            formula(**{key: np.array([one, one]) for key, one in floats.items()})
        return
    if formula.result.domain.whole and scalar > 2**53:  # above which doubles leave whole numbers out
        with pytest.raises(DomainError):
            formula(**{key: np.array([one, one]) for key, one in floats.items()})
        return
    array = formula(**{key: np.array([one, one]) for key, one in floats.items()})
    steps = any(kind in str(formula.numeric) for kind in ("ceiling", "floor"))
    differences = " - " in str(formula.numeric) or "Add" in str(type(formula.numeric))
    # To the last bit, but for a power, of which NumPy and Python have routines of their own; where nearly 1 is left of
    # one, and 1 is taken off, that bit is all that the difference has.
    slack = CLOSE if any(kind in str(formula.numeric) for kind in ("**", "exp", "log")) else 0
    of_one = CLOSE if differences and slack else 0
    assert all(math.isclose(one, scalar, rel_tol=slack, abs_tol=of_one) for one in array.tolist()), floats
    if not steps and not differences:  # a step, or a difference of near numbers, turns the last bit into more
        assert math.isclose(scalar, exact, rel_tol=1e-9), floats
