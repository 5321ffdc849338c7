"""Formulas defined and found: the decorator that makes one of a function, and the look-ups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from calc.api.objects import Formula
from calc.base.errors import DefinitionError
from calc.model import registry
from calc.model.registry import register
from calc.model.source_keys import check_source

__all__ = ["all_formulas", "formula", "formula_by_id"]


def formula(
    *, result: str, source: str, locator: str, title: str | None = None
) -> Callable[[Callable[..., Any]], Formula]:
    """Make a formula of a function whose parameters are names of quantities.

    Parameters
    ----------
    result : name of the quantity it yields.
    source, locator : key in references.bib, and the place in that source.
    title : where the function's name is not enough.

    Raises
    ------
    DefinitionError : units do not come out, or the result has a formula already.
    UnknownNameError : a quantity is unknown.
    DataError : the source is missing or unknown.

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
        try:
            check_source(source, f"formula {function.__name__.replace('_', '-')!r}")
            new = Formula(function, result=result, source=source, locator=locator, title=title)
        except DefinitionError as error:
            raise DefinitionError(f"formula {function.__name__.replace('_', '-')!r}: {error}") from None
        register(new)
        return new

    return define


def formula_by_id(name: str) -> Formula:
    """Look a formula up by id, function name, result or alias.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

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
