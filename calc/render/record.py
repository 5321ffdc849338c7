"""A derivation as plain data: all that a report needs to stand behind a number, years later too.

The keys are described in ``data/derivation.schema.json``, which is published beside the records.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from calc.analysis.bands import ends, percentiles
from calc.analysis.serving_coverage import coverage
from calc.analysis.serving_taken import taken_for_granted
from calc.analysis.standing import standing
from calc.analysis.warnings import warnings
from calc.base.errors import DomainError
from calc.base.quantities import Quantity
from calc.book.cases import carried
from calc.book.citation_file import book
from calc.model.fingerprint import derivation_hash, expression, formula_hash
from calc.model.input import Input
from calc.model.step import Given, Origin, Step, Used, origin_of, used_as
from calc.render import latex
from calc.render.case import case_data
from calc.render.companions import companion_data
from calc.symbolic.equation import Equation

__all__ = ["number", "record"]


def record(derivation: Step) -> dict[str, Any]:
    """The keys of `python -m calc show --format json`, and of the records that the site publishes.

    Returns
    -------
    ``value`` is in ``unit``, the result's own unit, in full precision, and ``exact`` the same as a fraction; ``low``,
    ``median`` and ``high`` are the 5, 50 and 95 % points of its draws, or null where no input has a range. An
    input that was derived has the formula's id as its locator and no source; one that somebody gave has neither.
    ``bound``, ``stated``, ``stated_by``, ``estimate``, ``theirs`` and ``models`` say what the value is, as
    `calc.analysis.standing` finds it. ``origin`` is ``book`` or ``yours``; ``choices`` has the entries of the
    catalogue that were laid over the scenario, and ``case`` all that was changed; ``warnings`` has a line for each
    value that somebody may not have meant; what ``hash`` covers is said in `calc.model.fingerprint`.

    Examples
    --------
    >>> from calc import gpu_power
    >>> found = record(gpu_power.derive("gpt-4"))
    >>> found["value"], found["unit"], found["inputs"][0]["exact"]
    (10.0, 'MW', '25000')
    """
    from calc.render.mathml import standalone  # its library is for those who want the whole record

    formula = derivation.formula
    symbols = _equation(formula)
    return {
        "id": formula.id,
        "title": formula.title,
        "scenario": derivation.scenario.name,
        **({"as_of": derivation.scenario.as_of.isoformat()} if derivation.scenario.as_of else {}),
        "value": derivation.value,
        "unit": formula.unit,
        **_percentiles(derivation),
        "exact": str(derivation.exact),
        "range": _range(derivation),
        **_standing(derivation),
        **_coverage(derivation),
        "origin": origin_of(derivation),
        "changed": [leaf.quantity.name for leaf in derivation.leaves if origin_of(leaf) == "yours"],
        **_choices(derivation),
        **({"case": case_data(case)} if (case := carried(derivation)) else {}),
        "warnings": list(warnings(derivation)),
        "about": formula.summary,
        "counted": formula.result.counted,
        "latex": symbols,
        "mathml": standalone(symbols),
        "srepr": expression(formula),
        "substituted": latex.substituted(derivation),
        "inputs": [_input(used) for used in derivation.used],
        "companions": companion_data(derivation),
        "chain": [_step(step) for step in derivation.chain],
        "leaves": [_leaf(leaf) for leaf in derivation.leaves],
        "assumptions": formula.assumptions,
        "holds": formula.holds,
        "sources": _sources(derivation),
        "version": book().version,
        "hash": derivation_hash(derivation),
    }


def _standing(derivation: Step) -> dict[str, Any]:
    """What the value is: a bound, a statement, and what stands beside it."""
    found = standing(derivation)
    return {
        "bound": found.bound or None,
        "stated": bool(found.stated),
        "stated_by": found.stated or None,
        "estimate": _beside(found.estimate),
        "theirs": _beside(found.theirs),
        "models": list(found.models),
    }


_NONE = ("value", "low", "median", "high", "exact", "range")  # what a result has not that lies beyond


def _coverage(derivation: Step) -> dict[str, Any]:
    """How far a serving lies from those that were measured; beyond, no value but a bound."""
    found = coverage(derivation)
    if found is None:
        return {"coverage": None}
    said = {"level": found.level, "reasons": list(found.reasons), "low": found.low, "high": found.high}
    said["taken"] = list(taken_for_granted(derivation))
    if found.limit is None:
        return {"coverage": said}
    bound = {"side": found.side, "value": float(found.limit), "unit": derivation.unit}
    return dict.fromkeys(_NONE) | {"bound": bound, "coverage": said}


def _beside(step: Step | None) -> dict[str, Any] | None:
    """The same result in another scenario, as it stands beside a figure."""
    if step is None:
        return None
    found = {"scenario": step.scenario.name, "value": step.value, "unit": step.unit, **_percentiles(step)}
    return found | {"bound": standing(step).bound or None}


def _choices(derivation: Step) -> dict[str, dict[str, str]]:
    """The entries of the catalogue that somebody chose; a figure of the book has none, and no such key."""
    chosen = {choice.kind: choice.id for choice in derivation.chosen}
    return {"choices": chosen} if chosen else {}


def number(value: Fraction, quantity: Quantity) -> float | int:
    """A value as JSON has it: whole where only whole numbers make sense."""
    return int(value) if quantity.domain.whole else float(value)


def _equation(formula: Equation) -> str:
    return f"{formula.result.latex} = {latex.symbols(formula)}"


def _range(derivation: Step) -> dict[str, float | int] | None:
    """The least and the greatest value, or nothing where that is not certain."""
    bounds = ends(derivation)
    if bounds is None:
        return None
    low, high = (number(bound, derivation.formula.result) for bound in bounds)
    return {"low": low, "high": high}


def _input(used: Used) -> dict[str, Any]:
    """One input of the formula: what it is, its value, and where that is from."""
    origin = used.origin
    bounds = _range(origin) if isinstance(origin, Step) else _bounds(origin)
    return {
        "name": used.quantity.name,
        "value": number(used.value, used.quantity),
        "unit": used.quantity.unit,
        "exact": str(used.value),
        "range": bounds,
        "kind": used.kind,
        "source": used.source,
        "locator": used.locator,
        "checked": _checked(origin),
        "note": "" if isinstance(origin, Step) else origin.note,
        "origin": origin_of(origin),
        **_dated(origin),
    }


def _dated(origin: Origin) -> dict[str, str]:
    """Of which period a value of a series is; any other has no such keys."""
    is_dated = isinstance(origin, Input) and origin.series
    return {"date": origin.date, "series": origin.series} if is_dated and isinstance(origin, Input) else {}


def _leaf(leaf: Input | Given) -> dict[str, Any]:
    """One input of the whole chain that is not derived."""
    return _input(used_as(leaf))


def _bounds(origin: Input | Given) -> dict[str, float | int]:
    return {"low": number(origin.low, origin.quantity), "high": number(origin.high, origin.quantity)}


def _checked(origin: Origin) -> str | None:
    return origin.checked.isoformat() if isinstance(origin, Input) and origin.checked else None


def _step(step: Step) -> dict[str, Any]:
    """One formula of the chain, with what it yields there."""
    formula = step.formula
    return {
        "id": formula.id,
        "title": formula.title,
        "result": formula.result.name,
        "value": step.value,
        "unit": formula.unit,
        "exact": str(step.exact),
        "latex": _equation(formula),
        "srepr": expression(formula),
        "inputs": [q.name for q in formula.inputs],
        "assumptions": formula.assumptions,
        "sources": [{"source": key, "locator": locator} for key, locator in formula.sources],
        "hash": formula_hash(formula),
    }


def _sources(derivation: Step) -> list[str]:
    """Every source of the formula, of its inputs, and then of the chain that they come from."""
    found = [key for key, _ in derivation.formula.sources]
    found += [used.source for used in derivation.used if used.source]
    for step in derivation.chain:
        found += [key for key, _ in step.formula.sources]
    found += [leaf.source for leaf in derivation.leaves if isinstance(leaf, Input) and leaf.source]
    return list(dict.fromkeys(found))


def _percentiles(derivation: Step) -> dict[str, float | None]:
    names = ("low", "median", "high")
    try:
        points = percentiles(derivation)
    except DomainError:  # a draw that is impossible leaves no percentiles
        points = None
    return dict(zip(names, points, strict=True)) if points else dict.fromkeys(names)
