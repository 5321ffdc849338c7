"""Charts of sites, grids, cities, sun, wind and mining."""

from __future__ import annotations

from calc.base.decimals import whole
from calc.base.numbers import show
from calc.base.quantities import quantity
from calc.book.campus import generations
from calc.book.forecasts import ARTICLE, forecasts
from calc.charts import (
    BAR,
    GRID,
    INK,
    PAPER,
    QUIET,
    SERIES,
    Canvas,
    band,
    beside,
    chart,
    lie,
    number,
    of_step,
    said,
    step_words,
    thousands,
    words,
)


@chart(height=2.1, narrow_height=2.3)
def gpus_per_gigawatt(canvas: Canvas) -> str:
    """A gigawatt holds fewer GPUs of each newer kind, until they come in racks."""
    found = generations()
    values = [of_step(one.gpus) / 1000 for one in found]
    names, labels = [one.scenario.short for one in found], [said(whole, value) for value in values]
    thousands(canvas.bars(names, values, labels, SERIES[0], "thousand GPUs", room=1.16))
    told = "; ".join(f"{one.scenario.short} {step_words(one.gpus)}" for one in found)
    return f"Bars of GPUs on a campus of one gigawatt: {told}."


_END = 900  # of the axis, TWh a year


@chart(height=3.0, narrow_height=3.4)
def demand_forecasts(canvas: Canvas) -> str:
    """The highest forecast for the data centres of the United States is four times the lowest."""
    axes = canvas.axes()
    names, told = [], []
    of_the_article, *others = forecasts()
    article, year = number(f"future-demand; scenario {ARTICLE}"), of_the_article.scenario.last_year
    shown = sorted(((one.scenario, one.end) for one in others if one.end is not None), key=lambda row: row[1][1])
    for place, (one, end) in enumerate(shown):
        low, middle, high = (float(value) for value in end)
        axes.plot([low, high], [place, place], color=SERIES[0], linewidth=6, solid_capstyle="butt", alpha=0.45)
        axes.plot([middle], [place], "o", color=SERIES[0], markersize=6)
        ends = [show(value, quantity("future_demand"), "TWh/year").number for value in (end[0], end[2])]
        span = " to ".join(dict.fromkeys(ends))
        paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2}
        start = article if high < article < high + 0.16 * _END else high  # no label stands on the article's line
        beside(axes, span, (start, place), away=9, color=INK, bbox=paper)
        names.append(one.short if one.last_year == year else f"{one.short}, for {one.last_year}")
        told.append(f"{one.title} {span}")
    axes.axvline(article, color=SERIES[1], linestyle="--", linewidth=1.2)
    now = number("datacentre_demand")
    axes.axvline(now, color=QUIET, linewidth=1.2)
    first = str(of_the_article.scenario.first_year)
    axes.annotate(first, (now, len(names) - 0.45), xytext=(3, 0), textcoords="offset points", color=QUIET)
    axes.annotate(
        "the article", (article, len(names) - 0.45), xytext=(3, 0), textcoords="offset points", color=SERIES[1]
    )
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.1)
    lie(axes, "TWh a year", 0, _END)
    return (
        f"Ranges in TWh a year, with {words('datacentre_demand; number')} in {first}: {'; '.join(told)}; "
        f"the article's share, in the middle of its range, {words(f'future-demand; scenario {ARTICLE}; number')}."
    )


