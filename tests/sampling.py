"""How much of what is long a run looks at: `make test` a seeded sample of it, `make campaign` the whole.

Whatever takes long by its number (random rows, fuzzing, every page in every way) asks here how many. Both numbers
stand beside each other in the test. T2T_CAMPAIGN=1 asks for the whole, and T2T_SEED chooses another sample and other
random numbers; the head of a run names both, so that a failure can be repeated.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

CAMPAIGN = os.environ.get("T2T_CAMPAIGN", "0") not in ("", "0")
SEED = os.environ.get("T2T_SEED") or "1"
T = TypeVar("T")


def only_whole(what: str) -> pytest.MarkDecorator:
    """The mark of what only a campaign does."""
    return pytest.mark.skipif(not CAMPAIGN, reason=f"{what}: make campaign")


def cases(whole: int, few: int) -> int:
    """How many random cases to try: the whole number in a campaign, else the few."""
    return whole if CAMPAIGN else few


def numbers(name: str) -> random.Random:
    """Random numbers that are a test's own, by its name and the seed."""
    return random.Random(f"{SEED}: {name}")


def sample(items: Iterable[T], few: int, name: str) -> list[T]:
    """The items in their order: all in a campaign, else a few, chosen by the seed."""
    given = list(items)
    if CAMPAIGN or few >= len(given):
        return given
    chosen = set(numbers(name).sample(range(len(given)), few))
    return [item for place, item in enumerate(given) if place in chosen]


def some(few: int, what: str, *tests: str) -> Callable[[str], pytest.MarkDecorator]:
    """The mark of each of some long tests, by its name, of which a run has a few; a campaign has them all.

    Raises
    ------
    ValueError : a name that is none of theirs.
    """
    chosen = sample(tests, few, what)

    def mark(name: str) -> pytest.MarkDecorator:
        if name not in tests:
            raise ValueError(f"{name!r} is none of {what}: {', '.join(tests)}")
        return pytest.mark.skipif(name not in chosen, reason=f"not among this seed's {what}: make campaign")

    return mark


def repeat() -> str:
    """What to set for the same run again."""
    return f"T2T_SEED={SEED}" + (" T2T_CAMPAIGN=1" if CAMPAIGN else "")
