"""Solving a chain for one of its quantities."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy.core.facts import InconsistentAssumptions

from calc.analysis.roots import roots
from calc.analysis.solution import NOT_WHOLE, Solution
from calc.analysis.solve_draws import solution_points
from calc.base.errors import DomainError, SolveError, nearest
from calc.base.numbers import show_given
from calc.base.quantities import Quantity, quantity
from calc.model.another_run import another_run, is_another_run
from calc.model.as_of import day_named
from calc.model.chain import as_scenario, chosen, derive, named_values, through
from calc.model.choose import kind_named
from calc.model.compiled import expanded
from calc.model.given_values import as_given
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.model.spelt import spelt_out
from calc.model.step import Step
from calc.symbolic.equation import Equation
from calc.symbolic.evaluate import evaluate
from calc.symbolic.preimage import NotWholeError, preimage, whole_numbers
from calc.symbolic.trace import rational

__all__ = ["solve_for", "solve_step"]

_SAME = Fraction(4, 10**15)  # relative: by how much a result of fifteen digits may miss what it stands for
_CLOSE = Fraction(1, 10**9)  # and by how much what was found numerically may
_EXPONENT = 4096  # no power of the book comes near


def solve_for(formula: Equation, name: str, given: Scenario | str | None, known: Mapping[str, Any]) -> Solution:
    """Solve; see `calc.api.Formula.solve_for`. Ranges are solved at their values, and then in every draw."""
    known = spelt_out(formula, known)
    unknown, wanted = quantity(name), kind_named(known) | day_named(known)
    rest = {quantity(key): value for key, value in known.items() if key not in wanted}
    result = formula.result
    if result not in rest:
        one = result.name + ("=100" if result.unit == "1" else f"='100 {result.unit}'")
        raise SolveError(f"{formula.id} is solved for a given {result.name}; give it, as in {one}")
    wished = as_given(result, rest.pop(result), {}, as_scenario(None))
    target = wished.value
    if unknown == result:
        raise SolveError(f"{result.name} is what {formula.id} yields; name one of its inputs")
    if unknown in rest:
        raise SolveError(f"{unknown.name} is both given and asked for")
    if given is None:  # what is asked for describes no run
        given = another_run() if is_another_run(known) else as_scenario(None)
    base, _ = chosen(formula, given, {**wanted, **{q.name: None for q in (*rest, unknown)}})
    others = {q: as_given(q, value, rest, base) for q, value in rest.items()}
    values = {q: one.value for q, one in others.items()}
    found = _standing(_found(formula, unknown, base, values, target), base, formula, values)
    ranges = tuple(one.quantity.name for one in (*others.values(), wished) if not one.distribution.is_point)
    if not ranges:
        return found
    return replace(found, ranges=ranges, points=solution_points(formula, found, base, others, wished))


def _found(
    formula: Equation, unknown: Quantity, base: Scenario, others: Mapping[Quantity, Fraction], target: Fraction
) -> Solution:
    """The solution at the values."""
    result = formula.result
    free = named_values(formula, base, {q.name: value for q, value in [*others.items(), (unknown, None)]})
    expr = expanded(formula, base, free)
    if unknown.symbol not in expr.free_symbols:
        raise _without_part(formula, unknown, base, free, expr)
    # A symbol without assumptions, and before any number is put in: sympy drops solutions and whole intervals
    # otherwise, and makes 1 of ⌈1/n⌉.
    x = sp.Symbol("x", real=True)
    _refuse_monsters(expr, {q.symbol: value for q, value in others.items()}, formula)
    numbers = {q.symbol: rational(v) for q, v in others.items()}
    expr = _without_roots(expr.xreplace({unknown.symbol: x}).xreplace(numbers), x)
    there = _there(expr, x, base.get(unknown), target)
    try:
        return _checked(_solution(expr, rational(target), x, unknown, result), expr, target, x, there)
    except SolveError:
        if there is None or expr.has(sp.ceiling, sp.floor):  # a step of a rounding may hold others too
            raise
        return Solution(unknown, result, sp.FiniteSet(there), numerical=True)


def _refuse_monsters(expr: sp.Expr, numbers: Mapping[sp.Symbol, Fraction], formula: Equation) -> None:
    """Powers that sympy would work out exactly, in numbers of billions of digits, which nothing interrupts."""
    for exponent in {part.exp for part in expr.atoms(sp.Pow) if part.exp.free_symbols <= numbers.keys()}:
        found = evaluate(exponent, numbers)
        if found is not None and abs(found) > _EXPONENT:
            raise SolveError(
                f"{formula.id} has an exponent of {float(found):.6g} there; equations are solved with exponents up to "
                f"{_EXPONENT}"
            )


def _standing(found: Solution, base: Scenario, formula: Equation, others: Mapping[Quantity, Fraction]) -> Solution:
    """Of several values those with which no step of the chain leaves its domain, where there are such."""
    if not isinstance(found.values, sp.FiniteSet) or len(found.values) < 2:
        return found

    def stands(value: Fraction) -> bool:
        try:
            _ = derive(formula, base, {q.name: v for q, v in {**others, found.quantity: value}.items()}).exact
        except DomainError:
            return False
        return True

    kept = sp.FiniteSet(*(one for one in found.values if stands(_fraction(one))))
    if kept.is_empty or kept == found.values:
        return found
    return replace(found, values=kept, reason="")


def _without_part(
    formula: Equation, unknown: Quantity, base: Scenario, free: Mapping[Quantity, Any], expr: sp.Expr
) -> SolveError:
    if them := ", ".join(through(formula, base, free, unknown)):
        return SolveError(
            f"{unknown.name} cancels out of {formula.id}, because {them} is worked out from it; give {them} too"
        )
    names = sorted(str(s) for s in expr.free_symbols)
    return SolveError(
        f"{unknown.name} plays no part in {formula.id}; it takes {', '.join(names)}{nearest(unknown.name, names)}"
    )


def _there(expr: sp.Expr, x: sp.Symbol, own: Input | None, target: Fraction) -> sp.Expr | None:
    """The scenario's own value of the unknown, where that yields the result."""
    return rational(own.value) if own and _yields(expr, x, own.value, target) else None


