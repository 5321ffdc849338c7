"""Forecasts of data centres' demand, brought to one scope: what each has for its last year."""

from __future__ import annotations

from fractions import Fraction

from calc.analysis.solve import solve_for
from calc.base.quantities import quantity
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario

__all__ = ["demand_at_end"]


def demand_at_end(one: Scenario) -> tuple[Fraction, Fraction, Fraction] | None:
    """Low, middle and high of a forecast's demand at its end, in TWh a year; None where it gives a share alone.

    Examples
    --------
    >>> from calc.model.scenario_file import scenario
    >>> [round(float(end)) for end in demand_at_end(scenario("forecast-epri"))]
    [196, 214, 404]
    """
    stated = one.get(quantity("future_demand"))
    if stated is not None:
        return stated.low, stated.value, stated.high
    growth, start = one.get(quantity("demand_growth")), one.get(quantity("datacentre_demand"))
    if growth is not None and start is not None:
        formula = formula_by_id("demand-growth")
        low, middle, high = (
            Fraction(solve_for(formula, "future_demand", one, {"demand_growth": float(end)}).value)
            for end in (growth.low, growth.value, growth.high)
        )
        return low, middle, high
    if one.get(quantity("national_growth")) is None:
        return None
    derived = derive(formula_by_id("future-demand"), one, {})
    low, high = derived.range or (derived.exact, derived.exact)
    return low, derived.exact, high
