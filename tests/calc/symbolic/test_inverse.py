"""The one inverse of a formula in an input: known ones, and a clean and quick refusal where there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp

from calc import all_formulas, formula_by_id
from calc.base.errors import SolveError
from calc.base.values import exact
from calc.symbolic.evaluate import evaluate
from calc.symbolic.inverse import Inverse, _is_rational, inverse
from tests.calc.analysis.test_solve import some_values


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


def test_every_input_has_one_that_can_be_put_back_or_is_refused() -> None:
    offered = 0
    for formula in all_formulas():
        given = some_values(formula)
        values = {q.symbol: exact(given[q.name]) for q in formula.inputs}
        result = evaluate(formula.numeric, values)
        for unknown in formula.inputs:
            try:
                back = inverse(formula, unknown)
            except SolveError:
                continue
            offered += 1
            assert not back.expression.has(unknown.symbol)
            if result is not None:
                others = {symbol: value for symbol, value in values.items() if symbol != unknown.symbol}
                put_back(formula.numeric, back, {**others, formula.result.symbol: result}, values[unknown.symbol])
    assert offered > 400


_LITTLE = Fraction(1, 10**9)


def put_back(expr: sp.Expr, back: Inverse, known: dict[sp.Symbol, Fraction], value: Fraction) -> None:
    """A formula yields its result at what its inverse says; where it rounds, up to there, and not beyond."""
    (target,) = known.keys() - expr.free_symbols
    if back.rounded is None:
        assert float(evaluate(back.expression, known)) == pytest.approx(float(value), rel=1e-9), back
        return
    whole = evaluate(back.rounded, known)
    assert whole == int(whole)
    end = evaluate(back.expression, {**known, target: whole})
    higher, lower = (evaluate(expr, {**known, back.unknown.symbol: end * (1 + by)}) for by in (_LITTLE, -_LITTLE))
    assert evaluate(expr, {**known, back.unknown.symbol: end}) == known[target]
    beyond, inside = (higher, lower) if back.rises == (back.rounding == "ceiling") else (lower, higher)
    assert inside == known[target] != beyond


def test_whole_powers_sums_and_products_alone_are_rational():
    x, y = sp.symbols("x y", real=True)
    for expr in (x, x**2 + 3 / x, (x + 1) * y, sp.exp(y) * x, sp.Integer(2)):
        assert _is_rational(expr, x), expr
    for expr in (sp.exp(x), x + sp.exp(x), sp.sqrt(x) * x, 2**x, sp.Max(x, y), x * sp.log(x + 1)):
        assert not _is_rational(expr, x), expr
