"""Campuses and announced sites: what each would hold, and what it would use in a year."""

from __future__ import annotations

from dataclasses import dataclass

from calc.model.chain import derive
from calc.model.input import Input
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names
from calc.model.step import Step

__all__ = ["GENERATIONS", "Generation", "Site", "generations", "sites"]

GENERATIONS = ("campus-a100", "campus-h100", "campus-b200", "campus-gb200")  # oldest first


@dataclass(frozen=True)
class Generation:
    """A campus of one gigawatt with servers of one generation: their rating, their number, and their GPUs."""

    scenario: Scenario
    server_power: Input
    servers: Step
    gpus: Step


@dataclass(frozen=True)
class Site:
    """An announced site: its power, the GPUs that would fit, and the energy of a year."""

    scenario: Scenario
    power: Input
    gpus: Step
    energy: Step


def generations() -> tuple[Generation, ...]:
    """The campuses, oldest servers first.

    Examples
    --------
    >>> [one.gpus.value for one in generations()][:2]
    [1025640, 653592]
    """
    return tuple(
        Generation(one, one["server_power"], _derived("campus-servers", one), _derived("campus-gpus", one))
        for one in map(scenario, GENERATIONS)
    )


def sites() -> tuple[Site, ...]:
    """The announced sites, the smallest first.

    Examples
    --------
    >>> sites()[0].energy.unit
    'TWh'
    """
    found = [scenario(name) for name in scenario_names() if name.startswith("site-")]
    return tuple(
        Site(one, one["campus_power"], _derived("campus-gpus", one), _derived("campus-energy", one))
        for one in sorted(found, key=lambda site: site["campus_power"].value)
    )


def _derived(name: str, one: Scenario) -> Step:
    return derive(formula_by_id(name), one, {})
