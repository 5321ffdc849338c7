"""Charts of the site: what PUE adds."""

from __future__ import annotations

from calc.charts import BAR, INK, QUIET, SERIES, Canvas, chart, lie, number, words

_RUN = "scenario gpt-4-estimate"
FLEETS = (
    ("Meta", "fleet-meta"),
    ("Google", "fleet-google"),
    ("Amazon", "fleet-amazon"),
    ("Microsoft", "fleet-microsoft"),
    ("the article", "gpt-4"),
    ("Equinix", "fleet-equinix"),
    ("survey", "survey-uptime"),
)


@chart(height=3.0, narrow_height=3.2)
def pue_fleets(canvas: Canvas) -> str:
    """The best buildings add a tenth to the run, the average of a survey more than half."""
    axes = canvas.axes()
    it, told = number(f"training-energy; {_RUN}", "GWh"), []
    names = []
    for place, (name, scenario) in enumerate(FLEETS):
        pue = f"pue; scenario {scenario}"
        site = f"training-facility-energy; {_RUN}; pue=({pue})"
        total = number(site, "GWh")
        own = name == "the article"
        axes.barh(place, it, color=QUIET, alpha=0.55, height=BAR)
        axes.barh(place, total - it, left=it, color=SERIES[1] if own else SERIES[0], height=BAR)
        axes.text(total + 0.6, place, words(site), va="center", color=INK, fontsize=8.5)
        names.append(f"{name}, {words(pue)}")
        told.append(f"{name}, PUE {words(pue)}: {words(site)}")
    axes.yours(number(f"training-facility-energy; {_RUN}", "GWh"))
    axes.set_yticks(range(len(FLEETS)), names)
    axes.invert_yaxis()
    most = number(f"training-facility-energy; {_RUN}; pue=(pue; scenario survey-uptime)", "GWh")
    lie(axes, "GWh", 0, most * (1.3 if canvas.narrow else 1.12))
    return (
        f"Bars of the run's energy at the site, of which {words(f'training-energy; {_RUN}')} are the servers': "
        + "; ".join(told)
        + "."
    )
