"""How far each input alone moves a result: the input at either end of its range, all others as they are."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from calc.errors import CalcError
from calc.scenario import Input

if TYPE_CHECKING:
    from calc.derivation import Derivation

__all__ = ["Part", "spread"]


@dataclass(frozen=True)
class Part:
    """One input, and the least and the greatest value that it alone gives the result, in the own unit."""

    input: Input
    low: Fraction
    high: Fraction


def spread(derivation: Derivation) -> tuple[Part, ...]:
    """The inputs of the chain that have a range, what moves the result most first.

    Examples
    --------
    >>> from calc import training_energy
    >>> [(part.input.quantity.name, float(part.low)) for part in spread(training_energy.derive())]
    [('server_power', 20.25), ('gpus', 35.1), ('training_time', 43.875)]
    """
    given = {leaf.quantity.name: leaf.value for leaf in derivation.changed}
    parts = []
    for leaf in derivation.leaves:
        if not isinstance(leaf, Input) or leaf.low == leaf.high:
            continue
        try:
            values = [
                derivation.formula.derive(derivation.scenario, **{**given, leaf.quantity.name: end}).exact
                for end in (leaf.low, leaf.high)
            ]
        except CalcError:  # an end at which another quantity leaves its domain
            continue
        values.append(derivation.exact)
        parts.append(Part(leaf, min(values), max(values)))
    return tuple(sorted(parts, key=lambda part: part.low - part.high))
