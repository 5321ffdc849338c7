"""Tables of forecasts in court: what each foretold, what came, what it was off by, and what it revised."""

from __future__ import annotations

from fractions import Fraction

from calc.base.dates import spoken_period
from calc.base.decimals import percent, whole
from calc.book.court import ENERGY, Foreseen, Verdict, foreseen, foreseen_by_id, verdicts
from calc.render.myst_markup import breaking, plain, table

__all__ = ["foreseen_all", "revisions", "verdicts_table"]


def verdicts_table() -> str:
    """Each forecast of which a year has been counted: for that year, what it has, what came, and what it is off by."""
    head = ["forecast", "for", "has for", "TWh", "came", "off by", "score of its range", "how open"]
    rows = [_verdict(one) for one in verdicts()]
    return table(head, rows, "verdicts", [21, 8, 9, 14, 9, 10, 13, 16])


def _verdict(one: Verdict) -> list[str]:
    forecast = one.forecast
    range_ = ""
    if one.low is not None and one.high is not None:
        range_ = f"\n\n{whole(round(one.low))} to {whole(round(one.high))}"
    score = "–" if one.score is None else f"{whole(round(one.score))}, {'inside' if one.is_inside else 'outside'}"
    return [
        f"{_who(forecast)}, {forecast.region}",
        str(forecast.year),
        f"{one.year}{'' if one.is_due else ', on its way'}",
        breaking(whole(round(one.middle)) + range_),
        whole(round(one.came)),
        percent(Fraction(one.error)),
        score,
        plain(forecast.method),
    ]


def _who(one: Foreseen) -> str:
    mark = " ᵇ" if one.seen else ""
    case = f" ({plain(one.case)})" if one.case else ""
    return f"{plain(one.publisher)}{case}, {spoken_period(one.published)} {{cite:p}}`{one.source}`{mark}"


def foreseen_all() -> str:
    """Every forecast as it was printed, by region and date."""
    head = ["forecast", "region, scope", "for", "low", "middle", "high", "unit", "from"]
    rows = [_row(one) for one in sorted(foreseen(), key=lambda one: one.region)]
    return table(head, rows, "foreseen", [24, 18, 7, 9, 10, 9, 11, 12])


def _row(one: Foreseen) -> list[str]:
    base = f"{_number(one.base)} in {one.base_year}" if one.base is not None else "–"
    unit = "TWh a year" if one.unit == ENERGY else plain(one.unit)
    ends = (_number(one.low), _number(one.value), _number(one.high))
    return [_who(one), f"{one.region}, {plain(one.scope)}", str(one.year), *ends, unit, base]


def _number(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):,.4g}" if value < 1000 else whole(round(float(value)))


def revisions() -> str:
    """What each publisher took back: the forecast before, the one after, and the factor between them."""
    pairs = [(foreseen_by_id(one.revises), one) for one in foreseen() if one.revises]
    rows = [row for before, after in pairs if (row := _revision(before, after))]
    return table(["publisher", "before", "after", "times"], rows, "revisions", [22, 31, 31, 16])


def _revision(before: Foreseen, after: Foreseen) -> list[str]:
    if before.middle is None or after.middle is None or before.unit != after.unit:
        return []
    unit = "TWh" if after.unit == ENERGY else after.unit
    told = [
        f"{_number(one.middle)} {plain(unit)} for {one.year}, {spoken_period(one.published)}" for one in (before, after)
    ]
    factor = "other years"
    if before.year == after.year:  # the middle of two ends is the book's, and no publisher's figure
        factor = f"{float(after.value / before.value):.2f}" if before.value and after.value else "ends alone"
    return [plain(after.publisher), *told, factor]
