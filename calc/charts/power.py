"""Charts of power."""

from __future__ import annotations

from calc.charts import QUIET, SERIES, Canvas, chart, number, words

_COUNTED = (("the GPUs alone", "gpu-power"), ("their servers", "cluster-power"), ("the whole site", "facility-power"))


@chart(height=1.9)
def power_boundaries(canvas: Canvas) -> str:
    """What the GPUs of the run draw, by what is counted."""
    axes = canvas.axes()
    names = [name for name, _ in _COUNTED]
    values = [number(formula, "MW") for _, formula in _COUNTED]
    bars = axes.barh(names, values, color=[QUIET, SERIES[0], SERIES[1]], height=0.62)
    axes.bar_label(bars, [words(formula) for _, formula in _COUNTED], padding=4)
    axes.invert_yaxis()
    axes.set_xlim(0, max(values) * 1.22)
    axes.set_xlabel("MW, at their rating")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return "Bars of power: " + "; ".join(f"{name} {words(formula)}" for name, formula in _COUNTED) + "."
