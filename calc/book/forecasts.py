"""Forecasts of data centres' demand, brought to one scope: what each has for its last year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calc.analysis.solve import solve_for
from calc.base.quantities import quantity
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names

__all__ = ["ARTICLE", "Forecast", "demand_at_end", "forecasts"]

ARTICLE = "us-2030"


@dataclass(frozen=True)
class Forecast:
    """What somebody expects of the data centres of the United States.

    Attributes
    ----------
    scenario : its inputs, with the years that it is from and to.
    source : key of references.bib.
    start, share : demand in the first year, share of all electricity in the last; None where it gives none.
    end : low, middle and high of the demand in the last year, in TWh a year, or None.
    growth : the least and the greatest growth a year, as a fraction, or None.
    """

    scenario: Scenario
    source: str
    start: Input | None
    end: tuple[Fraction, Fraction, Fraction] | None
    share: Input | None
    growth: tuple[Fraction, Fraction] | None


def forecasts() -> tuple[Forecast, ...]:
    """The article's own, and then the others by name.

    Examples
    --------
    >>> [one.scenario.short for one in forecasts()][:2]
    ['the article', 'EPRI']
    """
    names = [name for name in scenario_names() if name.startswith("forecast-")]
    return tuple(_forecast(scenario(name)) for name in (ARTICLE, *names))


def _forecast(one: Scenario) -> Forecast:
    start, growth = one.get(quantity("datacentre_demand")), one.get(quantity("demand_growth"))
    about = (given for given in one.inputs.values() if given.quantity.name.startswith(("future", "demand")))
    source = next(given.source for given in about if given.source)
    bounds = (growth.low, growth.high) if growth else None
    if growth is None and start is not None:
        derived = derive(formula_by_id("demand-growth"), one, {})
        bounds = derived.range or (derived.exact, derived.exact)
    return Forecast(one, source, start, demand_at_end(one), one.get(quantity("future_share")), bounds)


def demand_at_end(one: Scenario) -> tuple[Fraction, Fraction, Fraction] | None:
    """Low, middle and high of a forecast's demand at its end, in TWh a year; None where it gives a share alone.

    Examples
    --------
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
