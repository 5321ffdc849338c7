"""Forecasts in court: what was foretold of data centres, brought to one unit, and held against what came.

A forecast for a year that is over is held against that year. One for a year to come says, by steady growth from its
base, what the last counted year should have had: that is its error so far. Forecast and count must be of the same
scope; each forecast names the series that it is held against, or none.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction

from calc.base.dates import build_day, last_day, named_day
from calc.base.errors import nearest
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, read
from calc.model.registry import formula_by_id
from calc.model.series import series, series_names
from calc.model.source_keys import check_source

__all__ = ["COVER", "FILE", "Foreseen", "Verdict", "foreseen", "foreseen_by_id", "read_foreseen", "verdict", "verdicts"]

FILE = "forecasts.toml"
COVER = Fraction(8, 10)  # of a range whose publisher does not say how often it should hold
_KEYS = {
    "id": Key(needed=True),
    "publisher": Key(needed=True),
    "published": Key(
        "text or date", needed=True, words="a year, a month or a day, such as 2025, 2025-07 or 2025-07-15"
    ),
    "region": Key(needed=True),
    "scope": Key(needed=True),
    "year": Key("whole number", needed=True),
    "unit": Key(needed=True),
    **dict.fromkeys(("value", "low", "high", "base"), Key("number")),
    "base_year": Key("whole number"),
    "as_growth": Key("true"),
    **dict.fromkeys(("case", "method", "note", "revises", "held_against"), Key()),
    "source": Key(needed=True),
    "locator": Key(needed=True),
    "checked": Key("date", needed=True),
    "seen": Key(choices=("no", "quoted")),
}
_TOP = {"forecast": Key("tables", needed=True, of=_KEYS, unique=True)}
ENERGY = "TWh/year"


@dataclass(frozen=True)
class Foreseen:
    """One forecast as its publisher printed it.

    Attributes
    ----------
    id, publisher, case, published, region, scope : what it is; the case where it is one of several.
    year : for which year.
    low, value, high : in `unit`; None where it gives none. A growth has been put upon its base.
    unit : ``TWh/year``, or whatever it is in.
    base_year, base : where it starts from, in the same unit.
    method : how open the publisher is about how it was made.
    revises : the id of that which it takes the place of, or nothing.
    held_against : the series of what came, or nothing.
    source, locator, seen, note : where it stands, whether that was seen, and what to know of it.
    """

    id: str
    publisher: str
    case: str
    published: str
    region: str
    scope: str
    year: int
    low: Fraction | None
    value: Fraction | None
    high: Fraction | None
    unit: str
    base_year: int | None
    base: Fraction | None
    method: str
    revises: str
    held_against: str
    source: str
    locator: str
    seen: str
    note: str

    @property
    def is_ranged(self) -> bool:
        """Whether it gives two ends."""
        return self.low is not None and self.high is not None

    @property
    def middle(self) -> Fraction | None:
        """Its central value, or the middle of its ends."""
        if self.value is None and self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.value

    def at(self, end: Fraction | None, year: int) -> Fraction | None:
        """What one of its values has for a year on the way there, by steady growth from its base.

        Examples
        --------
        >>> round(float(foreseen_by_id("iea-2025-world").at(Fraction(945), 2025)))
        476
        """
        if end is None or year == self.year:
            return end
        if self.base is None or self.base_year is None or not self.base_year < year < self.year:
            return None
        growth = formula_by_id("yearly-growth")
        yearly = float(growth(last_level=float(end), first_level=float(self.base), span=self.year - self.base_year))
        return Fraction(float(self.base) * (1 + yearly) ** (year - self.base_year))


@dataclass(frozen=True)
class Verdict:
    """A forecast beside what came.

    Attributes
    ----------
    forecast : the forecast.
    year : the year that both are of.
    is_due : whether that is the year which it was made for; else it is its error so far.
    low, middle, high : what it has for the year, in TWh; the ends may be None.
    came : what was counted.
    error : forecast over count, less one.
    score : the interval score of its range, in TWh, or None.
    """

    forecast: Foreseen
    year: int
    is_due: bool
    low: float | None
    middle: float
    high: float | None
    came: float
    error: float
    score: float | None

    @property
    def is_inside(self) -> bool | None:
        """Whether what came lies in its range; None where it has none."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.came <= self.high


@functools.cache
def foreseen() -> tuple[Foreseen, ...]:
    """Every forecast, the oldest first.

    Raises
    ------
    DataError : the file is wrong; says in what.

    Examples
    --------
    >>> foreseen()[0].publisher, len(foreseen()) >= 35
    ('US EPA', True)
    """
    return tuple(sorted(read_foreseen(packaged_text(FILE)), key=lambda one: (last_day(one.published), one.id)))


