"""Inputs that go together: rank correlations, as a scenario declares them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calc.base.errors import CalcError, DataError
from calc.base.quantities import quantity
from calc.model.input import Input

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


__all__ = ["Correlation", "matrix", "read_correlations"]

_KEYS = ("between", "rank", "note")


@dataclass(frozen=True)
class Correlation:
    """How far two inputs go together.

    Attributes
    ----------
    first, second : names of the inputs.
    rank : Spearman's rank correlation, above -1 and below 1.
    note : why.
    """

    first: str
    second: str
    rank: float
    note: str

    @property
    def normal(self) -> float:
        """The correlation of two normal variables that have this rank correlation: 2·sin(π·rank/6)."""
        return 2 * math.sin(math.pi * self.rank / 6)


def matrix(names: Sequence[str], known: Sequence[Correlation]) -> NDArray[np.float64]:
    """The correlations between normal variables that stand for inputs, as a matrix.

    Examples
    --------
    >>> matrix(["gpus", "pue"], [Correlation("pue", "gpus", 0.5, "")]).round(3).tolist()
    [[1.0, 0.518], [0.518, 1.0]]
    """
    import numpy as np

    found = np.eye(len(names))
    for one in known:
        if one.first in names and one.second in names:
            i, j = names.index(one.first), names.index(one.second)
            found[i, j] = found[j, i] = one.normal
    return found


def read_correlations(tables: Any, inputs: Mapping[str, Input], file: str) -> tuple[Correlation, ...]:
    """The correlations of a scenario's file.

    Raises
    ------
    DataError : a key, a name or a number is not accepted, or no variables can be correlated like that.
    """
    if not isinstance(tables, list):
        raise DataError(f"{file}: correlations must be tables, each under [[correlations]]")
    found: dict[frozenset[str], Correlation] = {}
    for table in tables:
        one = _read(table, inputs, f"{file}: correlations")
        pair = frozenset((one.first, one.second))
        if pair in found:
            raise DataError(f"{file}: correlations: {one.first} and {one.second} are correlated twice")
        found[pair] = one
    if found:
        _check(tuple(found.values()), file)
    return tuple(found.values())


def _read(table: Any, inputs: Mapping[str, Input], where: str) -> Correlation:
    if not isinstance(table, dict) or set(table) - set(_KEYS) or not {"between", "rank"} <= set(table):
        raise DataError(f"{where}: each has between, rank and note, and nothing else")
    pair, rank, note = table["between"], table["rank"], table.get("note", "")
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(name, str) for name in pair):
        raise DataError(f"{where}: between must be the names of two inputs, not {pair!r}")
    try:
        first, second = (quantity(name).name for name in pair)
    except CalcError as error:
        raise DataError(f"{where}: {error}") from None
    for name in (first, second):
        if name not in inputs:
            raise DataError(f"{where}: the scenario has no {name}")
        if inputs[name].distribution.is_point:
            raise DataError(f"{where}: {name} has no range, so nothing goes with it")
    if first == second:
        raise DataError(f"{where}: {first} is correlated with itself")
    if isinstance(rank, bool) or not hasattr(rank, "numerator") or not -1 < rank < 1:
        said = rank if isinstance(rank, str) else f"{float(rank):g}"
        raise DataError(f"{where}: rank of {first} and {second} is {said}; accepted: above -1 and below 1")
    if not isinstance(note, str) or not note:
        raise DataError(f"{where}: {first} and {second} need a note that says why they go together")
    return Correlation(first, second, float(rank), note)


def _check(known: tuple[Correlation, ...], file: str) -> None:
    import numpy as np

    names = sorted({name for one in known for name in (one.first, one.second)})
    if np.linalg.eigvalsh(matrix(names, known)).min() <= 1e-9:
        raise DataError(f"{file}: correlations: {', '.join(names)} cannot all go together like that")
