"""Names of 0.1.0 that moved or are gone: whoever still uses one is told in a line what to use now.

``data/moved.toml`` lists them, as CHANGELOG.md does.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any, NoReturn

from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, read

__all__ = ["Gone", "MovedModules", "moved", "no_longer", "read_moved", "watch_imports"]

_FILE = {
    "modules": Key("table", needed=True, of={ANY: Key("texts", needed=True)}),
    "names": Key("table", needed=True, of={ANY: Key("table", of={"now": Key(needed=True), "how": Key(needed=True)})}),
}


@functools.cache
def moved() -> Mapping[str, str]:
    """What is said of each name that moved or is gone, by its full name in 0.1.0.

    Examples
    --------
    >>> moved()["calc.threshold"]
    'calc.threshold is now calc.analysis.threshold'
    """
    return read_moved(packaged_text("moved.toml"))


def read_moved(text: str) -> dict[str, str]:
    """What a text in TOML says of each name: the modules that moved, and the names that are gone.

    Raises
    ------
    DataError : it is not as declared; names file, line and key.
    """
    file = read(text, "moved.toml", _FILE)
    said = {old: f"{old} is now {' and '.join(new)}" for old, new in file["modules"].items()}
    return said | {old: f"{old} is gone; use {new['now']}: {new['how']}" for old, new in file["names"].items()}


class MovedModules:
    """The last that Python asks for a module: says where one of 0.1.0 went, and knows no other."""

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: object = None) -> ModuleSpec | None:
        """Find no module.

        Raises
        ------
        ModuleNotFoundError : it was one of 0.1.0's; says where it is now.
        """
        if name.startswith("calc.") and name in moved():
            # Without the name as an attribute: `from calc import NAME` would swallow the error, and say less.
            raise ModuleNotFoundError(moved()[name])
        return None


def watch_imports() -> None:
    """Have Python ask here too, once."""
    if not any(isinstance(finder, MovedModules) for finder in sys.meta_path):
        sys.meta_path.append(MovedModules())


class Gone:
    """An attribute that a class had in 0.1.0.

    Parameters
    ----------
    known_as : the class's full name, as moved.toml has it.
    """

    def __init__(self, known_as: str) -> None:
        self.known_as = known_as

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.name = name

    def __get__(self, holder: object, owner: type[Any] | None = None) -> NoReturn:
        raise AttributeError(moved()[f"{self.known_as}.{self.name}"])


def no_longer(function: str, given: Mapping[str, object]) -> None:
    """Refuse what a function took in 0.1.0, or never did.

    Parameters
    ----------
    function : its full name.
    given : arguments that it does not take, by name.

    Raises
    ------
    TypeError : there are any.
    """
    for name in given:
        known = moved().get(f"{function}({name})")
        raise TypeError(known or f"{function} takes no {name!r}")
