"""A result over ranges of its inputs, as a pandas DataFrame where pandas is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calc.analysis.sweep import read_range, sweep
from calc.base.errors import CalcError
from calc.base.quantities import Quantity, quantity
from calc.base.values import is_array
from calc.book.cases import in_case
from calc.book.home import default_scenario
from calc.model.another_run import another_run, is_another_run
from calc.model.case import Case
from calc.model.chain import as_scenario, needed_quantities
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.symbolic.equation import Equation

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["table"]


def table(formula: Equation | str, scenario: Scenario | Case | str | None = None, **inputs: Any) -> pd.DataFrame:
    """A result over ranges of its inputs, as a pandas DataFrame.

    Parameters
    ----------
    formula : a formula or its id.
    scenario : where the other inputs come from; when left out the formula's own, or ``typical`` for a run that its
        parameters or tokens describe.
    inputs : arrays or lists in own units, of which every combination is a row; text with a unit, such as
        ``"10:20:5 kW/server"``; single values; or ranges that are drawn from, such as ``"3 to 6.5 kW/server"``.

    Returns
    -------
    One column for each list and one for the result, in own units, which ``attrs["units"]`` names; and its 5 and 95 %
    points, ``_low`` and ``_high``, where a range is given.

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
    found = formula if isinstance(formula, Equation) else formula_by_id(formula)
    given, values = in_case(found, scenario, inputs)
    inputs = dict(values)
    if given is None:
        base = another_run() if is_another_run(inputs) else default_scenario(found)
    else:
        base = as_scenario(given)
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
    if made.bands is not None:  # where a range was given
        points = made.bands.reshape(-1, made.bands.shape[-1])
        frame[f"{found.result.name}_low"], frame[f"{found.result.name}_high"] = points[:, 0], points[:, -1]
    frame.attrs["formula"] = found.id
    frame.attrs["scenario"] = base.name
    return frame
