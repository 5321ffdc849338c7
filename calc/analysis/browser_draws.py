"""What a browser draws inputs from, so that it makes the same draws as Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calc.analysis.sampling import draws, steps
from calc.base.memo import kept
from calc.model.scenario import Scenario

__all__ = ["browser_draws", "reader_points"]

_KNOTS = 48  # intervals between the quantiles that the browser has; it draws straight lines between them


def browser_draws(given: Scenario) -> dict[str, Any]:
    """What the browser draws a scenario's inputs from: the steps of the Sobol' points, and quantiles.

    The quantiles stand at shares of (1 − cos(πk/n))/2, closer together towards both ends, where they change most. An
    input that goes together with others has the steps of each, with the weight that it has in a Gaussian copula.

    Examples
    --------
    >>> from calc import scenario
    >>> len(browser_draws(scenario("gpt-4"))["gpus"]["q"])
    49
    """
    return kept(given, "browser draws", lambda: _worked_out(given))


def reader_points(given: Scenario, names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The steps of the Sobol' points for ranges that a reader gives of inputs which a scenario does not draw.

    Those that it draws are left out: a reader's range of one has the points that `browser_draws` has for it.

    Examples
    --------
    >>> from calc import scenario
    >>> {name: len(found) for name, found in reader_points(scenario("gpt-4"), ["gpus", "residents"]).items()}
    {'residents': 15}
    """
    table = draws(given)
    return {name: steps(table.spare[name]) for name in names if name in table.spare}


def _worked_out(given: Scenario) -> dict[str, Any]:
    import numpy as np

    table = draws(given)
    at = (1 - np.cos(np.pi * np.arange(_KNOTS + 1) / _KNOTS)) / 2
    found: dict[str, Any] = {}
    for name in table:
        drawn = given.inputs[name].distribution
        points: dict[str, Any] = {"s": steps(table.dimensions[name])}
        if name in table.together:
            points = {"z": [[weight, steps(table.dimensions[one])] for one, weight in table.mixed(name)]}
        if drawn.kind == "values":
            found[name] = points | {"v": sorted(drawn.values)}
        else:
            # The ends of a distribution that has none stand where one draw in a hundred thousand is further out.
            ends = drawn.ppf(np.clip(at, 1e-5, 1 - 1e-5)) if drawn.kind in ("normal", "lognormal") else drawn.ppf(at)
            found[name] = points | {"q": [_short(value) for value in ends]}
    return found


def _short(value: float) -> float | int:
    """Five digits, as a whole number where it is one: they stand in every page."""
    rounded = float(f"{value:.5g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) <= 2**53 else rounded
