"""How an object shows itself in a terminal and in a notebook; `calc.render` says what each class shows.

A class that derives from `Displayed` need not know the renderers, which stand above it.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

__all__ = ["Displayed", "as_bundle", "as_text"]


@singledispatch
def as_text(shown: object) -> str:
    """The object as plain text; `calc.render` registers a function for each class."""
    return object.__repr__(shown)


@singledispatch
def as_bundle(shown: object) -> dict[str, str]:
    """What a notebook shows of the object, by MIME type."""
    return {"text/plain": str(shown)}


class Displayed:
    """Something that the renderers show.

    Examples
    --------
    >>> from calc import training_energy
    >>> isinstance(training_energy.derive(), Displayed)
    True
    """

    def __str__(self) -> str:
        return as_text(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return as_bundle(self)
