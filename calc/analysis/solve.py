"""Solving a chain for one of its quantities."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from calc.analysis.roots import roots
from calc.analysis.solution import NOT_WHOLE, Solution
from calc.base.errors import SolveError, nearest
from calc.base.numbers import show_given
from calc.base.quantities import Quantity, quantity
from calc.base.values import own_unit_value
from calc.model.another_run import another_run, is_another_run
from calc.model.as_of import day_named
from calc.model.chain import as_scenario, chosen, expanded, named_values, through
from calc.model.choose import kind_named
from calc.model.given_values import given_value
from calc.model.scenario import Scenario
from calc.model.spelt import spelt_out
from calc.model.step import Step
from calc.symbolic.equation import Equation
from calc.symbolic.evaluate import evaluate
from calc.symbolic.preimage import NotWholeError, preimage, whole_numbers
from calc.symbolic.trace import rational

__all__ = ["solve_for", "solve_step"]


def solve_for(formula: Equation, name: str, given: Scenario | str | None, known: Mapping[str, Any]) -> Solution:
    """Solve; see `calc.api.Formula.solve_for`."""
    known = spelt_out(formula, known)
    unknown, wanted = quantity(name), kind_named(known) | day_named(known)
    rest = {quantity(key): value for key, value in known.items() if key not in wanted}
    result = formula.result
    if result not in rest:
        raise SolveError(
            f"{formula.id} is solved for a given {result.name}; give it, as in {result.name}='100 {result.unit}'"
        )
    target = own_unit_value(result, rest.pop(result))
    if unknown == result:
        raise SolveError(f"{result.name} is what {formula.id} yields; name one of its inputs")
    if unknown in rest:
        raise SolveError(f"{unknown.name} is both given and asked for")
    if given is None:  # what is asked for describes no run
        given = another_run() if is_another_run(known) else as_scenario(None)
    base, _ = chosen(formula, given, {**wanted, **{q.name: None for q in (*rest, unknown)}})
    others = {q: given_value(q, value, rest, base) for q, value in rest.items()}
    free = named_values(formula, base, {q.name: value for q, value in [*others.items(), (unknown, None)]})
    expr = expanded(formula, base, free)
    if unknown.symbol not in expr.free_symbols:
        if them := ", ".join(through(formula, base, free, unknown)):
            raise SolveError(
                f"{unknown.name} cancels out of {formula.id}, because {them} is worked out from it; give {them} too"
            )
        names = sorted(str(s) for s in expr.free_symbols)
        raise SolveError(
            f"{unknown.name} plays no part in {formula.id}; it takes {', '.join(names)}{nearest(name, names)}"
        )
    # A symbol without assumptions, and before any number is put in: sympy drops solutions and whole intervals
    # otherwise, and makes 1 of ⌈1/n⌉.
    x = sp.Symbol("x", real=True)
    expr = expr.xreplace({unknown.symbol: x}).xreplace({q.symbol: rational(v) for q, v in others.items()})
    return _solution(expr, rational(target), x, unknown, result)


def _domain(unknown: Quantity) -> sp.Interval:
    domain = unknown.domain
    high = sp.oo if math.isinf(domain.high) else rational(Fraction(domain.high))
    return sp.Interval(rational(Fraction(domain.low)), high, domain.low_open, high is sp.oo)


def _solution(expr: sp.Expr, target: sp.Expr, x: sp.Symbol, unknown: Quantity, result: Quantity) -> Solution:
    nothing = sp.S.EmptySet
    try:
        found = preimage(expr, sp.FiniteSet(target), x)
    except NotWholeError as error:
        near = tuple((_allowed(values, unknown), _fraction(value)) for values, value in error.neighbours(x))
        return Solution(unknown, result, nothing, str(error), nearest=tuple(n for n in near if not n[0].is_empty))
    except SolveError:
        if expr.has(sp.ceiling, sp.floor):  # each step of a rounding may hold a solution, and trying finds but some
            raise
        return _numerically(expr, target, x, unknown, result)
    if found.is_empty:
        return Solution(unknown, result, nothing, "no number yields it")
    inside = found.intersect(_domain(unknown))
    if inside.is_empty:
        return Solution(unknown, result, nothing, f"what would yield it is outside its domain: {unknown.domain.words}")
    values = _allowed(inside, unknown)
    if values.is_empty:
        return _between(expr, inside.inf, x, unknown, result)
    single = isinstance(values, sp.FiniteSet) and len(values) == 1
    return Solution(unknown, result, values, "" if single else "more than one value yields it")


def _numerically(expr: sp.Expr, target: sp.Expr, x: sp.Symbol, unknown: Quantity, result: Quantity) -> Solution:
    """The values inside the domain where the expression crosses its target, by trying numbers and halving between."""
    values = sp.FiniteSet(*roots(expr, Fraction(int(target.p), int(target.q)), x, unknown.domain))
    if values.is_empty:
        raise SolveError(f"{result.name} has no closed form in {unknown.name}, and trying numbers found no solution")
    inside = whole_numbers(values) if unknown.domain.whole else values
    if inside.is_empty:
        return replace(_between(expr, values.inf, x, unknown, result), numerical=True)
    return Solution(
        unknown, result, inside, "" if len(inside) == 1 else "more than one value yields it", numerical=True
    )


def _allowed(values: sp.Set, unknown: Quantity) -> sp.Set:
    inside = values.intersect(_domain(unknown))
    return whole_numbers(inside) if unknown.domain.whole else inside


def _between(expr: sp.Expr, needed: sp.Expr, x: sp.Symbol, unknown: Quantity, result: Quantity) -> Solution:
    """No whole number yields the result: the number that would, and what its neighbours yield."""
    below = sp.floor(needed)
    near = tuple(
        (sp.FiniteSet(whole), value)
        for whole in (below, below + 1)
        if int(whole) in unknown.domain and (value := evaluate(expr, {x: Fraction(int(whole))})) is not None
    )
    shown = show_given(_fraction(needed), unknown, unknown.unit).number
    return Solution(unknown, result, sp.S.EmptySet, NOT_WHOLE.format(what="it", needed=shown), float(needed), near)


def _fraction(value: sp.Expr) -> Fraction:
    return Fraction(int(value.p), int(value.q)) if isinstance(value, sp.Rational) else Fraction(float(value))


def solve_step(step: Step, name: str, known: Mapping[str, Any]) -> Solution:
    """Solve for an input of a step's chain, with the values that were given for the step as they are.

    Parameters, Raises
    ------------------
    As `solve_for`.
    """
    given = {leaf.quantity.name: leaf.value for leaf in step.changed}
    given.pop(quantity(name).name, None)
    return solve_for(step.formula, name, step.scenario, given | dict(known))
