"""One line each for what a reader gave and may not have meant: it is taken, and said."""

from __future__ import annotations

from calc.model.step import Step

__all__ = ["warnings"]


def warnings(step: Step) -> tuple[str, ...]:
    """What is to be said of the values that somebody gave a step; nothing where all of them are as one would expect."""
    return ()
