"""Squares in rows and columns, which stand for so many things, and columns of draws."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

__all__ = ["cells_path", "columns_of", "columns_path", "places"]

_GAP = 0.08  # between a square and the edge of its place


def columns_of(count: float) -> int:
    """How many columns squares stand in that fill a picture a little wider than high.

    Examples
    --------
    >>> columns_of(208)
    16
    """
    return math.ceil(math.sqrt(count * 1.2))


def places(count: float, order: str, each: float) -> Iterator[tuple[float, float, float]]:
    """Column, row and width of each square.

    Parameters
    ----------
    count : how many there are.
    order : ``down``, columns of so many; ``across``, as many rows as they fill; ``steps``, rows of so many, each one
        further to the right; ``rows``, each as wide as that.
    each : that number.

    Examples
    --------
    >>> list(places(3, "down", 2))
    [(0, 0, 1), (0, 1, 1), (1, 0, 1)]
    """
    number = max(1, round(each))
    columns = columns_of(count)
    for place in range(round(count)):
        row, column = place // number, place % number
        if order == "down":
            yield row, column, 1
        elif order == "across":
            yield place % columns, place // columns, 1
        elif order == "steps":
            yield row + column, row, 1
        else:
            yield 0, place, each


def cells_path(count: float, order: str, each: float) -> Any:
    """All of them as one path of matplotlib's."""
    return _path(
        (x + _GAP, x + wide - _GAP, y + _GAP, y + 1 - _GAP) for x, y, wide in places(count, order, each)
    )  # fmt: skip


def columns_path(edges: Sequence[float], counts: Sequence[int]) -> Any:
    """Columns between edges as one path of matplotlib's."""
    return _path((left, right, 0, count) for (left, right), count in zip(pairwise(edges), counts, strict=True) if count)


def _path(boxes: Iterator[tuple[float, float, float, float]]) -> Any:
    from matplotlib.path import Path

    points, codes = list[tuple[float, float]](), list[Any]()
    for left, right, top, bottom in boxes:
        points += [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path(points or [(0, 0)], codes or [Path.MOVETO])
