"""A company from above and from below: what it says that it draws, beside what its counted answers take, by date."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from calc.model.as_of import as_of
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario
from calc.model.step import Step

__all__ = ["DAYS", "TopDown", "top_down"]

DAYS = ("2024-12", "2025-07", "2025-08", "2025-12")  # of a count of prompts, and of the newest power


@dataclass(frozen=True)
class TopDown:
    """One day.

    Attributes
    ----------
    day : as of which it is.
    scenario : its inputs.
    power : of the counted prompts, at the site.
    factor : what is left unexplained.
    """

    day: str
    scenario: Scenario
    power: Step
    factor: Step


@functools.cache
def top_down() -> tuple[TopDown, ...]:
    """Every day.

    Examples
    --------
    >>> [round(one.factor.value) for one in top_down()]
    [29, 11, 10, 30]
    """
    return tuple(_at(day, as_of(scenario("openai"), day)) for day in DAYS)


def _at(day: str, base: Scenario) -> TopDown:
    serving = derive(formula_by_id("serving-power"), base, {})
    power = derive(formula_by_id("facility-power"), base, {"it_power": f"{float(serving.exact)} MW"})
    return TopDown(day, base, power, derive(formula_by_id("unexplained-factor"), base, {}))
