"""What a solution may lie between where inputs have ranges: the equation is solved in every draw of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from calc.analysis.sampling import Draws, draws, quantiles
from calc.analysis.solution import Solution
from calc.base.quantities import Quantity
from calc.model.chain import taken
from calc.model.compiled import expanded
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.model.step import Given
from calc.symbolic.equation import Equation
from calc.symbolic.kernel import Kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Floats = NDArray[np.float64]

__all__ = ["drawn_values", "solution_points"]

_REACH = 1e4  # times the solution, and as many times less: where one is looked for in each draw
_HALVED = 80  # times that stretch


def solution_points(
    formula: Equation, found: Solution, base: Scenario, known: Mapping[Quantity, Given], target: Given
) -> tuple[float, ...] | None:
    """The 5, 50 and 95 % points of a solution over the draws, in the unknown's own unit.

    None where nothing has a range, or where one of the draws has no solution near that of the values.

    Parameters
    ----------
    found : the solution at the values themselves.
    base : the scenario, whose own ranges are drawn too.
    known : what is given of the inputs.
    target : what is given of the result.
    """
    unknown, centre = found.quantity, _centre(found)
    own: list[Input] = [one for one in taken(formula, base, [unknown, *known]) if not one.distribution.is_point]
    if centre is None or not (own or any(not one.distribution.is_point for one in (*known.values(), target))):
        return None
    import numpy as np

    table = draws(base)
    given = drawn_values(table, [*known.values(), target])
    inputs = (unknown, *(one.quantity for one in own), *known)
    kernel = Kernel(expanded(formula, base, inputs), inputs, formula.result)
    others = [*(table[one.quantity.name] for one in own), *given[:-1]]
    solved = _halved(kernel, others, np.broadcast_to(given[-1], table.count), _ends(unknown, centre))
    return None if solved is None else quantiles(np.rint(solved) if unknown.domain.whole else solved)


def drawn_values(table: Draws, given: Iterable[Given]) -> list[Any]:
    """Draws of what a reader gives, and the value alone of what has no range, in own units."""
    values = list(given)
    shares = iter(table.points([one.quantity.name for one in values if not one.distribution.is_point]))
    return [float(one.value) if one.distribution.is_point else one.distribution.ppf(next(shares)) for one in values]


def _centre(found: Solution) -> float | None:
    """The solution at the values, or the number that would be one; of several the least."""
    if found.unrounded is not None:
        return found.unrounded
    return None if found.values.is_empty else found.interval[0]


def _ends(unknown: Quantity, centre: float) -> tuple[float, float]:
    domain = unknown.domain
    low, high = sorted((centre / _REACH, centre * _REACH))
    return max(low, float(domain.least)), min(high, float(domain.high))


def _halved(
    kernel: Kernel, others: list[_Floats | float], target: _Floats, ends: tuple[float, float]
) -> _Floats | None:
    """Bisection in all draws at once; None where one of them does not cross its target."""
    import numpy as np

    def off(at: _Floats) -> _Floats:
        return np.asarray(kernel.array(at, *others, checked=False)) - target

    low, high = (np.full(target.shape, end) for end in ends)
    below = off(low) < 0
    with np.errstate(all="ignore"):
        crossed = np.sign(off(low)) * np.sign(off(high)) <= 0
    if not crossed.all():
        return None
    for _ in range(_HALVED):
        middle = np.sqrt(low * high) if ends[0] > 0 else (low + high) / 2
        same = (off(middle) < 0) == below
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.asarray((low + high) / 2)
