"""Charts of answering: against training, by whose figure it is, by what moves it, and by model."""

from __future__ import annotations

from calc.base.decimals import percentage
from calc.charts import INK, PAPER, QUIET, SERIES, Canvas, band, chart, lie, number, said, words

_DAYS = 100
_RUN, _DAY, _BOTH = "scenario gpt-4-estimate", "scenario chatgpt-2025-07", "scenario gpt-4-and-chatgpt"


@chart(height=3.0)
def training_serving(canvas: Canvas) -> str:
    """Within two months the answers take as much as the whole run."""
    axes = canvas.axes()
    end, run = number(f"training-time; {_RUN}", "day"), number(f"training-energy; {_RUN}", "GWh")
    serve = number(f"daily-serving-energy; {_DAY}", "GWh/day")
    low, high = band(f"daily-serving-energy; {_DAY}", "GWh/day")
    crossing = number(f"breakeven-time; {_BOTH}", "day")
    axes.plot([number("breakeven-time", "day")], [number("training-energy", "GWh")], "x", color=QUIET, markersize=7)
    days = [0, _DAYS]
    axes.plot([0, end, _DAYS], [0, run, run], color=SERIES[1])
    axes.plot(days, [0, serve * _DAYS], color=SERIES[0])
    axes.fill_between(days, [0, low * _DAYS], [0, high * _DAYS], color=SERIES[0], alpha=0.16, linewidth=0)
    axes.axhline(run, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.plot([crossing], [run], "o", color=INK, markersize=5)
    axes.annotate(
        words(f"breakeven-time; {_BOTH}; digits 2"),
        (crossing, run),
        xytext=(7, -12),
        textcoords="offset points",
        ha="left",
        color=INK,
    )
    axes.text(0.8 * _DAYS, 0.8 * serve * _DAYS + 4, "serving", color=SERIES[0], ha="right", va="bottom")
    axes.text(0.55 * _DAYS, 0.55 * _DAYS * run / end - 4, "training", color=SERIES[1], ha="left", va="top")
    axes.text(1, run + 1, "all of the run", color=QUIET, ha="left", va="bottom")
    axes.set_xlim(0, _DAYS)
    axes.set_ylim(0, 2 * run)  # the band goes on above
    axes.set_xlabel("days")
    axes.set_ylabel("GWh, at the servers")
    return (
        f"Two lines over days. Training rises to {words(f'training-energy; {_RUN}')} in "
        f"{words(f'training-time; {_RUN}; digits 2')} and stops. Serving rises by "
        f"{words(f'daily-serving-energy; {_DAY}')} "
        f"({words(f'daily-serving-energy; {_DAY}; spread')}) without end, and reaches the whole run after "
        f"{words(f'breakeven-time; {_BOTH}; digits 2')}. A cross, of the article's figures, stands at "
        f"{words('breakeven-time')} and {words('training-energy')}."
    )


_PARTS = (
    ("length of the answer", "response_tokens"),
    ("size of the model", "active_parameters"),
    ("use of the GPUs", "serving_utilisation"),
    ("PUE", "pue"),
)
_PROMPT = "site-energy-per-prompt; scenario epoch-query"


@chart(height=2.4)
def prompt_parts(canvas: Canvas) -> str:
    """The length of the answer moves a prompt's energy most."""
    axes = canvas.axes()
    middle, told = number(_PROMPT, "Wh/prompt"), []
    for place, (name, part) in enumerate(_PARTS):
        ends = [f"{_PROMPT}; {part}=({part}; scenario epoch-query; {end})" for end in ("low", "high")]
        ends.sort(key=number)
        low, high = (number(end, "Wh/prompt") for end in ends)
        axes.barh(place, middle - low, left=low, color=SERIES[0], height=0.56)
        axes.barh(place, high - middle, left=middle, color=SERIES[1], height=0.56)
        at = max(high, middle)
        axes.text(at + 0.012, place, words(f"{ends[1]}; number"), va="center", fontsize=8.5)
        told.append(f"{name} {words(ends[0])} to {words(ends[1])}")
    axes.axvline(middle, color=INK, linewidth=1)
    axes.set_yticks(range(len(_PARTS)), [name for name, _ in _PARTS])
    axes.invert_yaxis()
    most = number(f"{_PROMPT}; response_tokens=(response_tokens; scenario epoch-query; high)")
    lie(axes, "Wh a prompt, at the site", 0, most * 1.15)
    return f"Bars around {words(_PROMPT)}, one for each input at the ends of its range: " + "; ".join(told) + "."


_MODELS = (("small model", "quick"), ("standard model", "standard"), ("long answers", "long"))


@chart(height=2.3)
def model_lineup(canvas: Canvas) -> str:
    """One prompt in twenty takes more than half of the energy."""
    axes = canvas.axes()
    base = "; scenario product-line"
    prompts = [number(f"{part}_prompts{base}") for _, part in _MODELS]
    energy = [
        number(f"{part}_prompts{base}", "prompt/day") * number(f"{part}_energy{base}", "MWh/prompt")
        for _, part in _MODELS
    ]
    told = []
    for place, (what, amounts) in enumerate((("prompts", prompts), ("energy", energy))):
        left, whole = 0.0, sum(amounts)
        for (name, _), amount, colour in zip(_MODELS, amounts, SERIES, strict=False):
            share = 100 * amount / whole
            axes.barh(place, share, left=left, color=colour, height=0.6, label=name if place == 0 else None)
            beside = share < 12  # too narrow for its label, which may cross neither end
            align = "center" if not beside else "right" if left else "left"
            axes.text(
                left + share * {"left": 0, "center": 0.5, "right": 1}[align],
                place - 0.33 if beside else place, said(percentage, share / 100), ha=align,
                va="bottom" if beside else "center", color=INK if beside else PAPER, fontsize=8.5,
            )  # fmt: skip
            told.append(f"{name} {said(percentage, share / 100)} of the {what}")
            left += share
    axes.set_yticks([0, 1], ["prompts", "energy"])
    axes.invert_yaxis()
    lie(axes, f"%, of {words('lineup-energy' + base)} at the site", 0, 100)
    axes.grid(visible=False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.44, 1.0), ncols=3, handlelength=1, columnspacing=0.9)
    return "Two bars of shares: " + "; ".join(told) + "."


