"""A chain as one expression, and compiled: what sweeps and draws are worked out by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sympy as sp

from calc.base.errors import DomainError
from calc.base.memo import kept
from calc.base.quantities import Quantity
from calc.base.values import is_array, own_unit_array
from calc.model.chain import chosen, derive, formula_or_error, named_values, no_cycle
from calc.model.given_values import given_value
from calc.model.scenario import Scenario
from calc.symbolic.equation import Equation
from calc.symbolic.guards import divided, guards
from calc.symbolic.kernel import Kernel
from calc.symbolic.trace import put_in, rational

__all__ = ["expanded", "sweep"]


def expanded(formula: Equation, base: Scenario, free: Collection[Quantity]) -> sp.Expr:
    """A formula's numeric expression with its chain put in, down to free symbols and the scenario's numbers."""
    made: dict[Equation, sp.Expr] = {}
    return _expanded(formula, base, free, made, ())


def _expanded(
    formula: Equation, base: Scenario, free: Collection[Quantity], made: dict[Equation, sp.Expr],
    path: tuple[Equation, ...], held: list[tuple[Quantity, sp.Expr]] | None = None,
) -> sp.Expr:  # fmt: skip
    """The same, each formula of the chain once; what is used comes before what uses it."""
    if formula in made:
        return made[formula]
    no_cycle(formula, path)
    parts: dict[sp.Symbol, sp.Expr] = {}
    for q in formula.inputs:
        if q in free:
            continue
        fixed = base.get(q)
        if fixed is not None:
            parts[q.symbol] = rational(fixed.value)
        else:
            inner = formula_or_error(q, base, (*path, formula))
            parts[q.symbol] = _expanded(inner, base, free, made, (*path, formula), held)
    made[formula] = put_in(formula.numeric, parts)
    if held is not None:
        held.append((formula.result, divided(formula.numeric, lambda part: put_in(part, parts))))
    return made[formula]


def sweep(formula: Equation, given: Scenario | str | None, inputs: Mapping[str, Any]) -> Any:
    """Evaluate a chain over arrays; see `calc.api.Formula.sweep`."""
    base, inputs = chosen(formula, given, inputs)
    named = named_values(formula, base, inputs)
    values = [
        own_unit_array(q, value) if is_array(value) else float(given_value(q, value, named, base))
        for q, value in named.items()
    ]
    kernel = _kernel(formula, base, tuple(named))
    try:
        return kernel.array(*values)
    except DomainError:
        _refuse(formula, base, kernel, values)
        raise


def _refuse(formula: Equation, base: Scenario, kernel: Kernel, values: list[Any]) -> None:
    """Refuse the first combination that is refused with the line that it has by itself."""
    import numpy as np

    wrong = np.ravel(kernel.refused(*values))
    if wrong.any():
        at = int(np.argmax(wrong))
        whole = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values))
        one = {q.name: float(array.ravel()[at]) for q, array in zip(kernel.inputs, whole, strict=True)}
        derive(formula, base, one).exact  # noqa: B018


def _kernel(formula: Equation, base: Scenario, free: tuple[Quantity, ...]) -> Kernel:
    """The compiled chain, kept on the scenario."""

    def compiled() -> Kernel:
        steps: list[tuple[Quantity, sp.Expr]] = []
        whole = _expanded(formula, base, free, {}, (), steps)
        return Kernel(whole, free, formula.result, guards(steps[:-1]))

    return kept(base, ("sweep", formula, free), compiled)
