"""What of the book cannot be defined: each says so in a line, with file and line, and only what needs it fails.

So it is for the book's own formulas and quantities, in ``calc/formulas`` and ``calc/notation``; the units of a formula
are checked when it is first needed, and of all when the book is built or tested. Whoever defines one elsewhere gets the
error at once.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calc.base.errors import BrokenError, CalcError

__all__ = ["Broken", "all_broken", "find_broken", "note_broken", "note_formula", "place_of", "tolerates"]

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Broken:
    """A formula or a quantity that cannot be defined.

    Attributes
    ----------
    kind, name : ``formula`` and its id, or ``quantity`` and its name.
    place : file and line, such as ``calc/formulas/power.py:14``.
    why : what is wrong; where that is something else which cannot be defined, what is said of that.
    result : the quantity that a formula would have yielded.
    inputs : the quantities that it would have taken.
    follows : whether it cannot be defined only because something else cannot.
    """

    kind: str
    name: str
    place: str
    why: str
    result: str = ""
    inputs: tuple[str, ...] = ()
    follows: bool = False

    def __str__(self) -> str:
        return self.why if self.follows else f"{self.place}: {self.kind} {self.name!r}: {self.why}"

    def error(self) -> BrokenError:
        """What is raised where it is needed."""
        return BrokenError(str(self))


_BROKEN: list[Broken] = []


def tolerates(module: str | None) -> bool:
    """Whether what is defined in a module is the book's own, and all else goes on without it.

    Examples
    --------
    >>> tolerates("calc.formulas.power"), tolerates("mine")
    (True, False)
    """
    return (module or "").startswith(("calc.formulas.", "calc.notation."))


def note_broken(new: Broken) -> None:
    """Enter what cannot be defined."""
    _BROKEN.append(new)


def note_formula(function: Callable[..., Any], result: str, error: Exception) -> Broken:
    """Enter a formula that cannot be defined, by its function, what it would have yielded, and what is wrong."""
    name, code = function.__name__.replace("_", "-"), function.__code__
    why = " ".join(str(error).split()) if isinstance(error, CalcError) else f"{type(error).__name__}: {error}"
    why = re.sub(rf"^formula {re.escape(repr(name))}:? ", "", why)
    inputs = tuple(inspect.signature(function).parameters)
    place = place_of(code.co_filename, code.co_firstlineno)
    broken = Broken("formula", name, place, why, result, inputs, isinstance(error, BrokenError))
    note_broken(broken)
    return broken


def place_of(file: str, line: int) -> str:
    """File and line as they are shown, such as ``calc/formulas/power.py:14``."""
    path = Path(file).resolve()
    inside = path.is_relative_to(_PACKAGE)
    return f"{path.relative_to(_PACKAGE.parent).as_posix() if inside else path.name}:{line}"


def all_broken() -> tuple[Broken, ...]:
    """What cannot be defined, in the order in which it was met; without what only follows from another."""
    return tuple(one for one in _BROKEN if not one.follows)


def find_broken(kind: str, *, name: str = "", result: str = "") -> Broken | None:
    """What cannot be defined, by its name or by what it would have yielded; None where there is no such thing."""
    wanted = (one for one in _BROKEN if one.kind == kind)
    return next((one for one in wanted if (name and one.name == name) or (result and one.result == result)), None)
