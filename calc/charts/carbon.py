"""Charts of carbon: what a million tokens emit, place by place."""

from __future__ import annotations

from calc.charts import QUIET, SERIES, Canvas, chart, number, words

PLACES = (
    ("Sweden", "swe"),
    ("France", "fra"),
    ("Ireland", "irl"),
    ("United States", "usa"),
    ("China", "chn"),
    ("India", "ind"),
)


@chart(height=2.6)
def carbon_places(canvas: Canvas) -> str:
    """The place decides: a million tokens of the same servers, in six grids."""
    said = [f"token-carbon; scenario deepseek-footprint; place {place}" for _, place in PLACES]
    values = [number(one, "gCO2e/Mtoken") for one in said]
    colours = [SERIES[0] if place == "chn" else QUIET for _, place in PLACES]
    labels = [words(one) for one in said]
    axes = canvas.bars([name for name, _ in PLACES], values, labels, colours, "gCO2e for a million tokens", 1.35)
    axes.yours(number("token-carbon; scenario deepseek-footprint", "gCO2e/Mtoken"))
    told = "; ".join(f"{name} {label}" for (name, _), label in zip(PLACES, labels, strict=True))
    return f"Bars of the carbon of a million tokens, on the average of each grid: {told}."
