"""Which intermediate results of a chain have to be held against their domains, and whether numbers stay inside them.

One value is worked out step by step, and each step refuses what leaves its domain. A compiled chain is one expression:
what its steps would refuse it holds against the same domains by itself, wherever the inputs' signs do not prove it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from calc.base.domains import Domain
from calc.base.limits import LARGEST, SMALLEST
from calc.base.quantities import Quantity

__all__ = ["Guard", "follows", "guards", "inside"]


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
    if math.isfinite(domain.high) or (domain.whole and not expression.is_integer):
        return False
    if domain.low == 0:
        return bool(expression.is_positive if domain.low_open else expression.is_nonnegative)
    return bool(domain.low == 1 and domain.whole and expression.is_positive)


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
    found &= values <= LARGEST
    if domain.low_open:
        found &= values >= SMALLEST
    return found & (np.floor(values) == values) if domain.whole else found
