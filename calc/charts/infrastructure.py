"""Charts of sites, grids, cities, sun, wind and mining."""

from __future__ import annotations

from calc.book.forecasts import demand_at_end
from calc.charts import GRID, INK, PAPER, QUIET, SERIES, Canvas, chart, number, words
from calc.model.scenario_file import scenario, scenario_names
from calc.render.infrastructure import ARTICLE, GENERATIONS


@chart(height=2.1, narrow_height=2.3)
def gpus_per_gigawatt(canvas: Canvas) -> str:
    """GPUs that a campus of one gigawatt can run, by generation."""
    names = [scenario(name).title.partition(" of ")[2] for name in GENERATIONS]
    references = [f"campus-gpus; scenario {name}" for name in GENERATIONS]
    values = [number(reference) / 1000 for reference in references]
    axes = canvas.axes()
    bars = axes.barh(names, values, color=SERIES[0], height=0.62)
    axes.bar_label(bars, [f"{value:,.0f}" for value in values], padding=4)
    axes.invert_yaxis()
    axes.set_xlim(0, max(values) * 1.16)
    axes.set_xlabel("thousand GPUs")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    told = "; ".join(f"{name} {words(reference)}" for name, reference in zip(names, references, strict=True))
    return f"Bars of GPUs on a campus of one gigawatt: {told}."


_END = 780  # of the axis, TWh a year


@chart(height=3.0, narrow_height=3.4)
def demand_forecasts(canvas: Canvas) -> str:
    """What forecasts expect the data centres of the United States to use, at their end."""
    axes = canvas.axes()
    names, told = [], []
    article = number(f"future-demand; scenario {ARTICLE}")
    rows = [name for name in scenario_names() if name.startswith("forecast-")]
    found = [(scenario(name), demand_at_end(scenario(name))) for name in rows]
    shown = sorted(((one, end) for one, end in found if end is not None), key=lambda row: row[1][1])
    for place, (one, end) in enumerate(shown):
        low, middle, high = (float(value) for value in end)
        axes.plot([low, high], [place, place], color=SERIES[0], linewidth=6, solid_capstyle="butt", alpha=0.45)
        axes.plot([middle], [place], "o", color=SERIES[0], markersize=6)
        span = f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
        paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2}
        start = article if high < article < high + 0.16 * _END else high  # no label stands on the article's line
        axes.annotate(
            span, (start, place), xytext=(9, 0), textcoords="offset points", va="center", color=INK, bbox=paper
        )  # fmt: skip
        names.append(_short(one.title))
        told.append(f"{one.title} {span}")
    axes.axvline(article, color=SERIES[1], linestyle="--", linewidth=1.2)
    now = number("datacentre_demand")
    axes.axvline(now, color=QUIET, linewidth=1.2)
    axes.annotate("2023", (now, len(names) - 0.45), xytext=(3, 0), textcoords="offset points", color=QUIET)
    axes.annotate(
        "the article", (article, len(names) - 0.45), xytext=(3, 0), textcoords="offset points", color=SERIES[1]
    )
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.1)
    axes.set_xlim(0, _END)
    axes.set_xlabel("TWh a year")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return (
        f"Ranges in TWh a year, with {now:,.0f} in 2023: {'; '.join(told)}; "
        f"the article's share, in the middle of its range, {article:,.0f}."
    )


def _short(title: str) -> str:
    """A name that fits beside a line."""
    return {
        "Lawrence Berkeley National Laboratory": "LBNL, 2028",
        "Electric Power Research Institute, 2024": "EPRI",
        "International Energy Agency": "IEA",
    }.get(title, title)


@chart(height=2.1, narrow_height=2.4)
def city_readings(canvas: Canvas) -> str:
    """What people use in a month, and what the article's sentence needs."""
    readings = (
        ("a person, at home", "residential-use"),
        ("a household", "household-use"),
        ("a person, all uses", "electricity-use"),
    )
    axes = canvas.axes()
    values = [number(reference) for _, reference in readings]
    axes.barh([name for name, _ in readings], values, color=[SERIES[0], SERIES[2], SERIES[4]], height=0.62)
    for place, value in enumerate(values):
        axes.annotate(f"{value:,.0f}", (8, place), xytext=(2, 0), textcoords="offset points", va="center", color=PAPER)
    needed, in_words = number("energy-per-resident"), words("energy-per-resident; number")
    axes.axvline(needed, color=SERIES[1], linestyle="--", linewidth=1.4)
    axes.annotate(
        f"needed: {in_words}", (needed, -0.62), xytext=(4, 0), textcoords="offset points", va="center",
        color=SERIES[1],
    )  # fmt: skip
    axes.invert_yaxis()
    axes.set_ylim(2.5, -0.9)
    axes.set_xlim(0, max(values) * 1.3)
    axes.set_xlabel("kWh a month")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    told = "; ".join(f"{name} {words(reference)}" for name, reference in readings)
    return f"Bars of use: {told}. A line at what is needed of each: {words('energy-per-resident')}."


@chart(height=2.6, narrow_height=2.9)
def china_energy(canvas: Canvas) -> str:
    """China's sun and wind as energy, beside data centres."""
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
        axes.barh(name, low, color=colour, height=0.62)
        axes.barh(name, high - low, left=low, color=colour, height=0.62, alpha=0.4)
        axes.annotate(f"{low:,.0f}–{high:,.0f}", (high, name), xytext=(4, 0), textcoords="offset points", va="center")
        told.append(f"{name} {low:,.0f} to {high:,.0f}")
    for name, reference in used:
        value = number(reference)
        axes.barh(name, value, color=SERIES[1], height=0.62)
        axes.annotate(f"{value:,.0f}", (value, name), xytext=(4, 0), textcoords="offset points", va="center")
        told.append(f"{name} {value:,.0f}")
    axes.invert_yaxis()
    axes.set_xlim(0, 1250)
    axes.set_xlabel("TWh a year")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return f"Bars in TWh a year: {'; '.join(told)}."


@chart(height=2.2, narrow_height=2.5)
def mining_beside(canvas: Canvas) -> str:
    """Energy of a year of mining, of a year of answers, and of the run."""
    rows = (
        ("US data centres, a year", "datacentre_demand", "TWh/year", SERIES[4]),
        ("Bitcoin, a year", "mining-energy; scenario bitcoin", "TWh", SERIES[1]),
        ("ChatGPT, a year", "serving-energy; scenario chatgpt-2025", "TWh", SERIES[0]),
        ("GPT-4’s run, once", "training-energy", "TWh", SERIES[2]),
    )
    axes = canvas.axes()
    told = []
    for name, reference, unit, colour in rows:
        value = number(reference, unit)
        axes.plot([0.01, value], [name, name], color=GRID, linewidth=1.2)
        axes.plot([value], [name], "o", color=colour, markersize=8)
        label = words(f"{reference}; in {unit}; number")
        axes.annotate(label, (value, name), xytext=(8, 0), textcoords="offset points", va="center")
        told.append(f"{name} {label}")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xscale("log")
    # Labels of one's own: matplotlib's are in its own kind of LaTeX, which an SVG with plain text shows as it is.
    axes.set_xticks([0.01, 0.1, 1, 10, 100, 1000], ["0.01", "0.1", "1", "10", "100", "1,000"])
    axes.minorticks_off()
    axes.set_xlim(0.01, 1500)
    axes.set_xlabel("TWh")
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return f"Dots of energy in TWh, on a logarithmic scale: {'; '.join(told)}."
