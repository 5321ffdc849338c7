"""By how much a chain's result changes with each of its inputs, one formula after the other.

As one expression a long chain takes sympy far longer to put together than all of the arithmetic, and where a Max or Min
stands in it, sympy looks for a proof of which of its parts is the larger.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from calc.base.memo import kept
from calc.model.step import Step
from calc.symbolic.slopes import value_and_slopes

__all__ = ["chain_slopes"]


def chain_slopes(derivation: Step) -> dict[sp.Symbol, Fraction]:
    """The derivatives of a chain's result by each of its `leaves`, own unit by own unit.

    Raises
    ------
    PrintError : a formula holds a node that has no rule.
    ArithmeticError, ValueError : one has no slope there.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = chain_slopes(training_energy.derive("gpt-4"))
    >>> {str(symbol): float(slope) for symbol, slope in found.items()}["server_power"]
    6.75
    """
    weights = {derivation.formula.id: Fraction(1)}
    found: dict[sp.Symbol, Fraction] = {}
    for step in reversed(derivation.chain):  # whatever a step is used in comes before it
        weight, (_, slopes) = weights[step.formula.id], _at(step)
        for used in step.used:
            inner, moved = used.origin, weight * slopes[used.quantity.symbol]
            if isinstance(inner, Step):
                weights[inner.formula.id] = weights.get(inner.formula.id, Fraction(0)) + moved
            else:
                found[used.quantity.symbol] = found.get(used.quantity.symbol, Fraction(0)) + moved
    return found


def _at(step: Step) -> tuple[Fraction, dict[sp.Symbol, Fraction]]:
    """A formula's value, with ⌈⌉ and ⌊⌋ up the chain taken as what they round, and its slopes there."""

    def worked_out() -> tuple[Fraction, dict[sp.Symbol, Fraction]]:
        values = {
            used.quantity.symbol: _at(used.origin)[0] if isinstance(used.origin, Step) else used.value
            for used in step.used
        }
        return value_and_slopes(step.formula.numeric, values)

    return kept(step, "slopes", worked_out)
