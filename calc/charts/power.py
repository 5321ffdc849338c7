"""Charts of power."""

from __future__ import annotations

from calc.charts import QUIET, SERIES, Canvas, chart, number, words

_COUNTED = (("the GPUs alone", "gpu-power"), ("their servers", "cluster-power"), ("the whole site", "facility-power"))


@chart(height=1.9)
def power_boundaries(canvas: Canvas) -> str:
    """What the GPUs of the run draw, by what is counted."""
    names = [name for name, _ in _COUNTED]
    values = [number(formula, "MW") for _, formula in _COUNTED]
    labels = [words(formula) for _, formula in _COUNTED]
    canvas.bars(names, values, labels, [QUIET, SERIES[0], SERIES[1]], "MW, at their rating", room=1.22)
    return "Bars of power: " + "; ".join(map(" ".join, zip(names, labels, strict=True))) + "."
