"""The inverse of a formula in one of its inputs, as a closed expression that other languages can be given too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy as sp

from calc.errors import SolveError

if TYPE_CHECKING:
    from calc.formula import Formula
    from calc.quantities import Quantity

__all__ = ["Inverse", "inverse"]


@dataclass(frozen=True)
class Inverse:
    """What an input must be for the formula to yield a given result; all in own units.

    Attributes
    ----------
    unknown : the input.
    expression : its value, of the result's symbol and the other inputs'. Where the formula rounds, it is the value
        at which what is rounded would be that symbol.
    rounding : ``ceiling`` or ``floor`` where the formula rounds, and a whole interval yields the result.
    rounded : what the rounding has to come to, of the same symbols, and always whole.
    rises : whether what is rounded rises with the unknown.

    Examples
    --------
    >>> from calc import server_count
    >>> found = inverse(server_count, server_count.inputs[0])
    >>> found.expression, found.rounding, found.rises
    (gpus_per_server*servers, 'ceiling', True)
    """

    unknown: Quantity
    expression: sp.Expr
    rounding: str = ""
    rounded: sp.Expr | None = None
    rises: bool = True


def inverse(formula: Formula, unknown: Quantity) -> Inverse:
    """The inverse of a formula in one of its inputs.

    Raises
    ------
    SolveError : it has none in closed form, or more than one.
    """
    target, x = formula.result.symbol, unknown.symbol
    roundings = [part for part in formula.numeric.atoms(sp.ceiling, sp.floor) if part.has(x)]
    if not roundings:
        return Inverse(unknown, _only(formula.numeric, target, x))
    (rounding, *others) = roundings
    n = sp.Symbol("n", positive=True)
    outer = formula.numeric.xreplace({rounding: n})
    inner = rounding.args[0]
    slope = sp.diff(inner, x)
    if others or outer.has(x) or not (slope.is_positive or slope.is_negative):
        raise SolveError(f"{formula.id} has no inverse in {unknown.name} in closed form")
    kind = "ceiling" if isinstance(rounding, sp.ceiling) else "floor"
    return Inverse(unknown, _only(inner, target, x), kind, _only(outer, target, n), bool(slope.is_positive))


def _only(expr: sp.Expr, target: sp.Symbol, x: sp.Symbol) -> sp.Expr:
    """The one x at which an expression is the target."""
    # Without assumptions, for which sympy would drop what it cannot prove to be positive.
    free = sp.Symbol("unknown", real=True)
    told = expr.xreplace({x: free})
    solved, solution = sp.solve_linear(told, target, symbols=[free])  # nearly every formula, in a tenth of the time
    if solved == free and not solution.has(free):
        return sp.factor_terms(sp.together(solution))  # a difference divided, which keeps the digits it has
    try:
        found = sp.solve(sp.Eq(told, target), free)
    except NotImplementedError:
        found = []
    if len(found) != 1 or found[0].has(free):
        raise SolveError(f"{expr} = {target} has no single solution for {x} in closed form")
    return found[0]
