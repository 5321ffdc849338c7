"""When something was done and how long it took, in words: what a build says of itself, none of it a result."""

from __future__ import annotations

from datetime import UTC, datetime


def took(seconds: float) -> str:
    """A duration, to the hundredth of a second.

    Examples
    --------
    >>> took(12.3456)
    '12.35 s'
    """
    return f"{seconds:.2f} s"


def utc(moment: float) -> str:
    """A moment, in seconds since 1970, as date and time of day.

    Examples
    --------
    >>> utc(1_700_000_000)
    '2023-11-14 22:13:20'
    """
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S")
