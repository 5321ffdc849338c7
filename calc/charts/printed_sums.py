"""A chart of how far the sums that others have printed are from the book's formulas."""

from __future__ import annotations

from calc.base.decimals import bare, whole
from calc.book.worked import worked
from calc.charts import QUIET, SERIES, Canvas, chart

_TICKS = (0.01, 0.1, 1, 10)  # %
_SAID = (0.1, 1, 3)  # %


@chart(height=2.4)
def printed_sums(canvas: Canvas) -> str:
    """Nearly all of the sums that others have printed come out within three per cent."""
    axes = canvas.axes()
    off = sorted(100 * abs(float(one.difference)) for one in worked())
    shares = [100 * (place + 1) / len(off) for place in range(len(off))]
    axes.step([max(one, _TICKS[0]) for one in off], shares, where="post", color=SERIES[0], linewidth=2)
    axes.axvline(3, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.set_xscale("log")
    axes.set_xticks(_TICKS, ["0.01 or less", *(bare(tick) for tick in _TICKS[1:])])
    axes.minorticks_off()
    axes.set_xlim(_TICKS[0], 30)
    axes.set_ylim(0, 102)
    axes.set_xlabel("% off, at most")
    axes.set_ylabel("% of the sums")
    inside = {limit: sum(one <= limit for one in off) for limit in _SAID}
    told = "; ".join(f"{whole(count)} within {bare(limit)} %" for limit, count in inside.items())
    return f"A rising line of how many of {whole(len(off))} sums come out how closely: {told}."
