"""Formulas defined and found: the decorator that makes one of a function, and the look-ups."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, cast

from calc.api.objects import Formula
from calc.base.broken import Broken, note_formula, tolerates
from calc.base.errors import DataError, DefinitionError, name_given
from calc.base.quantities import alias, all_quantities
from calc.base.visible import said
from calc.model import registry
from calc.model.registry import register
from calc.model.source_keys import check_source
from calc.symbolic.trace import trace

__all__ = ["all_formulas", "formula", "formula_by_id"]


def formula(
    *, result: str, source: str = "", locator: str = "", title: str | None = None
) -> Callable[[Callable[..., Any]], Formula]:
    """Make a formula of a function whose parameters are names of quantities.

    Its units are checked at once. One of the book's own is checked when it is first needed, since a command needs a few
    of hundreds; one that is wrong is noted, and fails where it is used; all others work.

    Parameters
    ----------
    result : name of the quantity it yields.
    source, locator : key in references.bib, and the place in that source; neither may be left out.
    title : where the function's name is not enough.

    Raises
    ------
    DefinitionError : units do not come out, or the result has a formula already.
    UnknownNameError : a quantity is unknown.
    DataError : the source is missing or unknown, or the place in it is missing.

    Examples
    --------
    >>> @formula(result="servers", source="mohit2026", locator="Tensor parallelization")
    ... def server_count_again(gpus, gpus_per_server):
    ...     '''Again.'''
    ...     return gpus / gpus_per_server
    Traceback (most recent call last):
    ...
    calc.base.errors.DefinitionError: servers has two formulas: 'server-count' and 'server-count-again'
    """

    def define(function: Callable[..., Any]) -> Formula:
        if not isinstance(function, FunctionType):
            raise DefinitionError(f"{said(function)} is no formula; accepted: a function of quantities, by their names")
        try:
            return _defined(function, result, source, locator, title)
        except Exception as error:  # whatever a function of symbols may raise
            if not tolerates(function.__module__):
                raise
            return cast(Formula, _unusable(function, result, error))

    return define


def _defined(function: Callable[..., Any], result: str, source: str, locator: str, title: str | None) -> Formula:
    name = _id(function)
    check_source(source, f"formula {name!r}")
    if title is not None:
        name_given(title, "a formula")
    if not name_given(locator, "a place in a source").strip():
        raise DataError(f"formula {name!r} has no locator, the place in {source}")
    try:
        new = Formula(function, result=result, source=source, locator=locator, title=title)
        if not tolerates(function.__module__):
            new.check()
    except DefinitionError as error:
        raise DefinitionError(f"formula {name!r}: {error}") from None
    try:
        register(new)
    except DefinitionError:
        trace(function, new.inputs, new.result)  # units that do not come out say more than a result that is taken
        raise
    return new


def _id(function: Callable[..., Any]) -> str:
    return function.__name__.replace("_", "-")


class Unusable:
    """What stands for a formula of the book that cannot be defined: any use of it says why."""

    def __init__(self, broken: Broken) -> None:
        self._broken = broken
        self.__doc__ = str(broken)

    def __call__(self, **_inputs: Any) -> Any:
        """Say why.

        Raises
        ------
        BrokenError : always.
        """
        raise self._broken.error()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what Python and its tools look for
            raise AttributeError(name)
        raise self._broken.error()

    def __repr__(self) -> str:
        return f"<{self._broken}>"


def _unusable(function: Callable[..., Any], result: str, error: Exception) -> Any:
    """Note a formula that cannot be defined; the one of that id, where there is one already."""
    name, broken = _id(function), note_formula(function, result, error)
    if any(one.id == name for one in all_formulas()):
        return formula_by_id(name)
    if any(q.name == result for q in all_quantities()):
        alias(function.__name__, result)
    return Unusable(broken)


def formula_by_id(name: str) -> Formula:
    """Look a formula up by id, function name, result or alias.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.
    BrokenError : it is one of the book's that cannot be defined.

    Examples
    --------
    >>> formula_by_id("mfu").id
    'flop-utilisation'
    >>> formula_by_id("trainig-energy")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: 'trainig-energy' is not a formula; did you mean 'training-energy'?
    """
    return cast(Formula, registry.formula_by_id(name))


def all_formulas() -> tuple[Formula, ...]:
    """All formulas, in the order of their definition."""
    return cast("tuple[Formula, ...]", registry.all_formulas())
