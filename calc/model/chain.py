"""Chains: an input that a scenario does not fix is derived, and its inputs in turn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from calc.base.broken import find_broken
from calc.base.errors import BrokenError, ChainError, UnknownNameError, nearest
from calc.base.memo import kept
from calc.base.quantities import Quantity, quantity
from calc.model.another_run import TYPICAL, another_run, for_hours, is_another_run, is_circular, lacking, lacks, reach
from calc.model.as_of import AS_OF, as_of
from calc.model.catalogue import PARTNERS, entry
from calc.model.choose import choose, kind_named
from calc.model.given_values import as_given
from calc.model.input import Input
from calc.model.registry import checked_formula_for, formula_for
from calc.model.scenario import DEFAULT, Choice, Scenario
from calc.model.scenario_file import scenario
from calc.model.spelt import spelt_out
from calc.model.step import Given, Origin, Step
from calc.symbolic.equation import Equation

__all__ = [
    "as_scenario", "chosen", "derive", "formula_or_error", "named_values", "needed_quantities", "no_cycle",
    "playing", "plays", "taken", "through",
]  # fmt: skip


def as_scenario(given: Scenario | str | None) -> Scenario:
    """A scenario, by itself or by name; the book's own when None."""
    return given if isinstance(given, Scenario) else scenario(DEFAULT if given is None else given)


def derive(formula: Equation, given: Scenario | str | None, overrides: Mapping[str, Any]) -> Step:
    """Evaluate a formula in a scenario; see `calc.api.Formula.derive`."""
    base, overrides = chosen(formula, given, overrides)
    if not overrides:
        complete(formula, base, ())
        # A page names a result many times, and its range and percentiles are costly.
        return kept(base, _Chain, lambda: _Chain(base, {})).derivation(formula)
    named = named_values(formula, base, overrides)
    found = _Chain(base, {q: as_given(q, value, named, base) for q, value in named.items()}).derivation(formula)
    return replace(found, order=tuple(q.name for q in named))


def chosen(
    formula: Equation, given: Scenario | str | None, values: Mapping[str, Any]
) -> tuple[Scenario, dict[str, Any]]:
    """A scenario with the entries of the catalogue laid over it that are among the values, and the other values.

    Parameters
    ----------
    formula : what is to be evaluated.
    given : the scenario.
    values : by name of quantity, or by kind of entry: ``{"server": "dgx-h100", "gpus": 5000}``; and ``as_of``, a day.

    Raises
    ------
    UnknownNameError : there is no such entry.
    ChainError : none of an entry's values plays a part in the formula.

    Examples
    --------
    >>> from calc import training_energy
    >>> base, rest = chosen(training_energy, "gpt-4", {"server": "dgx-h100", "gpus": 5000})
    >>> base.name, rest
    ('gpt-4 + dgx-h100', {'gpus': 5000})
    """
    wanted, values = kind_named(values), spelt_out(formula, values)
    rest = {name: value for name, value in values.items() if name not in wanted and name != AS_OF}
    base = another_run() if given is None and is_another_run(values) else as_scenario(given)
    base = as_of(base, values.get(AS_OF))
    if not wanted:
        return base, rest
    base = choose(base, wanted)
    free = {for_hours(formula, quantity(name)): value for name, value in rest.items()}
    complete(formula, base, free)
    used = {q.name for q, _ in _walk(formula, base, free)}
    for choice in base.choices:
        if choice.kind in wanted and not plays(choice, base, used):
            has = [f"{one.id} has {', '.join(entry(one.kind, one.id).inputs)}" for one in (choice, *choice.brings)]
            raise ChainError(f"{choice.kind} {choice.id} plays no part in {formula.id}: {'; '.join(has)}")
    return base, rest


def plays(choice: Choice, base: Scenario, used: Collection[str]) -> bool:
    """Whether an entry, or the machine that it makes with another, has one of the quantities that are used, by name."""
    machine = (choice, *(other for other in base.choices if _are_one(choice, other)))
    return any(set(used) & _values_of(part) for part in machine)


