"""Sites by date: what was announced of each, what it has a permit for, and what has been seen of it."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass

from calc.base.dates import last_day
from calc.model.as_of import as_of, trend
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.model.series import Series, Value, all_series
from calc.model.step import Step

__all__ = ["DatedSite", "all_sites", "pace", "site", "together"]


@dataclass(frozen=True)
class DatedSite:
    """One site, by date.

    Attributes
    ----------
    id, title, owner : what it is called, and whose it is.
    announced, permitted, seen, seen_it, own, metered : its series, or None.
    """

    id: str
    title: str
    owner: str
    announced: Series | None = None
    permitted: Series | None = None
    seen: Series | None = None
    seen_it: Series | None = None
    own: Series | None = None
    metered: Series | None = None

    @property
    def is_counted_alike(self) -> bool:
        """Whether what was announced and what is seen count the same thing: the site."""
        both = (self.announced, self.seen)
        return all(one is not None and one.about.get("counted") == "site" for one in both)

    def built_share(self, day: str | datetime.date | None = None) -> Step | None:
        """What is seen of what was announced, as of a day; None where one of the two is not known."""
        said, seen = _then(self.announced, day), _then(self.seen, day)
        if said is None or seen is None or not self.is_counted_alike:
            return None
        inputs = {"announced_power": said.input, "seen_power": seen.input}
        return derive(formula_by_id("built-share"), Scenario(self.id, self.title, "", inputs), {})


def _then(one: Series | None, day: str | datetime.date | None) -> Value | None:
    """The value of a day, or None where the series begins later."""
    if one is None or (day is not None and one.values[0].day > last_day(day)):
        return None
    return one.as_of(day)


@functools.cache
def all_sites() -> tuple[DatedSite, ...]:
    """Every site, that with most power in use first, then that with most announced.

    Examples
    --------
    >>> len(all_sites()) >= 25, all_sites()[0].title
    (True, 'Colossus 2')
    """
    found: dict[str, dict[str, Series]] = {}
    for one in all_series().values():
        if "subject" in one.about:
            stage = one.id.removeprefix(_stem(one)).strip("-").replace("-", "_")
            found.setdefault(_stem(one), {})[stage] = one
    made = []
    for stem, parts in found.items():
        any_ = next(iter(parts.values()))
        made.append(DatedSite(stem, any_.about["subject"], any_.about.get("owner", ""), **parts))
    return tuple(sorted(made, key=lambda one: (-_newest(one.seen or one.seen_it), -_newest(one.announced), one.id)))


def site(name: str) -> DatedSite:
    """A site by its id."""
    return next(one for one in all_sites() if one.id == name)


def _stem(one: Series) -> str:
    """The site's part of a series' id: what stands before its stage."""
    stage = "seen-it" if one.id.endswith("-seen-it") else one.about["stage"]
    return one.id.removesuffix(f"-{stage}")


def _newest(one: Series | None) -> float:
    return float(one.values[-1].input.value) if one else 0.0


def together(day: str | datetime.date, stage: str) -> tuple[float, int]:
    """The power of all sites that have both lines, as of a day, in MW, and how many of them have a value by then.

    Parameters
    ----------
    stage : ``announced`` or ``seen``.

    Examples
    --------
    >>> (said, _), (seen, _) = together("2026-09", "announced"), together("2026-09", "seen")
    >>> said > seen > 0
    True
    """
    alike = [getattr(one, stage) for one in all_sites() if one.is_counted_alike]
    found = [value for one in alike if (value := _then(one, day)) is not None]
    return sum(float(value.input.value) for value in found), len(found)


def pace(one: Series, day: str | datetime.date | None = None) -> Step:
    """How fast a site was built between its first and its newest value: the power that was added in a day.

    Examples
    --------
    >>> pace(site("colossus-2").seen).unit
    'MW/day'
    """
    base = trend(one)
    return derive(formula_by_id("build-rate"), as_of(base, day), {})