# Whose figure of a prompt, and how it is had at the servers, where the run is counted too.
_AT_SERVERS = "site-energy-per-prompt; scenario chatgpt-2025-07; solve energy_per_prompt; site_energy_per_prompt="
_SAID = (
    ("Google", _AT_SERVERS + "(stack-energy-per-prompt; scenario gemini-2025)"),
    ("Epoch AI", "prompt-energy; scenario epoch-query"),
    ("Microsoft's team", _AT_SERVERS + "(site_energy_per_prompt; scenario microsoft-2026)"),
    ("OpenAI's head", _AT_SERVERS + "(site_energy_per_prompt; scenario altman-2025)"),
    ("de Vries, 2023", "fleet-energy-per-prompt; scenario devries-2023"),
)


@chart(height=2.4, narrow_height=2.6)
def breakeven_by_source(canvas: Canvas) -> str:
    """Whoever is right about one prompt, the answers caught up with the run within months."""
    axes, told = canvas.axes(), []
    axes.axvspan(*band(f"breakeven-time; {_BOTH}", "day"), color=SERIES[0], alpha=0.16, linewidth=0)
    for place, (name, energy) in enumerate(_SAID):
        asked = f"breakeven-time; {_BOTH}; energy_per_prompt=({energy})"
        days, said = number(asked, "day"), words(f"{asked}; digits 2")
        axes.plot([days], [place], "o", color=SERIES[0] if name == "Epoch AI" else QUIET, markersize=6)
        axes.annotate(said, (days, place), xytext=(8, 0), textcoords="offset points", va="center", color=INK)
        told.append(f"{name} {said}")
    axes.yours(number(f"breakeven-time; {_BOTH}", "day"))
    axes.set_yticks(range(len(_SAID)), [name for name, _ in _SAID])
    axes.set_ylim(len(_SAID) - 0.5, -0.5)
    axes.set_xscale("log")
    axes.set_xlim(2, 400)
    axes.set_xticks([3, 10, 30, 100, 300], ["3", "10", "30", "100", "300"])
    axes.minorticks_off()
    axes.set_xlabel("days of answers for one run" if canvas.narrow else "days of answers that take as much as the run")
    return (
        "Points on a scale of days, each ten times the one before at equal steps: "
        + "; ".join(told)
        + f". A band behind them reaches over {words(f'breakeven-time; {_BOTH}; spread')}, nine draws of ten."
    )


_SITE = "facility-power; scenario chatgpt-2025-07; it_power=(serving-power; scenario chatgpt-2025-07{})"
_MORE = (
    ("GPT-4's run", "facility-power; scenario gpt-4-estimate"),
    ("the prompts of July 2025", _SITE.format("")),
    ("twice the prompts", _SITE.format("; prompts_per_day=5e9 prompt/day")),
    (
        "twice the prompts, long answers",
        _SITE.format(
            "; prompts_per_day=5e9 prompt/day; energy_per_prompt=(energy_per_prompt; scenario chatgpt-2025-07; high)"
        ),
    ),
)


@chart(height=2.0, narrow_height=2.4)
def growth_in_power(canvas: Canvas) -> str:
    """Longer answers ask for more power than twice the users do."""
    names = [name.replace(", ", ",\n") if canvas.narrow else name for name, _ in _MORE]
    values = [number(reference, "MW") for _, reference in _MORE]
    labels = [words(reference) for _, reference in _MORE]
    canvas.bars(names, values, labels, [QUIET, QUIET, QUIET, SERIES[1]], "MW at the site, on average", 1.2)
    return (
        "Bars of power: " + "; ".join(f"{name} {label}" for (name, _), label in zip(_MORE, labels, strict=True)) + "."
    )
