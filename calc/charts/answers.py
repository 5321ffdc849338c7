"""Charts of answers and of the sites that give them: an answer's parts, beside a home, and people who share a site."""

from __future__ import annotations

from calc.base.decimals import bare, percentage, whole
from calc.charts import BAR, INK, QUIET, SERIES, Canvas, band, beside, chart, lie, number, words

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


_ASKED = (
    ("a short answer", "site-energy-per-prompt; scenario chatgpt-2025-07", "Wh/prompt"),
    ("one with thinking", "whole-answer-energy; scenario served-reasoning", "Wh/prompt"),
    ("a hot bath", "bath-energy; scenario chatgpt-footprint", "Wh"),
)
_MONTH = 365 / 12  # days
_MARKS = ((1, "1 Wh"), (100, "100 Wh"), (1e4, "10 kWh"))


@chart(height=2.2, narrow_height=2.4)
def answers_and_homes(canvas: Canvas) -> str:
    """A home uses in a day what tens of thousands of short answers take."""
    axes = canvas.axes()
    rows = [(name, number(one, unit), words(one).replace("/prompt", "")) for name, one, unit in _ASKED]
    home = number("household-use", "Wh/(household*month)") / _MONTH
    rows.append(("a home\N{RIGHT SINGLE QUOTATION MARK}s day", home, f"{bare(home / 1000, 2)} kWh"))
    low, high = band(*_ASKED[0][1:])
    axes.plot([low, high], [0, 0], color=SERIES[0], linewidth=5, alpha=0.4, solid_capstyle="butt")
    for place, (_, value, said) in enumerate(rows):
        axes.plot([value], [place], "o", color=QUIET if place > 1 else SERIES[0], markersize=7)
        beside(axes, said, (max(value, high) if place == 0 else value, place), away=8, color=INK)
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xscale("log")
    axes.set_xticks([at for at, _ in _MARKS], [label for _, label in _MARKS])
    axes.minorticks_off()
    scale = "energy at the meter"
    lie(
        axes,
        scale if canvas.narrow else f"{scale}, each mark a hundred times the one before",
        0.03,
        1e7 if canvas.narrow else 1e6,
    )
    told = "; ".join(f"{name} {said}" for name, _, said in rows)
    return f"Dots of energy on a scale of powers of ten: {told}."
