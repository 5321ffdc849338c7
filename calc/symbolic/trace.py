"""From a plain Python function to a sympy expression whose units have been checked.

The function is called once, with symbols. What comes back is kept twice: `written`, in the order in which
its author wrote it, for print; and `expression`, in sympy's own order, for everything that computes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy.core.facts import InconsistentAssumptions

from calc.base.errors import CalcError, DefinitionError
from calc.base.quantities import Quantity
from calc.base.units import Unit, parse_unit
from calc.symbolic.signs import is_nonnegative

__all__ = ["Coefficient", "Trace", "ceil", "coefficient", "compose", "floor", "put_in", "rational", "trace"]

_NUMBER = parse_unit("1")


class Coefficient(sp.Symbol):
    """A number that belongs to the formula and has a unit, as 6 FLOP/(parameter·token) has."""

    amount: sp.Rational
    unit: Unit

    def __new__(cls, amount: sp.Rational, unit: Unit) -> Coefficient:
        # The name holds both, so that equal coefficients are equal symbols.
        self: Coefficient = sp.Symbol.__xnew__(cls, f"{amount} [{unit.text}]", positive=True)
        self.amount = amount
        self.unit = unit
        return self


def coefficient(amount: int | str, unit: str) -> Coefficient:
    """A number with a unit, as part of a formula.

    Parameters
    ----------
    amount : a whole number, or a decimal one as text so that it stays exact; above 0.
    unit : its unit.

    Examples
    --------
    >>> coefficient(6, "FLOP/(parameter*token)").amount
    6
    """
    return Coefficient(sp.Rational(str(amount)), parse_unit(unit))


def ceil(value: Any) -> sp.Expr:
    """⌈value⌉ in a formula: the next whole number up."""
    return sp.ceiling(value, evaluate=False)


def floor(value: Any) -> sp.Expr:
    """⌊value⌋ in a formula: the next whole number down."""
    return sp.floor(value, evaluate=False)


def put_in(expr: sp.Expr, numbers: Mapping[sp.Symbol, sp.Expr]) -> sp.Expr:
    """An expression with numbers in the place of symbols.

    sympy works out powers as it makes them, exactly, and would be at it for hours where an exponent has many digits: so
    an expression with symbols in its exponents is left as it is written.

    Examples
    --------
    >>> a, b = sp.symbols("a b", positive=True)
    >>> put_in(a**b, {a: sp.Rational(45, 22), b: sp.Rational("7.0134978123")}).is_Pow
    True
    """
    powers = {part for part in expr.atoms(sp.Pow) if part.exp.free_symbols & numbers.keys()}
    if powers:
        # What is raised is worked out: of 0/1 left as it is written sympy holds that it is whole, and that it is not.
        bases = {part.base: compose(part.base, numbers) for part in powers if not part.base.atoms(sp.Pow) & powers}
        with sp.evaluate(False):
            return expr.xreplace({**numbers, **bases})
    return compose(expr, numbers)


def compose(expr: sp.Expr, parts: Mapping[sp.Symbol, sp.Expr]) -> sp.Expr:
    """An expression with expressions in the place of symbols.

    As sympy's own `xreplace`, but that a Max or Min is left as it is made: sympy would try to prove which of its parts
    is the larger, for seconds where these are whole chains.

    Examples
    --------
    >>> a, b, c = sp.symbols("a b c", positive=True)
    >>> compose(a * sp.Max(b, 2), {a: c / 3, b: c + 3})
    c*Max(2, c + 3)/3
    """
    if expr in parts:
        return parts[expr]
    if expr.free_symbols.isdisjoint(parts):
        return expr
    args = [compose(arg, parts) for arg in expr.args]
    if isinstance(expr, (sp.Max, sp.Min)) and not all(arg.is_number for arg in args):
        return expr.func(*args, evaluate=False)
    try:
        return expr.func(*args)
    except InconsistentAssumptions:  # of a number that was left as it is written
        with sp.evaluate(False):
            return expr.func(*args)


def rational(value: Fraction | int) -> sp.Rational:
    """A fraction as sympy's own kind."""
    return sp.Rational(value.numerator, value.denominator)


@dataclass(frozen=True)
class Trace:
    """A formula's expression, in its forms; what only computing needs is worked out when it is asked for.

    Attributes
    ----------
    function, inputs, result : what was traced.
    written : as its author wrote it.
    """

    function: Callable[..., Any]
    inputs: tuple[Quantity, ...]
    result: Quantity
    written: sp.Expr

    @functools.cached_property
    def expression(self) -> sp.Expr:
        """The same in sympy's order."""
        return sp.sympify(self.function(*(q.symbol for q in self.inputs)))

    @functools.cached_property
    def numeric(self) -> sp.Expr:
        """It maps own units to own units, conversion factors and coefficients folded in."""
        return _numeric(self.expression, {q.symbol: q for q in self.inputs}, self.result)


