"""How old a dated value is, in words."""

from __future__ import annotations

from calc.base.dates import is_old, last_day, spoken_period
from calc.model.input import Input
from calc.model.series import today

__all__ = ["aged_words"]


def aged_words(origin: object) -> str:
    r"""Of which period a value of a series is, and whether that is more than a year before the build; else nothing.

    Examples
    --------
    >>> from calc import scenario
    >>> aged_words(scenario("openai")["owner_power"]).partition(",")[0], aged_words(scenario("gpt-4")["gpus"])
    ('of 2025', '')
    """
    if not isinstance(origin, Input) or not origin.date:
        return ""
    old = ", older than a year" if is_old(last_day(origin.date), today()) else ""
    return f"of {spoken_period(origin.date)}{old}"
