"""How far each input alone moves a result: the input at either end of its range, all others as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.analysis.sampling import uncertain
from calc.analysis.step_by_step import step_by_step
from calc.base.errors import CalcError, DomainError
from calc.base.memo import kept
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.step import Given, Step

__all__ = ["Part", "spread"]


@dataclass(frozen=True)
class Part:
    """One input, and the least and the greatest value that it alone gives the result, in the own unit."""

    input: Input | Given
    low: Fraction
    high: Fraction


def spread(derivation: Step) -> tuple[Part, ...]:
    """The inputs of the chain that have a range, what moves the result most first.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = spread(training_energy.derive("gpt-4-estimate"))
    >>> [(part.input.quantity.name, round(float(part.low), 1)) for part in found][:2]
    [('flop_utilisation', 24.3), ('server_power', 25.7)]
    """
    given = {leaf.quantity.name: leaf.value for leaf in derivation.changed}
    parts = []
    for leaf in derivation.leaves:
        if leaf.low == leaf.high:
            continue
        try:
            values = [
                derive(derivation.formula, derivation.scenario, {**given, leaf.quantity.name: end}).exact
                for end in (leaf.low, leaf.high)
            ]
        except CalcError:  # an end at which another quantity leaves its domain
            continue
        values.append(derivation.exact)
        parts.append(Part(leaf, min(values), max(values)))
    return tuple(sorted(parts, key=lambda part: part.low - part.high))


def moves(derivation: Step) -> list[tuple[str, float, float]]:
    """Each input, by name, with the results at its 5 and 95 % points, the others at their values; the widest first.

    All in the result's own unit; an input at whose ends the result leaves its domain is left out.
    """
    found: list[tuple[str, float, float]] = kept(derivation, moves, lambda: _moves(derivation))
    return found


def _moves(derivation: Step) -> list[tuple[str, float, float]]:
    import numpy as np

    inputs = uncertain(derivation)
    ends = [one.distribution.ppf(np.array([0.05, 0.95])) for one in inputs]
    # A column for each end: of most results all lie in their domain, and are worked out at once.
    columns = [np.full(2 * len(inputs), float(one.value)) for one in inputs]
    for at, pair in enumerate(ends):
        columns[at][2 * at : 2 * at + 2] = pair
    try:
        results = [_results(derivation, inputs, columns)] if inputs else []
    except DomainError:
        results = []
    alone = [] if results else [_ends(derivation, inputs, columns, at) for at in range(len(inputs))]
    pairs = alone or np.reshape(results, (-1, 2)).tolist()
    found = [(one.quantity.name, *pair) for one, pair in zip(inputs, pairs, strict=True) if pair]
    # Some move it by the same, or not at all: what rounding makes of that must not choose their order.
    scale = abs(float(derivation.exact)) or 1.0
    return sorted(found, key=lambda move: -round(abs(move[2] - move[1]) / scale, 12))


def _ends(derivation: Step, inputs: Sequence[Input | Given], columns: list[Any], at: int) -> tuple[float, float] | None:
    """The results at the two ends of one input; None where one of them leaves its domain."""
    pairs = [column[2 * at : 2 * at + 2] for column in columns]
    try:
        low, high = _results(derivation, inputs, pairs)
    except DomainError:
        return None
    return float(low), float(high)


def _results(derivation: Step, inputs: Sequence[Input | Given], columns: Sequence[Any]) -> Any:
    return step_by_step(derivation, {one.quantity.name: column for one, column in zip(inputs, columns, strict=True)})
