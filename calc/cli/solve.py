"""``solve``: a formula run backwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from calc.base.errors import CalcError
from calc.cli.options import (
    ID,
    KINDS,
    case_option,
    chosen_entries,
    entry_options,
    form,
    laid_case,
    scenario_option,
    set_option,
    settings,
    the_case,
    the_formula,
)
from calc.cli.output import as_json, warning, write

if TYPE_CHECKING:
    from calc.analysis.solution import Solution
    from calc.api import Formula
    from calc.model.scenario import Scenario

__all__ = ["solution_data", "solve_command"]


@click.command(
    "solve",
    epilog="""\b
examples:
  t2t solve training-energy --for servers --result "87.75 GWh"
  t2t solve flop-utilisation --for training_time --result "40 %" --set gpus=16000 --format json
  t2t solve demand-growth --for years --result "13.4 %"
  t2t solve training-energy --for training_time --result "80 GWh" --set "server_power=3 to 6.5 kW/server"

\b
exit code 1: nothing solves it.
""",
)
@click.argument("name", metavar="ID", type=ID)
@click.option("--for", "unknown", metavar="NAME", help="The input that is asked for; left out, a case's own.")
@click.option("--result", metavar="VALUE", help="What the formula is to yield; or give it with --set.")
@scenario_option
@case_option
@entry_options
@set_option
@form("text", "markdown", "json")
def solve_command(
    name: str,
    unknown: str | None,
    result: str | None,
    given: str | None,
    case: str | None,
    values: tuple[str, ...],
    form: str,
    **entries: str | None,
) -> int:
    """The value of an input that yields a given result.

    All other inputs are the scenario's, an entry's of the catalogue, a case's, or what --set gives. Where one of them
    is a range, the equation is solved in every draw too.
    """
    from calc.base.quantities import quantity
    from calc.base.tables import words
    from calc.model.chain import taken
    from calc.model.choose import choose
    from calc.render.taken import taken_data, taken_line

    formula = the_formula(name)
    unknown, base, known, chosen = _asked(formula, unknown, result, given, case, settings(values), entries)
    found = formula.solve_for(unknown, base, **known, **chosen)
    laid = choose(base, chosen)
    rest = taken(formula, laid, [quantity(one) for one in (unknown, *known)])
    if form == "json":
        more = {"choices": chosen} if chosen else {}
        write(as_json({
            "id": formula.id, **solution_data(found, base, known), **more, "taken": taken_data(rest, laid),
            "warnings": _warnings(formula, laid, known, found),
        }))  # fmt: skip
    else:
        for line in _warnings(formula, laid, known, found):
            warning(line)
        yours = _yours(base, known, chosen)
        text = f"{found}; {formula.id} in scenario {base.name}, with {yours}"
        text = f"`{unknown}`: {words(text)}" if form == "markdown" else text
        write("\n\n".join(part for part in (text, taken_line(rest, laid, form)) if part))
    return 1 if found.values.is_empty else 0


def _asked(
    formula: Formula, unknown: str | None, result: str | None, given: str | None, case: str | None,
    values: Mapping[str, Any], entries: Mapping[str, str | None],
) -> tuple[str, Scenario, dict[str, Any], dict[str, str]]:  # fmt: skip
    """What is asked for, in which scenario, with which values, the result's last, and which entries."""
    from calc.model.spelt import spelt_out

    known: dict[str, Any] = spelt_out(formula, values)
    name = formula.result.name
    if result is not None:
        if name in known:
            raise CalcError(f"{name} is given by both --result and --set")
        known[name] = result
    if case is not None:
        found = the_case(case)
        unknown = unknown or found.sought or None
        known = {one.quantity.name: one for one in found.values if one.quantity == formula.result} | known
    if unknown is None:
        raise CalcError("solve takes --for, which is missing; see solve --help")
    wished = {name: known.pop(name)} if name in known else {}
    base, laid = laid_case(formula, given, {**known, **chosen_entries(entries)}, case, wished, [unknown])
    chosen = {kind: one for kind, one in laid.items() if kind in (*KINDS, "as_of")}
    return unknown, base, {key: one for key, one in laid.items() if key not in chosen} | wished, chosen


def _said(value: Any) -> str:
    """A value as it was given, or as one would give that of a case."""
    from calc.model.case import value_in_words
    from calc.model.step import Given

    return value_in_words(value) if isinstance(value, Given) else str(value).strip()


def _warnings(formula: Formula, base: Scenario, known: dict[str, Any], found: Solution) -> list[str]:
    """What is odd of the values that were given, or of the one that was found."""
    from calc.analysis.warnings import warnings

    if not found.is_single:
        return []
    others = {name: value for name, value in known.items() if name.replace("-", "_") != formula.result.name}
    try:
        step = formula.derive(base, **others, **{found.quantity.name: found.value})
        return list(warnings(step))
    except CalcError:  # it was found numerically, and rounding leaves a domain
        return []


def _yours(base: Scenario, known: dict[str, Any], chosen: dict[str, str]) -> str:
    given = ", ".join(
        [
            *(f"{kind} {one}" for kind, one in chosen.items()),
            *(f"{name} = {_said(value)}" for name, value in known.items()),
        ]
    )
    return f"{given} (yours)" + ("" if base.origin == "book" else ", and a scenario of yours")


def solution_data(found: Solution, base: Scenario, known: dict[str, Any]) -> dict[str, Any]:
    """A solution as plain data, with the values that were given, in the unknown's own unit."""
    empty = bool(found.values.is_empty)
    ends = None if empty else found.interval
    return {
        "unknown": found.quantity.name,
        "unit": found.unit,
        "value": found.value if found.is_single else None,
        "low": None if ends is None or ends[0] in _INFINITE else ends[0],
        "high": None if ends is None or ends[1] in _INFINITE else ends[1],
        "unrounded": found.unrounded,
        "numerical": found.numerical,
        "points": dict(zip(("low", "median", "high"), found.points, strict=True)) if found.points else None,
        "reason": found.reason,
        "text": str(found),
        "scenario": base.name,
        "given": {name: _said(value) for name, value in known.items()},
        "origin": "yours",
    }


_INFINITE = (float("inf"), float("-inf"))
