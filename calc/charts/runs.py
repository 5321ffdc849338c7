"""Charts of training runs: published GPU-hours against those expected, and GPT-4's energy among its peers'."""

from __future__ import annotations

from calc.analysis.bands import percentiles
from calc.analysis.results import band_text, show_result
from calc.base.decimals import percentage
from calc.book.peers import peers
from calc.book.runs import foretold
from calc.charts.base import Canvas, chart, number, of_step
from calc.charts.style import INK, QUIET, SERIES, WRONG

_DECADES = (1e4, 1e8)
_TICKS = {1e4: "0.01", 1e5: "0.1", 1e6: "1", 1e7: "10", 1e8: "100"}


@chart(height=4.0, narrow_height=4.2)
def runs_foretold(canvas: Canvas) -> str:
    """Nine published runs in ten should cross the line; most do."""
    axes = canvas.axes()
    told = [one for one in foretold() if not one.run.why]
    for one in told:
        colour = SERIES[0] if one.inside else WRONG
        axes.plot([one.low, one.high], [one.run.gpu_hours] * 2, color=colour, linewidth=1.6, alpha=0.5)
        axes.plot([one.middle], [one.run.gpu_hours], "o", color=colour, markersize=4)
        if not one.inside or one.run.gpu_hours > 2e7:
            right = one.ratio < 1
            end = one.high if right else one.low
            raised = 0 if right else 5 if one.run.gpu_hours > one.middle * 2 else -5  # two stand close together
            axes.annotate(
                one.run.title, (end, one.run.gpu_hours), xytext=(5 if right else -5, raised),
                textcoords="offset points", ha="left" if right else "right", va="center", fontsize=8, color=INK,
            )  # fmt: skip
    axes.yours(number("required-gpu-hours; scenario run-gpt-4"))
    axes.plot(_DECADES, _DECADES, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(1e3, _DECADES[1])
    axes.set_ylim(*_DECADES)
    axes.set_xticks(list(_TICKS), list(_TICKS.values()))
    axes.set_yticks(list(_TICKS), list(_TICKS.values()))
    axes.minorticks_off()
    axes.set_xlabel("million GPU-hours expected")
    axes.set_ylabel("million GPU-hours published")
    inside = sum(one.inside for one in told)
    missed = ", ".join(one.run.title for one in told if not one.inside)
    share = percentage(inside / len(told))
    return (
        f"{len(told)} published runs, each a dot at the expected and the published GPU-hours, with a line for the band "
        f"of nine in ten. The bands of {inside} cross the diagonal ({share}); those of {missed} do not."
    )


@chart(height=3.6, narrow_height=4.0)
def run_peers(canvas: Canvas) -> str:
    """Energy of GPT-4's run and of others, at the site, with the band of nine draws in ten."""
    axes = canvas.axes()
    told = []
    for place, one in enumerate(peers()):
        site = one.energy["site"]
        colour = SERIES[0] if one.scenario.name == "run-gpt-4" else QUIET
        ends = percentiles(site)
        if ends is not None:
            axes.plot([ends[0], ends[-1]], [place, place], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
        if one.scenario.name == "run-gpt-4":
            axes.yours(of_step(site) / 1000 if site.unit == "MWh" else of_step(site))
        axes.plot([float(one.energy["chip"].exact)], [place], "|", color=colour, markersize=9)
        axes.plot([float(site.exact)], [place], "o", color=colour, markersize=5)
        axes.annotate(
            show_result(site).text, (max((*(ends or ()), float(site.exact))), place), xytext=(7, 0),
            textcoords="offset points", va="center", fontsize=8.5, color=INK,
        )  # fmt: skip
        spread = f" ({band_text(site)})" if ends else ""
        told.append(f"{one.scenario.short} {show_result(site).text}{spread}")
    axes.set_yticks(range(len(told)), [one.scenario.short for one in peers()])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlim(0.1, 2e4 if canvas.narrow else 6e3)
    ticks = (0.1, 1, 10, 100, 1000)
    axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel("GWh; dot: at the site; stroke: its chips alone")
    axes.grid(visible=False, axis="y")
    return "Dots on a scale of powers of ten, one for each run: " + "; ".join(told) + "."
