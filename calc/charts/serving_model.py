"""Charts of one step of serving: what a token is made of at each batch, and how well it is foretold."""

from __future__ import annotations

from calc.analysis.measurements import fitted_rows, rows
from calc.analysis.validation import FAR, foretold
from calc.base.decimals import bare, whole
from calc.book.validation_methods import METHODS, method_errors
from calc.charts import GRID, INK, PAPER, QUIET, SERIES, Canvas, along, chart, lie, number, swept, words

_SERVED = "served-70b"
_BATCHES = (8, 256)


_STEPS = 32  # from _LEAST to _MOST, at equal ratios
_LEAST, _MOST = 4, 320


def _parts() -> tuple[list[float], dict[str, list[float]]]:
    """J a token at each batch, part by part: waking, weights, the past, computing."""
    names = ("instance_gpus", "floor_power_share", "gpu_tdp", "byte_energy", "operation_energy_share", "peak_flops")
    gpus, floor, rating, byte, operation, peak = (number(f"{name}; scenario {_SERVED}") for name in names)
    counts = [_LEAST * (_MOST / _LEAST) ** (step / (_STEPS - 1)) for step in range(_STEPS)]

    def by_batch(name: str) -> list[float]:
        return swept(f"{name}; scenario {_SERVED}", "batch", counts)

    batch, step, token = along(counts), by_batch("decode-step-time"), by_batch("gpu-token-energy")
    reads = zip(by_batch("weights-read"), by_batch("cache-read"), strict=True)
    flop = zip(by_batch("write-flop"), by_batch("read-flop"), strict=True)
    parts = {
        "being awake": [gpus * floor * rating * (one / 1000) / at for one, at in zip(step, batch, strict=True)],
        "reading weights": [],
        "reading the past": [],
        "computing": [gpus * operation * rating / peak * (w + r) / at for (w, r), at in zip(flop, batch, strict=True)],
    }
    for (weights, cache), at in zip(reads, batch, strict=True):
        parts["reading weights"].append(gpus * byte * weights / at)
        parts["reading the past"].append(gpus * byte * cache / at)
    # A GPU at its cap draws less than the parts would; they shrink alike.
    sums = [sum(row[1:], row[0]) for row in zip(*parts.values(), strict=True)]
    return batch, {
        name: [part * (whole / total) for part, whole, total in zip(row, token, sums, strict=True)]
        for name, row in parts.items()
    }


@chart(height=3.2)
def token_batch(canvas: Canvas) -> str:
    """A full batch shares the weights, and the waking."""
    batch, parts = _parts()
    axes = canvas.axes()
    below = [0.0 * one for one in batch]
    for colour, (name, row) in zip(SERIES, parts.items(), strict=False):
        above = [start + part for start, part in zip(below, row, strict=True)]
        axes.fill_between(batch, below, above, color=colour, label=name, alpha=0.85, linewidth=0)
        below = above
    axes.set_xscale("log")
    ticks = [8, 32, 128]
    axes.set_xticks(ticks, [whole(tick) for tick in ticks])
    axes.minorticks_off()
    axes.set_xlim(_LEAST, _MOST)
    axes.set_ylim(0, below[0])
    axes.set_xlabel("answers written at once")
    axes.set_ylabel("J a token, GPUs")
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], labels[::-1], loc="upper right")
    said = [f"{whole(at)} at once {words(f'gpu-token-energy; scenario {_SERVED}; batch={at}')}" for at in _BATCHES]
    largest = [max(parts, key=lambda name: parts[name][place]) for place in (0, len(batch) - 1)]
    return (
        f"A stack that falls as more answers are written at once: {', '.join(said)}. "
        f"The largest part is {largest[0]} for the smallest batch, and {largest[1]} for the largest."
    )


@chart(height=4.4, narrow_height=4.4)
def served_measured(canvas: Canvas) -> str:
    """Foretold against measured, each family with constants fitted to the others."""
    import numpy as np

    columns, found = rows(), foretold()["joules_per_token"]
    measured, fits = columns["joules_per_token"], fitted_rows()
    axes = canvas.axes()
    ends = np.array([measured.min() * 0.7, measured.max() * 1.4])
    axes.fill_between(ends, ends / FAR, ends * FAR, color=GRID, alpha=0.5, linewidth=0)
    axes.plot(ends, ends, color=QUIET, linewidth=0.9)
    families = sorted(set(columns["family"][fits].tolist()))
    markers = "osD^vP"
    for place, family in enumerate(families):
        where = fits & (columns["family"] == family)
        axes.plot(
            measured[where], found[where], markers[place % len(markers)], markersize=3.4, label=family,
            color=SERIES[place % len(SERIES)], alpha=0.8, markeredgewidth=0,
        )  # fmt: skip
    axes.plot(
        measured[~fits], found[~fits], "o", markersize=3.4, color=QUIET, markerfacecolor=PAPER, label="not claimed"
    )
    axes.set_xscale("log")
    axes.set_yscale("log")
    ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
    for set_ticks in (axes.set_xticks, axes.set_yticks):
        set_ticks(ticks, [bare(tick, 1) for tick in ticks])
    axes.minorticks_off()
    axes.set_xlim(*ends)
    axes.set_ylim(*ends)
    axes.yours(number(f"gpu-token-energy; scenario {_SERVED}"), "y")
    axes.set_xlabel("measured, J a token")
    axes.set_ylabel("foretold, J a token")
    axes.legend(loc="upper left", labelcolor=INK, handletextpad=0.2)
    inside = float(np.mean(np.abs(np.log(found[fits] / measured[fits])) < np.log(FAR)))
    claimed = whole(int(fits.sum()))
    return (
        f"Dots along a diagonal, one for each of {whole(len(measured))} measured rows. Of the {claimed} that the "
        f"equations claim to describe, {whole(100 * inside)} in a hundred lie within {bare(FAR)} times of it."
    )


@chart(height=2.2)
def serving_methods(canvas: Canvas) -> str:
    """Who foretells the energy of a token how well."""
    axes = canvas.axes()
    told = []
    for place, one in enumerate(METHODS):
        found = method_errors(one.id)[0]
        colour = SERIES[0] if place == 0 else QUIET
        axes.plot([100 * found.median, 100 * found.ninth], [place, place], color=colour, linewidth=2)
        axes.plot([100 * found.median], [place], "o", color=colour)
        told.append(f"{one.title}: half of the rows within {whole(100 * found.median)} %")
    axes.set_yticks(range(len(METHODS)), [one.title.replace(", ", ",\n") for one in METHODS])
    axes.invert_yaxis()
    lie(axes, "% off: half of the rows to nine in ten", 0, 150)
    return f"Lines from the error of half of the rows to that of nine in ten. {'; '.join(told)}."