def _are_one(first: Choice, second: Choice) -> bool:
    """Whether one of them is an accelerator and the other its server, so that choosing both is choosing one machine."""
    return first.kind == PARTNERS.get(second.kind) and (
        entry(first.kind, first.id).partner == second.id or entry(second.kind, second.id).partner == first.id
    )


def _values_of(choice: Choice) -> set[str]:
    """The names of what an entry and what it brings have."""
    return {name for one in (choice, *choice.brings) for name in entry(one.kind, one.id).inputs}


class _Chain:
    """One evaluation: every quantity is resolved once, so a shared input is one object."""

    def __init__(self, base: Scenario, given: Mapping[Quantity, Given]) -> None:
        self.base = base
        self.given = given
        self.done: dict[Equation, Step] = {}

    def derivation(self, formula: Equation, path: tuple[Equation, ...] = ()) -> Step:
        if formula not in self.done:
            no_cycle(formula, path)
            formula.check()
            inputs = tuple(self.origin(q, (*path, formula)) for q in formula.inputs)
            self.done[formula] = formula.step(formula, self.base, inputs)
        return self.done[formula]

    def origin(self, wanted: Quantity, path: tuple[Equation, ...]) -> Origin:
        given = self.given.get(wanted) or self.base.get(wanted)
        if given is not None:
            return given
        return self.derivation(formula_or_error(wanted, self.base, path), path)


def no_cycle(formula: Equation, path: tuple[Equation, ...]) -> None:
    """Raise where a chain comes back to a formula."""
    if formula in path:
        ring = [f.id for f in (*path[path.index(formula) :], formula)]
        raise ChainError(f"the chain has a cycle: {' → '.join(ring)}; give one of their results")


def formula_or_error(wanted: Quantity, base: Scenario, path: tuple[Equation, ...]) -> Equation:
    """The formula that yields what a scenario does not fix, or what is missing and who needs it."""
    if why := dict(base.barred).get(wanted.name):
        raise ChainError(why)
    formula = checked_formula_for(wanted)
    if formula is None:
        wants = " → ".join(f.id for f in path)
        broken = find_broken("formula", result=wanted.name)
        if broken and _could_be_derived(wanted.name, base, set()):
            raise BrokenError(f"{broken} (needed by {wants})")
        raise ChainError(
            f"{wanted.name} is missing: scenario {base.name!r} does not fix it and no formula yields it "
            f"(needed by {wants})"
        )
    return formula


def _could_be_derived(name: str, base: Scenario, seen: set[str]) -> bool:
    """Whether a scenario has all that a quantity would be derived from, were every formula defined."""
    seen.add(name)
    broken = find_broken("formula", result=name)
    if broken:
        needed = broken.inputs
    else:
        try:
            formula = formula_for(quantity(name))
        except (BrokenError, UnknownNameError):  # it is misspelt in what is broken
            return True
        if formula is None:
            return False
        needed = tuple(q.name for q in formula.inputs)
    missing = [one for one in needed if one not in base.inputs and one not in seen]
    return all(_could_be_derived(one, base, seen) for one in missing)


def _walk(
    formula: Equation, base: Scenario, free: Mapping[Quantity, Any], path: tuple[Equation, ...] = (),
    done: set[Quantity] | None = None,
) -> Iterator[tuple[Quantity, Input | Equation | None]]:  # fmt: skip
    """Every quantity of a chain once, with what fixes it: an input, a formula, or None where it is free."""
    no_cycle(formula, path)
    done = set() if done is None else done
    for q in formula.inputs:
        if q in done:  # with all that it takes: a long chain comes to some quantities a thousand times
            continue
        if q in free:
            yield q, None
        elif (fixed := base.get(q)) is not None:
            yield q, fixed
        else:
            inner = formula_or_error(q, base, (*path, formula))
            yield q, inner
            yield from _walk(inner, base, free, (*path, formula), done)
        done.add(q)


