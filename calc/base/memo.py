"""What is worked out for an object is kept on it, and goes when the object goes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

__all__ = ["kept"]

_T = TypeVar("_T")
_PLACE = "_kept"


def kept(holder: Any, key: Hashable, work_out: Callable[[], _T]) -> _T:
    """What `work_out` yields, worked out once for an object and key.

    Parameters
    ----------
    holder : any object with attributes of its own; a frozen dataclass will do.
    key : what tells one thing that is kept on the object from another.

    Raises
    ------
    Whatever `work_out` does; then nothing is kept.

    Examples
    --------
    >>> class Box: ...
    >>> box = Box()
    >>> kept(box, "answer", lambda: 42), kept(box, "answer", lambda: 43)
    (42, 42)
    """
    store = holder.__dict__.setdefault(_PLACE, {})
    if key not in store:
        store[key] = work_out()
    found: _T = store[key]
    return found
