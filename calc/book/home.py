"""Where each formula is at home: the scenario in which the book shows it, and cites it."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from calc.base.errors import ChainError
from calc.model.chain import derive
from calc.model.registry import all_formulas
from calc.model.scenario import DEFAULT
from calc.model.scenario_file import scenario, scenario_names
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["book_derivations", "book_figure", "book_scenario", "home"]


@functools.cache
def home(formula: Equation) -> Step:
    """A formula in the scenario that homes.toml names, else in the book's own, else in the first that has its inputs.

    Raises
    ------
    ChainError : none has.

    Examples
    --------
    >>> from calc import server_load, training_energy
    >>> home(training_energy), home(server_load).scenario.name
    (<derivation training-energy in gpt-4: 43.9 GWh>, 'hgx-h100')
    """
    if stated := _stated().get(formula.id):
        return derive(formula, scenario(stated), {})
    for name in (DEFAULT, *scenario_names()):
        try:
            return derive(formula, scenario(name), {})
        except ChainError:
            continue
    raise ChainError(f"no scenario has the inputs of {formula.id}")


@functools.cache
def _stated() -> dict[str, str]:
    """The homes that do not follow from the inputs."""
    text = resources.files("calc").joinpath("data/homes.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))


def book_scenario(step: Step) -> str:
    """The name of the book's scenario that a step was calculated in, or that its own builds on; or nothing."""
    return step.scenario.name if step.scenario.origin == "book" else step.scenario.extends


def book_figure(step: Step) -> Step | None:
    """The book's own figure in the place of somebody's calculation; None where it has none.

    Examples
    --------
    >>> from calc import training_energy
    >>> book_figure(training_energy.derive(servers=5000))
    <derivation training-energy in gpt-4: 43.9 GWh>
    """
    name = book_scenario(step)
    try:
        return derive(step.formula, scenario(name), {}) if name else None
    except ChainError:
        return None


def book_derivations() -> tuple[Step, ...]:
    """Every formula of the book where it is at home, in the book's order."""
    return tuple(home(formula) for formula in all_formulas())