def needed_quantities(formula: Equation, base: Scenario) -> tuple[Quantity, ...]:
    """The quantities that play a part in a formula's value, nearest first.

    Examples
    --------
    >>> from calc import scenario
    >>> from calc import training_energy
    >>> [q.name for q in needed_quantities(training_energy, scenario("gpt-4"))]
    ['server_power', 'servers', 'gpus', 'gpus_per_server', 'training_time']
    """
    return tuple(dict.fromkeys(q for q, _ in _walk(formula, base, {})))


def taken(formula: Equation, base: Scenario, free: Collection[Quantity] = ()) -> tuple[Input, ...]:
    """The inputs of a scenario that play a part in a formula's value where others are given, nearest first.

    Examples
    --------
    >>> from calc import training_energy
    >>> [one.quantity.name for one in taken(training_energy, scenario("gpt-4"), [quantity("servers")])]
    ['server_power', 'training_time']
    """
    found = {q: one for q, one in _walk(formula, base, dict.fromkeys(free)) if isinstance(one, Input)}
    return tuple(found.values())


def playing(formula: Equation, base: Scenario, free: Collection[Quantity]) -> frozenset[Quantity]:
    """Every quantity that plays a part in a formula's value where some are given.

    Examples
    --------
    >>> from calc import scenario, training_energy
    >>> quantity("gpus") in playing(training_energy, scenario("gpt-4"), [quantity("servers")])
    False
    """
    return frozenset(q for q, _ in _walk(formula, base, dict.fromkeys(free)))


def through(formula: Equation, base: Scenario, free: Collection[Quantity], part: Quantity) -> tuple[str, ...]:
    """The names of a formula's inputs that are derived from a quantity further up the chain."""
    return tuple(
        q.name
        for q in formula.inputs
        if q not in free and base.get(q) is None
        and (inner := formula_for(q)) and part in {one for one, _ in _walk(inner, base, dict.fromkeys(free))}
    )  # fmt: skip


def named_values(formula: Equation, base: Scenario, values: Mapping[str, Any]) -> dict[Quantity, Any]:
    """Values by quantity, each of which must play a part in the chain."""
    named: dict[Quantity, Any] = {}
    for name, value in values.items():
        q = for_hours(formula, quantity(name))
        if q in named:
            raise ChainError(f"{q.name} was given twice")
        named[q] = value
    complete(formula, base, named)
    used = {q for q, _ in _walk(formula, base, named)}
    for q in named:
        if q not in used:
            for other in named:
                rest = {one: value for one, value in named.items() if one != other}
                if not lacking(formula, base, rest) and q in {one for one, _ in _walk(formula, base, rest)}:
                    raise ChainError(f"{q.name} has no effect on {formula.id}, because {other.name} is given")
            names = sorted({p.name for p in used} | {p.name for p in _reachable(formula, base)})
            accepted = f"{', '.join(names)}{nearest(q.name, names)}"
            raise ChainError(f"{q.name} plays no part in {formula.id}; accepted: {accepted}")
    return named


def complete(formula: Equation, base: Scenario, given: Collection[Quantity]) -> None:
    """Ask for what a run other than GPT-4's lacks.

    Raises
    ------
    ChainError : with all that is missing, and how it may be given.
    """
    if base.name.partition(" + ")[0] != TYPICAL:
        return
    if stray := next((q for q in given if q not in reach(formula)), None):
        raise ChainError(f"{stray.name} plays no part in {formula.id}")
    missing = lacking(formula, base, given)
    circular = is_circular(formula, base, given)
    if circular is not None:
        missing = tuple(dict.fromkeys((*missing, circular)))
    if missing and not any(find_broken("formula", result=q.name) for q in missing):
        raise lacks(formula, base, missing)


def _reachable(formula: Equation, base: Scenario) -> tuple[Quantity, ...]:
    try:
        return needed_quantities(formula, base)
    except ChainError:
        return ()
