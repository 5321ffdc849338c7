"""Tables of published training runs: GPT-4 among its peers, and how well the book foretells runs unseen."""

from __future__ import annotations

from fractions import Fraction

from calc.analysis.results import band_text, show_input, show_result
from calc.base.decimals import percentage, whole
from calc.base.numbers import between, show
from calc.base.quantities import quantity
from calc.book.peers import BOUNDARIES, Peer
from calc.book.peers import peers as all_peers
from calc.book.run_methods import METHODS, STATED
from calc.book.run_trials import Trial, Utilisation, trials, utilisations
from calc.book.runs import Energy, Foretold, Summary, energies, foretold, summaries
from calc.model.input import Input
from calc.model.step import Step
from calc.render.myst_markup import breaking, cited, plain, ranged, table

__all__ = ["failed", "foretold_runs", "peers", "run_energies", "run_errors", "run_trials", "run_utilisations"]


def peers() -> str:
    """GPT-4's run and others: operations, GPU-hours, days, and energy at the chips, the servers and the site."""
    head = [
        "run",
        "FLOP",
        "GPU-hours",
        "days",
        *(f"{part}, nine draws in ten" for part in ("chips", "servers", "site")),
    ]
    return table(head, [_peer(one) for one in all_peers()], "peers", [14, 12, 14, 8, 17, 17, 18])


def _peer(one: Peer) -> list[str]:
    days = one.days
    return [
        plain(one.scenario.short or one.scenario.title),
        _shown(one.flop),
        f"{_shown(one.hours)}{'' if one.published else ' ᵃ'}",
        whole(round(days)) if days else "–",
        *(ranged(show_result(at).text, band_text(at)) for at in (one.energy[part] for part in BOUNDARIES)),
    ]


def _shown(found: Step | Input | None) -> str:
    if found is None:
        return "–"
    return breaking((show_input(found) if isinstance(found, Input) else show_result(found)).text)


def foretold_runs() -> str:
    """Each published run against what the others of its generation let one expect."""
    head = ["run", "chip", "published", "expected, nine in ten", "off by", "share of the peak, and printed", "source"]
    return table(head, [_foretold(one) for one in foretold()], "foretold", [16, 13, 12, 18, 8, 12, 21])


def _foretold(one: Foretold) -> list[str]:
    run = one.run
    marks = ("" if one.inside else " ✗") + (" ᵇ" if run.recalled else "")
    return [
        plain(run.title) + marks,
        plain(run.chip),
        _hours(run.gpu_hours),
        _span(one),
        "not counted" if run.why else f"×{one.error:.2f}",
        ranged(percentage(run.utilisation), plain(run.printed)),
        cited(run.source, run.locator),
    ]


def _hours(hours: float) -> str:
    return breaking(show(Fraction(hours), quantity("gpu_hours")).text)


def _span(one: Foretold) -> str:
    low, high = (show(Fraction(end), quantity("gpu_hours"), None, 2) for end in (one.low, one.high))
    return breaking(between(low, high))


def run_errors() -> str:
    """Errors by generation of chip: how many runs, how far off, and how many inside the band."""
    head = ["generation", "runs", "median, off by", "90th percentile", "inside the band", "share of the peak, median"]
    return table(head, [_summary(one) for one in summaries()], "run-errors", [16, 9, 18, 18, 18, 21])


def _summary(one: Summary) -> list[str]:
    return [
        one.generation,
        str(one.count),
        f"×{one.median:.2f}",
        f"×{one.ninetieth:.2f}" if one.count > 1 else "–",
        f"{one.inside} of {one.count}",
        percentage(one.utilisation),
    ]


def run_trials() -> str:
    """Each way of foretelling, on runs that it had not seen."""
    head = [
        "the band is made from", "inside", "chance of so few", "width of the band", "median, off by", "score",
    ]  # fmt: skip
    return table(head, [_trial(one) for one in trials()], "run-trials", [34, 12, 14, 14, 14, 12])


def _trial(one: Trial) -> list[str]:
    title = METHODS[one.method].title
    return [
        f"**{title}**" if one.method == STATED else title,
        f"{one.inside} of {one.count}",
        percentage(one.chance),
        f"×÷{one.width:.2f}",
        f"×{one.median:.2f}",
        f"{one.score:.1f}".replace("-", "−"),
    ]


def run_utilisations() -> str:
    """Utilisations of whole runs by generation of chip, number format and design, as a distribution."""
    head = ["chips", "runs", "least", "median", "greatest", "of one more run, nine in ten"]
    return table(head, [_utilisation(one) for one in utilisations()], "run-utilisations", [26, 10, 12, 12, 13, 27])


def _utilisation(one: Utilisation) -> list[str]:
    points = ""
    if one.expected is not None:
        low, middle, high = map(percentage, one.expected)
        points = f"{low} to {high}, middle {middle}"
    name = f"**{one.generation}**" if not one.part else f"{one.generation}, {one.part}"
    return [name, str(one.count), percentage(one.least), percentage(one.median), percentage(one.greatest), points]


def failed() -> str:
    """The runs outside their band, and those that 6ND does not describe, with what is known of why."""
    rows = [
        [plain(one.run.title), _off(one), plain(_reason(one))] for one in foretold() if one.run.why or not one.inside
    ]
    return table(["run", "published", "why"], rows, "failed", [22, 28, 50])


def _off(one: Foretold) -> str:
    if one.ratio > 1:
        return f"{one.error:.1f} times the expected GPU-hours"
    return f"{percentage(one.ratio)} of the expected GPU-hours"


def _reason(one: Foretold) -> str:
    if one.run.why:
        return f"Not counted: {one.run.why}."
    small = one.run.parameters < 1e10
    if one.run.design == "experts":
        return "Not published. A mixture of experts spends more time on sending, and few runs are known on its chip."
    if small and one.ratio > 1:
        return "Not published. A small model has short steps, so that waits weigh more; its hours may hold trials too."
    if small:
        return "Not published. A model that fits one GPU has to exchange nothing but gradients."
    return "Not published."


def run_energies() -> str:
    """Published energies of whole runs, each against the formula for its boundary."""
    head = ["run", "counted at", "published", "by the book's formula", "source"]
    return table(head, [_energy(one) for one in energies()], "run-energies", [20, 12, 16, 20, 32])


def _energy(one: Energy) -> list[str]:
    q = quantity("run_energy")
    return [
        plain(one.title) + (" ᵇ" if one.recalled else ""),
        one.boundary,
        *(breaking(show(Fraction(value) / 1000, q, "MWh", 4).text) for value in (one.published, one.computed)),
        cited(one.source, one.locator),
    ]
