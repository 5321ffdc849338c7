"""Each place's mix of sources beside its published intensity: a second way to the same figure, and how far it misses.

The shares are Ember's, AIB's and Our World in Data's, in ``data/mixes.csv``, which tools/places.py writes. The medians
of the sources are the IPCC's of 2014 (working group III, annex III), and for oil the
British parliament's.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass

from calc.base.text_files import packaged_text
from calc.model.catalogue import entry

__all__ = ["MEDIANS", "Mix", "mixes"]

# In gCO2e/kWh; 300 for what is left, which is geothermal power in one place and waste in another.
MEDIANS = {
    "coal": 820, "gas": 490, "oil": 650, "nuclear": 12, "hydro": 24, "wind": 11, "solar": 48, "bio": 230, "other": 300,
}  # fmt: skip


@dataclass(frozen=True)
class Mix:
    """One place's.

    Attributes
    ----------
    place, name, year : whose, and of when the mix is.
    computed, stated : the life-cycle intensity by the mix, and as it is published, in gCO2e/kWh.
    """

    place: str
    name: str
    year: str
    computed: float
    stated: float

    @property
    def difference(self) -> float:
        """How far the mix's lies from the published one, as a share of that."""
        return self.computed / self.stated - 1


@functools.cache
def mixes() -> tuple[Mix, ...]:
    """All places whose mix is known, in the order of the catalogue's table.

    Examples
    --------
    >>> irl = next(one for one in mixes() if one.place == "irl")
    >>> round(irl.computed), round(irl.stated)
    (305, 280)
    """
    return tuple(map(_mix, csv.DictReader(packaged_text("mixes.csv").splitlines())))


def _mix(row: dict[str, str]) -> Mix:
    computed = sum(float(row[source] or 0) * median for source, median in MEDIANS.items())
    stated = entry("place", row["place"]).inputs["carbon_intensity"].value
    return Mix(row["place"], row["name"], row["year"], computed, float(stated))
