"""The one inverse of a formula in an input: known ones, and a clean and quick refusal where there is none."""

from __future__ import annotations

import pytest
import sympy as sp

from calc import all_formulas, formula_by_id
from calc.base.errors import SolveError
from calc.symbolic.inverse import Inverse, inverse


@pytest.fixture(autouse=True)
def unsearched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No general solver: it may search for minutes."""
    monkeypatch.setattr(sp, "solve", lambda *given, **_how: pytest.fail(f"a search for the roots of {given}"))


def found(formula_id: str, name: str) -> Inverse:
    formula = formula_by_id(formula_id)
    return inverse(formula, next(q for q in formula.inputs if q.name == name))


def test_an_input_that_stands_twice_in_a_linear_formula() -> None:
    # The parameters of the experts are taken out of the rest of the weights, and stand by themselves beside it.
    formula = formula_by_id("memory-batch")
    back = found("memory-batch", "expert_parameters").expression
    x = next(q.symbol for q in formula.inputs if q.name == "expert_parameters")
    assert sp.simplify(formula.numeric.xreplace({x: back}) - formula.result.symbol) == 0


def test_an_even_power_of_what_has_one_sign_has_one_inverse() -> None:
    """One less a sixth of a share that is at most two is above nothing, so that only one of the two roots is meant."""
    formula = formula_by_id("daly-interval")
    back = found("daly-interval", "checkpoint_waste").expression
    given = {formula.result.symbol: sp.Rational(25, 36), formula.inputs[0].symbol: 1}
    assert back.xreplace(given) == 1


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("classic-parameter-count", "model_width"),  # a square and its root
        ("goodput", "checkpoint_interval"),  # x and 1/x: two intervals lose as much
        ("optimal-parameters", "size_exponent"),
        ("capital-recovery", "discount_rate"),
        ("cache-read", "kv_heads"),  # inside Min, which may leave it out
        ("largest-batch", "memory_batch"),
    ],
)
def test_no_single_inverse_is_refused(formula: str, name: str) -> None:
    with pytest.raises(SolveError, match="no single solution"):
        found(formula, name)


def test_every_input_has_one_or_is_refused() -> None:
    offered = 0
    for formula in all_formulas():
        for unknown in formula.inputs:
            try:
                offered += not inverse(formula, unknown).expression.has(unknown.symbol)
            except SolveError:
                continue
    assert offered > 400
