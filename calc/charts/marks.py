"""What of a chart follows a reader's case, and what it shows as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from calc.charts.tracked import how_of

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from calc.charts.axes import Item
    from calc.charts.values import Values

__all__ = ["Drawn", "drawing_data", "table"]

_DOTS = 72  # to an inch of SVG


@dataclass(frozen=True)
class Drawn:
    """A chart as a page takes it.

    Attributes
    ----------
    picture, told : the SVG, and what it shows in words.
    rows : what it shows as CSV.
    follows : how it follows a reader's case, as `drawing_data` has it; empty where nothing of it does.
    """

    picture: str
    told: str
    rows: str
    follows: dict[str, Any]


def items_of(figure: Figure) -> list[Item]:
    """What follows on all axes of a figure."""
    return [item for axes in figure.axes for item in getattr(axes, "items", ())]


def drawing_data(figure: Figure, name: str, told: list[Any], rows: dict[int, int], record: Values) -> dict[str, Any]:
    """What the page's script draws again, and by what scales; empty where nothing follows.

    Parameters
    ----------
    figure : drawn, and laid out.
    name : the drawing's, which its ids begin with.
    told : the parts of what it says in words.
    rows : at which row of the table each artist begins, by the artist's `id`.
    record : the values that all drawings of the chart share.
    """
    items = items_of(figure)
    if not items:
        return {}
    axes = list(dict.fromkeys(item.axes for item in items))
    return {
        "axes": [_axes(one, name, place) for place, one in enumerate(axes)],
        "items": [_item(item, axes.index(item.axes), name, place, rows, record) for place, item in enumerate(items)],
        "told": told,
    }


def _axes(axes: Any, name: str, place: int) -> dict[str, Any]:
    """Both scales: the ends as numbers and in the picture, whether by powers, and each tick with its id."""
    axes.apply_aspect()
    high = axes.figure.get_figheight() * _DOTS
    found: dict[str, Any] = {}
    for letter, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
        at = 0 if letter == "x" else 1
        ends = [float(one) for one in (axes.get_xlim() if letter == "x" else axes.get_ylim())]
        corners = [axes.transAxes.transform((one, one))[at] * _DOTS / axes.figure.dpi for one in (0, 1)]
        dots = [round(float(one if letter == "x" else high - one), 3) for one in corners]
        ticks = []
        for number, tick in enumerate(axis.get_major_ticks()):
            value = float(tick.get_loc())
            if min(ends) <= value <= max(ends):
                tick.set_gid(f"{letter}-tick-{place}-{number}")
                ticks.append([f"{name}-{letter}-tick-{place}-{number}", value])
        found[letter] = {"ends": ends, "dots": dots, "log": axis.get_scale() == "log", "ticks": ticks}
        told = getattr(axes, "ends", {}) if any(item.kind == "cells" for item in getattr(axes, "items", ())) else {}
        if letter in told:
            found[letter]["told"] = [how_of(one) for one in told[letter]]
        if f"{letter} ticks" in told:
            found[letter]["at"] = [how_of(one) for one in told[f"{letter} ticks"]]
    if axes.get_aspect() == 1:
        found["equal"] = 1
    return found


def _item(item: Item, axes: int, name: str, place: int, rows: dict[int, int], record: Values) -> dict[str, Any]:
    """One artist: its id, its kind, and how its places are worked out, with what they are in the book."""
    data: dict[str, Any] = {"kind": item.kind, "on": axes}
    if item.artist is not None:
        item.artist.set_gid(f"mark-{place}")
        data["id"] = f"{name}-mark-{place}"
        if id(item.artist) in rows:
            data["row"] = rows[id(item.artist)]
    hows = [*map(how_of, (*item.along, *item.across, *item.more))]
    if '["w"' in json.dumps(hows) or '["x"' in json.dumps(hows):
        data["swept"] = [float(one) for one in item.along]
    for key, values in (("x", item.along), ("y", item.across), ("z", item.more)):
        if values:
            data[key] = _hows(values, record)
    if item.kind in ("text", "vline", "hline", "vspan"):
        data["was"] = [[float(one) for one in item.along], [float(one) for one in item.across]]
    if item.kind == "line" and any(float(one) > max(ends) for values, ends in (
        (item.along, item.axes.get_xlim()), (item.across, item.axes.get_ylim())) for one in values
    ):  # fmt: skip
        data["over"] = 1
    if item.columns:
        data["bins"], data["inside"] = item.columns
    if item.order:
        data["order"] = item.order
    if item.texts:
        data["texts"] = item.texts
    return data


def _hows(values: Sequence[float], record: Values) -> Any:
    """How each is worked out; of many that are worked out alike, as along an axis, once."""
    hows = [record.once(how_of(one)) for one in values]
    return (
        {"all": hows[0]} if len(hows) > 2 and isinstance(hows[0], list) and hows.count(hows[0]) == len(hows) else hows
    )


def table(figure: Figure) -> tuple[str, dict[int, int]]:
    """What a chart shows as CSV: its bars, lines and points, six digits each; and at which row each artist begins."""
    text, places, count = io.StringIO(), dict[int, int](), 0
    writer = csv.writer(text, lineterminator="\n")
    for axes in figure.axes:
        writer.writerow(["series", axes.get_xlabel() or "x", axes.get_ylabel() or "y"])
        count += 1
        for artist, row in _rows(axes):
            places.setdefault(id(artist), count)
            writer.writerow(row)
            count += 1
    return text.getvalue(), places


def _rows(axes: Any) -> Iterator[tuple[Artist, tuple[str, str, str]]]:
    names = {
        round(float(at), 6): one.get_text() for at, one in zip(axes.get_yticks(), axes.get_yticklabels(), strict=False)
    }
    bars = {id(patch) for container in axes.containers for patch in getattr(container, "patches", ())}
    for patch in axes.patches:
        if id(patch) in bars:
            middle = patch.get_y() + patch.get_height() / 2
            end = f"{patch.get_x() + patch.get_width():.6g}"
            yield patch, (names.get(round(float(middle), 6), ""), end, f"{middle:.6g}")
    for line in axes.lines:
        label = str(line.get_label())
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True):
            yield line, ("" if label.startswith("_") else label, _text(x), _text(y))
    for points in axes.collections:
        for x, y in getattr(points, "get_offsets", list)():
            yield points, (str(points.get_label()).removeprefix("_child"), _text(x), _text(y))


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, Real) else str(value)
