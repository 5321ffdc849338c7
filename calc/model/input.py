"""An input: a quantity's value in a scenario, with where it came from and how far it may lie from the truth."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from fractions import Fraction

from calc.base.quantities import Quantity
from calc.base.units import Unit
from calc.model.distributions import Distribution, fitting

__all__ = ["BOUNDS", "KINDS", "Input"]

KINDS = ("specification", "measured", "reported", "estimate", "assumption", "definition", "fitted")
BOUNDS = ("upper", "lower")


@dataclass(frozen=True)
class Input:
    """A quantity's value in a scenario.

    Attributes
    ----------
    quantity : what it is a value of.
    value, low, high : exact, in the quantity's own unit; low and high equal the value where no range is known.
    unit : the unit in which the file states it, in which it is shown.
    kind : one of `KINDS`.
    source, locator : key in references.bib and the place in that source; an assumption may have none.
    checked : the day on which the source was last looked at.
    note : what a reader must know; for an assumption without a source, why.
    origin : ``book`` where a scenario of the book states it, ``yours`` where anybody else does.
    range_from : whose range it is, one of `calc.model.distributions.RANGE_FROM`; empty where none is stated.
    stated : the distribution that the file names, or None.
    outside : why the value lies outside its range, where it does.
    data_set : the data set that it was taken from, where its source does not say so: see `calc.model.data_sets`.
    entry : the entry of the catalogue that states it, or nothing.
    bound : ``upper`` or ``lower`` where the value is the most or the least it can be, as a rating is of a power.
    of : whose it is, where results might mix it with another's: ``GPT-4's run``.
    series, date : the series of dated values that it is from, and the period that it is of; else nothing.
    """

    quantity: Quantity
    value: Fraction
    low: Fraction
    high: Fraction
    unit: Unit
    kind: str
    source: str | None
    locator: str | None
    checked: datetime.date | None
    note: str
    origin: str = "book"
    range_from: str = ""
    stated: Distribution | None = None
    outside: str = ""
    data_set: str = ""
    entry: str = ""
    bound: str = ""
    of: str = ""
    series: str = ""
    date: str = ""

    @functools.cached_property
    def distribution(self) -> Distribution:
        """How likely its values are: as the file states it, or as `calc.model.distributions.fitting` picks it."""
        if self.stated is not None:
            return self.stated
        return fitting(float(self.value), float(self.low), float(self.high), self.quantity.domain)
