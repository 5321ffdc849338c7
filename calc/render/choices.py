"""What a reader may choose, as plain data for the pages' scripts: each entry's values, ranges and sources."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from calc.model.catalogue import entries
from calc.model.input import Input

__all__ = ["choices_data"]


def choices_data(kind: str, names: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The entries of a kind that have a value of one of these quantities.

    Parameters
    ----------
    kind : such as ``accelerator``.
    names : of the quantities that are wanted; all when left out.

    Returns
    -------
    For each its id, title and partner; ``values``, a number in the quantity's own unit and the unit to show it in;
    ``ranges``, the ends in the own unit and how what is between is drawn, with the spread of a normal or beta
    distribution; ``bounds``, ``upper`` or ``lower`` where the value is one; ``sources``, keys of references.bib; all by
    name of quantity.

    Examples
    --------
    >>> [one] = [one for one in choices_data("server", ["server_power"]) if one["id"] == "dgx-h100"]
    >>> one["values"], one["partner"]
    ({'server_power': [10.2, 'kW/server']}, 'h100-sxm')
    """
    found = []
    for one in entries(kind):
        inputs = {name: given for name, given in one.inputs.items() if names is None or name in names}
        if inputs:
            found.append({
                "id": one.id,
                "title": one.title,
                "partner": one.partner,
                "values": {name: [_number(given.value), given.unit.text] for name, given in inputs.items()},
                "ranges": {name: _range(given) for name, given in inputs.items() if not given.distribution.is_point},
                "bounds": {name: given.bound for name, given in inputs.items() if given.bound},
                "sources": {name: given.source for name, given in inputs.items() if given.source},
            })  # fmt: skip
    return found


def _range(given: Input) -> list[Any]:
    drawn = given.distribution
    return [_number(given.low), _number(given.high), drawn.kind, *([drawn.spread] if drawn.spread else [])]


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 and abs(value) <= 2**53 else float(value)
