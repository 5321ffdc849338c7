"""Charts of what lowers the energy of the same work."""

from __future__ import annotations

from calc.base.decimals import bare
from calc.book.serving_levers import LEVERS, lever_steps
from calc.charts.base import Canvas, chart, number, of_step, said, words
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
    """The same run takes servers of 2024 a quarter of what it took those of 2020, at their ratings."""
    names = [name for name, _ in _GENERATIONS]
    values = [number(reference, "GWh") for _, reference in _GENERATIONS]
    labels = [words(reference) for _, reference in _GENERATIONS]
    canvas.bars(names, values, labels, [QUIET, *SERIES[:1] * 3], "GWh, servers at their rating", 1.24)
    return "Bars of energy: " + "; ".join(map(" ".join, zip(names, labels, strict=True))) + "."


_SHORT = {
    "thinking": "answer at once", "batch": "128 answers at once", "new-gpu": "a newer GPU", "busy": "busier machines",
    "experts": "a mixture of experts", "caching": "prompts at hand", "drafting": "drafting", "precision": "fewer bits",
}  # fmt: skip


@chart(height=2.6, narrow_height=2.8)
def answer_levers(canvas: Canvas) -> str:
    """Thinking less and sharing more are worth several times what new chips and fewer bits are."""
    found = ((of_step(before) / of_step(after), one.id) for one in LEVERS for before, after in [lever_steps(one)])
    rows = sorted(((value, _SHORT[name]) for value, name in found), reverse=True)
    values, names = [value for value, _ in rows], [name for _, name in rows]
    labels = [said(bare, value, 2) for value in values]
    colours = [SERIES[0]] * 2 + [QUIET] * (len(rows) - 2)
    canvas.bars(names, values, labels, colours, "times less energy", room=1.12)
    return "Bars of how many times less energy: " + "; ".join(map(" ".join, zip(names, labels, strict=True))) + "."
