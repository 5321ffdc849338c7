"""Charts of one prompt's energy in published estimates."""

from __future__ import annotations

from calc.base.decimals import times
from calc.book.estimate_gaps import all_gaps
from calc.charts import BAR, INK, QUIET, SERIES, Canvas, beside, chart, lie, number


@chart(height=4.6)
def prompt_waterfall(canvas: Canvas) -> str:
    """Shorter answers and newer hardware explain most of a tenfold gap."""
    axes = canvas.axes()
    gaps, place, told, names = all_gaps(), 0, list[str](), list[str]()

    def figure(title: str, value: float, text: str) -> None:
        nonlocal place
        axes.barh(place, value - _LEFT, left=_LEFT, color=SERIES[0], height=BAR)
        text = text.replace("/prompt", "")  # the axis says it
        beside(axes, text, (value, place), color=INK)
        names.append(title)
        place += 1

    start = gaps[0].start
    figure(start.title, float(start.value), start.text)
    told.append(f"{start.title} {start.text}")
    for gap in gaps:
        reached = float(gap.start.value)
        for factor in gap.factors:
            after = reached * float(factor.value)
            axes.barh(
                place, abs(after - reached), left=min(after, reached), height=0.4,
                color=QUIET if factor.name == "not published" else SERIES[1 if after > reached else 2],
            )  # fmt: skip
            beside(axes, times(factor.value), (max(after, reached), place), color=INK)
            names.append(factor.name)
            reached, place = after, place + 1
        figure(gap.end.title, float(gap.end.value), gap.end.text)
        steps = ", ".join(f"{factor.name} {times(factor.value)}" for factor in gap.factors)
        told.append(f"{steps}, to {gap.end.title} {gap.end.text}")
    axes.yours(number("site-energy-per-prompt; scenario chatgpt-2025-07", "Wh/prompt"))
    axes.set_yticks(range(place), names)
    axes.invert_yaxis()
    axes.set_xscale("log")
    ticks = [0.1, 1] if canvas.narrow else [0.1, 0.3, 1, 3]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    lie(axes, "Wh for one prompt, by factors", _LEFT, _RIGHT)
    return "Bars on a scale of factors: " + "; ".join(told) + "."


_LEFT, _RIGHT = 0.06, 9.0  # Wh: room to the left of the least figure, and for the labels
