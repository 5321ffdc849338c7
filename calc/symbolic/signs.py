"""Whether an expression is at least 0 whatever its symbols are."""

from __future__ import annotations

import sympy as sp

__all__ = ["has_sign", "is_nonnegative"]

_UNKNOWN, _AT_LEAST, _ABOVE = range(3)


def is_nonnegative(expr: sp.Expr) -> bool:
    """Whether it is known that an expression is at least 0.

    Sums, products, powers and roundings are told from their parts; sympy is asked of the rest, since its way loads a
    tenth of a second of code first.

    Examples
    --------
    >>> a, b = sp.symbols("a b", positive=True)
    >>> is_nonnegative(a / b + 2), is_nonnegative(a - b)
    (True, False)
    """
    return has_sign(expr) or bool(expr.is_nonnegative)


def has_sign(expr: sp.Expr) -> bool:
    """The same, where it can be told from the parts."""
    return _sign(expr) != _UNKNOWN


def _sign(expr: sp.Expr) -> int:
    """What is known of an expression: that it is at least 0, above 0, or nothing."""
    if not expr.args:
        return _ABOVE if expr.is_positive else _AT_LEAST if expr.is_nonnegative else _UNKNOWN
    if isinstance(expr, sp.Pow):
        base = _sign(expr.base)
        return base if (expr.exp.is_real if base == _ABOVE else expr.exp.is_nonnegative) else _UNKNOWN
    signs = [_sign(arg) for arg in expr.args]
    if isinstance(expr, sp.Max):
        return max(signs)
    if isinstance(expr, sp.Add):
        return max(signs) if all(signs) else _UNKNOWN
    if isinstance(expr, (sp.Mul, sp.Min, sp.ceiling)):
        return min(signs)
    return min(*signs, _AT_LEAST) if isinstance(expr, sp.floor) else _UNKNOWN
