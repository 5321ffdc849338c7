"""A formula's numeric expression as a line of source code, for Python and for JavaScript alike.

Only node types on the list are printed; anything else is refused by name, never guessed at. Products are
written as whole numerators over whole denominators, so that sums of exact inputs stay exact as long as
they can: 3·6.5·3125·90/125000 is 43.875, and 2.4e-5·6.5·3125·90 is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from calc.base.errors import PrintError

__all__ = ["JAVASCRIPT", "PYTHON", "Dialect", "source"]

# ⌈x⌉ of floating-point x: 0.3/0.1 is 2.9999999999999996, so x is first moved by four units in its last place.
_SLACK = 2.0**-50
_DOUBLE = 10**300  # what a double holds, with room to spare
_PLACES = 30  # digits to which a number without a symbol is worked out here


@dataclass(frozen=True)
class Dialect:
    """How one language writes a function call and a power.

    Attributes
    ----------
    functions : sympy class name to the language's function.
    power : a template with ``base`` and ``exponent``.
    root : one of a square root, which all languages round alike, as they do not a power; with ``base``.
    constants : sympy class name to the language's constant.
    """

    functions: dict[str, str]
    power: str
    root: str
    constants: dict[str, str]


PYTHON = Dialect(
    functions={"ceiling": "ceil", "floor": "floor", "Max": "maximum", "Min": "minimum", "exp": "exp", "log": "log"},
    power="({base})**({exponent})",
    root="sqrt({base})",
    constants={"Pi": "pi", "Exp1": "e"},
)
JAVASCRIPT = Dialect(
    functions={
        "ceiling": "Math.ceil",
        "floor": "Math.floor",
        "Max": "Math.max",
        "Min": "Math.min",
        "exp": "Math.exp",
        "log": "Math.log",
    },
    power="Math.pow({base}, {exponent})",
    root="Math.sqrt({base})",
    constants={"Pi": "Math.PI", "Exp1": "Math.E"},
)


def source(expr: sp.Expr, dialect: Dialect) -> str:
    """The expression as source code, its symbols by their names.

    Raises
    ------
    PrintError : it holds a node that is not on the list.

    Examples
    --------
    >>> a, b = sp.symbols("a b", positive=True)
    >>> source(sp.ceiling(3 * a / (2 * b)), JAVASCRIPT)
    'Math.ceil((3*a)/(2*b)*0.9999999999999991)'
    >>> source(sp.Sum(a, (b, 1, 3)), JAVASCRIPT)
    Traceback (most recent call last):
    ...
    calc.base.errors.PrintError: Sum cannot be printed as code; accepted: Add, Mul, Pow, Max, Min, ...
    """
    name = type(expr).__name__
    if isinstance(expr, sp.Symbol):
        return str(expr.name)
    if isinstance(expr, sp.Rational):
        return _rational(expr)
    if isinstance(expr, sp.Float):
        return repr(float(expr))
    if name in dialect.constants:
        return dialect.constants[name]
    if isinstance(expr, sp.Add):
        # Larger terms first or last makes no difference here; sympy's order is at least always the same.
        return " + ".join(source(term, dialect) for term in expr.as_ordered_terms()).replace("+ -", "- ")
    if isinstance(expr, sp.Mul):
        return _product(expr, dialect)
    if isinstance(expr, sp.Pow):
        return _power(expr, dialect)
    if isinstance(expr, (sp.ceiling, sp.floor)):
        slack = 1 - _SLACK if isinstance(expr, sp.ceiling) else 1 + _SLACK
        return f"{dialect.functions[name]}({_grouped(expr.args[0], dialect)}*{slack!r})"
    if name in dialect.functions:
        arguments = [source(arg, dialect) for arg in expr.args]
        if isinstance(expr, (sp.Max, sp.Min)) and dialect is not JAVASCRIPT:  # NumPy's take two at a time
            nested = arguments[0]
            for argument in arguments[1:]:
                nested = f"{dialect.functions[name]}({nested}, {argument})"
            return nested
        return f"{dialect.functions[name]}({', '.join(arguments)})"
    accepted = ", ".join(["Add", "Mul", "Pow", *sorted(dialect.functions)])
    raise PrintError(f"{name} cannot be printed as code; accepted: {accepted}")


def _rational(number: sp.Rational) -> str:
    if _is_huge(number):
        return repr(float(Fraction(int(number.p), int(number.q))))
    if number.q == 1:
        return _whole(int(number.p))
    return f"({_whole(int(number.p))}/{_whole(int(number.q))})"


def _whole(number: int) -> str:
    """A whole number; past 2^53 as a float, which is what both languages would make of it."""
    return str(number) if abs(number) <= 2**53 else repr(float(number))


def _grouped(expr: sp.Expr, dialect: Dialect) -> str:
    text = source(expr, dialect)
    return f"({text})" if isinstance(expr, sp.Add) else text


def _is_huge(number: sp.Expr) -> bool:
    """Whether a rational number has a part that no double has, as the exact root of a power of many digits does."""
    return isinstance(number, sp.Rational) and max(abs(number.p), number.q) > _DOUBLE


def _power(expr: sp.Pow, dialect: Dialect) -> str:
    if _is_huge(expr.base) and expr.is_number:
        return repr(float(sp.N(expr, _PLACES)))
    if expr.exp == -1:
        return f"1/({source(expr.base, dialect)})"
    if expr.exp == sp.S.Half:
        return dialect.root.format(base=source(expr.base, dialect))
    return dialect.power.format(base=source(expr.base, dialect), exponent=source(expr.exp, dialect))


def _product(expr: sp.Mul, dialect: Dialect) -> str:
    above: list[str] = []
    below: list[str] = []
    for factor in expr.args:
        if isinstance(factor, sp.Rational) and not _is_huge(factor):
            above += [_whole(int(factor.p))] if factor.p != 1 else []
            below += [_whole(int(factor.q))] if factor.q != 1 else []
        elif isinstance(factor, sp.Pow) and factor.exp.is_Rational and factor.exp < 0 and not _is_huge(factor.base):
            below.append(_grouped(sp.Pow(factor.base, -factor.exp), dialect))
        else:
            above.append(_grouped(factor, dialect))
    top = "*".join(above) or "1"
    if not below:
        return top
    return f"({top})/({'*'.join(below)})"
