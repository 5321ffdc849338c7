"""Charts of power."""

from __future__ import annotations

from calc.charts import BAR, INK, PAPER, QUIET, SERIES, Canvas, band, chart, lie, number, words

_OURS = "; scenario gpt-4-estimate"
_COUNTED = (
    ("the GPUs alone", "gpu-power", ""),  # nobody has estimated what the chips draw apart from their servers
    ("their servers", "cluster-power", _OURS),
    ("the whole site", "facility-power", _OURS),
)


@chart(height=2.2, narrow_height=2.4)
def power_boundaries(canvas: Canvas) -> str:
    """Servers drew less than their ratings, and the site more than its servers."""
    axes = canvas.axes()
    told = []
    for place, (name, formula, ours) in enumerate(_COUNTED):
        most, rated = words(formula), number(formula, "MW")
        if ours:
            value, spread = words(formula + ours), words(f"{formula}{ours}; spread")
            axes.barh(place, number(formula + ours, "MW"), color=SERIES[place - 1], height=BAR)
            axes.plot(band(formula + ours, "MW"), [place + 0.2] * 2, color=INK, linewidth=1.6)
            axes.annotate(value, (0, place), xytext=(6, 0), textcoords="offset points", va="center", color=PAPER)
            told.append(f"{name} {value}, {spread} in nine draws of ten, at most {most}")
        else:
            told.append(f"{name} at most {most}")
        axes.plot([rated] * 2, [place - BAR / 2, place + BAR / 2], color=QUIET, linewidth=2)
        axes.annotate(f"at most {most}", (rated, place), xytext=(5, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(_COUNTED)), [name for name, _, _ in _COUNTED])
    axes.invert_yaxis()
    lie(axes, "MW", 0, number("facility-power", "MW") * (1.8 if canvas.narrow else 1.25))
    return "Bars of power, with the ratings as marks: " + "; ".join(told) + "."
