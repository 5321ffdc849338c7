"""Charts of what has a date: sites, forecasts, answers and owners."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calc.base.dates import decimal_year, last_day
from calc.base.decimals import percent, percentage, whole
from calc.base.numbers import show
from calc.book.court import ENERGY, Foreseen, foreseen, verdicts
from calc.book.dated_sites import all_sites, together
from calc.charts import BAR, GRID, INK, QUIET, SERIES, WRONG, Canvas, beside, chart, lie, number, thousands
from calc.model.series import Series, all_series, series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOOKED = ("2024-06", "2024-12", "2025-03", "2025-06", "2025-09", "2025-12", "2026-03", "2026-06", "2026-09")


@chart(height=4.2, narrow_height=4.4)
def sites_announced_seen(canvas: Canvas) -> str:
    """Most of what was announced for sites that can be watched is not there yet."""
    axes = canvas.axes()
    told = []
    found = [one for one in all_sites() if one.is_counted_alike]
    for place, one in enumerate(found):
        assert one.announced is not None
        assert one.seen is not None
        said, seen = one.announced.values[-1].input, one.seen.values[-1].input
        axes.barh(place, float(said.value), color=GRID, height=BAR)
        axes.barh(place, float(seen.value), color=SERIES[0], height=BAR)
        if seen.low != seen.high:
            axes.plot([float(seen.low), float(seen.high)], [place, place], color=INK, linewidth=1.2)
        right = max(float(said.value), float(seen.high))
        share = one.built_share()
        label = percentage(float(share.exact)) if share is not None and share.exact else "nothing yet"
        beside(axes, label, (right, place), color=INK)
        told.append(f"{one.title} {show(seen.value, seen.quantity, 'MW').number} of "
                    f"{show(said.value, said.quantity, 'MW').text}")  # fmt: skip
    axes.set_yticks(range(len(found)), [one.title for one in found])
    axes.invert_yaxis()
    axis = "MW; grey: announced" if canvas.narrow else "MW at the site; grey: announced; colour: seen, with its band"
    lie(axes, axis, 0, 2900 if canvas.narrow else 2600)
    thousands(axes)
    return "Bars of power, of what is seen within what was announced: " + "; ".join(told) + "."


@chart(height=2.8, narrow_height=3.0)
def sites_over_time(canvas: Canvas) -> str:
    """Announcements ran ahead of building, and building has begun to follow."""
    axes = canvas.axes()
    days = [decimal_year(last_day(day)) for day in _LOOKED]
    told = []
    for stage, colour in (("announced", QUIET), ("seen", SERIES[0])):
        values = [together(day, stage)[0] / 1000 for day in _LOOKED]
        axes.plot(days, values, color=colour, marker="o", markersize=4)
        axes.annotate(stage, (days[-1], values[-1]), xytext=(6, 0), textcoords="offset points", color=colour,
                      va="center")  # fmt: skip
        told.append(f"{stage} {values[0]:.2g} GW in {_LOOKED[0]} and {values[-1]:.2g} GW in {_LOOKED[-1]}")
    _years(axes, 2024, 2027)
    axes.set_xlim(2024.3, 2027.2 if canvas.narrow else 2027)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("GW")
    return "Two lines, of all sites that are counted alike together: " + "; ".join(told) + "."


def _years(axes: Axes, first: int, last: int) -> None:
    """Years on the axis below, as the book writes them."""
    axes.set_xticks(range(first, last + 1), [str(year) for year in range(first, last + 1)])


def _line(one: Series) -> tuple[list[float], list[float]]:
    """The dates of a series as years, and its values in their own unit."""
    return [decimal_year(value.day) for value in one.values], [float(value.input.value) for value in one.values]


_WORLD_END = 1700


@chart(height=3.8, narrow_height=4.0)
def forecast_fans(canvas: Canvas) -> str:
    """Forecasts of the world's data centres fan out from what was counted."""
    axes = canvas.axes()
    shown = [one for one in foreseen() if _is_of_the_world(one)]
    for one in shown:
        assert one.base is not None
        assert one.base_year is not None
        years, base = [one.base_year, one.year], float(one.base)
        colour = SERIES[1] if one.is_ranged else QUIET
        if one.low is not None and one.high is not None:
            axes.fill_between(years, [base, float(one.low)], [base, float(one.high)], color=colour, alpha=0.14,
                              linewidth=0)  # fmt: skip
        if one.middle is not None:
            axes.plot(years, [base, float(one.middle)], color=colour, linewidth=1, alpha=0.75)
    told = []
    for name, word in (("demand-world-masanet", "Masanet"), ("demand-world", "IEA")):
        counted = series(name)
        years = [value.day.year for value in counted.values]
        values = [float(value.input.value) for value in counted.values]
        axes.plot(years, values, "o-", color=SERIES[0], markersize=5)
        axes.annotate(f"counted, {word}", (years[0], values[0]), xytext=(0, -12), textcoords="offset points",
                      color=SERIES[0], ha="center", va="top", fontsize=8.5)  # fmt: skip
        told += [f"{word} {whole(value)} in {year}" for year, value in zip(years, values, strict=True)]
    axes.set_xlim(2008, 2031)
    axes.set_ylim(0, _WORLD_END)
    axes.set_xlabel("year")
    axes.set_ylabel("TWh a year")
    axes.yaxis.set_major_formatter(lambda value, _: whole(value))
    ends = [float(one.middle) for one in shown if one.middle is not None and one.year == 2030]
    above = sum(end > _WORLD_END for end in ends)
    return (
        f"Lines of {len(shown)} forecasts from their base, with fans for those that give a range, and what was "
        f"counted: {'; '.join(told)} TWh. For 2030 they lie between {whole(min(ends))} and {whole(max(ends))} TWh; "
        f"{above} lie above the picture."
    )


