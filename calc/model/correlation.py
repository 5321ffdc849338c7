"""Inputs that go together: rank correlations, as a scenario declares them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calc.base.broken import find_broken
from calc.base.errors import DataError
from calc.base.quantities import quantity
from calc.base.toml_tables import Key, Table
from calc.base.units import plain_number
from calc.model.input import Input

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


__all__ = ["CORRELATION_KEYS", "Correlation", "inherited", "matrix", "read_correlations"]

CORRELATION_KEYS: Mapping[str, Key] = {
    "between": Key("texts", needed=True, words="a list of the names of two inputs"),
    "rank": Key("number", needed=True),
    "note": Key(),
}


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


def read_correlations(tables: Sequence[Table], inputs: Mapping[str, Input]) -> tuple[Correlation, ...]:
    """The correlations that a scenario's file declares.

    Raises
    ------
    DataError : a name or a number is not accepted, or no variables can be correlated like that; names file and line.
    """
    found: dict[frozenset[str], Correlation] = {}
    for table in tables:
        if any(find_broken("quantity", name=name) for name in table["between"]):
            continue
        one = _read(table, inputs)
        pair = frozenset((one.first, one.second))
        if pair in found:
            raise table.wrong(f"{one.first} and {one.second} are correlated twice")
        found[pair] = one
        with table.blamed():
            _check(tuple(found.values()))
    return tuple(found.values())


def inherited(
    bases: Sequence[tuple[Mapping[str, Input], tuple[Correlation, ...]]], inputs: Mapping[str, Input]
) -> tuple[Correlation, ...]:
    """The correlations of the scenarios that another one extends, but for those of inputs that it has otherwise.

    Parameters
    ----------
    bases : of each of them the inputs and the correlations, the first named first.
    inputs : what the scenario itself ends up with.

    Raises
    ------
    DataError : together they are impossible.

    Examples
    --------
    >>> from calc import scenario
    >>> known = scenario("gpt-4").inputs
    >>> both = Correlation("gpus", "pue", 0.5, "why")
    >>> inherited([(known, (both,))], known) == (both,), inherited([(known, (both,))], {**known, "pue": known["m"]})
    (True, ())
    """
    found: dict[frozenset[str], Correlation] = {}
    for theirs, known in bases:
        for one in known:
            if all(inputs.get(name) == theirs[name] for name in (one.first, one.second)):
                found.setdefault(frozenset((one.first, one.second)), one)
    _check(tuple(found.values()))
    return tuple(found.values())


def _read(table: Table, inputs: Mapping[str, Input]) -> Correlation:
    pair, rank, note = table["between"], table["rank"], table.text("note")
    if len(pair) != 2:
        raise table.wrong(f"between must be the names of two inputs, not {len(pair)}", "between")
    with table.blamed("between"):
        first, second = (quantity(name).name for name in pair)
    for name in (first, second):
        if name not in inputs:
            raise table.wrong(f"the scenario has no {name}", "between")
        if inputs[name].distribution.is_point:
            raise table.wrong(f"{name} has no range, so nothing goes with it", "between")
    if first == second:
        raise table.wrong(f"{first} is correlated with itself", "between")
    if not -1 < rank < 1:
        said = f"{first} and {second} is {plain_number(rank)}"
        raise table.wrong(f"rank of {said}; accepted: above -1 and below 1", "rank")
    if not note:
        raise table.wrong(f"{first} and {second} need a note that says why they go together")
    return Correlation(first, second, float(rank), note)


def _check(known: tuple[Correlation, ...]) -> None:
    """Refuse correlations that no variables can have together."""
    if len(known) < 2:  # one alone is always possible
        return
    import numpy as np

    names = sorted({name for one in known for name in (one.first, one.second)})
    if np.linalg.eigvalsh(matrix(names, known)).min() <= 1e-9:
        raise DataError(f"{', '.join(names)} cannot all go together like that")
