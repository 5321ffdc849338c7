"""What a browser draws inputs from, so that it makes the same draws as Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calc.analysis.sampling import DRAWS, Draws, draws
from calc.analysis.sobol_points import steps
from calc.base.memo import kept
from calc.model.distributions import Distribution
from calc.model.scenario import Scenario

__all__ = ["browser_draws", "browser_points", "distribution_data"]

_DIGITS = 6  # of a number of 30 bits to the base 36
_FIGURES = "0123456789abcdefghijklmnopqrstuvwxyz"


def browser_draws(given: Scenario) -> dict[str, Any]:
    """What the browser draws a scenario's inputs from: each one's distribution, and its dimension of the Sobol' points.

    An input that goes together with others has the dimension of each, with the weight that it has in a Gaussian copula.

    Examples
    --------
    >>> from calc import scenario
    >>> browser_draws(scenario("gpt-4-estimate"))["server_power"]["d"]
    ['triangular', 3.8, 4.5, 5.3]
    """
    return kept(given, "browser draws", lambda: _worked_out(given))


def _worked_out(given: Scenario) -> dict[str, Any]:
    table = draws(given)
    return {
        name: _place(table, name) | {"d": distribution_data(given.inputs[name].distribution)}
        for name in table
    }  # fmt: skip


def _place(table: Draws, name: str) -> dict[str, Any]:
    if name in table.together:
        return {"z": [[weight, table.dimensions[one]] for one, weight in table.mixed(name)]}
    return {"p": table.dimensions[name]}


def distribution_data(drawn: Distribution) -> list[Any]:
    """A distribution as the browser has it: its kind, and its numbers in the order in which they are stated."""
    if drawn.kind == "values":
        return [drawn.kind, *sorted(drawn.values)]
    numbers = map(float, [drawn.low, drawn.value, drawn.high, *([drawn.spread] if drawn.spread else [])])
    return [drawn.kind, *(int(one) if one.is_integer() and abs(one) <= 2**53 else one for one in numbers)]


def browser_points(dimensions: Iterable[int]) -> dict[int, str]:
    """The steps of the Sobol' points of some dimensions, six figures to the base 36 each, one after the other."""
    return {at: "".join(map(_figures, steps(at, DRAWS))) for at in sorted(set(dimensions))}


def _figures(number: int) -> str:
    text = ""
    for _ in range(_DIGITS):
        number, last = divmod(number, 36)
        text = _FIGURES[last] + text
    return text
