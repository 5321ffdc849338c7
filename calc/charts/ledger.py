"""Charts of what the articles claim."""

from __future__ import annotations

from calc.book.claims import VERDICTS, all_claims
from calc.book.coverage import articles as articles_of_the_book
from calc.charts import COLOURS, SERIES, Canvas, chart

_COLOURS = dict(
    zip(
        VERDICTS,
        (SERIES[0], SERIES[2], COLOURS["wrong"], SERIES[3], SERIES[1], COLOURS["quiet"], COLOURS["ink"]),
        strict=True,
    )
)


@chart(height=3.6, narrow_height=5.4)
def ledger_verdicts(canvas: Canvas) -> str:
    """What became of the articles' figures, one square a figure."""
    articles = articles_of_the_book()
    across = 10 if canvas.narrow else 24
    axes = canvas.axes()
    axes.set_axis_off()
    row, told = 0.0, []
    for verdict in VERDICTS:
        found = sorted(
            (one for one in all_claims() if one.verdict == verdict), key=lambda one: articles.index(one.source)
        )
        axes.text(0, row, f"{verdict}, {len(found)}", va="center")
        for place, one in enumerate(found):
            x, y = place % across, row + 1 + place // across
            filled = one.source == articles[0]
            colour = _COLOURS[verdict]
            axes.plot(
                x + 0.4,
                y,
                marker="s",
                markersize=9,
                color=colour,
                markerfacecolor=colour if filled else "none",
                markeredgewidth=1.4,
            )
        row += 2.4 + (len(found) - 1) // across if found else 1.4
        shares = [sum(one.source == article for one in found) for article in articles]
        told.append(f"{verdict} {len(found)}, of which {shares[0]} in the first article and {shares[1]} in the second")
    axes.set_xlim(-0.2, across + 0.2)
    axes.set_ylim(row - 0.8, -0.6)
    return "Squares by verdict: " + "; ".join(told) + "."
