"""The book's formulas, by id and by result. `calc.api` enters them here as they are defined."""

from __future__ import annotations

import contextlib

from calc.base.broken import Broken, all_broken, find_broken
from calc.base.errors import BrokenError, DefinitionError, UnknownNameError, name_given, nearest
from calc.base.memo import kept
from calc.base.quantities import Quantity, alias, quantity
from calc.base.visible import said
from calc.symbolic.equation import Equation

__all__ = ["all_formulas", "check_all", "checked_formula_for", "formula_by_id", "formula_for", "register", "used_by"]

_FORMULAS: dict[str, Equation] = {}
_BY_RESULT: dict[str, Equation] = {}


def register(new: Equation) -> None:
    """Enter a formula, and let its name stand for its result too.

    Raises
    ------
    DefinitionError : its id is taken, or its result has a formula already.
    """
    if new.id in _FORMULAS:
        raise DefinitionError(f"formula {new.id!r} is defined twice")
    other = _BY_RESULT.get(new.result.name)
    if other is not None:
        raise DefinitionError(f"{new.result.name} has two formulas: {other.id!r} and {new.id!r}")
    alias(new.name, new.result.name)
    _FORMULAS[new.id] = new
    _BY_RESULT[new.result.name] = new


def formula_by_id(name: str) -> Equation:
    """Look a formula up by id, function name, result or alias.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.
    BrokenError : it is one of the book's that cannot be defined.

    Examples
    --------
    >>> formula_by_id("mfu").id
    'flop-utilisation'
    """
    key = name_given(name, "a formula").replace("_", "-")
    found = _FORMULAS.get(key)
    if found is None:
        try:
            yielded = quantity(name).name
        except UnknownNameError:
            yielded = ""
        found = _BY_RESULT.get(yielded)
        broken = find_broken("formula", name=key, result=yielded)
        if found is None and broken:
            raise broken.error()
    if found is not None and found.broken:
        raise found.broken.error()
    if found is None:
        raise UnknownNameError(f"{said(name)} is not a formula{nearest(name, _FORMULAS)}")
    return found


def formula_for(wanted: Quantity) -> Equation | None:
    """The formula that yields a quantity, if there is one that is not known to be broken."""
    found = _BY_RESULT.get(wanted.name)
    return None if found is None or found.broken else found


def checked_formula_for(wanted: Quantity) -> Equation | None:
    """The same, its units checked; None too where they do not come out."""
    found = formula_for(wanted)
    if found is not None:
        with contextlib.suppress(BrokenError):
            found.check()
    return formula_for(wanted)


def all_formulas() -> tuple[Equation, ...]:
    """All formulas that are not known to be broken, in the order of their definition."""
    return tuple(one for one in _FORMULAS.values() if not one.broken)


def check_all() -> tuple[Broken, ...]:
    """Check all formulas, and say what of the book cannot be defined."""
    for one in all_formulas():
        with contextlib.suppress(BrokenError):
            one.check()
    return all_broken()


def used_by(formula: Equation) -> tuple[Equation, ...]:
    """The formulas that take a formula's result as an input."""
    name = formula.result.name
    return tuple(other for other in all_formulas() if name in _taken(other))


def _taken(formula: Equation) -> frozenset[str]:
    return kept(formula, "taken", lambda: frozenset(q.name for q in formula.inputs))
