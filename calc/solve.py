"""Solving a chain for one of its quantities.

⌈g(x)⌉ and ⌊g(x)⌋ are replaced by a whole number n, from the outside in; n is solved for first, and the x
that it allows are an interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy as sp

from calc.chain import _named, as_scenario, expanded
from calc.errors import SolveError, nearest
from calc.quantities import Quantity, quantity
from calc.trace import rational
from calc.values import own_unit_value

if TYPE_CHECKING:
    from calc.formula import Formula
    from calc.scenario import Scenario

__all__ = ["Solution", "solve_for"]


@dataclass(frozen=True)
class Solution:
    """The values of a quantity that yield a given result.

    Attributes
    ----------
    quantity : the unknown.
    values : every value, in the own unit and inside the domain, as a sympy set of real numbers.
    reason : why there is not exactly one, where there is not.

    Examples
    --------
    >>> from calc import training_energy
    >>> s = training_energy.solve_for("servers", "gpt-4", training_energy="87.75 GWh")
    >>> s.value, s.unit
    (6250, 'server')
    """

    quantity: Quantity
    values: sp.Set
    reason: str = ""

    @property
    def unit(self) -> str:
        """The own unit of the unknown."""
        return self.quantity.unit

    @property
    def is_single(self) -> bool:
        """Whether there is exactly one value."""
        return isinstance(self.values, sp.FiniteSet) and len(self.values) == 1

    @property
    def value(self) -> float | int:
        """The one value, in the own unit.

        Raises
        ------
        SolveError : there is none, or more than one; says which.
        """
        if not self.is_single:
            raise SolveError(str(self))
        (only,) = self.values
        return int(only) if only.is_Integer else float(only)

    @property
    def interval(self) -> tuple[float, float]:
        """The least and the greatest value, in the own unit.

        Raises
        ------
        SolveError : there is none.
        """
        if self.values.is_empty:
            raise SolveError(str(self))
        return float(self.values.inf), float(self.values.sup)

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        from calc.render.text import solution_text

        return solution_text(self)


def solve_for(formula: Formula, name: str, given: Scenario | str | None, known: Mapping[str, Any]) -> Solution:
    """Solve; see `Formula.solve_for`."""
    unknown = quantity(name)
    rest = {quantity(key): value for key, value in known.items()}
    result = formula.result
    if result not in rest:
        raise SolveError(f"{formula.id} is solved for a given {result.name}; give it, as in {result.name}='100 {result.unit}'")
    target = own_unit_value(result, rest.pop(result))
    if unknown == result:
        raise SolveError(f"{result.name} is what {formula.id} yields; name one of its inputs")
    if unknown in rest:
        raise SolveError(f"{unknown.name} is both given and asked for")
    base = as_scenario(given)
    others = {q: own_unit_value(q, value) for q, value in rest.items()}
    free = _named(formula, base, {q.name: value for q, value in [*others.items(), (unknown, None)]})
    expr = expanded(formula, base, free).xreplace({q.symbol: rational(v) for q, v in others.items()})
    if expr.free_symbols != {unknown.symbol}:
        names = sorted(str(s) for s in expr.free_symbols)
        raise SolveError(f"{unknown.name} plays no part in {formula.id}; it takes {', '.join(names)}{nearest(name, names)}")
    # A symbol without assumptions: sympy drops solutions and whole intervals otherwise.
    x = sp.Symbol("x", real=True)
    values, reason = _solve(expr.xreplace({unknown.symbol: x}), rational(target), x, unknown)
    return Solution(unknown, values, reason)


def _domain(unknown: Quantity) -> sp.Interval:
    high = sp.oo if math.isinf(unknown.domain.high) else rational(Fraction(unknown.domain.high))
    return sp.Interval(rational(Fraction(unknown.domain.low)), high, unknown.domain.low_open, True if high is sp.oo else False)


def _solve(expr: sp.Expr, target: sp.Expr, x: sp.Symbol, unknown: Quantity) -> tuple[sp.Set, str]:
    domain = _domain(unknown)
    found, reason = _preimage(expr, sp.FiniteSet(target), x)
    inside = found.intersect(domain)
    if found.is_empty:
        return sp.S.EmptySet, reason or "no number yields it"
    if inside.is_empty:
        return sp.S.EmptySet, f"what would yield it is outside the domain of {unknown.name}: {unknown.domain.words}"
    if unknown.domain.whole:
        whole = _whole_numbers(inside)
        if whole.is_empty:
            return whole, _between(inside, unknown)
        inside = whole
    if isinstance(inside, sp.FiniteSet) and len(inside) == 1:
        return inside, ""
    return inside, "more than one value yields it"


def _between(values: sp.Set, unknown: Quantity) -> str:
    at = float(values.inf)
    return f"{unknown.name} would have to be {at:.6g}, and it must be whole; {math.floor(at)} and {math.ceil(at)} are nearest"


def _preimage(expr: sp.Expr, targets: sp.Set, x: sp.Symbol) -> tuple[sp.Set, str]:
    """The real x at which the expression falls into the targets, a finite set or an interval."""
    rounding = _outermost(expr, x)
    if rounding is None:
        return _smooth_preimage(expr, targets, x), ""
    n = sp.Dummy("n", real=True)
    wanted = _smooth_preimage(expr.xreplace({rounding: n}), targets, n)
    whole = _whole_numbers(wanted)
    if whole.is_empty:
        what = "⌈⌉" if isinstance(rounding, sp.ceiling) else "⌊⌋"
        at = f"{float(wanted.inf):.6g}" if not wanted.is_empty else "nothing"
        return sp.S.EmptySet, f"{what} in the formula would have to be {at}, and it is always whole"
    low, high = whole.inf, whole.sup
    inner = sp.Interval(low - 1, high, True, False) if isinstance(rounding, sp.ceiling) else sp.Interval.Ropen(low, high + 1)
    return _preimage(rounding.args[0], inner, x)


def _outermost(expr: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    """A ⌈⌉ or ⌊⌋ with x in it that is inside no other."""
    found = [part for part in sp.preorder_traversal(expr) if isinstance(part, (sp.ceiling, sp.floor)) and part.has(x)]
    if len({part for part in found if not any(part != other and other.has(part) for other in found)}) > 1:
        raise SolveError("the unknown stands inside two roundings at once; solve for one of their results instead")
    if found and expr.xreplace({found[0]: sp.Dummy()}).has(x):
        raise SolveError("the unknown stands both inside a rounding and outside it; solve for the rounding's result instead")
    return found[0] if found else None


def _smooth_preimage(expr: sp.Expr, targets: sp.Set, x: sp.Symbol) -> sp.Set:
    ends = [targets.inf, targets.sup] if isinstance(targets, sp.Interval) else list(targets)
    solved = [sp.solveset(sp.Eq(expr, end), x, sp.S.Reals) for end in ends]
    if not all(isinstance(s, (sp.FiniteSet, type(sp.S.EmptySet))) for s in solved):
        raise SolveError(f"{expr} cannot be solved for the unknown")
    if not isinstance(targets, sp.Interval):
        return sp.Union(*solved)
    # 8/x comes as near to 0 as one likes and never there: that end of the unknown is infinity.
    solved = [
        sp.FiniteSet(sp.oo) if s.is_empty and sp.limit(expr, x, sp.oo) == end else s
        for s, end in zip(solved, ends, strict=True)
    ]
    if len(solved[0]) != 1 or len(solved[1]) != 1:
        raise SolveError(f"{expr} cannot be solved for an interval of the unknown")
    (first,), (last,) = solved
    if first <= last:
        return sp.Interval(first, last, targets.left_open, targets.right_open)
    return sp.Interval(last, first, targets.right_open, targets.left_open)


def _whole_numbers(values: sp.Set) -> sp.Set:
    """The whole numbers of a finite set, or the shortest interval that holds those of an interval."""
    if isinstance(values, sp.FiniteSet):
        return sp.FiniteSet(*(v for v in values if v == int(v)))
    if not isinstance(values, sp.Interval):
        return values
    low = sp.ceiling(values.start)
    low = low + 1 if low == values.start and values.left_open else low
    if values.end is sp.oo:
        return sp.Interval(low, sp.oo)
    high = sp.floor(values.end)
    high = high - 1 if high == values.end and values.right_open else high
    if low > high:
        return sp.S.EmptySet
    return sp.FiniteSet(low) if low == high else sp.Interval(low, high)
