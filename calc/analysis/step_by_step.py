"""A chain on columns of numbers, one formula after the other.

To compile a chain as one expression pays for thousands of draws (`calc.analysis.sampling`); for some numbers it takes
far longer than all of the arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.model.step import Step
from calc.symbolic.kernel import Checked

__all__ = ["step_by_step"]


def step_by_step(derivation: Step, columns: Mapping[str, Any], checked: Checked = True) -> Any:
    """The result of a chain with columns in place of some of its inputs, or of what its formulas yield.

    Parameters
    ----------
    derivation : the chain; what is not in the columns keeps its value.
    columns : arrays of one length, by the name of the quantity, in its own unit.
    checked : as for `calc.symbolic.kernel.Kernel.array`.

    Returns
    -------
    An array in the result's own unit; its value where nothing in the columns plays a part.

    Raises
    ------
    DomainError : a result on the way leaves its domain, and is checked.

    Examples
    --------
    >>> import numpy as np
    >>> from calc import training_energy
    >>> step_by_step(training_energy.derive("gpt-4"), {"server_power": np.array([5.2, 6.5])})
    array([35.1  , 43.875])
    >>> step_by_step(training_energy.derive("gpt-4"), {"servers": np.array([6250.0])})
    array([87.75])
    """
    done: dict[str, Any] = {}
    for step in derivation.chain:
        values = [
            done[one.formula.id] if isinstance(one, Step) else columns.get(one.quantity.name, float(one.value))
            for one in step.inputs
        ]
        if step.formula.result.name in columns:
            found = columns[step.formula.result.name]
        elif any(getattr(value, "ndim", 0) for value in values):
            found = step.formula.kernel.array(*values, checked=checked)
        else:
            found = float(step.exact)
        done[step.formula.id] = found
    return done[derivation.formula.id]
