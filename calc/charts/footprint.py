"""Charts of what electricity emits and evaporates, by place, by hour and by what makes it."""

from __future__ import annotations

from calc.analysis.hours import HOURS, hourly
from calc.base.decimals import bare, whole
from calc.charts import BAR, INK, PAPER, QUIET, SERIES, Canvas, band, beside, chart, lie, number, said, words
from calc.charts.carbon import PLACES
from calc.model.hours import shape

_PROMPT = "scenario chatgpt-footprint"


@chart(height=3.0)
def carbon_and_water(canvas: Canvas) -> str:
    """The cleanest grid of the six is among the thirstiest."""
    axes, told = canvas.axes(), []
    for name, place in PLACES:
        emitted, evaporated = (f"{one}; {_PROMPT}; place {place}" for one in ("prompt-carbon", "prompt-water"))
        at = number(emitted, "gCO2e/prompt"), number(evaporated, "mL/prompt")
        axes.plot(*at, "o", color=SERIES[1] if place == "swe" else QUIET, markersize=7)
        axes.annotate(name, at, xytext=(6, 5), textcoords="offset points", color=INK)
        told.append(f"{name} {words(emitted)} and {words(evaporated)}")
    axes.set_xlim(0, axes.get_xlim()[1] * (1.3 if canvas.narrow else 1.12))
    axes.set_ylim(0, axes.get_ylim()[1] * 1.1)
    axes.set_xlabel("gCO2e for a prompt")
    axes.set_ylabel("mL evaporated for a prompt")
    return f"Dots of a prompt's carbon and of its water: {'; '.join(told)}."


_RUN = "scenario gpt-4-footprint"
_GRIDS = (("India", "ind"), ("Poland", "pol"), ("United States", "usa"), ("France", "fra"), ("Sweden", "swe"))


@chart(height=2.2, narrow_height=2.4)
def factory_share(canvas: Canvas) -> str:
    """The cleaner the grid, the more the factory counts."""
    made = number(f"training-embodied-carbon; {_RUN}", "tCO2e")
    shares = []
    for _, place in _GRIDS:
        run = number(f"training-carbon; {_RUN}; place {place}", "tCO2e")
        shares.append(100 * made / (made + run))
    labels = [f"{said(bare, share, 2)} %" for share in shares]
    names = [name for name, _ in _GRIDS]
    axes = canvas.bars(
        names, shares, labels, [QUIET] * (len(names) - 1) + [SERIES[1]], "% of the run's carbon", room=1.2
    )
    own = number(f"training-carbon; {_RUN}", "tCO2e")
    axes.yours(100 * (made / (made + own)))
    told = "; ".join(map(" ".join, zip(names, labels, strict=True)))
    return f"Bars of the share that making the servers has in the run's carbon: {told}."


_PLANTS = (
    ("turbines, Texas", "own-turbines"), ("panels, Nevada", "own-solar"), ("a reactor, Pennsylvania", "own-nuclear"),
)  # fmt: skip
_ALL_BOUGHT = "bought-carbon; scenario halls-200mw; place usa"


@chart(height=2.4, narrow_height=2.8)
def own_and_bought(canvas: Canvas) -> str:
    """Turbines behind the meter emit more than the grid; beside a reactor most carbon is bought."""
    axes, names, told = canvas.axes(), list[str](), list[str]()
    for place, (name, scenario) in enumerate(_PLANTS):
        own = number(f"own-carbon; scenario {scenario}", "tCO2e") / 1000
        bought = number(f"bought-carbon; scenario {scenario}", "tCO2e") / 1000
        axes.barh(place, own, color=QUIET, height=BAR)
        axes.barh(place, bought, left=own, color=SERIES[1], height=BAR)
        label = words(f"site-carbon; scenario {scenario}; in ktCO2e; digits 2")
        beside(axes, label, (own + bought, place), color=INK)
        names.append(name.replace(", ", ",\n") if canvas.narrow else name)
        told.append(
            f"{name} {label}, of which {words(f'bought-carbon; scenario {scenario}; in ktCO2e; digits 2')} bought"
        )
    grid = number(_ALL_BOUGHT, "tCO2e") / 1000
    axes.barh(len(_PLANTS), grid, color=SERIES[1], height=BAR)
    label = words(f"{_ALL_BOUGHT}; in ktCO2e; digits 2")
    beside(axes, label, (grid, len(_PLANTS)), color=INK)
    axes.annotate("own plant", (0, 0), xytext=(6, 0), textcoords="offset points", va="center", color=PAPER)
    axes.annotate("bought", (0, len(_PLANTS)), xytext=(6, 0), textcoords="offset points", va="center", color=PAPER)
    axes.set_yticks(range(len(_PLANTS) + 1), [*names, "all bought"])
    axes.invert_yaxis()
    most = number("site-carbon; scenario own-turbines", "tCO2e") / 1000
    lie(axes, "ktCO2e a year", 0, most * (1.35 if canvas.narrow else 1.16))
    return f"Bars of carbon in a year: {'; '.join(told)}; all bought {label}."


