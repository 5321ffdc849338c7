"""Cases and derivations: a formula evaluated in a case, the case that a derivation is, and what a case changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from calc.base.errors import CalcError, name_given
from calc.base.quantities import Quantity, quantity
from calc.book.home import home
from calc.model.another_run import for_hours
from calc.model.as_of import AS_OF
from calc.model.case import Case
from calc.model.case_file import case_base, case_toml
from calc.model.catalogue import KINDS
from calc.model.chain import derive, playing, plays
from calc.model.choose import choose, kind_named
from calc.model.input import Input
from calc.model.registry import formula_by_id, formula_for
from calc.model.scenario import DEFAULT, Scenario
from calc.model.scenario_file import read_scenario, scenario, scenario_names
from calc.model.series import series_names
from calc.model.spelt import spelt_out
from calc.model.step import Given, Step
from calc.symbolic.equation import Equation

__all__ = ["Change", "Laid", "carried", "case_of", "case_scenario", "changes", "in_case", "laid", "named"]


@dataclass(frozen=True)
class Laid:
    """A case as far as it plays a part in a formula.

    Attributes
    ----------
    base : the scenario that it starts from, without its entries of the catalogue.
    values : the entries by kind and the values by quantity, as `calc.api.Formula.derive` takes them.
    idle : what of the case plays no part, by name.
    """

    base: Scenario
    values: Mapping[str, Any]
    idle: tuple[str, ...]


def named(case: Case, formula: Equation | None = None) -> Case:
    """A case with its scenario named: that of the page on which it was made, of a formula's page, or the book's own.

    Examples
    --------
    >>> from calc import load_case, training_energy
    >>> named(load_case("servers=5000"), training_energy).scenario, named(load_case("servers=5000")).scenario
    ('gpt-4-estimate', 'gpt-4')
    """
    of = formula_by_id(case.page) if case.page else formula
    return case.starting_from(home(of).scenario.name if of else DEFAULT)


def laid(case: Case, formula: Equation, more: Mapping[str, Any] | None = None, free: Iterable[str] = ()) -> Laid:
    """What of a case plays a part in a formula, and from which scenario.

    Parameters
    ----------
    more : what is given on top of it, by quantity or kind, which goes before; all of it must play a part.
    free : names of further quantities that are swept or asked for, of which the case's values count for nothing.

    Examples
    --------
    >>> from calc import load_case, training_energy
    >>> found = laid(load_case("scenario=gpt-4&servers=5000&pue=1.1"), training_energy)
    >>> found.base.name, list(found.values), found.idle
    ('gpt-4', ['servers'], ('pue',))
    """
    case, more = named(case, formula), spelt_out(formula, more or {})
    base = case_base(replace(case, choices=()))
    chosen = {kind: name for kind, name in case.choices if kind not in more}
    names = [*more, *(name_given(one, "a quantity") for one in free)]
    given = {quantity(name).name for name in names if name not in {*KINDS.values(), AS_OF}}
    values: dict[str, Any] = {one.quantity.name: one for one in case.values if one.quantity.name not in given}
    used = _used(formula, choose(base, chosen | kind_named(more)), [*map(quantity, (*values, *given))])
    if used is None:  # deriving it says what is missing
        return Laid(base, chosen | values | more, ())
    played, choices = used
    kept = {name: one for name, one in values.items() if for_hours(formula, one.quantity) in played}
    entries = {kind: name for kind, name in chosen.items() if kind in choices}
    idle = tuple(name for name in (*chosen, *values) if name not in {*entries, *kept})
    return Laid(base, entries | kept | more, idle)


def in_case(
    formula: Equation, given: Scenario | Case | str | None, more: Mapping[str, Any], free: Iterable[str] = ()
) -> tuple[Scenario | str | None, Mapping[str, Any]]:
    """A scenario and values as they are, or those of a case with what is given on top of it, as `laid` has it."""
    if not isinstance(given, Case):
        return given, more
    found = laid(given, formula, more, free)
    return found.base, found.values


def _used(
    formula: Equation, base: Scenario, free: Iterable[Quantity]
) -> tuple[frozenset[Quantity], frozenset[str]] | None:
    """The quantities that play a part, and the kinds of the entries that do; None where something is missing."""
    try:
        played = playing(formula, base, [for_hours(formula, q) for q in free])
    except CalcError:
        return None
    names = {q.name for q in played}
    return played, frozenset(one.kind for one in base.choices if plays(one, base, names))


def case_of(step: Step) -> Case | None:
    """The case that somebody's own calculation is; None of a figure of the book, and where a case cannot say it.

    It cannot of a scenario of somebody's own that says more than a case, nor of the values of an earlier day.

    Examples
    --------
    >>> from calc import training_energy
    >>> case_of(training_energy.derive(servers=5000, server_power="9 to 11 kW/server")).address
    'scenario=gpt-4&servers=5000&server_power=9~11'
    >>> case_of(training_energy.derive())
    """
    base = step.scenario
    name = base.name.partition(" + ")[0]
    if not step.is_own or base.origin != "book" or base.as_of or name not in {*scenario_names(), *series_names()}:
        return None
    found = Case(name, tuple((choice.kind, choice.id) for choice in base.choices), step.changed)
    return found if found.has_address else None


def carried(step: Step) -> Case | None:
    """`case_of` a step, and of one in a scenario of somebody's own that with what was given on top of it."""
    if step.is_own and step.scenario.origin != "book":
        return Case(own=step.scenario, values=step.changed)
    return case_of(step)


def case_scenario(case: Case) -> Scenario:
    """A case as a scenario of somebody's own, in which any formula may be evaluated.

    Examples
    --------
    >>> from calc import cluster_power, load_case
    >>> cluster_power.derive(case_scenario(load_case("scenario=gpt-4&servers=5000"))).value
    32.5
    """
    case = named(case)
    return case_base(case) if case.own else read_scenario(case_toml(case), "your case", "your case", ())


@dataclass(frozen=True)
class Change:
    """One quantity that a case changes.

    Attributes
    ----------
    given : the value, with its range.
    book : what the scenario that it starts from has there, in the own unit; None where it has nothing.
    """

    given: Given | Input
    book: Fraction | None


def changes(case: Case) -> tuple[Change, ...]:
    """What a case changes, each beside the value of the scenario that it starts from, worked out where it is derived.

    Examples
    --------
    >>> from calc import load_case
    >>> [(one.given.quantity.name, float(one.book)) for one in changes(load_case("servers=5000&pue=1.1"))]
    [('servers', 3125.0), ('pue', 1.2)]
    """
    case = named(case)
    base = scenario(case.own.book_name or DEFAULT) if case.own else case_base(replace(case, choices=()))
    own: list[Given | Input] = [one for one in case.own.inputs.values() if one.origin == "yours"] if case.own else []
    return tuple(Change(one, _in_base(one.quantity, base)) for one in (*own, *case.values))


def _in_base(q: Quantity, base: Scenario) -> Fraction | None:
    fixed = base.get(q)
    if fixed is not None:
        return fixed.value
    try:
        maker = formula_for(q)
        return derive(maker, base, {}).exact if maker else None
    except CalcError:
        return None
