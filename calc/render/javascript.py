"""Formulas as JavaScript functions, printed from the expressions that Python computes with, and their notation."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.analysis.browser_draws import browser_draws
from calc.analysis.results import digits
from calc.analysis.standing import BOUND, models_words, standing
from calc.analysis.warnings import READ, WHOSE
from calc.base.decimals import DIGITS
from calc.base.errors import SolveError
from calc.base.numbers import own_unit_only
from calc.base.quantities import Quantity, all_quantities, quantity
from calc.base.units import alternatives, convert, parse_unit, scaled
from calc.model.input import Input
from calc.model.registry import all_formulas, formula_by_id, formula_for
from calc.model.scenario_file import scenario, scenario_names
from calc.model.step import Step
from calc.render.drawn_inputs import drawn_inputs
from calc.render.page_style import page_style
from calc.render.trap_data import trap_data
from calc.symbolic.codegen import JAVASCRIPT, source
from calc.symbolic.equation import Equation
from calc.symbolic.inverse import inverse

if TYPE_CHECKING:
    import sympy as sp


__all__ = ["card", "function", "library", "prepare", "safe_json"]


def function(formula: Equation) -> str:
    """The formula as a JavaScript function of its inputs, in their own units, to its result's own unit.

    Raises
    ------
    PrintError : the expression holds a node that JavaScript has no word for.

    Examples
    --------
    >>> from calc import server_count
    >>> function(server_count)
    'function server_count(gpus, gpus_per_server) { return Math.ceil((gpus)/(gpus_per_server)*0.9999999999999991); }'
    """
    return f"function {formula.name}({_names(formula.inputs)}) {{ return {source(formula.numeric, JAVASCRIPT)}; }}"


def inverses(formula: Equation) -> str:
    """The formula's inverses as a JavaScript object: functions of the result and of all inputs, by the unknown's name.

    An input in which the formula has no inverse in closed form is left out.
    """
    entries = []
    for unknown in formula.inputs:
        try:
            found = inverse(formula, unknown)
        except SolveError:
            continue
        parts = [f"x: {_lambda(formula, found.expression)}"]
        if found.rounded is not None:
            parts += [
                f"n: {_lambda(formula, found.rounded)}",
                f"rounds: {json.dumps(found.rounding)}, rises: {json.dumps(found.rises)}",
            ]
        entries.append(f"{unknown.name}: {{{', '.join(parts)}}}")
    return f"{{{', '.join(entries)}}}"


def prepare(formulas: Iterable[Equation], scenarios: Iterable[str]) -> None:
    """Work out what `library` says of some formulas and scenarios; this process and its forks have it at hand then."""
    for formula in formulas:
        _entry(formula, True)  # as `library` asks for it: what is kept goes by how it is asked for
    for name in scenarios:
        browser_draws(scenario(name))


def library(
    cards: Iterable[Mapping[str, Any]], formulas: Iterable[Equation] = (), typed: Collection[str] | None = None,
    drawn: Iterable[Mapping[str, Any]] = (),
) -> str:  # fmt: skip
    """A classic script that puts into ``window.book`` what the calculators of some cards compute with.

    That is every formula of their chains, the quantities of these, and what their inputs are drawn from.

    Parameters
    ----------
    cards : what each of them starts from, as `card` writes it.
    formulas : further formulas that a page computes with.
    typed : the only quantities that are typed or chosen a unit of; all others come without, and formulas without their
        inverses, and nothing is said of known mistakes. None where all are.
    drawn : what charts need of it, as `calc.charts.values.Values.needs` has it: the formulas of its ``cards``, with
        inverses of those that are ``sought``, quantities of ``inputs``, and ``units`` by quantity.

    Examples
    --------
    >>> values = {"gpus": [25000, "GPU"], "gpus_per_server": [8, "GPU/server"]}
    >>> text = library([{"formula": "server-count", "scenario": "gpt-4", "values": values}])
    >>> text.splitlines()[1], "server_count(gpus" in text, "training_energy(" in text
    ('window.book = {', True, False)
    """
    wanted = {formula.id for formula in formulas}
    leaves: dict[str, set[str]] = {}
    stated: dict[str, set[str]] = {}
    for one in cards:
        wanted |= _chain(formula_by_id(one["formula"]), one["values"])
        leaves.setdefault(one["scenario"], set()).update(one["values"])
        for name, (_, unit) in one["values"].items():
            stated.setdefault(name, set()).add(unit)
    solved, typed_here, more = set(wanted), _inputs_and_results(wanted), list[str]()
    for chart in drawn:
        solved |= set(chart["sought"])
        more += chart["inputs"]
        wanted |= _needed_by(chart, leaves, stated)
    used = [formula for formula in all_formulas() if formula.id in wanted]
    quantities = dict.fromkeys(q for formula in used for q in (*formula.inputs, formula.result))
    quantities |= dict.fromkeys(map(quantity, more))
    known_of = {name: found for name, found in leaves.items() if name in scenario_names()}
    fields = typed_here if typed is None else set(typed)
    return "\n".join([
        "// Generated from calc's expressions and notation while the book is built.",
        "window.book = {",
        f"spreads: {safe_json(drawn_inputs(known_of, _inputs_of(used) if typed is None else fields))},",
        f"names: {_names_of_the_book() if typed is None else _domains_of(quantities)},",
        f"style: {safe_json(page_style())},",
        *([f"traps: {safe_json(trap_data([q for q in quantities if q.name in fields]))},"] if typed is None else []),
        "quantities: {",
        *(f"{q.name}: {safe_json(_about(q, stated, fields))}," for q in quantities),
        "},",
        "formulas: {",
        *(_entry(formula, typed is None and formula.id in solved) for formula in used),
        "}};",
    ]) + "\n"  # fmt: skip


def _needed_by(chart: Mapping[str, Any], leaves: dict[str, set[str]], stated: dict[str, set[str]]) -> set[str]:
    """The formulas that a chart is drawn from; what it takes as given, and in which units, is added to the rest."""
    for one in chart["cards"]:
        leaves.setdefault(one["scenario"], set()).update(one["values"])
        for name, (_, unit) in one["values"].items():
            stated.setdefault(name, set()).add(unit)
    for name, units in chart["units"].items():
        stated.setdefault(name, set()).update(units)
    return {name for one in chart["cards"] for name in _chain(formula_by_id(one["formula"]), one["values"])}


def _inputs_of(formulas: Iterable[Equation]) -> set[str]:
    """What a reader can give in some formulas."""
    return {q.name for formula in formulas for q in formula.inputs}


@functools.cache
def _names_of_the_book() -> str:
    """All quantities, by domain: a case on its way may name those of other pages."""
    return _domains_of(all_quantities())


def _domains_of(quantities: Iterable[Quantity]) -> str:
    found: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for q in quantities:
        found.setdefault(q.domain.words, (_domain(q), []))[1].append(q.name)
    return safe_json([[domain, " ".join(names)] for domain, names in found.values()])


def _domain(q: Quantity) -> dict[str, Any]:
    domain = q.domain
    return {
        "low": domain.low,
        "high": domain.high if math.isfinite(domain.high) else None,
        "open": domain.low_open,
        "whole": domain.whole,
        "words": domain.words,
    }


def _chain(formula: Equation, leaves: Mapping[str, Any]) -> set[str]:
    """A formula and those that yield its inputs, down to the leaves."""
    makers = (formula_for(q) for q in formula.inputs if q.name not in leaves)
    return {formula.id}.union(*(_chain(maker, leaves) for maker in makers if maker))


@functools.cache
def _entry(formula: Equation, solved: bool = True) -> str:
    title = {"title": formula.title} if solved else {}
    about = {**title, "result": formula.result.name, "inputs": [q.name for q in formula.inputs]}
    return (
        f"{safe_json(formula.id)}: Object.assign({safe_json(about)}, "
        f"{{f: {function(formula)}{f', inverses: {inverses(formula)}' if solved else ''}}}),"
    )


def card(shown: Step) -> str:
    """What the calculator of one card starts from: the formula and the values at the ends of its chain, as JSON."""
    values = {}
    for leaf in shown.leaves:
        unit = leaf.unit.text if isinstance(leaf, Input) else leaf.quantity.unit
        values[leaf.quantity.name] = [_number(leaf.value), unit]
    fewer = {step.formula.result.name: digits(step) for step in shown.chain if digits(step) != DIGITS}
    data = {"formula": shown.formula.id, "values": values, "scenario": shown.scenario.name}
    return safe_json(data | {key: said for key, said in ({"digits": fewer} | _said(shown)).items() if said})


def _said(shown: Step) -> dict[str, Any]:
    """What is said of a what-if too: a bound, and the inputs that make it one; two models; of sources the inputs."""
    leaves = [leaf for leaf in shown.leaves if isinstance(leaf, Input)]
    sourced: dict[str, list[str]] = {}
    for leaf in leaves:
        if leaf.source:
            sourced.setdefault(leaf.source, []).append(leaf.quantity.name)
    bounded = [leaf.quantity.name for leaf in leaves if leaf.bound]
    return {
        "bound": [BOUND[standing(shown).bound], bounded] if standing(shown).bound else None,
        "models": models_words(shown),
        "power": next((one.kind for one in leaves if one.quantity.name == "server_power" and one.kind in READ), ""),
        "whose": WHOSE.format(scenario=shown.scenario.name),
        "sources": {key: " ".join(names) for key, names in sourced.items()},
    }


def safe_json(value: Any) -> str:
    """JSON that can stand inside a script element: in ASCII alone, whatever the page says of how it is written."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def _names(quantities: Iterable[Quantity]) -> str:
    return ", ".join(q.name for q in quantities)


