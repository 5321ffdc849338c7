"""GPT-4's run among others: each a scenario, at the chips, at the servers and at the site."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.errors import ChainError
from calc.base.quantities import quantity
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names
from calc.model.step import Step

__all__ = ["BOUNDARIES", "PREFIX", "Peer", "peers"]

PREFIX = "run-"  # of the names of scenarios that are runs
BOUNDARIES: Mapping[str, str] = {
    "chip": "run-chip-energy", "server": "run-energy", "site": "run-facility-energy",
}  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """One run.

    Attributes
    ----------
    scenario : its inputs.
    flop : its model operations as a step, as an input, or None where its tokens are not published.
    hours : its GPU-hours: as an input where they are published, as a step where the book works them out.
    energy : its energy at each of `BOUNDARIES`.
    """

    scenario: Scenario
    flop: Step | Input | None
    hours: Step | Input
    energy: Mapping[str, Step]

    @property
    def published(self) -> bool:
        """Whether its GPU-hours are published."""
        return isinstance(self.hours, Input)

    @property
    def days(self) -> Fraction | None:
        """Days for which it would have all of its GPUs: its GPU-hours over their number; None where that is unknown."""
        gpus = self.scenario.get(quantity("gpus"))
        hours = self.hours.value if isinstance(self.hours, Input) else self.hours.exact
        return hours / gpus.value / 24 if gpus else None


@functools.cache
def peers() -> tuple[Peer, ...]:
    """Every run, the one with the most energy at its site first.

    Examples
    --------
    >>> len(peers()) >= 9, {"run-gpt-4", "run-bloom"} <= {one.scenario.name for one in peers()}
    (True, True)
    """
    found = [_peer(scenario(name)) for name in scenario_names() if name.startswith(PREFIX)]
    return tuple(sorted(found, key=lambda one: -one.energy["site"].exact))


def _peer(one: Scenario) -> Peer:
    energy = {boundary: derive(formula_by_id(name), one, {}) for boundary, name in BOUNDARIES.items()}
    return Peer(one, _given(one, "training-flop"), _given(one, "gpu-hours") or energy["site"], energy)


def _given(one: Scenario, name: str) -> Step | Input | None:
    """What a scenario states of a formula's result, else what the formula makes of its inputs, else nothing."""
    formula = formula_by_id(name)
    stated = one.get(formula.result)
    if stated is not None:
        return stated
    try:
        return derive(formula, one, {})
    except ChainError:
        return None
