"""What stands beside a result on the same screen: of a run its days, its GPU-hours and its rent."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from calc.base.broken import find_broken
from calc.base.errors import CalcError, DataError
from calc.base.memo import kept
from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, read
from calc.model.another_run import reach
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["companions", "read_companions", "stated"]


def companions(step: Step) -> tuple[Step, ...]:
    """The results that companions.toml has for a step's formula, with the same values given, where they can be had.

    Examples
    --------
    >>> from calc import run_facility_energy
    >>> found = companions(run_facility_energy.derive("seventy-billion"))
    >>> [one.formula.id for one in found][:2], round(found[0].value)
    (['run-days', 'gpu-hours'], 140)
    """
    return kept(step, companions, lambda: _companions(step))


def _companions(step: Step) -> tuple[Step, ...]:
    found = []
    for name in stated().get(step.formula.id, ()):
        try:
            one = _beside(step, formula_by_id(name))
        except CalcError:  # an input is missing, or what a reader gave leaves it without a value
            continue
        if one is not None:
            found.append(one)
    return tuple(found)


def _beside(step: Step, formula: Equation) -> Step | None:
    """A formula with what a step was given; nothing where its result was given, or the scenario states it."""
    own = next((one for one in step.chain if one.formula == formula), None)
    stated_too = any(leaf.quantity == formula.result for leaf in step.leaves)
    if own is not None or stated_too or step.scenario.get(formula.result) is not None:
        return own
    needed = reach(formula)
    found = derive(formula, step.scenario, {x.quantity.name: x for x in step.changed if x.quantity in needed})
    _ = found.exact  # which may be outside its domain
    return found


@functools.cache
def stated() -> Mapping[str, tuple[str, ...]]:
    """The ids of the formulas that stand beside each; none where the file is broken, on which no result rests."""
    try:
        return read_companions(packaged_text("companions.toml"))
    except DataError:
        return {}


def read_companions(text: str) -> Mapping[str, tuple[str, ...]]:
    """The ids of the formulas that stand beside each, from a text in TOML.

    Raises
    ------
    DataError : an id is not a formula's; names the line.

    Examples
    --------
    >>> read_companions("run-energy = ['run-day']")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: companions.toml, line 1: 'run-day' is not a formula; did you mean 'run-days'?
    """
    file = read(text, "companions.toml", {ANY: Key("texts", needed=True)})
    for name, ids in file.items():
        for one in (name, *ids):
            if not find_broken("formula", name=one):
                with file.blamed(name):
                    formula_by_id(one)
    return {name: tuple(ids) for name, ids in file.items()}
