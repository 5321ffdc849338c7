"""Rows for ``list`` and ``show --range``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from calc.cli.output import as_json, as_table

if TYPE_CHECKING:
    from calc.api import Derivation, Formula
    from calc.model.scenario import Scenario

__all__ = ["listed", "spread_as"]


def listed(formulas: Iterable[Formula], chosen: Scenario | None) -> list[dict[str, Any]]:
    """Each formula in a scenario, or where it is at home."""
    from calc.analysis.serving_coverage import is_beyond, limit_side
    from calc.analysis.standing import short_words, standing, value_words
    from calc.base.errors import BrokenError, ChainError, DomainError
    from calc.book.home import default_scenario
    from calc.model.scenario import DEFAULT
    from calc.model.step import origin_of
    from calc.render.record import number

    rows = []
    for formula in formulas:
        row: dict[str, Any] = {"id": formula.id, "title": formula.title, "unit": formula.unit}
        try:
            shown = formula.derive(chosen or default_scenario(formula))
            _ = shown.exact
        except (BrokenError, ChainError, DomainError) as error:
            name = chosen.name if chosen else DEFAULT
            why = {BrokenError: "needs what is broken", DomainError: "outside its domain"}.get(
                type(error), f"{name} lacks an input"
            )
            unknown = {"scenario": name, "value": None, "origin": None, "bound": None, "stated": None, "estimate": None}
            rows.append(row | unknown | {"result": f"({formula.result.unit}; {why})"})
            continue
        stands = standing(shown)
        result = "; ".join([value_words(shown), *short_words(shown)]).replace("\N{NO-BREAK SPACE}", " ")
        elsewhere = f" (in {shown.scenario.name})" if not chosen and shown.scenario.name != DEFAULT else ""
        found: dict[str, Any] = {
            "scenario": shown.scenario.name,
            "value": None if is_beyond(shown) else number(shown.exact, formula.result),
        }
        found |= {
            "bound": stands.bound or limit_side(shown) or None,
            "stated": stands.stated or None,
            "estimate": number(stands.estimate.exact, formula.result) if stands.estimate else None,
        }
        rows.append(row | found | {"origin": origin_of(shown), "result": result + elsewhere})
    return rows


def spread_as(shown: Derivation, form: str) -> str:
    """How far a result may lie: percentiles, budget, range, and the range that each input alone gives it.

    Raises
    ------
    DomainError : the value, an end of its range or a draw is impossible.
    """
    from calc.analysis.band_table import kept_range
    from calc.analysis.bands import percentiles
    from calc.analysis.results import range_latex, range_text
    from calc.analysis.sensitivity import spread
    from calc.base import tables
    from calc.model.step import origin_of
    from calc.render.record import number, record
    from calc.render.uncertainty import spread_text, spread_words

    q = shown.formula.result
    bounds = kept_range(shown)
    percentiles(shown)
    alone = spread(shown)
    if form == "json":
        whole = record(shown)
        rows = [
            {"name": one.input.quantity.name, "low": number(one.low, q), "high": number(one.high, q),
             "origin": origin_of(one.input)}
            for one in alone
        ]  # fmt: skip
        kept = {
            key: whole[key]
            for key in ("id", "scenario", "value", "unit", "low", "median", "high", "range", "origin", "case")
            if key in whole
        }
        return as_json(kept | {"inputs": rows})
    if form == "latex":
        return range_latex(shown)
    why = "no input of its chain has a range" if bounds else "no range: it does not simply rise or fall in each input"
    total = range_text(shown) or why
    table = [
        (one.input.quantity.name, range_text(shown, ends=(one.low, one.high)), origin_of(one.input)) for one in alone
    ]
    text = as_table(("input", f"{q.name} with it alone", "whose"), table, form) if table else ""
    base = tables.words(shown.scenario.name) if form == "markdown" else shown.scenario.name
    title = f"{shown.formula.title} ({shown.formula.id}), in scenario {base}: {total}"
    drawn = spread_text(shown) if form == "text" else spread_words(shown)
    parts = [title, _own_ranges(shown), drawn, text]
    return "\n\n".join(part for part in parts if part.strip()).replace("\N{NO-BREAK SPACE}", " ")


def _own_ranges(shown: Derivation) -> str:
    """That the figures rest on a reader's ranges, and the case that carries them; or nothing."""
    from calc.render.case import case_line
    from calc.render.citation_parts import own_ranges

    rests = own_ranges(shown)
    return "\n".join(part for part in (f"Not the book's, {rests}." if rests else "", case_line(shown.case)) if part)
