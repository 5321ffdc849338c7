"""The inverse of a formula in one of its inputs, as a closed expression that other languages can be given too."""

from __future__ import annotations

import math
from dataclasses import dataclass

import sympy as sp

from calc.base.domains import Domain
from calc.base.errors import SolveError
from calc.base.quantities import Quantity
from calc.symbolic.equation import Equation

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


def inverse(formula: Equation, unknown: Quantity) -> Inverse:
    """The inverse of a formula in one of its inputs.

    It is there where the formula holds the input once, outside Max and Min, or is linear in it.

    Raises
    ------
    SolveError : the formula holds the input more than once and not linearly, or inside Max or Min, or under an even
        power of what may have either sign.
    """
    target, x = formula.result.symbol, unknown.symbol
    roundings = [part for part in formula.numeric.atoms(sp.ceiling, sp.floor) if part.has(x)]
    if not roundings:
        return Inverse(unknown, _only(formula.numeric, target, x, unknown.domain))
    (rounding, *others) = roundings
    n = sp.Symbol("n", positive=True)
    outer = formula.numeric.xreplace({rounding: n})
    inner = rounding.args[0]
    slope = sp.diff(inner, x)
    if others or outer.has(x) or not (slope.is_positive or slope.is_negative):
        raise SolveError(f"{formula.id} has no inverse in {unknown.name} in closed form")
    kind = "ceiling" if isinstance(rounding, sp.ceiling) else "floor"
    return Inverse(unknown, _only(inner, target, x), kind, _only(outer, target, n), bool(slope.is_positive))


def _only(expr: sp.Expr, target: sp.Symbol, x: sp.Symbol, domain: Domain | None = None) -> sp.Expr:
    """The one x at which an expression is the target."""
    if not any(part.has(x) for part in expr.atoms(sp.Max, sp.Min)):
        # Without assumptions, for which sympy would drop what it cannot prove to be positive.
        free = sp.Symbol("unknown", real=True)
        told = expr.xreplace({x: free})
        if (found := _unwrapped(told, target, free, domain)) is not None:
            return found
        if _is_rational(told, free):  # of another sympy would find at length that it is not linear
            solved, solution = sp.solve_linear(told, target, symbols=[free])
            if solved == free and not solution.has(free):
                return sp.factor_terms(sp.together(solution))  # a difference divided, which keeps the digits it has
    # sympy's general solver would search for minutes, and find roots of which a page cannot tell which one is meant.
    raise SolveError(f"{expr} = {target} has no single solution for {x} in closed form")


def _is_rational(expr: sp.Expr, x: sp.Symbol) -> bool:
    """Whether x stands in sums, products and whole powers alone."""
    if expr == x or not expr.has(x):
        return True
    whole = isinstance(expr, sp.Pow) and expr.exp.is_Integer
    return (whole or isinstance(expr, (sp.Add, sp.Mul))) and all(_is_rational(part, x) for part in expr.args)


def _above_nothing(part: sp.Expr, x: sp.Symbol, domain: Domain | None) -> bool:
    """Whether what is linear in x, and holds nothing else, is above 0 over a whole domain: so it is at both ends."""
    if domain is None or not math.isfinite(domain.high) or part.free_symbols != {x} or sp.diff(part, x, 2) != 0:
        return False
    return all(bool(part.xreplace({x: sp.Rational(str(end))}) > 0) for end in (domain.low, domain.high))


def _unwrapped(expr: sp.Expr, value: sp.Expr, x: sp.Symbol, domain: Domain | None = None) -> sp.Expr | None:
    """The x at which an expression has a value, where it holds x once and all around it can be undone; else None."""
    while expr != x:
        inside = [part for part in expr.args if part.has(x)]
        if len(inside) != 1:
            return None
        (part,) = inside
        if isinstance(expr, (sp.Add, sp.Mul)):
            rest = expr.func(*(other for other in expr.args if other is not part))
            value = value - rest if isinstance(expr, sp.Add) else value / rest
        elif isinstance(expr, sp.log):
            value = sp.exp(value)
        elif isinstance(expr, sp.exp):
            value = sp.log(value)
        elif isinstance(expr, sp.Pow) and part is expr.exp:
            value = sp.log(value) / sp.log(expr.base)
        elif isinstance(expr, sp.Pow) and (not expr.exp.is_even or _above_nothing(part, x, domain)):
            value = value ** (1 / expr.exp)
        else:
            return None
        expr = part
    return value
