"""Charts of answers and of the sites that give them: the parts of one answer, and how many people share a site."""

from __future__ import annotations

from calc.base.decimals import percentage, whole
from calc.charts import BAR, INK, SERIES, Canvas, band, chart, lie, number, words

_ANSWERS = (("answered at once", "served-answer"), ("thinking first", "served-reasoning"))
_PARTS = ("reading", "thinking", "writing", "beside the GPUs")


def _shares(name: str) -> tuple[float, ...]:
    """Of an answer's energy: reading, thinking, writing, and what the site adds to these."""

    def one(reference: str, unit: str | None = None) -> float:
        return number(f"{reference}; scenario {name}", unit)

    fresh, cached, written = (
        one(f"{kind}-token-energy", "J/token") for kind in ("input", "cached", "written")
    )  # each at the GPUs
    reading = one("fresh_tokens") * (fresh + cached) + one("cached_tokens") * cached
    gpus = (reading, one("reasoning_tokens") * written, one("shown_tokens") * written)
    whole_answer = one("site-overhead") * sum(gpus)
    return (*(part / whole_answer for part in gpus), 1 - sum(gpus) / whole_answer)


@chart(height=1.9, narrow_height=2.2)
def answer_parts(canvas: Canvas) -> str:
    """More than half of an answer is spent beside the GPUs that write it."""
    axes, told = canvas.axes(), []
    colours = (SERIES[1], SERIES[2], SERIES[0], SERIES[3])
    names = []
    for place, (said, name) in enumerate(_ANSWERS):
        start = 0.0
        for part, share, colour in zip(_PARTS, _shares(name), colours, strict=True):
            axes.barh(place, 100 * share, left=start, height=BAR, color=colour, label=part if place else None)
            start += 100 * share
        energy = words(f"whole-answer-energy; scenario {name}; number") + " Wh"
        names.append(f"{said},\n{energy}")
        parts = (f"{part} {percentage(share)}" for part, share in zip(_PARTS, _shares(name), strict=True) if share)
        told.append(f"{said}, {energy}: {', '.join(parts)}")
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    columns, left = (2, -0.6) if canvas.narrow else (4, 0)
    axes.legend(ncols=columns, loc="lower left", bbox_to_anchor=(left, 1), labelcolor=INK, handlelength=1)
    lie(axes, "% of the answer's energy at the site", 0, 100)
    return f"Two bars of shares. {'; '.join(told)}."


_PEOPLE = "people-served; scenario planner-site"
_LENGTHS = (100, 200, 500, 1000, 2000, 5000)


@chart(height=2.6)
def people_by_length(canvas: Canvas) -> str:
    """Shorter answers gain a site few people; longer ones cost it most of them."""
    axes = canvas.axes()
    said = [f"{_PEOPLE}; response_tokens={tokens}" for tokens in _LENGTHS]
    axes.plot(_LENGTHS, [number(one) / 1e9 for one in said], "o-", color=SERIES[0], linewidth=2, markersize=4)
    usual = number("response_tokens; scenario planner-site")
    low, high = (end / 1e9 for end in band(_PEOPLE))
    axes.plot([usual, usual], [low, high], color=INK, linewidth=1.4)
    axes.annotate(
        "nine draws of ten",
        (usual, low),
        xytext=(-5, 0),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=INK,
    )
    axes.set_xscale("log")
    ticks = (100, 500, 5000) if canvas.narrow else _LENGTHS
    axes.set_xticks(ticks, [whole(tokens) for tokens in ticks])
    axes.minorticks_off()
    axes.set_ylim(0, max(high, number(said[0]) / 1e9) * 1.08)
    axes.set_xlabel("tokens in an answer")
    axes.set_ylabel("billion people")
    ends = [f"{whole(_LENGTHS[place])} tokens {words(f'{said[place]}; digits 2; words')}" for place in (0, -1)]
    return f"A line that falls as answers get longer: with answers of {', of '.join(ends)}."