def _lambda(formula: Equation, expr: sp.Expr) -> str:
    return f"({_names((formula.result, *formula.inputs))}) => {source(expr, JAVASCRIPT)}"


@functools.cache
def _quantity(q: Quantity, *stated: str) -> dict[str, Any]:
    domain = q.domain
    # Those in which a card has it too: a gallon is no unit that a reader is offered unasked.
    texts = list(dict.fromkeys([*alternatives(q.unit, domain), q.unit, *stated]))
    return {
        "meaning": q.meaning.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),  # as the page has it
        "unit": q.unit,
        "domain": _domain(q),
        # How many own units one of each is, as a fraction of whole numbers too long for some readers of JSON.
        "units": {text: _ratio(convert(Fraction(1), parse_unit(text), q.parsed_unit, q.name)) for text in texts},
        "scaled": [] if own_unit_only(q) else list(scaled(q.unit)),
        "bare": own_unit_only(q),
    }


def _inputs_and_results(formulas: Iterable[str]) -> set[str]:
    """What the cards of some formulas show: fields for all of it."""
    return {q.name for name in formulas for f in [formula_by_id(name)] for q in (*f.inputs, f.result)}


def _about(q: Quantity, stated: Mapping[str, set[str]], typed: Collection[str]) -> dict[str, Any]:
    units = sorted(stated.get(q.name, ()))
    return _quantity(q, *units) if q.name in typed else _untyped(q, *units)


@functools.cache
def _untyped(q: Quantity, *stated: str) -> dict[str, Any]:
    """A quantity that nobody types: its own unit, those to which it scales, and those in which a page has it."""
    about = _quantity(q, *stated)
    kept = {q.unit, about["bare"], *about["scaled"], *stated}
    return about | {"units": {text: ratio for text, ratio in about["units"].items() if text in kept}}


def _ratio(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 and abs(value) <= 2**53 else float(value)
