"""Uncertainty budgets, in the form of the Guide to the Expression of Uncertainty in Measurement (GUM).

Sensitivity coefficients are exact derivatives of the sympy expressions, through the whole chain. ⌈⌉ and ⌊⌋, which have
none, are taken as what they round. First order holds where a formula is nearly straight over the ranges of its inputs;
the variance shares of `shares`, which come from draws, hold anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import sympy as sp

from calc.analysis import sampling
from calc.analysis.band_table import kept_shares
from calc.analysis.chain_slopes import chain_slopes
from calc.analysis.step_by_step import step_by_step
from calc.base.display import Displayed
from calc.base.errors import CalcError, DomainError, PrintError
from calc.base.memo import kept
from calc.base.moved import no_longer
from calc.model.step import Step
from calc.symbolic.evaluate import evaluate
from calc.symbolic.slopes import slopes

__all__ = ["Budget", "Line", "Shares", "budget", "drawn_shares", "propagate", "shares"]

_SHARE_DRAWS = 2**12  # of the inputs; each share then stands within about one per cent


@dataclass(frozen=True)
class Line:
    """One input of a budget.

    Attributes
    ----------
    name : the input's symbol.
    value, uncertainty : its value and standard uncertainty, in its own unit.
    sensitivity : by how much the result changes with it: ∂y/∂x, own unit by own unit.
    elasticity : by how many per cent the result changes where it changes by one: ∂ln y/∂ln x; None where y is 0.
    contribution : sensitivity times uncertainty, in the result's unit; its sign says which way.
    share : of the variance to first order; where inputs go together the shares need not add up to 1.
    """

    name: str
    value: float
    uncertainty: float
    sensitivity: float
    elasticity: float | None
    contribution: float
    share: float


@dataclass(frozen=True)
class Budget(Displayed):
    """What the uncertainty of a result is made of.

    Attributes
    ----------
    value : the result.
    uncertainty : its combined standard uncertainty, in the same unit.
    lines : one for each input with a range, the largest contribution first.
    together : pairs of inputs that go together, with the share of the variance that comes of that; it may be negative.
    derivation : whose budget it is; None for an expression of one's own.
    """

    value: float
    uncertainty: float
    lines: tuple[Line, ...]
    derivation: Step | None = field(default=None, compare=False, repr=False)
    together: tuple[tuple[str, str, float], ...] = ()

    def __getitem__(self, name: str) -> Line:
        for line in self.lines:
            if line.name == name:
                return line
        raise KeyError(name)


@dataclass(frozen=True)
class Shares:
    """Which share of a result's variance each input has, from draws (Sobol' indices).

    Attributes
    ----------
    main : by name, the share that would go if that input alone were known.
    total : by name, the share that would stay if all others were known.
    """

    main: Mapping[str, float]
    total: Mapping[str, float]

    @property
    def largest(self) -> tuple[str, ...]:
        """The names by total share, the largest first."""
        return tuple(sorted(self.total, key=lambda name: (-self.total[name], name)))


def smooth(expr: sp.Expr) -> sp.Expr:
    """An expression with what ⌈⌉ and ⌊⌋ round in place of them.

    Examples
    --------
    >>> a = sp.Symbol("a", positive=True)
    >>> smooth(sp.ceiling(a / 8))
    a/8
    """
    return expr.replace(sp.ceiling, lambda inside: inside).replace(sp.floor, lambda inside: inside)


def propagate(
    expr: sp.Expr,
    values: Mapping[sp.Symbol, Any],
    uncertainties: Mapping[sp.Symbol, float],
    correlations: Mapping[tuple[sp.Symbol, sp.Symbol], float] | None = None,
    **gone: int,
) -> Budget:
    """Carry standard uncertainties through an expression: the GUM's law of propagation.

    Parameters
    ----------
    expr : any sympy expression, a formula's or not.
    values : of all of its symbols.
    uncertainties : standard uncertainties of those that have one.
    correlations : between pairs of those; independent when left out.
    gone : none; ``order`` was taken in 0.1.0.

    Raises
    ------
    TypeError : another argument is given.
    CalcError : an uncertainty is negative, or a correlation is beyond ±1.

    Examples
    --------
    >>> a, b = sp.symbols("a b")
    >>> found = propagate(a * b, {a: 3, b: 4}, {a: 0.3, b: 0.1})
    >>> round(found.uncertainty, 4), [line.name for line in found.lines]
    (1.2369, ['a', 'b'])
    """
    no_longer("calc.budget.propagate", gone)
    exact = {symbol: value if isinstance(value, Fraction) else _fraction(value) for symbol, value in values.items()}
    known = {symbol: float(u) for symbol, u in uncertainties.items()}
    for symbol, u in known.items():
        if not 0 <= u < math.inf:
            raise CalcError(f"the standard uncertainty of {symbol} is {u:g}; accepted: a finite number, at least 0")
    pairs = dict(correlations or {})
    for (first, second), r in pairs.items():
        if first == second or not -1 <= r <= 1:
            raise CalcError(f"{r:g} is no correlation of {first} and {second}; accepted: -1 to 1, between two inputs")
    slope = _slopes(lambda: slopes(expr, exact), str(expr))
    return _carried(_number(expr, exact), slope, exact, known, pairs)


def _carried(
    value: Fraction, slope: Mapping[sp.Symbol, Fraction], exact: Mapping[sp.Symbol, Fraction],
    known: Mapping[sp.Symbol, float], pairs: Mapping[tuple[sp.Symbol, sp.Symbol], float],
) -> Budget:  # fmt: skip
    """A budget of a value that has these slopes, at these exact values of symbols with these uncertainties."""
    parts = {symbol: float(slope[symbol]) * u for symbol, u in known.items()}  # each square is a double: see limits
    variance = math.fsum(part * part for part in parts.values())
    covariances = {(a, b): 2 * parts[a] * parts[b] * r for (a, b), r in pairs.items()}
    variance = max(variance + math.fsum(covariances.values()), 0.0)
    together = tuple((str(a), str(b), part / variance if variance else 0.0) for (a, b), part in covariances.items())
    lines = [
        Line(
            str(symbol), float(exact[symbol]), u, float(slope[symbol]),
            float(slope[symbol] * exact[symbol] / value) if value else None,
            parts[symbol], parts[symbol] ** 2 / variance if variance else 0.0,
        )
        for symbol, u in known.items()
    ]  # fmt: skip
    lines.sort(key=lambda line: -abs(line.contribution))
    return Budget(float(value), math.sqrt(variance), tuple(lines), together=together)


def _fraction(value: Any) -> Fraction:
    return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)


def _slopes(work_out: Callable[[], dict[sp.Symbol, Fraction]], what: str) -> dict[sp.Symbol, Fraction]:
    try:
        return work_out()
    except PrintError:
        raise
    except (ArithmeticError, ValueError):
        raise CalcError(f"{what} has no slope there") from None


def _number(expr: sp.Expr, values: Mapping[sp.Symbol, Fraction]) -> Fraction:
    """An expression's value: exact where calc can, and sympy's elsewhere."""
    try:
        found = evaluate(expr, values)
    except PrintError:
        found = None
    if found is not None:
        return found
    number = expr.evalf(30, subs={symbol: sp.Rational(v.numerator, v.denominator) for symbol, v in values.items()})
    if not number.is_Number or not number.is_finite:
        raise CalcError(f"{expr} has no value there")
    return Fraction(str(number))


def budget(derivation: Step) -> Budget | None:
    """A derivation's budget; None where no input of its chain has a range.

    Raises
    ------
    DomainError : the value is outside its domain.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = budget(training_energy.derive("gpt-4-estimate"))
    >>> [(line.name, line.elasticity) for line in found.lines]
    [('flop_utilisation', -1.0), ('server_power', 1.0), ('active_parameters', 1.0), ('gpus', 0.0)]
    >>> round(found.uncertainty, 1)
    2.2
    """
    return kept(derivation, Budget, lambda: _budget(derivation))


def _budget(derivation: Step) -> Budget | None:
    value = derivation.exact
    inputs = sampling.uncertain(derivation)
    if not inputs:
        return None
    symbols = {one.quantity.name: one.quantity.symbol for one in inputs}
    values = {leaf.quantity.symbol: leaf.value for leaf in derivation.leaves}
    together = {
        (symbols[one.first], symbols[one.second]): one.normal
        for one in derivation.scenario.correlations
        if one.first in symbols and one.second in symbols
    }
    known = {one.quantity.symbol: one.distribution.uncertainty for one in inputs}
    slope = _slopes(lambda: chain_slopes(derivation), derivation.formula.id)
    return replace(_carried(value, slope, values, known, together), derivation=derivation)


def shares(derivation: Step) -> Shares | None:
    """Sobol' indices of a derivation, by SciPy; None where no input has a range, or where two of them go together.

    Raises
    ------
    DomainError : a draw's result is outside the result's domain.

    Examples
    --------
    >>> from calc import cluster_power
    >>> found = shares(cluster_power.derive("gpt-4-estimate"))
    >>> found.largest[0], round(found.main[found.largest[0]], 1)
    ('gpus', 0.7)
    """
    return kept(derivation, Shares, lambda: _kept_shares(derivation) or drawn_shares(derivation))


def _kept_shares(derivation: Step) -> Shares | None:
    found = kept_shares(derivation)
    if not found:
        return None
    return Shares(
        {name: main for name, (main, _) in found.items()}, {name: total for name, (_, total) in found.items()}
    )


def drawn_shares(derivation: Step) -> Shares | None:
    """The same, drawn whether they are kept or not."""
    inputs = sampling.uncertain(derivation)
    names = [one.quantity.name for one in inputs]
    if not inputs or any({c.first, c.second} <= set(names) for c in derivation.scenario.correlations):
        return None
    if len(names) == 1:  # SciPy wants two
        return Shares({names[0]: 1.0}, {names[0]: 1.0})
    _ = derivation.exact  # which may refuse, as a draw may: asked for before what takes longer to load
    drawn = sampling.drawn(derivation, sampling.draws(derivation.scenario))
    try:
        step_by_step(derivation, {one.name: column for one, column in drawn.items()})
    except DomainError:
        sampling.of(derivation)  # says in how many draws, for which it compiles the chain
        raise
    import numpy as np
    from scipy.stats import sobol_indices

    found = sobol_indices(
        func=lambda rows: step_by_step(derivation, dict(zip(names, rows, strict=True)))[None, :],
        n=_SHARE_DRAWS, dists=[one.distribution for one in inputs], rng=np.random.default_rng(sampling.SEED),
    )  # fmt: skip
    main, total = (np.clip(np.asarray(part).ravel(), 0, 1) for part in (found.first_order, found.total_order))
    if not np.all(np.isfinite(total)):
        return None
    return Shares(dict(zip(names, main.tolist(), strict=True)), dict(zip(names, total.tolist(), strict=True)))
