"""Charts of a training run: how busy its GPUs are, what stops it, and what comes before and after it."""

from __future__ import annotations

from calc.base.decimals import whole
from calc.charts import GRID, INK, QUIET, SERIES, Canvas, band, chart, lie, number, swept, words
from calc.charts.tracked import Told

_RUN = "run-facility-energy; scenario seventy-billion"
_REACHED = "flop_utilisation; scenario seventy-billion"


@chart(height=2.8)
def busy_gpus(canvas: Canvas) -> str:
    """GPUs that are half as busy take twice the energy."""
    axes = canvas.axes()
    shares = range(10, 61, 2)
    taken = swept(_RUN, "flop_utilisation", shares, "GWh", 0.01)
    at, value = 100 * number(_REACHED), number(_RUN, "GWh")
    low, high = (100 * number(f"{_REACHED}; {end}") for end in ("low", "high"))
    axes.axvspan(low, high, color=GRID, alpha=0.6, linewidth=0)
    axes.annotate("published runs", ((low + high) / 2, max(taken)), ha="center", va="top", color=QUIET)
    axes.plot(shares, taken, color=SERIES[0], linewidth=2)
    axes.plot([at], [value], "o", color=SERIES[1], markersize=7)
    axes.annotate(words(_RUN), (at, value), xytext=(7, 5), textcoords="offset points", color=INK)
    axes.set_xlim(shares[0], shares[-1])
    axes.set_ylim(0, max(taken) * 1.05)
    axes.set_xlabel("% of the peak that is reached")
    axes.set_ylabel("GWh at the meter")
    ends = [f"{words(f'{_RUN}; flop_utilisation={share / 100}')} at {share} %" for share in (shares[0], shares[-1])]
    return f"A line that falls from {ends[0]} of the peak to {ends[1]}; a dot at {words(_RUN)} and {words(_REACHED)}."


_LLAMA = "scenario run-llama-3.1-405b"
_GOODPUT = f"goodput; {_LLAMA}"
_COUNTS = (1000, 2000, 5000, 10000, 20000, 30000, 50000, 70000, 100000)


@chart(height=2.8)
def run_goodput(canvas: Canvas) -> str:
    """With a hundred thousand GPUs, failures would take more than half of the time."""
    axes = canvas.axes()
    kept = [100 * one for one in swept(_GOODPUT, "gpus", _COUNTS)]
    # Beyond the sixth a slow restart takes longer than the next failure comes: nothing is gained.
    quick, slow = (
        [100 * one for one in swept(f"{_GOODPUT}; restart_time=(restart_time; {_LLAMA}; {end})", "gpus", counts)]
        for end, counts in (("low", _COUNTS), ("high", _COUNTS[:6]))
    )
    slow += [Told(0.0, slow[0].how) if isinstance(slow[0], Told) else 0.0] * (len(_COUNTS) - len(slow))
    axes.fill_between(_COUNTS, slow, quick, color=SERIES[0], alpha=0.16, linewidth=0)
    axes.plot(_COUNTS, kept, color=SERIES[0], linewidth=2)
    here, gpus = 100 * number(_GOODPUT), number(f"gpus; {_LLAMA}")
    axes.plot([gpus], [here], "o", color=SERIES[1], markersize=7)
    axes.annotate("Llama 3.1 405B", (gpus, here), xytext=(6, 5), textcoords="offset points", color=INK)
    axes.set_xscale("log")
    axes.set_xticks([1000, 10000, 100000], [whole(count) for count in (1000, 10000, 100000)])
    axes.minorticks_off()
    axes.set_xlim(_COUNTS[0], _COUNTS[-1] * 1.02)
    axes.set_ylim(0, 103)
    axes.set_xlabel("GPUs")
    axes.set_ylabel("% of the time with headway")
    said = [
        f"{words(f'{_GOODPUT}; gpus={count}; digits 2')} with {whole(count)} GPUs" for count in (1000, 10000, 100000)
    ]
    return f"A line of the share of time in which the run makes headway: {'; '.join(said)}."


_LIFE = "scenario life-seventy-billion"
_STAGES = (
    ("the run", "run-facility-energy"),
    ("its answers, three years", "life-serving-energy"),
    ("trials and run", "research-energy"),
)


@chart(height=1.9, narrow_height=2.3)
def life_of_a_model(canvas: Canvas) -> str:
    """By our best guess the run itself is the smallest of the three."""
    axes, told = canvas.axes(), list[str]()
    for place, (name, formula) in enumerate(_STAGES):
        said, colour = f"{formula}; {_LIFE}", SERIES[1] if place == 0 else SERIES[0]
        value, ends = number(said, "GWh"), band(said, "GWh")
        axes.plot(ends, [place, place], color=colour, linewidth=5, alpha=0.4, solid_capstyle="butt")
        axes.plot([value], [place], "o", color=colour, markersize=7)
        axes.annotate(
            words(f"{said}; digits 2"),
            (value, place),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            color=INK,
        )
        told.append(f"{name} {words(f'{said}; digits 2')}, {words(f'{said}; spread')} in nine draws of ten")
    names = [name.replace(", ", ",\n") if canvas.narrow else name for name, _ in _STAGES]
    axes.set_yticks(range(len(_STAGES)), names)
    axes.set_ylim(len(_STAGES) - 0.5, -0.7)
    axes.set_xscale("log")
    axes.set_xticks([3, 10, 30, 100, 300], ["3", "10", "30", "100", "300"])
    axes.minorticks_off()
    lie(axes, "GWh", 2, 600)
    return f"Dots with their bands, on a scale of factors: {'; '.join(told)}."
