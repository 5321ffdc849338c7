"""Tables over several scenarios: forecasts, announced sites, generations of servers."""

from __future__ import annotations

from fractions import Fraction

from calc.analysis.results import show_result
from calc.base.numbers import show, show_range
from calc.base.quantities import Quantity, quantity
from calc.book import campus
from calc.book.forecasts import Forecast
from calc.book.forecasts import forecasts as all_forecasts
from calc.book.lookup import refer
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.render.myst_markup import breaking, plain, table

__all__ = ["forecasts", "generations", "sites"]

_DEMAND = "TWh/year"


def forecasts() -> str:
    """What each forecast has for data centres in the United States: start, end, share, and yearly growth."""
    head = ["who", "years", "TWh at first", "TWh at last", "share at last, %", "growth a year, %"]
    rows = [_forecast(one) for one in all_forecasts()]
    return table(head, rows, "forecasts", [26, 16, 11, 15, 15, 17])


def _forecast(one: Forecast) -> list[str]:
    demand, end, share = quantity("future_demand"), one.end, one.share
    return [
        f"{{cite:t}}`{one.source}`",
        _years(one.scenario),
        show(one.start.value, one.start.quantity, _DEMAND).number if one.start else "–",
        _bare(_span(end[0], end[2], demand, _DEMAND)) if end else "–",
        _bare(_span(share.low, share.high, share.quantity)) if share else "–",
        _bare(_span(*one.growth, quantity("demand_growth"))) if one.growth else "–",
    ]


def _years(one: Scenario) -> str:
    return f"{one.first_year}–{one.last_year}" if one.first_year else f"to {one.last_year}"


def _bare(text: str) -> str:
    """A number or a range without its unit, which the head of the column says."""
    return text.partition("\N{NO-BREAK SPACE}")[0]


def _span(low: Fraction, high: Fraction, q: Quantity, unit: str | None = None) -> str:
    return show(low, q, unit).text if low == high else show_range(low, high, q, unit)


def sites() -> str:
    """Announced sites: power, the GPUs that would fit, and the energy of a year at the book's load factor."""
    rows = [
        [
            f"{plain(one.scenario.title)} {{cite:p}}`{one.power.source}`",
            _announced(one.power),
            refer(f"campus-gpus; scenario {one.scenario.name}; digits 2; number").text,
            show_result(one.energy).text,
        ]
        for one in campus.sites()
    ]
    return table(["site", "power", "GPUs that fit", "energy of a year"], rows, "sites", [37, 25, 18, 20])


def _announced(power: Input) -> str:
    """The power that a row computes with, and the range of what is announced."""
    unit = "MW" if power.high < 1 else None
    value = show(power.value, power.quantity, unit).text
    return value if power.low == power.high else f"{value} ({_span(power.low, power.high, power.quantity, unit)})"


def generations() -> str:
    """What a campus holds of each generation: rating of a server, servers, GPUs."""
    rows = [
        [
            plain(one.scenario.short),
            breaking(show(one.server_power.value, one.server_power.quantity).text),
            show_result(one.servers).number,
            show_result(one.gpus).number,
        ]
        for one in campus.generations()
    ]
    return table(["generation", "rating", "servers or racks", "GPUs"], rows, "generations", [28, 24, 24, 24])
