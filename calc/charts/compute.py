"""Charts of arithmetic: how long one GPU would need, and how GPUs and days of a run trade places."""

from __future__ import annotations

from calc.base.decimals import whole
from calc.charts.base import Canvas, beside, chart, lie, number, swept, words
from calc.charts.style import GRID, INK, QUIET, SERIES

_ONE = "gpus=1; flop_utilisation=100 %"
_WORK = (
    ("one token, read and learnt", f"training_flop=(training-flop; tokens=1); {_ONE}", "in ms; digits 2"),
    ("the product of the example", f"training_flop=(matmul-flop); {_ONE}", "in s; digits 2"),
    ("one step of the run", f"training_flop=(training-flop; tokens=(batch_tokens)); {_ONE}", "digits 2"),
    ("the whole run", _ONE, "in year; digits 2"),
)
_TICKS = {1e-2: "10 ms", 1: "1 s", 3600: "1 h", 86_400: "1 day", 31_557_600: "1 year", 31_557_600_000: "1,000 years"}


@chart(height=2.3, narrow_height=2.6)
def one_gpu(canvas: Canvas) -> str:
    """One product takes a GPU seconds; the whole run would take it two thousand years."""
    axes = canvas.axes()
    told = []
    for place, (name, work, form) in enumerate(_WORK):
        reference = f"flop-utilisation; solve training_time; {work}"
        seconds, label = number(reference, "s"), words(f"{reference}; {form}")
        last = place == len(_WORK) - 1
        axes.plot([1e-3, seconds], [place, place], color=GRID, linewidth=1.2)
        axes.plot([seconds], [place], "o", color=SERIES[0] if last else QUIET, markersize=8)
        beside(axes, label, (seconds, place), away=9, color=INK)
        told.append(f"{name} {label}")
    short = ("a token", "a product", "a step", "the run")
    axes.set_yticks(range(len(_WORK)), short if canvas.narrow else [name for name, *_ in _WORK])
    axes.set_ylim(len(_WORK) - 0.5, -0.5)
    axes.set_xscale("log")
    ticks = list(_TICKS)[1::2] if canvas.narrow else list(_TICKS)
    axes.set_xticks(ticks, [_TICKS[tick] for tick in ticks])
    axes.minorticks_off()
    lie(axes, "on one A100 at its dense peak", 1e-3, 1e16 if canvas.narrow else 1e14)
    return f"Dots of time on one GPU, on a scale of powers of ten: {'; '.join(told)}."


@chart(height=3.0, narrow_height=3.3)
def gpus_or_days(canvas: Canvas) -> str:
    """With fewer GPUs the run only takes longer: its work is the same."""
    estimate = "gpt-4-estimate"
    axes = canvas.axes()
    counts = range(10_000, 50_001, 1000)
    time, share = f"training-time; scenario {estimate}", f"flop_utilisation; scenario {estimate}"
    slow, fast = (swept(f"{time}; flop_utilisation=({share}; {end})", "gpus", counts) for end in ("low", "high"))
    axes.fill_between(counts, fast, slow, color=SERIES[0], alpha=0.16, linewidth=0)
    axes.plot(counts, swept(time, "gpus", counts), color=SERIES[0])
    told = []
    for end in ("low", "high"):
        gpus = f"(gpus; {end})"
        at = number(f"gpus; {end}")
        days = f"training-time; scenario {estimate}; gpus={gpus}; digits 2"
        axes.plot([at], [number(days)], "o", color=SERIES[1], markersize=7)
        label = f"{words(f'gpus; {end}')}, {words(days)}"
        axes.annotate(label, (at, number(days)), xytext=(9, 6), textcoords="offset points", color=INK)
        told.append(label)
    low, high = (words(f"{share}; {end}") for end in ("low", "high"))
    axes.set_xlim(counts[0], counts[-1])
    axes.set_ylim(0, float(max(slow)))
    ticks = list(range(10_000, 50_001, 20_000 if canvas.narrow else 10_000))
    axes.set_xticks(ticks, [whole(tick) for tick in ticks])
    axes.set_xlabel("GPUs")
    axes.set_ylabel("days")
    return (
        f"A falling curve of days against GPUs, for the work of GPT-4's run, inside a band for utilisations from {low} "
        f"to {high}. Two points on it: {'; '.join(told)}."
    )