def trace(function: Callable[..., Any], inputs: tuple[Quantity, ...], result: Quantity) -> Trace:
    """Call a function with symbols and check what comes back.

    Raises
    ------
    DefinitionError : it is no expression, leaves an input out, or its units are not the result's.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> inputs = (quantity("gpus"), quantity("servers"))
    >>> trace(lambda gpus, servers: gpus + servers, inputs, quantity("gpus"))
    Traceback (most recent call last):
    ...
    calc.base.errors.DefinitionError: gpus + servers adds or compares accelerator to server
    """
    symbols = [q.symbol for q in inputs]
    with sp.evaluate(False):
        try:
            returned = function(*symbols)
        except CalcError:
            raise
        except Exception as error:  # whatever its author's own code does with a symbol
            said_of_it = f"the function raises {type(error).__name__}: {error}"
            raise DefinitionError(f"{said_of_it}; accepted: arithmetic with its inputs") from error
        try:
            written = sp.sympify(returned, strict=True)  # strict: text is not evaluated as code
        except sp.SympifyError:
            written = None
    if not isinstance(written, sp.Expr):
        raise DefinitionError(f"the function returns {type(returned).__name__}, not an expression")
    known = {q.symbol: q for q in inputs}
    left_out = [q.name for q in inputs if q.symbol not in written.free_symbols]
    if left_out:
        raise DefinitionError(f"the function takes {', '.join(left_out)} and does not use it")
    units = {symbol: q.checked_unit for symbol, q in known.items()}
    got = dimensions_of(written, units)
    if got.dimensions != result.checked_unit.dimensions:
        raise DefinitionError(
            f"{sp.sstr(written, order='none')} is {got.describe()}, "
            f"and {result.name} is {result.checked_unit.describe()}"
        )
    found = Trace(function, inputs, result, written)
    if written.has(sp.ceiling, sp.floor):
        for part in found.expression.atoms(sp.ceiling, sp.floor):
            if not is_nonnegative(part.args[0]):
                raise DefinitionError(
                    f"{part} may round a negative number; its argument must be known to be at least 0"
                )
    return found


def _numeric(expression: sp.Expr, known: Mapping[sp.Symbol, Quantity], result: Quantity) -> sp.Expr:
    """Fold every conversion factor in, so that own units go in and the result's own unit comes out."""
    factors: dict[sp.Expr, sp.Expr] = {
        symbol: rational(q.parsed_unit.factor) * symbol for symbol, q in known.items() if q.parsed_unit.factor != 1
    }
    for part in expression.atoms(Coefficient):
        factors[part] = part.amount * rational(part.unit.factor)
    return expression.xreplace(factors) / rational(result.parsed_unit.factor)


def dimensions_of(expr: sp.Basic, units: Mapping[sp.Symbol, Unit]) -> Unit:
    """The unit of an expression, from those of its symbols.

    Raises
    ------
    DefinitionError : unlike things are added or compared, something with a unit is rounded, raised to a
        symbol or put into a function, or the expression has a part that has no rule.
    """
    if isinstance(expr, Coefficient):
        return expr.unit
    if isinstance(expr, sp.Symbol):
        return units[expr]
    if isinstance(expr, (sp.Number, sp.NumberSymbol)):
        return _NUMBER
    parts = [dimensions_of(arg, units) for arg in expr.args]
    if isinstance(expr, sp.Mul):
        product = _NUMBER
        for part in parts:
            product = product * part
        return product
    if isinstance(expr, sp.Pow):
        power = expr.exp.doit()
        if not isinstance(power, sp.Rational):
            return _all_numbers(expr, parts)
        return parts[0] ** Fraction(int(power.p), int(power.q))
    if isinstance(expr, (sp.Add, sp.Max, sp.Min)):
        return _all_alike(expr, parts)
    if isinstance(expr, (sp.ceiling, sp.floor)):
        if not all(_is_counted(name) for name, _ in parts[0].dimensions):
            raise DefinitionError(f"{expr} rounds {parts[0].describe()}; only counts and pure numbers are rounded")
        return parts[0]
    if isinstance(expr, (sp.exp, sp.log)):
        return _all_numbers(expr, parts)
    raise DefinitionError(f"{type(expr).__name__} has no rule for its units, in {expr}")


def _is_counted(dimension: str) -> bool:
    """Counts are whole in any unit; a time or an energy is whole only in some unit."""
    return not re.fullmatch(
        r"\[(time|energy|mass|volume|information|length|area|temperature|apparent_power)\]", dimension
    )


def _all_alike(expr: sp.Expr, parts: list[Unit]) -> Unit:
    for part in parts[1:]:
        if part.dimensions != parts[0].dimensions:
            shown = sp.sstr(expr, order="none")
            raise DefinitionError(f"{shown} adds or compares {parts[0].describe()} to {part.describe()}")
    return parts[0]


def _all_numbers(expr: sp.Expr, parts: list[Unit]) -> Unit:
    for part in parts:
        if not part.is_number:
            raise DefinitionError(f"{expr} needs pure numbers, and {part.describe()} is none")
    return _NUMBER