# Each with how far its label is moved up, in points.
_AREAS = (("California", "us-cal-ciso", 0), ("Texas", "us-tex-erco", -5), ("PJM", "us-mida-pjm", 5))


@chart(height=2.8)
def hours_of_a_day(canvas: Canvas) -> str:
    """California has clean hours to wait for; Texas has few and PJM none."""
    axes, told = canvas.axes(), []
    for place, (name, area, up) in enumerate(_AREAS):
        day = (hourly(shape(area)) * HOURS).sum(axis=0) / HOURS.sum(axis=0)
        colour = SERIES[1] if place == 0 else QUIET
        axes.plot(range(24), day, color=colour, linewidth=2 if place == 0 else 1.4)
        axes.annotate(name, (23, day[-1]), xytext=(5, up), textcoords="offset points", va="center", color=colour)
        ends = [f"{whole(round(float(day[at])))} at hour {at}" for at in (int(day.argmin()), int(day.argmax()))]
        told.append(f"{name} from {ends[0]} to {ends[1]}")
    axes.set_xticks([0, 6, 12, 18, 23], ["0", "6", "noon", "18", "23"])
    axes.set_xlim(0, 29 if canvas.narrow else 26)
    axes.set_ylim(0, None)
    axes.set_xlabel("hour of the day")
    axes.set_ylabel("gCO2e for a kWh")
    return f"Lines of the carbon of a kWh over the average day, in gCO2e: {'; '.join(told)}."


_LADDER = (
    ("a short prompt", "site-energy-per-prompt; scenario chatgpt-footprint", "Wh/prompt", True),
    ("a hot bath", "bath-energy; scenario chatgpt-footprint", "Wh", False),
    ("a day of ChatGPT", "serving-facility-energy; scenario chatgpt-footprint", "Wh", True),
    ("GPT-4’s run", "training-facility-energy; scenario gpt-4-estimate", "Wh", True),
)
_STEPS = ((1, "1 Wh"), (1e3, "1 kWh"), (1e6, "1 MWh"), (1e9, "1 GWh"))


@chart(height=2.2, narrow_height=2.6)
def energy_ladder(canvas: Canvas) -> str:
    """Eleven powers of ten lie between one prompt and the run."""
    axes, told = canvas.axes(), []
    for place, (name, reference, unit, drawn) in enumerate(_LADDER):
        value = number(reference, unit)
        ends = band(reference, unit) if drawn else (value, value)
        axes.plot(ends, [place, place], color=SERIES[0], linewidth=5, alpha=0.4, solid_capstyle="butt")
        axes.plot([value], [place], "o", color=SERIES[0], markersize=7)
        beside(axes, words(reference).replace("/prompt", ""), (max(value, ends[1]), place), away=8, color=INK)
        told.append(f"{name} {words(reference)}")
    axes.set_yticks(range(len(_LADDER)), [name for name, *_ in _LADDER])
    axes.set_ylim(len(_LADDER) - 0.5, -0.5)
    axes.set_xscale("log")
    shown = _STEPS[::2] if canvas.narrow else _STEPS
    axes.set_xticks([at for at, _ in shown], [label for _, label in shown])
    axes.minorticks_off()
    lie(axes, "energy at the meter", 0.03, 1e16 if canvas.narrow else 5e12)
    return f"Dots of energy on a scale of powers of ten: {'; '.join(told)}."
