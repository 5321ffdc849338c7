"""Where each formula is at home: the scenario in which the book shows it, and cites it."""

from __future__ import annotations

import functools

from calc.base.broken import find_broken
from calc.base.errors import ChainError, nearest
from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, read
from calc.model.another_run import is_circular
from calc.model.chain import derive
from calc.model.registry import all_formulas, formula_by_id
from calc.model.scenario import DEFAULT, Scenario
from calc.model.scenario_file import scenario, scenario_names
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["book_derivations", "book_figure", "default_scenario", "home", "read_homes"]


@functools.cache
def home(formula: Equation) -> Step:
    """A formula in the scenario that homes.toml names, else in the book's own, else in the first that has its inputs.

    Raises
    ------
    ChainError : none has.

    Examples
    --------
    >>> from calc import server_load
    >>> from calc import training_energy
    >>> home(training_energy), home(server_load).scenario.name
    (<derivation training-energy in gpt-4-estimate: 30.4 GWh>, 'hgx-h100')
    """
    if stated := _stated().get(formula.id):
        return derive(formula, scenario(stated), {})
    for name in (DEFAULT, *scenario_names()):
        try:
            return derive(formula, scenario(name), {})
        except ChainError:
            continue
    raise ChainError(f"no scenario has the inputs of {formula.id}")


def default_scenario(formula: Equation) -> Scenario:
    """The scenario of commands and of Python where none is named.

    It is the book's own where that has the inputs and the book's estimates would lead, and else where the formula is at
    home: commands stay with what the article states, and say the estimate beside it.

    Raises
    ------
    ChainError : none has the inputs.

    Examples
    --------
    >>> from calc import server_load, training_energy
    >>> default_scenario(training_energy).name, default_scenario(server_load).name
    ('gpt-4', 'hgx-h100')
    """
    found, own = home(formula).scenario, scenario(DEFAULT)
    if found.name not in own.estimates or is_circular(formula, own, ()):
        return found
    try:
        return derive(formula, own, {}).scenario
    except ChainError:
        return found


@functools.cache
def _stated() -> dict[str, str]:
    """The homes that do not follow from the inputs."""
    return read_homes(packaged_text("homes.toml"))


def read_homes(text: str) -> dict[str, str]:
    """The scenario that each formula's id is given in a text in TOML.

    Raises
    ------
    DataError : an id is not a formula's, or its scenario none of the book's; names the line.

    Examples
    --------
    >>> read_homes("server-load = 'hgx-h10'")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: homes.toml, line 1: server-load: 'hgx-h10' is not a scenario of the book; did you mean
    'hgx-h100'?
    """
    file = read(text, "homes.toml", {ANY: Key(needed=True)})
    known = scenario_names()
    for name, where in file.items():
        if find_broken("formula", name=name):
            continue
        with file.blamed(name):
            formula = formula_by_id(name)
        if formula.id != name:
            raise file.wrong(f"{name!r} is not an id; write {formula.id!r}", name)
        if where not in known:
            raise file.wrong(f"{name}: {where!r} is not a scenario of the book{nearest(where, known)}", name)
    return dict(file)


def book_figure(step: Step) -> Step | None:
    """The book's own figure in the place of somebody's calculation; None where it has none.

    It has none of several scenarios taken together.

    Examples
    --------
    >>> from calc import training_energy
    >>> book_figure(training_energy.derive(servers=5000))
    <derivation training-energy in gpt-4: 43.9 GWh>
    """
    name = step.scenario.book_name
    try:
        return derive(step.formula, scenario(name), {}) if name else None
    except ChainError:
        return None


def book_derivations() -> tuple[Step, ...]:
    """Every formula of the book where it is at home, in the book's order."""
    return tuple(home(formula) for formula in all_formulas())
