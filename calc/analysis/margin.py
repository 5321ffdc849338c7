"""Average or marginal: what a carbon figure would be if the plants were counted that are turned up for its demand.

The two are different quantities (`training-carbon`, `training-marginal-carbon`), kept apart by their basis; no budget
of one has the other in it. How far apart they lie is asked here, for it often moves a figure more than all its inputs.
"""

from __future__ import annotations

from calc.base.errors import CalcError
from calc.model.catalogue import find
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.step import Step

__all__ = ["on_the_margin"]

AVERAGE, MARGINAL = "carbon_intensity", "marginal_intensity"


def on_the_margin(derivation: Step) -> Step | None:
    """A carbon figure with the marginal intensity of its scenario or its place in the average one's stead.

    None where it does not rest on the average of a grid, or where nobody states the place's margin.

    Examples
    --------
    >>> from calc import training_carbon, training_energy, training_marginal_carbon
    >>> shown = on_the_margin(training_carbon.derive("gpt-4-footprint"))
    >>> shown.exact == training_marginal_carbon.derive("gpt-4-footprint").exact
    True
    >>> on_the_margin(training_energy.derive("gpt-4")) is None
    True
    """
    average = next((leaf for leaf in derivation.leaves if leaf.quantity.name == AVERAGE), None)
    if not isinstance(average, Input):
        return None
    margin = derivation.scenario.inputs.get(MARGINAL)
    if average.entry and (margin is None or margin.entry != average.entry):
        try:
            margin = find(average.entry).inputs.get(MARGINAL)
        except CalcError:
            return None
    if margin is None:
        return None
    given = {leaf.quantity.name: leaf.value for leaf in derivation.changed}
    return derive(derivation.formula, derivation.scenario, {**given, AVERAGE: margin.value})
