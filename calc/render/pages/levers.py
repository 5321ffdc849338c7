"""What each lever on an answer is worth, as MyST."""

from __future__ import annotations

from calc.base.decimals import bare
from calc.book.serving_levers import LEVERS, worth
from calc.render.myst_markup import table

__all__ = ["levers"]


def levers() -> str:
    """The levers, those that are worth most first: without, with, and how many times."""
    rows = []
    for one in sorted(LEVERS, key=lambda lever: -worth(lever)[2]):
        before, after, times = worth(one)
        rows.append([one.name, before, after, f"**{bare(float(times), 2)}**", one.why])
    head = ["lever", "without", "with", "times", "why"]
    return table(head, rows, "serving-levers", [30, 15, 15, 8, 32])