def foreseen_by_id(name: str) -> Foreseen:
    """A forecast by its id."""
    return next(one for one in foreseen() if one.id == name)


def read_foreseen(text: str) -> tuple[Foreseen, ...]:
    """Forecasts from TOML.

    Raises
    ------
    DataError : naming file, line and key.
    """
    tables = read(text, FILE, _TOP)["forecast"]
    ids = {table["id"] for table in tables}
    return tuple(_foreseen(table, ids) for table in tables)


def _foreseen(table: Table, ids: set[str]) -> Foreseen:
    published = str(table["published"])
    with table.blamed("published"):
        day = last_day(published)
    _checked(table, ids, published)
    if (until := build_day()) is not None and day.year > until.year:
        raise table.wrong(f"published {published} is after the day of the build, {named_day(until)}", "published")
    low, value, high = (table.get(part) for part in ("low", "value", "high"))
    base, unit = table.get("base"), table["unit"]
    if table.get("as_growth"):
        if base is None:
            raise table.wrong("a growth needs the base that it is put upon", "as_growth")
        low, value, high = (None if one is None else base * (1 + one / 100) for one in (low, value, high))
        unit = ENERGY
    return Foreseen(
        table["id"], table["publisher"], table.text("case"), published, table["region"], table["scope"],
        table["year"], low, value, high, unit, table.get("base_year"), base, table.text("method"),
        table.text("revises"), table.text("held_against"), table["source"], table["locator"], table.text("seen"),
        table.text("note"),
    )  # fmt: skip


def _checked(table: Table, ids: set[str], published: str) -> None:
    """Refuse what contradicts itself."""
    with table.blamed("source"):
        check_source(table["source"])
    low, value, high = (table.get(part) for part in ("low", "value", "high"))
    if low is None and value is None:
        raise table.wrong("it has neither a value nor a low end")
    ends = [one for one in (low, value, high) if one is not None]
    if ends != sorted(ends):
        raise table.wrong("low, value and high must rise", "low" if low is not None else "value")
    year, base_year = table["year"], table.get("base_year")
    if base_year is not None and base_year >= year:
        raise table.wrong(f"it is for {year}, and its base is of {base_year}; the base stands first", "base_year")
    if last_day(published).year > year:
        raise table.wrong(f"it is for {year}, and was published in {published}", "published")
    if (other := table.text("revises")) and other not in ids:
        raise table.wrong(f"revises: {other!r} is no forecast of the file{nearest(other, ids)}", "revises")
    if (court := table.text("held_against")) and court not in series_names():
        raise table.wrong(f"held_against: {court!r} is not a series{nearest(court, series_names())}", "held_against")


def verdicts() -> tuple[Verdict, ...]:
    """Those forecasts of energy of which a year has been counted, the due ones first, each as old as it is."""
    found = [one for one in map(verdict, foreseen()) if one is not None]
    return tuple(sorted(found, key=lambda one: not one.is_due))


def verdict(one: Foreseen) -> Verdict | None:
    """A forecast beside what came; None where nothing that is like it has been counted, or it names no energy.

    Examples
    --------
    >>> found = verdict(foreseen_by_id("iea-2025-world"))
    >>> found.year, found.is_due, round(found.error, 3), found.is_inside
    (2025, False, -0.019, True)
    """
    if not one.held_against or one.unit != ENERGY:
        return None
    counted = series(one.held_against)
    for value in reversed(counted.values):
        year, came = value.day.year, value.input.value
        middle = one.at(one.middle, year)
        if middle is None or value.day.year < last_day(one.published).year:
            continue
        low, high = one.at(one.low, year), one.at(one.high, year)
        return _verdict(one, year, low, middle, high, came)
    return None


def _verdict(
    one: Foreseen, year: int, low: Fraction | None, middle: Fraction, high: Fraction | None, came: Fraction
) -> Verdict:
    error = formula_by_id("forecast-error")(forecast_demand=float(middle), realised_demand=float(came))
    score = None
    if low is not None and high is not None:
        score = float(
            formula_by_id("interval-score")(
                forecast_low=float(low), forecast_high=float(high), realised_demand=float(came),
                forecast_cover=float(COVER),
            )
        )  # fmt: skip
    low_end, high_end = (None if end is None else float(end) for end in (low, high))
    return Verdict(one, year, year == one.year, low_end, float(middle), high_end, float(came), float(error), score)