def _is_of_the_world(one: Foreseen) -> bool:
    return one.region == "world" and one.unit == ENERGY and one.base is not None and one.scope == "all data centres"


@chart(height=4.6, narrow_height=4.8)
def forecast_errors(canvas: Canvas) -> str:
    """More forecasts said too much than too little."""
    axes = canvas.axes()
    found = [one for one in verdicts() if one.error < 1.2]
    told, names = [], []
    for place, one in enumerate(sorted(found, key=lambda one: one.error)):
        colour = SERIES[1] if one.error > 0 else SERIES[0]
        axes.plot([0, one.error * 100], [place, place], color=GRID, linewidth=1.2)
        axes.plot([one.error * 100], [place], "o" if one.is_due else "D", color=colour, markersize=4.5)
        beside(axes, _signed(one.error), (max(one.error * 100, 0), place), away=7, color=INK, fontsize=8)
        case = f", {one.forecast.case}" if one.forecast.case and not canvas.narrow else ""
        names.append(f"{_short(one.forecast.publisher)} {one.forecast.published[:4]}{case}, {one.year}")
        told.append(f"{names[-1]} {_signed(one.error)}")
    axes.axvline(0, color=WRONG, linewidth=1)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    said = "off by, %" if canvas.narrow else "off by, %; round: the year it was made for; square: on its way"
    lie(axes, said, -60, 200 if canvas.narrow else 145)
    left = len(verdicts()) - len(found)
    return "Dots of error: " + "; ".join(told) + f". {left} more are off by more than the picture shows."


def _signed(share: float) -> str:
    """A share for a label, with its sign."""
    return percent(Fraction(share))


def _short(name: str) -> str:
    return name.partition(" (")[0].replace("Andrae and Edler", "Andrae")


