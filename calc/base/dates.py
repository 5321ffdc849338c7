"""Days and periods: how they are written, which day is meant, and the day from which the book is looked at.

A period is written as ISO 8601 has it: a year, a month or a day. What is said of a period counts from its last day, on
which it was over. The day from which the book looks back is never the clock's, so that a build can be made again.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import os
import re
import subprocess
from pathlib import Path

from calc.base.errors import CalcError
from calc.base.limits import SHOWN

__all__ = ["build_day", "build_moment", "decimal_year", "is_old", "last_day", "named_day", "spoken_period"]

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_EPOCH = "SOURCE_DATE_EPOCH"
_FIRST = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
_LAST = datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
_YEAR = 365.2425  # days, as the Gregorian calendar has them on average
_MONTHS = calendar.month_name


def last_day(period: str | datetime.date) -> datetime.date:
    """The last day of a period, such as ``2025``, ``2025-07`` or ``2025-07-15``.

    Raises
    ------
    CalcError : it is no such period.

    Examples
    --------
    >>> last_day("2024-02").isoformat(), last_day("2025").isoformat()
    ('2024-02-29', '2025-12-31')
    >>> last_day("July 2025")
    Traceback (most recent call last):
    ...
    calc.base.errors.CalcError: 'July 2025' is not a date; accepted: a year, a month or a day, such as 2025, 2025-07 or
    2025-07-15
    """
    if isinstance(period, datetime.date):
        return datetime.date(period.year, period.month, period.day)
    found = _FORM.fullmatch(str(period).strip())
    if found is None:
        form = "a year, a month or a day, such as 2025, 2025-07 or 2025-07-15"
        raise CalcError(f"{period!r} is not a date; accepted: {form}")
    year, month, day = (int(part) if part else None for part in found.groups())
    year, month = int(year or 0), 12 if month is None else month
    try:
        return datetime.date(year, month, calendar.monthrange(year, month)[1] if day is None else day)
    except ValueError:  # a thirteenth month, a 30 February; calendar's error is one too
        raise CalcError(f"there is no day {str(period).strip()!r}") from None


def decimal_year(day: datetime.date) -> float:
    """A day as a number of years, for spans of time and for axes.

    Examples
    --------
    >>> round(decimal_year(datetime.date(2025, 1, 1)), 2)
    2025.0
    >>> round(decimal_year(datetime.date(2025, 7, 1)) - decimal_year(datetime.date(2024, 7, 1)), 3)
    0.999
    """
    return 1 + day.toordinal() / _YEAR


def spoken_period(period: str) -> str:
    r"""A period as prose has it.

    Examples
    --------
    >>> spoken_period("2025-07"), spoken_period("2025"), spoken_period("2025-07-15").replace("\N{NO-BREAK SPACE}", " ")
    ('July 2025', '2025', '15 July 2025')
    """
    parts = period.split("-")
    if len(parts) == 1:
        return period
    month = f"{_MONTHS[int(parts[1])]} {parts[0]}"
    return month if len(parts) == 2 else f"{int(parts[2])}\N{NO-BREAK SPACE}{month}"


def is_old(day: datetime.date, now: datetime.date | None) -> bool:
    """Whether a value of a day is more than a year old on another; not where that is not known.

    Examples
    --------
    >>> is_old(datetime.date(2025, 7, 31), datetime.date(2026, 8, 1))
    True
    """
    return now is not None and (now - day).days > _YEAR


def build_moment() -> int | None:
    """The moment that SOURCE_DATE_EPOCH names, in seconds since 1970; None where it is not set.

    Raises
    ------
    CalcError : it is no whole number of seconds, or of a day that zip files (before 1980) or dates cannot have.

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict("os.environ", SOURCE_DATE_EPOCH="1700000000"):
    ...     build_moment()
    1700000000
    """
    moment = os.environ.get(_EPOCH, "")
    if not moment:
        return None
    first, last = int(_FIRST.timestamp()), int(_LAST.timestamp())
    if not re.fullmatch(r"[0-9]{1,12}", moment) or not first <= int(moment) <= last:
        accepted = f"from {first} ({_FIRST:%Y-%m-%d}) to {last} ({_LAST:%Y-%m-%d})"
        raise CalcError(f"{_EPOCH} is {moment[:SHOWN]!r}; accepted: whole seconds since 1970, {accepted}")
    return int(moment)


def named_day(day: datetime.date) -> str:
    """A day of the build for a message, with what set it where that is not the last commit.

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict("os.environ", SOURCE_DATE_EPOCH="315532800"):
    ...     named_day(datetime.date(1980, 1, 1))
    '1980-01-01 by SOURCE_DATE_EPOCH'
    """
    return day.isoformat() + (f" by {_EPOCH}" if os.environ.get(_EPOCH) else "")


@functools.cache
def build_day() -> datetime.date | None:
    """The day of the build: that of SOURCE_DATE_EPOCH, or else of the last commit; None where neither is known.

    Raises
    ------
    CalcError : SOURCE_DATE_EPOCH cannot be read, as `build_moment` says.
    """
    if (moment := build_moment()) is not None:
        return datetime.datetime.fromtimestamp(moment, datetime.UTC).date()
    root = Path(__file__).parents[2]
    # Not the commit of a repository that this folder merely lies in.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(root.parent), "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(root), "log", "-1", "--format=%cs"]
    try:
        found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
        return datetime.date.fromisoformat(found.strip())
    except (OSError, ValueError):  # no git, or no date from it
        return None
