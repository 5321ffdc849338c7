"""Charts of money: what hours of use, tokens and a campus cost."""

from __future__ import annotations

from calc.charts import BAR, INK, QUIET, SERIES, Canvas, band, beside, chart, lie, number, swept, words

_HOUR = "gpu-hour-capital; scenario halls-200mw"
_RENT = "gpu_rent; scenario deepseek-footprint"
_SHARES = range(20, 101, 4)  # % of all hours


@chart(height=2.8)
def own_or_rent(canvas: Canvas) -> str:
    """A bought GPU beats a rented one if it works two hours in five."""
    axes = canvas.axes()
    cost = swept(_HOUR, "gpu_use", _SHARES, per=0.01)
    rent, even = number(_RENT), 100 * number(f"{_HOUR}; solve gpu_use; gpu_hour_capital=({_RENT})")
    axes.plot(_SHARES, cost, color=SERIES[0], linewidth=2)
    axes.axhline(rent, color=QUIET, linestyle="--", linewidth=1.2)
    axes.plot([even], [rent], "o", color=SERIES[1], markersize=7)
    axes.annotate("rent", (100, rent), xytext=(0, 4), textcoords="offset points", ha="right", color=QUIET)
    axes.annotate("bought", (_SHARES[10], cost[10]), xytext=(4, 5), textcoords="offset points", color=SERIES[0])
    axes.set_xlim(_SHARES[0], 102)
    axes.set_ylim(0, max(cost) * 1.05)
    axes.set_xlabel("% of all hours in use")
    axes.set_ylabel("dollars a GPU-hour")
    ends = " to ".join(words(f"{_HOUR}; gpu_use={share / 100}") for share in (_SHARES[0], 100))
    met = words(f"{_HOUR}; solve gpu_use; gpu_hour_capital=({_RENT}); in %; digits 2")
    return (
        f"A line of the cost of an hour of use that falls from {ends}, and meets the rent of {words(_RENT)} at {met}."
    )


_TOKENS = "scenario deepseek-footprint"
_KINDS = (("read", "read-token-cost", "input_price"), ("written", "written-token-cost", "output_price"))


@chart(height=2.2, narrow_height=2.4)
def rent_and_list(canvas: Canvas) -> str:
    """The list asks several times the rent, for tokens read and written alike."""
    axes, names, told, place = canvas.axes(), list[str](), list[str](), 0
    for kind, cost, price in _KINDS:
        for name, reference, colour in ((f"{kind}, rent", cost, SERIES[0]), (f"{kind}, list", price, QUIET)):
            said = f"{reference}; {_TOKENS}"
            value = number(said, "USD/Mtoken")
            axes.barh(place, value, color=colour, height=BAR)
            ends = band(said, "USD/Mtoken") if reference == cost else (value, value)
            if ends[1] > ends[0]:
                axes.plot(ends, [place, place], color=INK, linewidth=1.4)
            beside(axes, words(f"{said}; digits 2; number"), (max(value, ends[1]), place), color=INK)
            names.append(name)
            told.append(f"{name} {words(f'{said}; digits 2')}")
            place += 1
    axes.set_yticks(range(place), names)
    axes.invert_yaxis()
    lie(axes, "dollars a million tokens", 0, number(f"output_price; {_TOKENS}", "USD/Mtoken") * 1.2)
    return f"Bars of the rent and the list price of a million tokens: {'; '.join(told)}."


_CAMPUS = "scenario campus-money"
_PARTS = (("chips", "chips-cost"), ("building", "building-cost"), ("electricity", "site-electricity-cost"))


@chart(height=1.9, narrow_height=2.1)
def campus_by_year(canvas: Canvas) -> str:
    """Three dollars of four go to chips, and one of twelve to electricity."""
    axes, told = canvas.axes(), []
    most = 0.0
    for place, (name, formula) in enumerate(_PARTS):
        said = f"{formula}; {_CAMPUS}"
        value, ends = number(said, "MUSD/year") / 1000, [end / 1000 for end in band(said, "MUSD/year")]
        axes.barh(place, value, color=SERIES[0] if place == 0 else QUIET, height=BAR)
        axes.plot(ends, [place, place], color=INK, linewidth=1.4)
        label = words(f"{said}; in GUSD/year; digits 2; number")
        beside(axes, label, (max(value, ends[1]), place), color=INK)
        most = max(most, ends[1])
        told.append(f"{name} {words(f'{said}; digits 2')}, {words(f'{said}; spread')} in nine draws of ten")
    axes.set_yticks(range(len(_PARTS)), [name for name, _ in _PARTS])
    axes.invert_yaxis()
    lie(axes, "billion dollars a year", 0, most * 1.15)
    return f"Bars of a year's cost: {'; '.join(told)}."
