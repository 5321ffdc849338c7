"""What of a chart follows a reader's case, and what it shows as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Any

from calc.base.units import convert, parse_unit
from calc.model.step import Step
from calc.render.javascript import card, safe_json

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Drawn", "Mark", "marks_data", "table"]

_DOTS = 72  # to an inch of SVG


@dataclass(frozen=True)
class Mark:
    """One mark of a chart that stands for a derivation.

    Attributes
    ----------
    artist, axes : what is drawn, and where; along x the axis counts the value in `unit`.
    step : whose value it is.
    unit : what the axis counts.
    kind : ``bar`` from 0 to the value, ``label`` behind its end or ``mark`` at it, ``text`` that stays where it is,
        ``band`` from the 5 to the 95 % point.
    """

    artist: Artist
    axes: Axes
    step: Step
    unit: str
    kind: str


@dataclass(frozen=True)
class Drawn:
    """A chart as a page takes it.

    Attributes
    ----------
    picture, told : the SVG, and what it shows in words.
    rows : what it shows as CSV.
    follows : how its marks follow a reader's case, as JSON; empty where none does.
    """

    picture: str
    told: str
    rows: str
    follows: str


def marks_data(marks: list[Mark], name: str) -> str:
    """What the page's script moves marks by, as JSON; empty where none of them follows.

    For each mark its id in the SVG, what kind it is, the place of 0, and how far one own unit of the value reaches.
    What its step starts from is as `calc.render.javascript.card` has it, with the names that make it this bar and no
    other.
    """
    if not marks:
        return ""
    steps = list({id(mark.step): mark.step for mark in marks}.values())
    cards = [
        {**json.loads(card(step)), "fixed": [leaf.quantity.name for leaf in step.other]} for step in steps
    ]  # fmt: skip
    places = [id(one) for one in steps]
    ticks = [label for axes in dict.fromkeys(mark.axes for mark in marks) for label in axes.get_xticklabels()]
    for place, label in enumerate(ticks):
        label.set_gid(f"tick-{place}")
    return safe_json({
        "cards": cards,
        "marks": [
            {"id": f"{name}-mark-{place}", "kind": mark.kind, "of": places.index(id(mark.step)), **_scale(mark)}
            for place, mark in enumerate(marks)
        ],
        "ticks": [f"{name}-tick-{place}" for place, _ in enumerate(ticks)],
    })  # fmt: skip


def _scale(mark: Mark) -> dict[str, float]:
    own = mark.step.formula.result.parsed_unit
    one = float(convert(Fraction(1), own, parse_unit(mark.unit), mark.step.formula.result.name))
    ends = [mark.axes.transData.transform((x, 0))[0] for x in (0, one)]
    start, end = (float(x) * _DOTS / mark.axes.figure.dpi for x in ends)
    return {"from": round(start, 3), "per": end - start}


def table(figure: Figure) -> str:
    """What a chart shows as CSV: its bars, lines and points, six digits each, as its axes count them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for axes in figure.axes:
        writer.writerow(["series", axes.get_xlabel() or "x", axes.get_ylabel() or "y"])
        writer.writerows(_rows(axes))
    return text.getvalue()


def _rows(axes: Any) -> Iterator[tuple[str, str, str]]:
    names = {
        round(float(at), 6): one.get_text() for at, one in zip(axes.get_yticks(), axes.get_yticklabels(), strict=False)
    }
    bars = {id(patch) for container in axes.containers for patch in getattr(container, "patches", ())}
    for patch in axes.patches:
        if id(patch) in bars:
            middle = patch.get_y() + patch.get_height() / 2
            yield names.get(round(float(middle), 6), ""), f"{patch.get_x() + patch.get_width():.6g}", f"{middle:.6g}"
    for line in axes.lines:
        label = str(line.get_label())
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True):
            yield "" if label.startswith("_") else label, _text(x), _text(y)
    for points in axes.collections:
        for x, y in getattr(points, "get_offsets", list)():
            yield str(points.get_label()).removeprefix("_child"), _text(x), _text(y)


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, Real) else str(value)
