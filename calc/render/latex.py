"""Equations as LaTeX: the symbols, the same line with numbers put in, and the result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE

from calc.analysis.results import printed_line
from calc.analysis.serving_coverage import limit_side, shown_limit
from calc.base.memo import kept
from calc.base.quantities import quantity
from calc.model.step import Step
from calc.symbolic.equation import Equation
from calc.symbolic.printing import factors_shown
from calc.symbolic.trace import Coefficient

__all__ = ["equation", "filled", "lines", "mark", "substituted", "symbols"]


SIGNS = {"=": "=", "≈": r"\approx"}  # what stands before a result
_PLACE = re.compile(r"@\^?(\d+)@")
BOUND_SIGNS = {"lower": r"\geq", "upper": r"\leq"}  # and before a bound, where there is none
BOUND_MARKS = {"lower": "≥", "upper": "≤"}  # the same in text


class _Printer(LatexPrinter):
    """sympy's printer with the book's symbols, or with numbers in their place."""

    def __init__(self, names: Mapping[str, str] | None = None, marked: bool = False) -> None:
        super().__init__({"order": "none", "mul_symbol": "times" if names is not None else r" \, "})
        self._values = names
        self._marked = marked

    def _print_Symbol(self, expr: sp.Symbol, **_: Any) -> str:
        if isinstance(expr, Coefficient):
            power = int(expr.amount).bit_length() - 1
            if expr.amount == 2**power and power >= 20:  # such a number is known by its power
                return f"2^{{{power}}}"
            return str(super()._print(expr.amount))
        text = quantity(expr.name).latex if self._values is None else self._values[expr.name]
        return mark(expr.name, text) if self._marked else text

    def _print_ceiling(self, expr: sp.ceiling, exp: Any = None) -> str:
        return rf"\left\lceil {self._print(expr.args[0])} \right\rceil" + (f"^{{{exp}}}" if exp else "")

    def _print_floor(self, expr: sp.floor, exp: Any = None) -> str:
        return rf"\left\lfloor {self._print(expr.args[0])} \right\rfloor" + (f"^{{{exp}}}" if exp else "")

    def parenthesize(self, item: sp.Expr, level: int, is_neg: bool = False, strict: bool = False) -> str:
        text = str(super().parenthesize(item, level, is_neg=is_neg, strict=strict))
        # A number with its unit is a product, so a power of it needs brackets.
        bare = self._values is not None and isinstance(item, sp.Symbol) and not isinstance(item, Coefficient)
        return rf"\left({text}\right)" if bare and level >= PRECEDENCE["Pow"] else text

    def parenthesize_super(self, s: str) -> str:
        # A number that has a power in it has its brackets from above already.
        return s if s.startswith(r"\left(") else str(super().parenthesize_super(s))


def flat(expr: sp.Basic) -> sp.Basic:
    """Products inside products made one, and sums inside sums, in the order in which they were written."""
    if not expr.args:
        return expr
    args = [flat(arg) for arg in expr.args]
    if isinstance(expr, sp.Mul):
        args = [inner for arg in args for inner in (arg.args if isinstance(arg, sp.Mul) else (arg,))]
        args = factors_shown(args)
        if len(args) == 1:
            return args[0]
    elif isinstance(expr, sp.Add):
        args = [inner for arg in args for inner in (arg.args if isinstance(arg, sp.Add) else (arg,))]
    elif isinstance(expr, sp.Pow) and args[1] == -1 and isinstance(args[0], sp.Mul):
        # 1/(ab) as 1/a · 1/b, which the printer gathers under one line.
        return sp.Mul(*(sp.Pow(arg, -1, evaluate=False) for arg in args[0].args), evaluate=False)
    return expr.func(*args, evaluate=False) if isinstance(expr, (sp.Mul, sp.Add, sp.Pow)) else expr.func(*args)


def mark(name: str, latex: str) -> str:
    r"""LaTeX that says which quantity it is: the book's pages and its PDF know what to make of ``\bookquantity``.

    Examples
    --------
    >>> mark("server_power", "P")
    '\\bookquantity{server-power}{P}'
    """
    return rf"\bookquantity{{{name.replace('_', '-')}}}{{{latex}}}"


def symbols(formula: Equation, marked: bool = False) -> str:
    r"""The right-hand side in symbols; marked, each says which quantity it is.

    Examples
    --------
    >>> from calc import training_energy
    >>> symbols(training_energy)
    'P_\\mathrm{server} \\, N_\\mathrm{server} \\, t_\\mathrm{train}'
    """
    return kept(formula, (symbols, marked), lambda: _printed(formula, _Printer(marked=marked)))


def substituted(derivation: Step, marked: bool = False) -> str:
    r"""The same line with numbers and units in place of the symbols.

    Examples
    --------
    >>> from calc import cluster_power
    >>> substituted(cluster_power.derive("gpt-4"))
    '3{,}125\\,\\mathrm{servers} \\times 6.5\\,\\mathrm{kW}/\\mathrm{server}'
    """
    return filled(derivation.formula, _values(derivation), marked)


def filled(formula: Equation, values: Mapping[str, str], marked: bool = False) -> str:
    """The right-hand side with any text in place of each symbol."""
    # Printed once with places for the texts. Of these sympy only asks whether there is a power in them.
    names = [q.name for q in formula.inputs]
    places = {name: f"@{'^' * ('^' in values[name])}{at}@" for at, name in enumerate(names)}
    key = filled, marked, *places.values()
    line = kept(formula, key, lambda: _printed(formula, _Printer(places, marked)))
    return _PLACE.sub(lambda place: values[names[int(place[1])]], line)


def _printed(formula: Equation, printer: _Printer) -> str:
    with sp.evaluate(False):  # which empties sympy's memory, so it is not done twice for one line
        return str(printer.doprint(flat(formula.written)))


def equation(derivation: Step, marked: bool = False) -> str:
    """Symbols, numbers and result, one line each, in an ``aligned`` block; marked, each says what it is."""
    line = printed_line(derivation)
    result, sign = line.result.latex, SIGNS[line.sign]
    if limit := shown_limit(derivation):
        result, sign = limit.latex, BOUND_SIGNS[limit_side(derivation)]
    return lines(derivation.formula, _values(derivation), result, sign, marked)


def lines(formula: Equation, values: Mapping[str, str], result: str, sign: str, marked: bool = False) -> str:
    r"""The same with any text in place of each input and of the result.

    Examples
    --------
    >>> from calc import server_count
    >>> print(lines(server_count, {"gpus": "n", "gpus_per_server": "8"}, "N", "="))
    \begin{aligned}
    N_\mathrm{server} &= \left\lceil \frac{N_\mathrm{GPU}}{g_\mathrm{server}} \right\rceil \\
    &= \left\lceil \frac{n}{8} \right\rceil \\
    &= N
    \end{aligned}
    """
    name = formula.result.latex
    if marked:
        name, result = (mark(formula.result.name, text) for text in (name, result))
    rows = [f"{name} &= {symbols(formula, marked)}", f"&= {filled(formula, values, marked)}", f"&{sign} {result}"]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _values(derivation: Step) -> dict[str, str]:
    return {name: shown.latex for name, shown in printed_line(derivation).values.items()}