@chart(height=2.1, narrow_height=2.4)
def city_readings(canvas: Canvas) -> str:
    """What the sentence needs lies above a person's use at home and below a household's."""
    readings = (
        ("a person, at home", "residential-use"),
        ("a household", "household-use"),
        ("a person, all uses", "electricity-use"),
    )
    axes = canvas.axes()
    values = [number(reference) for _, reference in readings]
    axes.barh([name for name, _ in readings], values, color=[SERIES[0], SERIES[2], SERIES[4]], height=BAR)
    for place, label in enumerate(words(f"{reference}; number") for _, reference in readings):
        beside(axes, label, (8, place), away=2, color=PAPER)
    ours = "energy-per-resident; scenario gpt-4-estimate"
    needed, theirs, ends = number(ours), number("energy-per-resident"), band(ours)
    axes.axvspan(*ends, color=SERIES[1], alpha=0.16, linewidth=0)
    axes.axvline(needed, color=SERIES[1], linewidth=1.4)
    axes.axvline(theirs, color=QUIET, linestyle="--", linewidth=1.4)
    short = words(f"{ours}; number")
    axes.annotate(
        short if canvas.narrow else f"needed: {short}", (needed, -0.62), xytext=(-4, 0), textcoords="offset points",
        ha="right", va="center", color=SERIES[1],
    )  # fmt: skip
    axes.annotate(
        f"{words('energy-per-resident; number')}, the article", (theirs, -0.62), xytext=(4, 0),
        textcoords="offset points", va="center", color=QUIET,
    )  # fmt: skip
    axes.invert_yaxis()
    axes.set_ylim(2.5, -0.9)
    lie(axes, "kWh a month", 0, max(values) * 1.3)
    thousands(axes)
    told = "; ".join(f"{name} {words(reference)}" for name, reference in readings)
    return (
        f"Bars of use: {told}. A line at what is needed of each: {words(ours)}, "
        f"{words(f'{ours}; spread')} in nine draws of ten; by the article, at most {words('energy-per-resident')}."
    )


@chart(height=2.6, narrow_height=2.9)
def china_energy(canvas: Canvas) -> str:
    """One year's new panels and turbines yield more than all its data centres use."""
    made = (
        ("sun, China 2023", "solar-generation; scenario china-2023", SERIES[3]),
        ("wind, China 2023", "wind-generation; scenario china-2023", SERIES[2]),
        ("added in 2023", "renewable-generation; scenario china-added", SERIES[5]),
    )
    used = (
        ("data centres, China 2024", "datacentre_demand; scenario china-2023"),
        ("data centres, China 2030", "future_demand; scenario china-2023"),
        ("data centres, US 2023", "datacentre_demand"),
    )
    axes = canvas.axes()
    told = []
    for name, reference, colour in made:
        low, high = number(f"{reference}; low"), number(f"{reference}; high")
        axes.barh(name, low, color=colour, height=BAR)
        axes.barh(name, high - low, left=low, color=colour, height=BAR, alpha=0.4)
        ends = [words(f"{reference}; {end}").partition("\N{NO-BREAK SPACE}")[0] for end in ("low", "high")]
        beside(axes, "–".join(ends), (high, name))
        told.append(f"{name} {' to '.join(ends)}")
    for name, reference in used:
        value = number(reference)
        axes.barh(name, value, color=SERIES[1], height=BAR)
        label = words(f"{reference}; number")
        beside(axes, label, (value, name))
        told.append(f"{name} {label}")
    axes.invert_yaxis()
    lie(axes, "TWh a year", 0, 1250)
    thousands(axes)
    return f"Bars in TWh a year: {'; '.join(told)}."


@chart(height=2.2, narrow_height=2.5)
def mining_beside(canvas: Canvas) -> str:
    """A year of mining takes hundreds of times as much as a year of answers."""
    rows = (
        ("US data centres, a year", "datacentre_demand", "TWh/year", SERIES[4]),
        ("Bitcoin, a year", "mining-energy; scenario bitcoin", "TWh", SERIES[1]),
        ("ChatGPT, a year", "serving-energy; scenario chatgpt-2025", "TWh", SERIES[0]),
        ("GPT-4’s run, once", "training-energy; scenario gpt-4-estimate", "TWh", SERIES[2]),
    )
    axes = canvas.axes()
    told = []
    for name, reference, unit, colour in rows:
        value = number(reference, unit)
        axes.plot([0.01, value], [name, name], color=GRID, linewidth=1.2)
        axes.plot([value], [name], "o", color=colour, markersize=8)
        label = words(f"{reference}; in {unit}; number")
        if "chatgpt" in reference or "estimate" in reference:
            axes.plot(band(reference, unit), [name, name], color=colour, linewidth=4, alpha=0.4)
            value = band(reference, unit)[1]
        beside(axes, label, (value, name), away=8)
        told.append(f"{name} {label}")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xscale("log")
    # Labels of one's own: matplotlib's are in its own kind of LaTeX, which an SVG with plain text shows as it is.
    axes.set_xticks([0.01, 0.1, 1, 10, 100, 1000], ["0.01", "0.1", "1", "10", "100", "1,000"])
    axes.minorticks_off()
    lie(axes, "TWh", 0.01, 1500)
    return f"Dots of energy in TWh, on a logarithmic scale: {'; '.join(told)}."
