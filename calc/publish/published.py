"""The book's data as JSON files, one a subject; `calc.publish.openapi` describes their addresses.

Each file says which version it is of. Its keys are described in ``data/published.schema.json``, which is published too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from calc.base.quantities import Quantity, all_quantities
from calc.base.units import plain_number
from calc.book.checks import Check, all_checks
from calc.book.citation_file import book
from calc.book.claims import Claim, Held, all_claims
from calc.book.releases import history
from calc.book.stated import Stated
from calc.model.catalogue import KINDS, entries
from calc.model.fingerprint import expression, formula_hash
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names
from calc.model.step import Step
from calc.publish.quotes import quotes
from calc.render import catalogue, latex
from calc.render.citation_parts import place
from calc.render.record import number
from calc.render.releases import data as moved_data

__all__ = ["LICENCE", "SCHEMAS", "SUBJECTS", "claim_data", "head", "published"]

LICENCE = "CC-BY-4.0"  # of the text, which records are part of
SCHEMAS = "published.schema.json"
# Each file's name without its ending, which is its schema's too, and what it has.
SUBJECTS = {
    "formulas": "every formula: equation, inputs, what it assumes, sources; without numbers",
    "quantities": "every symbol: name, unit, meaning, which numbers it may take",
    "scenarios": "every scenario: title, what it is, what it builds on",
    "inputs": "every input of every scenario, with kind, range, source and the day it was looked up",
    "catalogue": "models, accelerators, servers, places and prices that a scenario may take",
    "claims": "what the articles claim, held against the book, with a verdict",
    "checks": "published figures that the formulas must reproduce",
    "releases": "what moved from each version to the next, and why",
    "quotes": "every result in words, in the units that it may be wanted in, for other documents",
}


def head() -> dict[str, Any]:
    """What stands at the start of each file."""
    return {
        "title": book().title,
        "version": book().version,
        "released": book().released.isoformat(),
        "url": book().url,
        "licence": LICENCE,
    }


def published(derivations: Iterable[Step]) -> dict[str, dict[str, Any]]:
    """Each file as plain data, by its name without the ending.

    Parameters
    ----------
    derivations : those that are published, where they are at home.

    Examples
    --------
    >>> found = published([])
    >>> list(found) == list(SUBJECTS), found["quantities"]["quantities"][0]["name"]
    (True, 'm')
    """
    shown = list(derivations)
    scenarios = [scenario(name) for name in scenario_names()]
    found: dict[str, Any] = {
        "formulas": [_formula(step) for step in shown],
        "quantities": [_quantity(q) for q in all_quantities()],
        "scenarios": [_scenario(one) for one in scenarios],
        "inputs": [_input(one, given) for one in scenarios for given in one.inputs.values()],
        "catalogue": [catalogue.plain(one) for kind in KINDS.values() for one in entries(kind)],
        "claims": [claim_data(one) for one in all_claims()],
        "checks": list(_checks({step.formula.id for step in shown})),
        "releases": [moved_data(changes) for changes in history()],
        "quotes": quotes(shown),
    }
    return {subject: {**head(), subject: found[subject]} for subject in SUBJECTS}


def _formula(home: Step) -> dict[str, Any]:
    formula = home.formula
    return {
        "id": formula.id,
        "title": formula.title,
        "about": formula.summary,
        "result": formula.result.name,
        "unit": formula.unit,
        "inputs": [q.name for q in formula.inputs],
        "latex": f"{formula.result.latex} = {latex.symbols(formula)}",
        "srepr": expression(formula),
        "assumptions": formula.assumptions,
        "holds": formula.holds,
        "sources": [{"source": key, "locator": locator} for key, locator in formula.sources],
        "scenario": home.scenario.name,
        "hash": formula_hash(formula),
        "link": place(formula.id),
    }


def _quantity(q: Quantity) -> dict[str, Any]:
    return {
        "name": q.name,
        "latex": q.latex,
        "unit": q.unit,
        "meaning": q.meaning,
        "counted": q.counted,
        "accepted": q.domain.words,
        "whole": q.domain.whole,
    }


def _scenario(one: Scenario) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "about": one.about,
        "extends": list(one.bases),
        "stated_by": one.stated or None,
        "estimates": list(one.estimates),
        "inputs": list(one.inputs),
    }


def _input(whose: Scenario, given: Input) -> dict[str, Any]:
    q = given.quantity
    return {
        "scenario": whose.name,
        "name": q.name,
        "value": number(given.value, q),
        "unit": q.unit,
        "low": number(given.low, q),
        "high": number(given.high, q),
        "kind": given.kind,
        "source": given.source or None,
        "locator": given.locator or None,
        "checked": given.checked.isoformat() if given.checked else None,
        "note": given.note,
        "entry": given.entry or None,
    }


def claim_data(claim: Claim) -> dict[str, Any]:
    """A claim as plain data: what is stated, what it is held against, and the verdict.

    Examples
    --------
    >>> from calc.book.claims import claim
    >>> claim_data(claim("training-flop"))["verdict"]
    'incomplete'
    """
    return {
        "id": claim.id,
        "source": claim.source,
        "locator": claim.locator,
        "says": claim.says,
        "quote": claim.quote,
        "stated": claim.stated and _ends(claim.stated) | {"word": claim.stated.word, "text": claim.stated.text},
        "against": _held(claim.against),
        "with": _held(claim.fuller),
        "since": _held(claim.since),
        "difference": None if claim.difference is None else float(claim.difference),
        "verdict": claim.verdict,
        "follows": claim.follows,
        "why": claim.why,
    }


def _ends(figure: Stated | Held) -> dict[str, Any]:
    return {"low": float(figure.low), "high": float(figure.high), "unit": figure.quantity.unit}


def _held(held: Held | None) -> dict[str, Any] | None:
    """What a claim is held against: a figure of the book, or one that somebody else published."""
    if held is None:
        return None
    found = {"reference": held.reference, "formula": held.formula, "source": held.source, "locator": held.locator}
    return _ends(held) | {"text": held.text} | {key: value or None for key, value in found.items()}


def _checks(shown: set[str]) -> Iterator[dict[str, Any]]:
    return (_check(one) for one in all_checks() if one.formula.id in shown)


def _check(one: Check) -> dict[str, Any]:
    return {
        "formula": one.formula.id,
        "kind": one.kind,
        "stated": one.stated,
        "published": number(one.value, one.formula.result),
        "computed": float(one.computed),
        "unit": one.formula.unit,
        "difference": float(one.difference),
        "tolerance": float(one.rel_tolerance),
        "agrees": one.agrees,
        "inputs": {q.name: {"exact": plain_number(value), "unit": q.unit} for q, value in one.inputs.items()},
        "source": one.source,
        "locator": one.locator,
        "note": one.note,
    }