def _without_roots(expr: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """An expression with the nearest doubles of roots of plain numbers, which sympy would write out in full."""
    roots_in = {part for part in expr.atoms(sp.Pow) if not part.has(x) and not part.exp.is_Integer}
    found = {part: evaluate(part, {}) for part in roots_in}
    return expr.xreplace({part: rational(value) for part, value in found.items() if value is not None})


def _yields(expr: sp.Expr, x: sp.Symbol, value: Fraction, target: Fraction, within: Fraction = _SAME) -> bool:
    """Whether an expression takes a value at a number, but for rounding."""
    found = evaluate(expr, {x: value})
    return found is not None and abs(found - target) <= within * abs(target)


def _checked(found: Solution, expr: sp.Expr, target: Fraction, x: sp.Symbol, there: sp.Expr | None) -> Solution:
    """A solution each value of which yields the result, and that has the scenario's own value where that yields it."""
    values = found.values
    if isinstance(values, sp.FiniteSet):
        values = sp.FiniteSet(*(one for one in values if _yields(expr, x, _fraction(one), target, _CLOSE)))
    if there is not None and (values.is_empty or (isinstance(values, sp.Interval) and there not in values)):
        values = sp.FiniteSet(there)
    elif there is not None and isinstance(values, sp.FiniteSet):
        others = [one for one in values if abs(one - there) > abs(there) * rational(_CLOSE)]
        values = sp.FiniteSet(there, *others)
    if values == found.values:
        return found
    if values.is_empty and not found.values.is_empty:
        raise SolveError(f"no {found.quantity.name} is found that yields it")
    return replace(found, values=values, reason="", unrounded=None, nearest=())


def _domain(unknown: Quantity) -> sp.Interval:
    domain = unknown.domain
    high = sp.oo if math.isinf(domain.high) else rational(Fraction(domain.high))
    return sp.Interval(rational(Fraction(domain.low)), high, domain.low_open, high is sp.oo)


def _solution(expr: sp.Expr, target: sp.Expr, x: sp.Symbol, unknown: Quantity, result: Quantity) -> Solution:
    nothing = sp.S.EmptySet
    try:
        found = preimage(expr, sp.FiniteSet(target), x)
    except NotWholeError as error:
        return Solution(unknown, result, nothing, str(error), nearest=_either_side(expr, target, x, unknown, error))
    except (SolveError, InconsistentAssumptions) as error:
        if isinstance(error, InconsistentAssumptions) and expr.has(
            sp.ceiling, sp.floor
        ):  # sympy's own, over long chains
            raise SolveError(f"{result.name} cannot be solved for {unknown.name} by this program") from None
        if expr.has(sp.ceiling, sp.floor):  # each step of a rounding may hold a solution, and trying finds but some
            raise
        return _numerically(expr, target, x, unknown, result)
    if found.is_empty:
        return Solution(unknown, result, nothing, "no number yields it")
    inside = found.intersect(_domain(unknown))
    if inside.is_empty:
        return Solution(unknown, result, nothing, f"what would yield it is outside its domain: {unknown.domain.words}")
    if isinstance(inside, sp.Union):
        raise SolveError(f"{unknown.name} would lie in several stretches, which this program does not tell apart")
    values = _allowed(inside, unknown)
    if values.is_empty:
        return _between(expr, inside.inf, x, unknown, result)
    return Solution(unknown, result, values)


def _either_side(
    expr: sp.Expr, target: sp.Expr, x: sp.Symbol, unknown: Quantity, error: NotWholeError
) -> tuple[tuple[sp.Set, Fraction], ...]:
    """The nearest results below and above the target that can be had, each with the values that yield it."""
    made = [(values, _value_in(expr, values, x)) for one in error.neighbours(x) if (values := _allowed(one, unknown))]
    known = sorted(((values, value) for values, value in made if value is not None), key=lambda one: one[1])
    sides = [one for one in known if one[1] < _fraction(target)][-1:]
    return tuple(sides + [one for one in known if one[1] > _fraction(target)][:1])


def _value_in(expr: sp.Expr, values: sp.Set, x: sp.Symbol) -> Fraction | None:
    """What a set of values yields, over which a step of a rounding does not change."""
    if isinstance(values, sp.Interval):
        low, high = values.inf, values.sup
        at = low + 1 if high is sp.oo else (low + high) / 2
    else:
        at = next(iter(values), None)
    return None if at is None else evaluate(expr, {x: _fraction(at)})


def _numerically(expr: sp.Expr, target: sp.Expr, x: sp.Symbol, unknown: Quantity, result: Quantity) -> Solution:
    """The values inside the domain where the expression crosses its target, by trying numbers and halving between."""
    values = sp.FiniteSet(*roots(expr, Fraction(int(target.p), int(target.q)), x, unknown.domain))
    if values.is_empty:
        raise SolveError(f"{result.name} has no closed form in {unknown.name}, and trying numbers found no solution")
    inside = whole_numbers(values) if unknown.domain.whole else values
    if inside.is_empty:
        return replace(_between(expr, values.inf, x, unknown, result), numerical=True)
    return Solution(unknown, result, inside, numerical=True)


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
