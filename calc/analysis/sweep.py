"""A result over ranges of one input or more, as columns."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from calc.analysis.sampling import SHARES, draws, quantiles
from calc.analysis.solve_draws import drawn_values
from calc.base.errors import CalcError, ChainError, DomainError
from calc.base.limits import BANDS, ROWS
from calc.base.quantities import Quantity, quantity
from calc.base.units import convert, parse_value
from calc.base.values import own_unit_array, own_unit_value
from calc.model.chain import chosen, taken
from calc.model.compiled import expanded
from calc.model.compiled import sweep as evaluate_chain
from calc.model.given_values import as_given
from calc.model.scenario import Scenario
from calc.model.step import Given
from calc.symbolic.equation import Equation
from calc.symbolic.kernel import Kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


__all__ = ["Sweep", "read_range", "sweep"]

_SYNTAX = "NAME=FROM:TO:COUNT [UNIT], NAME=FROM:TO:COUNT:log [UNIT] or NAME=VALUE,VALUE,… [UNIT]"


@dataclass(frozen=True)
class Sweep:
    """A result over ranges of its inputs.

    Attributes
    ----------
    formula, scenario : what was computed, and where all other inputs came from.
    axes : the values of each input that was swept, in its own unit.
    values : the results in the own unit; one axis for each of `axes`.
    fixed : what else was given, exact and in own units; of a range its value.
    bands : the 5, 50 and 95 % points of each result over the draws, where a range was given; one axis more. NaN where
        a draw is impossible.
    ranges : the names of the quantities of which a range was given.
    """

    formula: Equation
    scenario: Scenario
    axes: Mapping[Quantity, NDArray[np.float64]]
    values: NDArray[np.float64]
    fixed: Mapping[Quantity, Fraction]
    bands: NDArray[np.float64] | None = None
    ranges: tuple[str, ...] = ()

    def columns(self) -> dict[Quantity, NDArray[np.float64]]:
        """One row a combination: the inputs, then the result."""
        import numpy as np

        grid = np.meshgrid(*self.axes.values(), indexing="ij")
        found = {q: values.ravel() for q, values in zip(self.axes, grid, strict=True)}
        return found | {self.formula.result: self.values.ravel()}


def read_range(text: str) -> tuple[Quantity, Any]:
    """Read a range of one input, as ``table --sweep`` takes it.

    Parameters
    ----------
    text : ``NAME=FROM:TO:COUNT``, evenly spaced with both ends; with ``:log`` by equal ratios; or values with commas
        between them. A unit after it is converted from; otherwise numbers are in the own unit.

    Raises
    ------
    CalcError : it is written otherwise, a number is outside the domain, or there are too many of them.

    Examples
    --------
    >>> q, values = read_range("server_power=3000:6000:4 W/server")
    >>> q.name, values
    ('server_power', array([3., 4., 5., 6.]))
    """
    name, equals, rest = text.partition("=")
    if not equals or not rest.strip():
        raise CalcError(f"{text!r} is not a range; accepted: {_SYNTAX}")
    q = quantity(name.strip())
    numbers, _, unit = rest.strip().partition(" ")
    return q, _spaced(q, numbers, unit, text) if ":" in numbers else _values(q, numbers.split(","), unit)


def _values(q: Quantity, numbers: Sequence[str], unit: str) -> NDArray[np.float64]:
    import numpy as np

    return np.array([float(own_unit_value(q, f"{number} {unit}".strip())) for number in numbers])


def _spaced(q: Quantity, numbers: str, unit: str, text: str) -> NDArray[np.float64]:
    import numpy as np

    parts = numbers.split(":")
    if len(parts) not in (3, 4) or not re.fullmatch("[0-9]{1,20}", parts[2]) or parts[3:] not in ([], ["log"]):
        raise CalcError(f"{text!r} is not a range; accepted: {_SYNTAX}")
    count = int(parts[2])
    if not 2 <= count <= ROWS:
        raise CalcError(f"{text!r} has {count} steps; accepted: from 2 to {ROWS}")
    low, high = (_exact(q, part, unit) for part in parts[:2])
    for end in (low, high):
        q.domain.check(end, q.name, q.unit)
    if len(parts) == 4:
        if low <= 0 or high <= 0:
            raise CalcError(f"{text!r}: steps of equal ratio need both ends above 0")
        spaced = np.geomspace(float(low), float(high), count)
    else:
        # From exact numbers, so that 1.1:1.3:3 has 1.2 in it.
        spaced = np.array([float(low + (high - low) * i / (count - 1)) for i in range(count)]) if count <= 10_000 \
            else np.linspace(float(low), float(high), count)  # fmt: skip
    return np.round(spaced) if q.domain.whole else spaced


def _exact(q: Quantity, number: str, unit: str) -> Fraction:
    value, own = parse_value(f"{number} {unit}".strip())
    return convert(value, own, q.parsed_unit, q.name) if own is not None else value


def sweep(
    formula: Equation, ranges: Mapping[Quantity, Any], given: Scenario | str | None = None, **values: Any
) -> Sweep:
    """Evaluate a chain over every combination of the ranges, by its compiled kernel.

    Parameters
    ----------
    ranges : values of one input or more, in own units, by quantity.
    given : the scenario.
    values : single values to take instead of the scenario's, or ranges, which give each result a band.

    Raises
    ------
    CalcError : an input plays no part, a value is outside its domain, or there are too many combinations.
    """
    import numpy as np

    base, values = chosen(formula, given, {**values, **{q.name: None for q in ranges}})
    values = {name: value for name, value in values.items() if value is not None}
    axes = {q: np.asarray(own_unit_array(q, one), dtype=float) for q, one in ranges.items()}
    for q, axis in axes.items():
        if axis.ndim != 1 or not axis.size:
            raise CalcError(f"{q.name} takes a list of numbers for a table, not an array of shape {axis.shape}")
    size = int(np.prod([axis.size for axis in axes.values()]))
    if size > ROWS:
        raise CalcError(f"a table of {size} rows was asked for; accepted: up to {ROWS}")
    named = {quantity(name): value for name, value in values.items()}
    others = {q: as_given(q, value, named, base) for q, value in named.items()}
    fixed = {q: one.value for q, one in others.items()}
    twice = next((q.name for q in fixed if q in axes), None)
    if twice:
        raise ChainError(f"{twice} is both swept and given")
    # A grid of views, so that only the result takes memory.
    shaped = {
        q.name: axis.reshape([-1 if i == n else 1 for i in range(len(axes))])
        for n, (q, axis) in enumerate(axes.items())
    }
    found = evaluate_chain(formula, base, {**shaped, **{q.name: value for q, value in fixed.items()}})
    drawn = tuple(one.quantity.name for one in others.values() if not one.distribution.is_point)
    bands = _bands(formula, base, axes, others) if drawn else None
    return Sweep(formula, base, axes, np.asarray(found), fixed, bands, drawn)


def _bands(
    formula: Equation, base: Scenario, axes: Mapping[Quantity, NDArray[np.float64]], others: Mapping[Quantity, Given]
) -> NDArray[np.float64]:
    """The points of the draws at every combination; the scenario's own ranges are drawn too."""
    import numpy as np

    size = int(np.prod([axis.size for axis in axes.values()]))
    if size > BANDS:
        raise CalcError(f"a table of {size} rows with a range in it was asked for; accepted: up to {BANDS}")
    table, found = draws(base), np.full((size, len(SHARES)), np.nan)
    own = [one.quantity for one in taken(formula, base, [*axes, *others]) if not one.distribution.is_point]
    drawn = drawn_values(table, others.values())
    inputs = (*axes, *own, *others)
    kernel = Kernel(expanded(formula, base, inputs), inputs, formula.result)
    for at, values in enumerate(product(*axes.values())):
        with contextlib.suppress(DomainError):
            results = kernel.array(*map(float, values), *(table[q.name] for q in own), *drawn, checked="result")
            found[at] = quantiles(np.asarray(results))
    return found.reshape([axis.size for axis in axes.values()] + [len(SHARES)])