_CLASSES = {"text": 0, "text, long": 3, "reasoning": 1, "picture": 2, "video": 4, "agent": 5}
_ANSWER_NAMES = {
    "prompt-gpt-3-page": (0, 9, "center"), "prompt-bloom-request": (-8, -9, "center"),
    "prompt-de-vries-chatgpt": (0, -12, "center"),
    "prompt-gemini-site": (5, -9, "left"), "prompt-couch-session": (5, 0, "left"), "prompt-video-wan": (-6, 4, "right"),
    "prompt-luccioni-image": (0, 6, "center"),
}  # fmt: skip


@chart(height=4.2, narrow_height=4.4)
def answers_over_time(canvas: Canvas) -> str:
    """The energy of a text answer fell; answers that think, draw or film take what it saved."""
    axes = canvas.axes()
    found = [one for one in all_series().values() if one.quantity.name == "stated_answer_energy"]
    for one in found:
        colour = SERIES[_CLASSES[one.about["answer"]]]
        days, values = _line(one)
        at_site = one.about["counted"] in ("site", "servers and building")
        axes.plot(days, values, "-", color=colour, linewidth=1)
        axes.plot(days, values, "o", markersize=4.5, markeredgecolor=colour, color=colour if at_site else "none")
        _name(canvas, axes, one, days[-1], values[-1])
    _years(axes, 2020, 2027)
    axes.set_xlim(2020, 2027)
    axes.set_yscale("log")
    axes.set_yticks([0.01, 0.1, 1, 10, 100, 1000], ["0.01", "0.1", "1", "10", "100", "1,000"])
    axes.minorticks_off()
    axes.yours(number("site-energy-per-prompt; scenario chatgpt-2025-07", "Wh/prompt"), "y")
    axes.set_ylabel("Wh an answer; full: at the site")
    for at, (word, colour) in enumerate((word, SERIES[place]) for word, place in _CLASSES.items()):
        axes.text(0.02, 0.30 - 0.052 * at, word, color=colour, transform=axes.transAxes, fontsize=8.5)
    spread = {
        word: [float(value.input.value) for one in found if one.about["answer"] == word for value in one.values]
        for word in _CLASSES
    }
    told = "; ".join(f"{word} {min(some):.2g} to {max(some):.3g}" for word, some in spread.items())
    return f"Dots of published energies in Wh by date, on a scale of powers of ten, {len(found)} series: {told}."


def _name(canvas: Canvas, axes: Axes, one: Series, day: float, value: float) -> None:
    """The name of a few dots, where there is room."""
    if one.id in _ANSWER_NAMES and not canvas.narrow:
        right, up, side = _ANSWER_NAMES[one.id]
        axes.annotate(
            one.title, (day, value), xytext=(right, up), textcoords="offset points", ha=side, fontsize=8, color=INK,
            va="center",
        )  # fmt: skip


@chart(height=2.8, narrow_height=3.0)
def openai_power_revenue(canvas: Canvas) -> str:
    """OpenAI's power, revenue and prompts have grown alike, as far as they are told."""
    axes = canvas.axes()
    told = []
    for name, word, colour in (
        ("openai-power", "power", SERIES[1]), ("openai-revenue", "revenue", SERIES[0]),
        ("chatgpt-prompts", "prompts", SERIES[2]),
    ):  # fmt: skip
        one = series(name)
        days, values = _line(one)
        values = [value / values[0] for value in values]
        axes.plot(days, values, "o-", color=colour, markersize=4)
        axes.annotate(word, (days[-1], values[-1]), xytext=(6, 4 if word == "revenue" else -4), color=colour,
                      textcoords="offset points", va="center")  # fmt: skip
        told.append(f"{word} {values[-1]:.3g} times between {one.values[0].date} and {one.values[-1].date}")
    _years(axes, 2024, 2026)
    axes.set_xlim(2023.8, 2026.5)
    axes.set_yscale("log")
    axes.set_yticks([1, 2, 5, 10], ["1", "2", "5", "10"])
    axes.minorticks_off()
    axes.set_ylabel("times the first value")
    return "Lines on a scale of powers of ten: " + "; ".join(told) + "."
