"""Which intermediate results of a chain have to be held against their domains, and whether numbers stay inside them.

One value is worked out step by step, and each step refuses what leaves its domain. A compiled chain is one expression:
what its steps would refuse it holds against the same domains by itself, wherever the inputs' signs do not prove it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from calc.base.domains import Domain
from calc.base.limits import LARGEST
from calc.base.quantities import Quantity

__all__ = ["Guard", "divided", "follows", "guards", "inside"]


@dataclass(frozen=True)
class Guard:
    """An intermediate result and its expression of what a chain takes, own units to own unit."""

    quantity: Quantity
    expression: sp.Expr


def follows(domain: Domain, expression: sp.Expr) -> bool:
    """Whether an expression belongs to a domain whatever its symbols are, as far as their own domains tell.

    Examples
    --------
    >>> from calc.base.domains import COUNT, FRACTION
    >>> a, b = sp.symbols("a b", positive=True, finite=True)
    >>> follows(COUNT, sp.ceiling(a / b)), follows(COUNT, sp.floor(a / b)), follows(FRACTION, a / b)
    (True, False, False)
    """
    if math.isfinite(domain.high) or (domain.whole and not _is_whole(expression)):
        return False
    above = domain.low == 1 and domain.whole  # a whole number above 0
    return above and _is_above(expression) if domain.low else _is_above(expression, or_0=not domain.low_open)


def divided(numeric: sp.Expr, put: Callable[[sp.Expr], sp.Expr]) -> sp.Expr:
    """An expression with numbers put in that still divides by what it divided by: nothing over nothing is undefined.

    Examples
    --------
    >>> a, b = sp.symbols("a b")
    >>> divided(a / (1 - b), lambda part: part.xreplace({a: sp.Integer(0)})).is_Mul
    True
    """
    above, below = sp.fraction(numeric)
    if _is_above(put(below)):
        return put(numeric)
    return sp.Mul(put(above), sp.Pow(put(below), -1, evaluate=False), evaluate=False)


# Told from the structure alone: sympy's own assumptions contradict themselves over long chains.
def _is_above(part: sp.Expr, or_0: bool = False) -> bool:
    """Whether an expression is above 0 by its structure; or at least 0."""
    if part.is_Symbol or part.is_Number:
        return bool(part.is_nonnegative if or_0 else part.is_positive)
    if isinstance(part, sp.Add):
        return all(_is_above(one, or_0=True) for one in part.args) and (or_0 or any(map(_is_above, part.args)))
    if isinstance(part, sp.Pow):
        return _is_above(part.base) or (or_0 and part.exp.is_Number and part.exp > 0 and _is_above(part.base, or_0))
    if isinstance(part, sp.Max):
        return any(_is_above(one, or_0) for one in part.args)
    if isinstance(part, (sp.Mul, sp.Min, sp.ceiling)):
        return all(_is_above(one, or_0) for one in part.args)
    return isinstance(part, sp.exp) or (or_0 and isinstance(part, sp.floor) and _is_above(part.args[0], or_0))


def _is_whole(part: sp.Expr) -> bool:
    """Whether an expression is a whole number by its structure."""
    if part.is_Symbol or part.is_Number:
        return bool(part.is_integer)
    inner = isinstance(part, (sp.Add, sp.Mul, sp.Max, sp.Min)) and all(map(_is_whole, part.args))
    return inner or isinstance(part, (sp.ceiling, sp.floor))


def guards(steps: Sequence[tuple[Quantity, sp.Expr]]) -> tuple[Guard, ...]:
    """The guards of a chain, in its order; what a chain's steps yield, without its last."""
    return tuple(Guard(q, expression) for q, expression in steps if not follows(q.domain, expression))


def inside(values: Any, domain: Domain) -> Any:
    """Which numbers of an array belong to a domain.

    Examples
    --------
    >>> import numpy as np
    >>> from calc.base.domains import COUNT
    >>> inside(np.array([2.0, 2.5, 0.0, np.nan, np.inf]), COUNT).tolist()
    [True, False, False, False, False]
    """
    import numpy as np

    # Every comparison with NaN is false, so it falls out here too.
    found = (values > domain.low if domain.low_open else values >= domain.low) & (values <= domain.high)
    found &= (values >= domain.least) & (values <= LARGEST)
    return found & (np.floor(values) == values) if domain.whole else found
