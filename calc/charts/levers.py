"""Charts of what lowers the energy of the same work."""

from __future__ import annotations

from calc.charts.base import Canvas, chart, number, words
from calc.charts.style import QUIET, SERIES

_SAME = "training_flop=(training-flop); flop_utilisation=(flop-utilisation)"
_GENERATIONS = (
    ("DGX A100, 2020", "work-energy"),
    ("DGX H100, 2022", f"work-energy; scenario hgx-h100; {_SAME}"),
    ("DGX B200, 2024", f"work-energy; scenario dgx-b200; {_SAME}"),
    ("GB200 NVL72, 2024", f"work-energy; scenario gb200-nvl72; {_SAME}"),
)


@chart(height=2.2)
def energy_by_generation(canvas: Canvas) -> str:
    """Energy of the same run at the same utilisation, by what it runs on."""
    axes = canvas.axes()
    names = [name for name, _ in _GENERATIONS]
    values = [number(reference, "GWh") for _, reference in _GENERATIONS]
    bars = axes.barh(names, values, color=[QUIET, *SERIES[:1] * 3], height=0.62)
    axes.bar_label(bars, [words(reference) for _, reference in _GENERATIONS], padding=4)
    axes.invert_yaxis()
    axes.set_xlim(0, max(values) * 1.24)
    axes.set_xlabel("GWh, servers at their rating")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return "Bars of energy: " + "; ".join(f"{name} {words(reference)}" for name, reference in _GENERATIONS) + "."
