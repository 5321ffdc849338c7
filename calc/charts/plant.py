"""Charts of what a site asks of a place: shares of a grid, water, and waiting for power."""

from __future__ import annotations

from calc.base.decimals import bare
from calc.charts import BAR, GRID, INK, QUIET, SERIES, Canvas, band, beside, chart, lie, number, words

_SITE = "scenario halls-200mw"
_PLACES = (
    ("Ireland", "irl"),
    ("Finland", "fin"),
    ("Norway", "nor"),
    ("Spain", "esp"),
    ("France", "fra"),
    ("India", "ind"),
)


@chart(height=2.8, narrow_height=3.0)
def energy_and_peak(canvas: Canvas) -> str:
    """The share of the peak is smaller than that of the year, most of all where winters are cold."""
    axes, told = canvas.axes(), []
    for place, (name, code) in enumerate(_PLACES):
        year, peak = (f"{one}; {_SITE}; place {code}" for one in ("grid-share", "peak-share"))
        ends = 100 * number(peak), 100 * number(year)
        axes.plot(ends, [place, place], color=GRID, linewidth=3, zorder=1)
        axes.plot([ends[0]], [place], "o", color=SERIES[1], markersize=7)
        axes.plot([ends[1]], [place], "o", color=SERIES[0], markersize=7)
        told.append(f"{name} {words(f'{year}; digits 2')} of the year and {words(f'{peak}; digits 2')} of the peak")
        if place == 0:
            for text, at, colour, side in (("peak", ends[0], SERIES[1], "right"), ("year", ends[1], SERIES[0], "left")):
                axes.annotate(text, (at, 0), xytext=(0, 7), textcoords="offset points", ha=side, color=colour)
    axes.set_yticks(range(len(_PLACES)), [name for name, _ in _PLACES])
    axes.set_ylim(len(_PLACES) - 0.5, -0.7)
    axes.set_xscale("log")
    ticks = [0.1, 0.3, 1, 3]
    axes.set_xticks(ticks, [bare(tick, 1) for tick in ticks])
    axes.minorticks_off()
    lie(axes, "% of the place's electricity", 0.06, 7)
    return f"Pairs of dots on a scale of factors: {'; '.join(told)}."


_HALL = "scenario cooling-halls"
_FLOWS = (("round in the loop", "loop-flow"), ("taken in by towers", "tower-intake"), ("evaporated", "tower-water"))


@chart(height=1.9, narrow_height=2.1)
def water_in_a_hall(canvas: Canvas) -> str:
    """The loop carries some fifty times the water that towers evaporate."""
    said = [f"{formula}; {_HALL}" for _, formula in _FLOWS]
    values = [number(one, "L/min") / 1000 for one in said]
    labels = [words(f"{one}; in kL/min; digits 2; number") for one in said]
    names = [name.replace(" by ", " by\n") if canvas.narrow else name for name, _ in _FLOWS]
    colours = [QUIET, QUIET, SERIES[1]]
    canvas.bars(names, values, labels, colours, "thousand litres a minute", room=1.16)
    told = "; ".join(f"{name} {words(one)}" for (name, _), one in zip(_FLOWS, said, strict=True))
    return f"Bars of water: {told}."


@chart(height=1.6, narrow_height=1.8)
def wait_for_power(canvas: Canvas) -> str:
    """Two years in three of the wait for a power station are the queue."""
    axes = canvas.axes()
    queue, build = number(f"queue-time; {_SITE}", "year"), number(f"plant_build_time; {_SITE}", "year")
    whole = f"supply-wait; {_SITE}"
    ends = band(whole, "year")
    axes.barh(0, queue, color=SERIES[1], height=BAR)
    axes.barh(0, build, left=queue, color=SERIES[0], height=BAR)
    axes.plot(ends, [0.5, 0.5], color=INK, linewidth=1.6)
    for text, at in (("in the queue", queue / 2), ("building", queue + build / 2)):
        axes.annotate(text, (at, -0.42), ha="center", va="bottom", color=INK)
    beside(axes, words(f"{whole}; digits 2"), (queue + build, 0), color=INK)
    axes.set_yticks([])
    axes.set_ylim(0.75, -0.85)
    lie(axes, "years", 0, max(ends[1], queue + build) * 1.08)
    return (
        f"A bar of two parts: {words(f'queue-time; {_SITE}; digits 2')} in the queue and "
        f"{words(f'plant_build_time; {_SITE}')} of building; {words(f'{whole}; spread')} in nine draws of ten."
    )
