"""A case with what a reader gives on top of it: values, ranges, words and entries of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from calc.base.errors import DataError
from calc.base.quantities import Quantity, quantity
from calc.model.as_of import AS_OF
from calc.model.case import Case
from calc.model.case_file import case_base
from calc.model.catalogue import KINDS, entry
from calc.model.chain import as_scenario
from calc.model.choose import kind_named
from calc.model.given_values import as_given
from calc.model.step import Given
from calc.model.words import meant

__all__ = ["with_given"]


def with_given(case: Case, given: Mapping[str, Any]) -> Case:
    """A case with values by name of quantity and entries by kind, each in the place of what it had.

    Raises
    ------
    CalcError : a name is unknown or stands twice, or a value is outside its domain.

    Examples
    --------
    >>> with_given(Case("gpt-4"), {"server": "dgx-h100", "pue": "1.1 to 1.3", "gpus": "16 000"}).address
    'scenario=gpt-4&server=dgx-h100&pue=1.1~1.3&gpus=16000'
    """
    if AS_OF in given:
        raise DataError("a case has the newest values, and no day; leave as_of out")
    chosen = {**dict(case.choices), **kind_named(given)}
    choices = tuple((kind, entry(kind, chosen[kind]).id) for kind in KINDS.values() if kind in chosen)
    base = case_base(case) if case.scenario or case.own else as_scenario(None)
    named: dict[Quantity, Any] = {}
    for name, value in meant({name: value for name, value in given.items() if name not in KINDS.values()})[0].items():
        q = quantity(name)
        if q in named:
            raise DataError(f"{q.name} was given twice")
        named[q] = value
    values: dict[Quantity, Given] = {one.quantity: one for one in case.values}
    values |= {q: as_given(q, value, named, base) for q, value in named.items()}
    return replace(case, choices=choices, values=tuple(values.values()))
