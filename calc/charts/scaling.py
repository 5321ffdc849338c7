"""Charts of how GPUs share a job, and of what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calc.base.decimals import bare, whole
from calc.charts.base import Canvas, chart, number, said, swept, words
from calc.charts.style import GRID, INK, PAPER, QUIET, SERIES
from calc.charts.tracked import columns, rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from calc.api import Formula


@chart(height=3.2, narrow_height=5.6)
def parallel_layout(canvas: Canvas) -> str:
    """Eight GPUs share a product, fifteen servers a model, and two hundred copies the text."""
    stages, width, replicas = (number(name) for name in ("pipeline_stages", "gpus_per_stage", "replica-count"))
    one, all_of_them = canvas.many_axes(nrows=2 if canvas.narrow else 1, ncols=1 if canvas.narrow else 2).flat
    for axes in (one, all_of_them):
        axes.set_axis_off()
        axes.set_aspect("equal")
        axes.invert_yaxis()
    one.cells(stages * width, "down", width, color=SERIES[0])
    shape = f"{said(whole, stages)} stages × {said(whole, width)} GPUs"
    _title(one, stages, f"One replica: {shape} = {words('gpus-per-replica; number')} GPUs")
    one.set_xlim(-1.6, stages + 0.2)
    one.set_ylim(width + 1.4, -1.6)
    one.plot([0.1, stages - 0.1], [width + 0.45] * 2, color=QUIET, linewidth=1)
    one.plot([stages - 0.1], [width + 0.45], ">", color=QUIET, markersize=5)
    one.text(stages / 2, width + 1.25, "a microbatch goes from stage to stage", ha="center", color=QUIET)
    one.text(-0.5, width / 2, "one server", rotation=90, ha="center", va="center", color=QUIET)
    across, down = columns(replicas), rows(replicas)
    all_of_them.cells(replicas, "across", across, color=SERIES[2])
    all_of_them.cells(1, "across", across, color=SERIES[0])
    spare = f"{words('spare-gpus; number')} GPUs to spare"
    _title(all_of_them, across, f"All of them: {said(whole, replicas)} replicas, {spare}")
    all_of_them.set_xlim(-0.3, across + 0.2)
    all_of_them.set_ylim(down + 1.4, -1.6)
    all_of_them.text(across / 2, down + 1.2, "after each step all agree on one correction", ha="center", color=QUIET)
    return (
        f"One replica is drawn as {said(whole, stages)} columns, the stages, of {said(whole, width)} squares, the GPUs "
        f"of a server: {words('gpus-per-replica; number')} in all. Beside it stand {said(whole, replicas)} squares, "
        f"one for each replica, which together are {words('gpus')} less {words('spare-gpus; number')} to spare."
    )


def _title(axes: Axes, columns: float, text: str) -> None:
    axes.text(columns / 2, -0.6, text, ha="center", color=INK)


@chart(height=3.3, narrow_height=3.6)
def scaling_efficiency(canvas: Canvas) -> str:
    """With more GPUs a job of fixed size wastes more of each; a job that grows with them does not."""
    from calc.formulas.compute import flop_utilisation
    from calc.formulas.scaling import aggregate_rate

    axes = canvas.axes()
    small, large, most = (number(name) for name in ("base_gpus", "measured_gpus", "gpus"))
    counts = sorted({round(small * (most / small) ** (step / 59)) for step in range(60)})
    axes.plot(counts, swept("scaling-efficiency", "gpus", counts), color=SERIES[1])
    first, second = (number(f"scaling-efficiency; gpus=({name})") for name in ("base_gpus", "measured_gpus"))
    last = number("scaling-efficiency")
    axes.plot([small, large], [first, second], "o", color=SERIES[1])
    axes.plot([most], [last], "o", color=SERIES[1], markerfacecolor=PAPER)
    series = (
        ("A100, the model grows (2021)", "^", SERIES[0], _points(aggregate_rate, "narayanan2021megatron")),
        ("H100, the model grows (2024)", "s", SERIES[2], _points(flop_utilisation, "nvidia2024megatron")),
    )
    told = []
    for name, marker, colour, points in series:
        axes.plot(*zip(*points, strict=True), marker, color=colour, label=name, markersize=5)
        told.append(
            f"{name}: from {whole(points[0][0])} to {whole(points[-1][0])} GPUs each GPU's speed becomes "
            f"{bare(points[-1][1])} of the first"
        )
    beside: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "color": SERIES[1]}
    measured, by_law = words("scaling-efficiency; gpus=(measured_gpus)"), words("scaling-efficiency")
    axes.annotate(f"{measured} measured", (large, second), xytext=(-6, -14), **beside)
    axes.annotate(f"{by_law} by Amdahl’s law", (most, last), xytext=(-8, -4), **beside)
    _by_gpus(axes, most)
    axes.legend(loc="upper left", ncols=1 if canvas.narrow else 2, labelcolor=INK, handletextpad=0.3)
    return (
        f"Efficiency against the number of GPUs. A job of fixed size falls from one at {whole(small)} GPUs to "
        f"{measured} at {whole(large)}, as measured, and by Amdahl's law to {by_law} at {whole(most)}. "
        f"{'; '.join(told)}."
    )


def _by_gpus(axes: Axes, most: float) -> None:
    """Axes for the speed of one GPU against how many there are."""
    axes.axhline(1, color=QUIET, linewidth=0.8, linestyle="--")
    axes.set_xscale("log")
    ticks = [100, 1000, 10_000]
    axes.set_xticks(ticks, [whole(tick) for tick in ticks])
    axes.minorticks_off()
    axes.set_xlim(25, most * 1.5)
    axes.set_ylim(0, 1.42)
    axes.set_xlabel("GPUs")
    axes.set_ylabel("speed of one GPU, first = 1")


def _points(formula: Formula, source: str) -> list[tuple[float, float]]:
    """GPUs and the speed of one, from the published figures that a formula is checked against, the first as one."""
    from calc.base.quantities import quantity
    from calc.book.checks import checks

    found = []
    for check in checks(formula):
        if check.source == source:
            gpus = float(check.inputs[quantity("gpus")])
            work = quantity("training_flop")
            rate = float(check.inputs[work]) / gpus if work in check.inputs else float(check.value) / gpus
            found.append((gpus, rate))
    found.sort()
    return [(gpus, rate / found[0][1]) for gpus, rate in found]


@chart(height=2.7, narrow_height=2.9)
def pipeline_bubble(canvas: Canvas) -> str:
    """Each stage of the pipeline waits for more than a quarter of a step."""
    axes = canvas.axes()
    stages, pieces = number("pipeline_stages"), number("microbatches")
    total = stages - 1 + pieces
    axes.cells(stages, "rows", total, color=GRID)
    axes.cells(stages * pieces, "steps", pieces, color=SERIES[0])
    axes.set_xlim(0, total)
    axes.set_ylim(stages, 0)
    axes.set_yticks([0.5, stages - 0.5], ["first stage", "last stage"])
    axes.set_xticks([0, stages - 1, pieces, total], ["0", *(said(whole, one) for one in (stages - 1, pieces, total))])
    axes.set_xlabel("time, in microbatches")
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    axes.text(total - 0.4, 0.5, "waits" if canvas.narrow else "waits for the rest", ha="right", va="center", color=INK)
    axes.text(0.4, stages - 0.5, "waits" if canvas.narrow else "waits for work", va="center", color=INK)
    return (
        f"A schedule of {said(whole, stages)} rows, the stages, over {said(whole, total)} units of time. Each stage "
        f"works for {said(whole, pieces)} of them, "
        f"one a microbatch, and each starts one unit after the stage before it. The waiting at both ends is "
        f"{words('ideal-bubble')} of the working time and {words('total-bubble')} of all time."
    )
