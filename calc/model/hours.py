"""Shapes of a year: what a grid is in each hour of the mean day of each month, in ``data/hours/shapes.csv``.

A shape has two axes, 12 months and 24 hours, in the standard time of its place. Values are of 2022, of what the place's
own balancing area generated (EIA-930, public domain); intensities are over the life cycle, with the IPCC's medians.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass

from calc.base.errors import UnknownNameError, nearest
from calc.base.text_files import packaged_text
from calc.model.catalogue import entry

__all__ = ["AXIS", "DAYS", "KINDS", "UNITS", "Shape", "places", "shape", "weight"]

FILE = "hours/shapes.csv"
AXIS = ("month", "hour")
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
KINDS = ("intensity", "solar", "wind", "hydro", "nuclear", "coal", "gas", "oil", "other")
UNITS = {"intensity": "gCO2e/kWh"}


@dataclass(frozen=True)
class Shape:
    """What one thing is in each hour of the mean day of each month.

    Attributes
    ----------
    place : an id of the catalogue.
    kind : one of `KINDS`: the intensity of what is generated, or the share of a source in it.
    unit : ``gCO2e/kWh``, or ``1``.
    values : 12 rows of 24 numbers.
    """

    place: str
    kind: str
    unit: str
    values: tuple[tuple[float, ...], ...]


def weight(month: int) -> float:
    """Share of a year's hours that one hour of a month's mean day stands for; months count from 0.

    Examples
    --------
    >>> round(sum(24 * weight(month) for month in range(12)), 12)
    1.0
    """
    return DAYS[month] / (365 * 24)


@functools.cache
def _table() -> dict[tuple[str, str], tuple[tuple[float, ...], ...]]:
    rows: dict[tuple[str, str], dict[int, tuple[float, ...]]] = {}
    for row in csv.DictReader(packaged_text(FILE).splitlines()):
        hours = tuple(float(row[f"h{hour:02}"]) for hour in range(24))
        rows.setdefault((row["place"], row["kind"]), {})[int(row["month"])] = hours
    return {key: tuple(found[month] for month in range(1, 13)) for key, found in rows.items()}


@functools.cache
def places() -> tuple[str, ...]:
    """The ids of the places whose hours are known."""
    return tuple(dict.fromkeys(place for place, _ in _table()))


def shape(place: str, kind: str = "intensity") -> Shape:
    """A shape by its place, and what it is of.

    Parameters
    ----------
    place : an id of the catalogue's places, or an alias.
    kind : one of `KINDS`.

    Raises
    ------
    UnknownNameError : the hours of that place, or that source in it, are not in the data; names those that are.

    Examples
    --------
    >>> found = shape("us-caiso")
    >>> found.place, found.unit, len(found.values), len(found.values[0])
    ('us-cal-ciso', 'gCO2e/kWh', 12, 24)
    """
    one = entry("place", place).id
    if one not in places():
        known = ", ".join(places())
        raise UnknownNameError(
            f"the hours of {place!r} are not in the data; known are {known}{nearest(place, places())}"
        )
    if (one, kind) not in _table():
        known = ", ".join(each for known_place, each in _table() if known_place == one)
        raise UnknownNameError(f"{kind!r} by the hour is not in the data of {one!r}; accepted: {known}")
    return Shape(one, kind, UNITS.get(kind, "1"), _table()[one, kind])
