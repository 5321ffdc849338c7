"""A result over ranges of one input or two: as columns, and as a pandas DataFrame where pandas is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.chain import as_scenario, needed_quantities
from calc.errors import CalcError, ChainError
from calc.quantities import Quantity, quantity
from calc.units import convert, parse_value
from calc.values import own_unit_array, own_unit_value

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from calc.formula import Formula
    from calc.scenario import Scenario

__all__ = ["Sweep", "read_range", "sweep", "table"]

MOST = 10_000_000
_SYNTAX = "NAME=FROM:TO:COUNT [UNIT], NAME=FROM:TO:COUNT:log [UNIT] or NAME=VALUE,VALUE,… [UNIT]"


@dataclass(frozen=True)
class Sweep:
    """A result over ranges of its inputs.

    Attributes
    ----------
    formula, scenario : what was computed, and where all other inputs came from.
    axes : the values of each input that was swept, in its own unit.
    values : the results in the own unit; one axis for each of `axes`.
    fixed : what else was given, exact and in own units.
    """

    formula: Formula
    scenario: Scenario
    axes: Mapping[Quantity, NDArray[np.float64]]
    values: NDArray[np.float64]
    fixed: Mapping[Quantity, Fraction]

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
    if len(parts) not in (3, 4) or not parts[2].isdigit() or parts[3:] not in ([], ["log"]):
        raise CalcError(f"{text!r} is not a range; accepted: {_SYNTAX}")
    count = int(parts[2])
    if not 2 <= count <= MOST:
        raise CalcError(f"{text!r} has {count} steps; accepted: from 2 to {MOST}")
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
    formula: Formula, ranges: Mapping[Quantity, Any], given: Scenario | str | None = None, **values: Any
) -> Sweep:
    """Evaluate a chain over every combination of the ranges, by its compiled kernel.

    Parameters
    ----------
    ranges : values of one input or more, in own units, by quantity.
    given : the scenario.
    values : single values to take instead of the scenario's.

    Raises
    ------
    CalcError : an input plays no part, a value is outside its domain, or there are too many combinations.
    """
    import numpy as np

    base = as_scenario(given)
    axes = {q: np.asarray(own_unit_array(q, one), dtype=float) for q, one in ranges.items()}
    for q, axis in axes.items():
        if axis.ndim != 1 or not axis.size:
            raise CalcError(f"{q.name} takes a list of numbers for a table, not an array of shape {axis.shape}")
    size = int(np.prod([axis.size for axis in axes.values()]))
    if size > MOST:
        raise CalcError(f"a table of {size} rows was asked for; accepted: up to {MOST}")
    fixed = {quantity(name): own_unit_value(quantity(name), value) for name, value in values.items()}
    twice = next((q.name for q in fixed if q in axes), None)
    if twice:
        raise ChainError(f"{twice} is both swept and given")
    # A grid of views, so that only the result takes memory.
    shaped = {
        q.name: axis.reshape([-1 if i == n else 1 for i in range(len(axes))])
        for n, (q, axis) in enumerate(axes.items())
    }
    found = formula.sweep(base, **shaped, **{q.name: value for q, value in fixed.items()})
    return Sweep(formula, base, axes, np.asarray(found), fixed)


def table(formula: Formula | str, scenario: Scenario | str | None = None, **inputs: Any) -> pd.DataFrame:
    """A result over ranges of its inputs, as a pandas DataFrame.

    Parameters
    ----------
    formula : a formula or its id.
    scenario : where the other inputs come from; the formula's own when left out.
    inputs : arrays or lists in own units, of which every combination is a row; text with a unit, such as
        ``"10:20:5 kW/server"``; or single values.

    Returns
    -------
    One column for each range and one for the result, in own units; ``attrs["units"]`` names them.

    Raises
    ------
    CalcError : pandas is not installed, or as for `Formula.sweep`.

    Examples
    --------
    >>> from calc import training_energy
    >>> training_energy.table(servers=[3125, 5000])
       servers  training_energy
    0     3125           43.875
    1     5000           70.200
    """
    try:
        import pandas as pd
    except ImportError:
        raise CalcError("pandas, which makes tables, is not installed; accepted: pip install pandas") from None
    from calc.formula import formula_by_id
    from calc.home import home
    from calc.values import is_array

    found = formula_by_id(formula) if isinstance(formula, str) else formula
    base = home(found).scenario if scenario is None else as_scenario(scenario)
    ranges: dict[Quantity, Any] = {}
    single: dict[str, Any] = {}
    for name, value in inputs.items():
        if is_array(value):
            ranges[quantity(name)] = value
        elif isinstance(value, str) and (":" in value or "," in value):
            q, spaced = read_range(f"{name}={value}")
            ranges[q] = spaced
        else:
            single[name] = value
    if not ranges:
        names = ", ".join(q.name for q in needed_quantities(found, base))
        raise CalcError(f"a table of {found.id} needs a list of numbers for at least one of {names}")
    made = sweep(found, ranges, base, **single)
    columns = made.columns()
    whole = {q.name: values.astype("int64") if q.domain.whole else values for q, values in columns.items()}
    frame = pd.DataFrame(whole)
    frame.attrs["units"] = {q.name: q.unit for q in columns}
    frame.attrs["formula"] = found.id
    frame.attrs["scenario"] = base.name
    return frame
