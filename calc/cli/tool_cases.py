"""The cases that programs give: a scenario, entries of the catalogue, values, a day, or the address of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calc.base.errors import CalcError
from calc.base.visible import said
from calc.cli.options import IDLE, KINDS, settings, the_formula, the_scenario

if TYPE_CHECKING:
    from calc.api import Derivation, Formula
    from calc.model.case import Case
    from calc.model.scenario import Scenario

__all__ = ["CASE", "Laid", "as_scenario", "as_the_book", "book_scenario", "derived_in", "known_values", "laid"]

_Given = Mapping[str, Any]
CASE: Mapping[str, Any] = {
    "case": {
        "type": "string",
        "description": "What was changed on a page of the book, by its address or the part behind its ?, such as "
        "'scenario=gpt-4&servers=5000&server_power=3~6.5'; values and choices go before it.",
    },
    "scenario": {"type": "string", "description": "One of the book's scenarios; the formula's own when left out."},
    "values": {
        "type": "object",
        "description": "Values that are taken instead of the scenario's, by the quantity's name: a number in its own "
        "unit, or text such as '10.2 kW/server' or '3 to 6.5 kW/server'.",
        "additionalProperties": {"type": ["string", "number"]},
    },
    "choices": {
        "type": "object",
        "description": "Entries of the catalogue that are laid over the scenario, by kind; `list` has their ids.",
        "properties": {kind: {"type": "string"} for kind in KINDS},
        "additionalProperties": False,
    },
    "as_of": {"type": "string", "description": "A year, month or day whose values the series have, as in 2025-07."},
}


def known_values(given: _Given) -> dict[str, str]:
    """The values and choices of a case, as `Formula.derive` takes them."""
    values = given.get("values", {})
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise CalcError(f"values: {name} is {said(value)}; accepted: a number, or text such as '6.5 kW/server'")
    chosen = dict(given.get("choices", {}))
    if "as_of" in given:
        chosen["as_of"] = given["as_of"]
    return {**settings([f"{name}={value}" for name, value in values.items()], "values"), **chosen}


@dataclass(frozen=True)
class Laid:
    """A case as far as it plays a part in a formula; ``warnings`` names what of it does not."""

    base: Scenario
    known: Mapping[str, Any]
    warnings: tuple[str, ...] = ()


def laid(formula: Formula, given: _Given, more: Iterable[str] = (), free: Iterable[str] = ()) -> Laid:
    """What is given of a case, for a formula; with the names of what is given besides, and of what is asked for."""
    known = known_values(given)
    if "case" not in given:
        return Laid(_base(given, formula, [*known, *more]), known)
    from calc.book import cases

    found = cases.laid(_case(given), formula, known, [*more, *free])
    idle = (IDLE.format(names=", ".join(found.idle), id=formula.id),) if found.idle else ()
    return Laid(found.base, found.values, idle)


def _case(given: _Given) -> Case:
    """A case by its address, from the scenario that is named beside it where it names none."""
    from calc.model.case_address import read_address

    found = read_address(given["case"])
    if "scenario" in given and found.scenario:
        raise CalcError(
            f"scenario is {given['scenario']!r}, and the case starts from {found.scenario}; accepted: one of the two"
        )
    return found.starting_from(_base(given).name) if "scenario" in given else found


def _base(given: _Given, formula: Formula | None = None, names: Iterable[str] = ()) -> Scenario:
    """The scenario of a case: one of the book's, since a program that asks for others is given no files to read."""
    from calc.model.scenario_file import scenario

    return scenario(given["scenario"]) if "scenario" in given else the_scenario(None, formula, names)


def derived_in(given: _Given, name: str) -> tuple[Derivation, tuple[str, ...]]:
    """A result in a case, and what is to be said of the case."""
    formula = the_formula(name)
    found = laid(formula, given)
    return formula.derive(found.base, **found.known), found.warnings


def as_the_book(own: Derivation) -> tuple[Derivation, tuple[str, ...]]:
    """The figure of the book in the place of a caller's own, and nothing that is to be said of it."""
    return own.formula.derive(book_scenario(own.scenario, own.is_own)), ()


def book_scenario(own: Scenario, is_changed: bool = False) -> Scenario:
    """The book's scenario in the place of a caller's own, or under what has been changed."""
    from calc.model.scenario_file import scenario

    if not own.book_name or (own.name == own.book_name and not is_changed):
        raise CalcError("compare takes a first case too, where the second is no change of one scenario of the book")
    return scenario(own.book_name)


def as_scenario(given: _Given) -> Scenario:
    """A case as a scenario of its own."""
    from calc.book.cases import case_scenario
    from calc.model.choose import choose

    known = known_values(given)
    chosen = {name: value for name, value in known.items() if name in (*KINDS, "as_of")}
    if len(chosen) < len(known):
        raise CalcError(
            "compare takes values only with an id, or in a case; without one: case, scenario, choices, as_of"
        )
    return choose(case_scenario(_case(given)) if "case" in given else _base(given), chosen)
