"""Tables over several scenarios, made whole from their inputs and from formulas."""

from __future__ import annotations

from fractions import Fraction

from calc.base.numbers import show, show_range
from calc.base.quantities import quantity
from calc.book.forecasts import demand_at_end
from calc.book.lookup import refer
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names
from calc.render.myst import plain, table

__all__ = ["forecasts", "generations", "sites"]

_DEMAND = "TWh/year"
ARTICLE = "us-2030"
GENERATIONS = ("campus-a100", "campus-h100", "campus-b200", "campus-gb200")


def forecasts() -> str:
    """What each forecast has for data centres in the United States: start, end, share, and yearly growth."""
    rows = [
        _forecast(scenario(name)) for name in (ARTICLE, *(n for n in scenario_names() if n.startswith("forecast-")))
    ]
    head = ["who", "years", "TWh at first", "TWh at last", "share at last, %", "growth a year, %"]
    return table(head, rows, "forecasts", [26, 16, 11, 15, 15, 17])


def _forecast(one: Scenario) -> list[str]:
    start, years = one.get(quantity("datacentre_demand")), one.get(quantity("years"))
    share, growth = one.get(quantity("future_share")), one.get(quantity("demand_growth"))
    end = demand_at_end(one)
    bounds: tuple[Fraction, Fraction] | None
    if growth is None and start is not None:
        derived = derive(formula_by_id("demand-growth"), one, {})
        bounds = derived.range or (derived.exact, derived.exact)
    else:
        bounds = (growth.low, growth.high) if growth else None
    source = next(given.source for given in one.inputs.values() if given.quantity.name.startswith(("future", "demand")))
    return [
        f"{{cite:t}}`{source}`",
        plain((years.locator or "").rpartition("from ")[2].replace(" to ", "–")) if years else "to 2030",
        show(start.value, start.quantity, _DEMAND).number if start else "–",
        _bare(_span(end[0], end[2], "future_demand", _DEMAND)) if end else "–",
        _bare(_span(share.low, share.high, "future_share")) if share else "–",
        _bare(_span(*bounds, "demand_growth")) if bounds else "–",
    ]


def _bare(text: str) -> str:
    """A number or a range without its unit, which the head of the column says."""
    return text.partition("\N{NO-BREAK SPACE}")[0]


def _span(low: Fraction, high: Fraction, name: str, unit: str | None = None) -> str:
    q = quantity(name)
    return show(low, q, unit).text if low == high else show_range(low, high, q, unit)


def sites() -> str:
    """Announced sites: power, the GPUs that would fit, and the energy of a year at the book's load factor."""
    rows = []
    found = [scenario(name) for name in scenario_names() if name.startswith("site-")]
    for one in sorted(found, key=lambda site: site["campus_power"].value):
        power = one["campus_power"]
        rows.append([
            f"{plain(one.title)} {{cite:p}}`{power.source}`",
            _announced(power),
            refer(f"campus-gpus; scenario {one.name}; digits 2; number").text,
            show(derive(formula_by_id("campus-energy"), one, {}).exact, quantity("campus_energy")).text,
        ])  # fmt: skip
    head = ["site", "power", "GPUs that fit", "energy of a year"]
    return table(head, rows, "sites", [37, 25, 18, 20])


def _announced(power: Input) -> str:
    """The power that a row computes with, and the range of what is announced."""
    unit = "MW" if power.high < 1 else None
    value = show(power.value, power.quantity, unit).text
    return value if power.low == power.high else f"{value} ({_span(power.low, power.high, 'campus_power', unit)})"


def generations() -> str:
    """What a campus holds of each generation: rating of a server, servers, GPUs."""
    rows = []
    for name in GENERATIONS:
        one = scenario(name)
        power = one["server_power"]
        rows.append([
            plain(one.title.partition(" of ")[2]),
            show(power.value, power.quantity).text.replace("\N{NO-BREAK SPACE}", " "),
            show(derive(formula_by_id("campus-servers"), one, {}).exact, quantity("campus_servers")).number,
            show(derive(formula_by_id("campus-gpus"), one, {}).exact, quantity("campus_gpus")).number,
        ])  # fmt: skip
    return table(["generation", "rating", "servers or racks", "GPUs"], rows, "generations", [28, 24, 24, 24])
