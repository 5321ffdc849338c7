"""An expression as a person writes it in a line of text."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from calc.base.errors import PrintError
from calc.symbolic.trace import Coefficient

__all__ = ["factors_shown", "right_hand_side"]


def right_hand_side(expr: sp.Expr, values: Mapping[str, str] | None = None) -> str:
    """An expression as a person writes it in a line of text.

    Parameters
    ----------
    values : what to put for each symbol; its name when left out.

    Raises
    ------
    PrintError : the expression has a part that has no text.

    Examples
    --------
    >>> from calc import replica_count
    >>> right_hand_side(replica_count.written)
    '⌊gpus / gpus_per_replica⌋'
    """
    return _text(expr, values)


def _text(expr: sp.Expr, values: Mapping[str, str] | None, tight: bool = False) -> str:
    if isinstance(expr, Coefficient):
        return str(expr.amount)
    if isinstance(expr, sp.Symbol):
        return expr.name if values is None else values[expr.name]
    if isinstance(expr, (sp.Number, sp.NumberSymbol)):
        return str(expr)
    name = type(expr).__name__
    if isinstance(expr, sp.ceiling):
        return f"⌈{_text(expr.args[0], values)}⌉"
    if isinstance(expr, sp.floor):
        return f"⌊{_text(expr.args[0], values)}⌋"
    if name in ("Max", "Min", "log", "exp"):
        return f"{name.lower()}({', '.join(_text(arg, values) for arg in expr.args)})"
    if isinstance(expr, sp.Add):
        terms = " + ".join(_text(arg, values) for arg in expr.args)
        terms = terms.replace("+ -1 × ", "− ").replace("+ -", "− ")
        return f"({terms})" if tight else terms
    if isinstance(expr, sp.Pow) and expr.exp != -1:
        exponent = _text(expr.exp, values, tight=True)
        return f"({_text(expr.base, values)})^{f'({exponent})' if ' / ' in exponent else exponent}"
    if isinstance(expr, (sp.Mul, sp.Pow)):
        return _product(expr, values, tight)
    raise PrintError(f"{name} has no form as text, in {expr}")


def _product(expr: sp.Expr, values: Mapping[str, str] | None, tight: bool = False) -> str:
    factors = _factors(expr)
    if isinstance(expr, sp.Mul) and len(factors) == 1:
        return _text(factors[0], values, tight)
    above = [_text(f, values, tight=True) for f in factors if not _is_divisor(f)] or ["1"]
    below = [_text(part, values, tight=True) for f in factors if _is_divisor(f) for part in _factors(f.base)]
    top = " × ".join(above)
    if not below:
        return top
    return f"{top} / {below[0]}" if len(below) == 1 else f"{top} / ({' × '.join(below)})"


def _factors(expr: sp.Expr) -> list[sp.Expr]:
    """The factors of a product in the order in which they were written, numbers first."""
    if not isinstance(expr, sp.Mul):
        return [expr]
    return factors_shown([inner for arg in expr.args for inner in _factors(arg)])


def factors_shown(factors: list[sp.Expr]) -> list[sp.Expr]:
    """The factors of a product as they are printed: numbers first, and a coefficient that is one left out.

    A coefficient of one only brings a unit, as one microbatch a stage does; nobody writes it.
    """
    kept = [f for f in factors if not (isinstance(f, Coefficient) and f.amount == 1)] or factors[:1]
    return sorted(kept, key=lambda f: not (f.is_Number or isinstance(f, Coefficient)))


def _is_divisor(expr: sp.Expr) -> bool:
    return isinstance(expr, sp.Pow) and bool(expr.exp == -1)
