"""Quick tests of hundreds of things, some dozens at a time: each by itself would take pytest longer than it takes.

Nothing is left out where one of them fails: all that failed are named, each with what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

__all__ = ["each"]

SIZE = 40


def each(names: str | tuple[str, ...], things: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `pytest.mark.parametrize`, some dozens to a test; for tests that take nothing else and skip nothing.

    Parameters
    ----------
    names : of the arguments of the test.
    things : what it is given, of which those that are `pytest.param` are named by their ids.
    """
    keys = (names,) if isinstance(names, str) else names
    named = [_named(thing, len(keys)) for thing in things]
    dozens = [named[first : first + SIZE] for first in range(0, len(named), SIZE)]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        def all_of_them(some: list[tuple[str, tuple[Any, ...]]]) -> None:
            failed = []
            for name, values in some:
                try:
                    test(**dict(zip(keys, values, strict=True)))
                except Exception as error:  # whatever it is, it is what a test of its own would have failed with
                    notes = getattr(error, "__notes__", ())
                    failed.append("\n".join([f"{name}: {type(error).__name__}: {error}", *notes]))
            assert not failed, "\n\n".join(failed)

        for attribute in ("__name__", "__qualname__", "__doc__", "__module__"):
            setattr(all_of_them, attribute, getattr(test, attribute))
        ids = [f"{some[0][0]} and {len(some) - 1} more" for some in dozens]
        return pytest.mark.parametrize("some", dozens, ids=ids)(all_of_them)

    return decorate


def _named(thing: Any, count: int) -> tuple[str, tuple[Any, ...]]:
    if hasattr(thing, "values") and hasattr(thing, "marks"):
        assert not thing.marks
        return thing.id or repr(thing.values), thing.values
    values = (thing,) if count == 1 else tuple(thing)
    return repr(values[0] if count == 1 else values), values
