"""Units with the prefixes that people use with them: kWh beside MWh, GB beside GiB."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["PREFIXES", "scaled"]

PREFIXES = {
    "W": ["m", "", "k", "M", "G", "T"],
    "Wh": ["m", "", "k", "M", "G", "T"],
    "J": ["", "k", "M", "G", "T"],
    "FLOP": ["", "M", "G", "T", "P", "E", "Z", "Y"],
    "B": ["", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti"],
    "g": ["", "k", "M"],
    "H": ["", "k", "M", "G", "T", "P", "E", "Z"],
    "L": ["m", "", "k", "M"],
}


def scaled(text: str) -> Iterator[str]:
    """The same unit with every usual prefix: ``MWh/day`` gives Wh/day, kWh/day, GWh/day, TWh/day too.

    Examples
    --------
    >>> list(scaled("MW"))
    ['mW', 'W', 'kW', 'MW', 'GW', 'TW']
    """
    head = re.match(r"\w+", text)
    stem = head.group() if head else ""
    for unit, prefixes in PREFIXES.items():
        if any(stem == prefix + unit for prefix in prefixes):
            yield from (prefix + unit + text[len(stem) :] for prefix in prefixes)
            return
    yield text
