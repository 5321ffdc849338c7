"""What is asked of a year's hours: sums over an axis of 12 months and 24 hours.

A formula takes arrays, so that a load and an intensity of 12 × 24 make carbon of 12 × 24, and its sum over the axis is
the year's. Nothing here goes through the hours one by one but a battery, whose charge depends on the hour before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc.base.errors import CalcError
from calc.model.hours import AXIS, DAYS, Shape, shape

__all__ = ["Hourly", "battery_share", "cleanest", "even", "hourly", "match", "mean", "over_hours", "unmatched_mean"]

_Grid = NDArray[np.float64]
HOURS: _Grid = np.repeat(np.array(DAYS, dtype=np.float64)[:, None], 24, axis=1)


@dataclass(frozen=True)
class Hourly:
    """A result by month and hour, and over the year.

    Attributes
    ----------
    axis : the names of its axes, ``("month", "hour")``.
    values : 12 × 24 numbers in `unit`; each is that of all days of the month in that hour.
    unit : the unit of the formula's result.
    """

    axis: tuple[str, ...]
    values: _Grid
    unit: str

    @property
    def total(self) -> float:
        """Sum over the axis: the year's."""
        return float(self.values.sum())


def hourly(one: Shape) -> _Grid:
    """The shape's values as an array of 12 × 24."""
    return np.array(one.values, dtype=np.float64)


def even() -> _Grid:
    """Shares of a year's energy in each cell, of a load that never changes.

    Examples
    --------
    >>> round(float(even().sum()), 12)
    1.0
    """
    shares: _Grid = HOURS / HOURS.sum()
    return shares


def mean(one: Shape, load: _Grid | None = None) -> float:
    """Mean over the year, by hours or by a load.

    Parameters
    ----------
    load : 12 × 24 shares of the year's energy; without it, an even one.

    Examples
    --------
    >>> round(mean(shape("us-tex-erco")), 1)
    347.2
    """
    return float((hourly(one) * (even() if load is None else load)).sum())


def cleanest(one: Shape, hours: int, dirtiest: bool = False) -> _Grid:
    """Shares of a year's energy, of a load that runs in the cleanest hours of each month's day alone, or the dirtiest.

    Parameters
    ----------
    hours : how many of a day's 24.

    Raises
    ------
    CalcError : it is not from 1 to 24.
    """
    if not 1 <= hours <= 24:
        raise CalcError(f"a day has 1 to 24 hours to choose, not {hours}")
    values = -hourly(one) if dirtiest else hourly(one)
    chosen = np.argsort(np.argsort(values, axis=1, kind="stable"), axis=1) < hours
    load = np.where(chosen, HOURS, 0.0)
    shares: _Grid = load / load.sum()
    return shares


def match(supply: _Grid, load: _Grid) -> tuple[float, float]:
    """Share of a load that a supply covers: over the year, and hour by hour without its surplus.

    Parameters
    ----------
    supply, load : 12 × 24 energies in one unit.

    Examples
    --------
    >>> by_year, by_hour = match(even(), even())
    >>> by_year, by_hour
    (1.0, 1.0)
    """
    whole = float(load.sum())
    return min(1.0, float(supply.sum()) / whole), float(np.minimum(supply, load).sum()) / whole


def solar_supply(place: str, kind: str = "solar") -> _Grid:
    """A source's energy in each cell, as shares of its year: its share of what the place generated in that hour.

    The total of each hour is not in the data, so that the shares stand for the output.
    """
    output = hourly(shape(place, kind)) * HOURS
    shares: _Grid = output / output.sum()
    return shares


def unmatched_mean(place: str) -> float:
    """Mean intensity, in gCO2e/kWh, of what an even load lacks that has as much solar power as it uses in the year."""
    left = np.maximum(even() - solar_supply(place), 0)
    return mean(shape(place), left / left.sum())


def battery_share(supply: _Grid, load: _Grid, store: float, efficiency: float = 0.9) -> float:
    """Share of a load that a supply covers with a battery, the mean day of each month going round.

    Parameters
    ----------
    supply, load : 12 × 24 energies, as shares of the load's year.
    store : the battery, in hours of the load's mean power.
    efficiency : of a whole turn of the battery.

    Notes
    -----
    A mean day has no clouds, so that the share is the most that it can be.

    Examples
    --------
    >>> round(battery_share(solar_supply("us-cal-ciso"), even(), 0), 3) == round(
    ...     match(solar_supply("us-cal-ciso"), even())[1], 3)
    True
    """
    days = np.array(DAYS, dtype=np.float64)
    room = store * float(load.sum()) / (365 * 24)  # for one day
    charge, served = np.zeros(12), np.zeros(12)
    for _ in range(3):  # the first turns fill the battery
        served = np.zeros(12)
        for hour in range(24):
            made, used = supply[:, hour] / days, load[:, hour] / days
            direct = np.minimum(made, used)
            charge = np.minimum(charge + (made - direct) * efficiency, room)
            drawn = np.minimum(charge, used - direct)
            charge = charge - drawn
            served = served + direct + drawn
    return float((served * days).sum() / load.sum())


def over_hours(formula: Any, given: dict[str, Any], energy: str, intensity: str, load: _Grid, one: Shape) -> Hourly:
    """A formula on arrays of 12 × 24: the energy spread by a load, the intensity by the hour.

    Parameters
    ----------
    formula : takes an energy and an intensity, as `calc.training_carbon` does.
    given : its inputs by name, in their own units.
    energy, intensity : which of them are spread, and which are by the hour.
    load : 12 × 24 shares of the year's energy.
    one : the intensity by the hour.

    Examples
    --------
    >>> from calc import training_carbon
    >>> found = over_hours(training_carbon, {"training_facility_energy": 1, "grid_delivery": 1},
    ...     "training_facility_energy", "carbon_intensity", even(), shape("us-tex-erco"))
    >>> found.axis, found.values.shape, round(found.total, 1)
    (('month', 'hour'), (12, 24), 347.2)
    """
    works = load > 0  # an hour without work has no energy, and so no carbon
    values = np.zeros(load.shape)
    values[works] = formula(**{**given, energy: given[energy] * load[works], intensity: hourly(one)[works]})
    return Hourly(AXIS, values, formula.unit)
