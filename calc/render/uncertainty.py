"""How sure a result is, as text, Markdown and pictures: its percentiles, budget, and limits."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from fractions import Fraction
from html import escape

from calc.analysis.bands import percentiles
from calc.analysis.budget import Budget, Line, Shares, budget, shares
from calc.analysis.results import at_text, band, show_input, show_result, uncertainty_text
from calc.analysis.sampling import uncertain
from calc.analysis.sensitivity import moves
from calc.analysis.standing import SPREAD, standing
from calc.analysis.threshold import Flip, Threshold
from calc.base import tables
from calc.base.decimals import bare, percentage
from calc.base.errors import DomainError
from calc.base.numbers import show, show_given, show_uncertainty
from calc.base.unit_words import plural, unit_text
from calc.model.distributions import RANGE_FROM
from calc.model.input import Input
from calc.model.step import Given, Step
from calc.render.budget_words import BUDGET
from calc.render.covariance import covariance_words
from calc.render.margin import margin_words
from calc.render.text import drawn_words, spoken, with_article

__all__ = [
    "FILLED", "SPREAD", "BudgetRow", "budget_rows", "budget_text", "middle", "sentence", "spread_bar",
    "spread_text", "spread_words", "threshold_rows", "threshold_words", "tornado", "tornado_words",
]  # fmt: skip

BAR = 112  # width of a bar
FILLED = 0.98 * BAR  # of its longest part


def middle(derivation: Step, unit: str | None = None) -> str:
    """The median as text, or nothing."""
    found = band(derivation, unit)
    return found[1].text if found else ""


def spread_words(derivation: Step) -> str:
    r"""The percentiles as a clause, or nothing.

    Examples
    --------
    >>> from calc import training_energy
    >>> spread_words(training_energy.derive("gpt-4-estimate"))
    '27 to 34\xa0GWh in nine draws of ten, half of them below 30\xa0GWh'
    """
    found = band(derivation)
    return drawn_words(found) if found else ""


def sentence(derivation: Step) -> str:
    r"""Where the spread comes from, in one sentence, or nothing.

    Examples
    --------
    >>> from calc import daily_serving_energy
    >>> sentence(daily_serving_energy.derive("chatgpt-2025-07"))
    '99\xa0% of the spread comes from the IT energy of one prompt.'
    """
    return " ".join(part for part in (margin_words(derivation), _spread_sentence(derivation)) if part)


def _spread_sentence(derivation: Step) -> str:
    inputs = {one.quantity.name: one for one in uncertain(derivation)}
    if len(inputs) < 2:
        meanings = [one.quantity.meaning for one in inputs.values()]
        return "".join(f"All of the spread comes from {with_article(one)}." for one in meanings)
    try:
        found = shares(derivation)
    except DomainError:
        return ""
    if found is None:
        return covariance_words(derivation)
    first, second, *_ = found.largest
    text = f"{percentage(found.main[first])} of the spread comes from {with_article(inputs[first].quantity.meaning)}"
    if found.main[first] < 0.6:
        text += f", {percentage(found.main[second])} from {with_article(inputs[second].quantity.meaning)}"
    return text + "."


@dataclass(frozen=True)
class BudgetRow:
    """One input's line of a budget, as text.

    Attributes
    ----------
    name, value : the input's.
    uncertainty : its standard uncertainty, in the unit of the value.
    drawn_from : its distribution, and whose range that has.
    sensitivity, elasticity : by how much, and by how many per cent, the result follows it.
    contribution : to the standard uncertainty of the result, in the result's unit.
    share : of the variance, alone; to first order where no draws tell it.
    with_others : the share that would stay if all others were known; empty where no draws tell it.
    """

    name: str
    value: str
    uncertainty: str
    drawn_from: str
    sensitivity: str
    elasticity: str
    contribution: str
    share: str
    with_others: str


def budget_rows(derivation: Step, found: Budget) -> list[BudgetRow]:
    """The lines of a budget as text, the largest contribution first."""
    inputs = {one.quantity.name: one for one in uncertain(derivation)}
    try:
        parts = shares(derivation)
    except DomainError:
        parts = None
    return [_budget_row(line, derivation, inputs[line.name], parts) for line in found.lines]


def _budget_row(line: Line, derivation: Step, one: Input | Given, parts: Shares | None) -> BudgetRow:
    return BudgetRow(
        name=line.name,
        value=show_input(one).text,
        uncertainty=show_uncertainty(line.uncertainty, one.quantity, one.value, one.unit.text).text,
        drawn_from=_drawn_from(one),
        sensitivity=_sensitivity(line, derivation, one),
        elasticity="" if line.elasticity is None else bare(line.elasticity),
        contribution=uncertainty_text(derivation, abs(line.contribution)),
        share=percentage(parts.main[line.name] if parts else line.share),
        with_others=percentage(parts.total[line.name]) if parts else "",
    )


def _drawn_from(one: Input | Given) -> str:
    whose = RANGE_FROM.get(one.range_from, "") if isinstance(one, Input) else BUDGET["yours"]
    return ", ".join(text for text in (one.distribution.words, whose) if text)


def _sensitivity(line: Line, derivation: Step, one: Input | Given) -> str:
    """A sensitivity coefficient with its unit: ``6.75 GWh per kW/server``."""
    above = "" if derivation.unit == "1" else f" {unit_text(plural(derivation.unit, Fraction(line.sensitivity)))}"
    below = "1" if one.quantity.unit == "1" else unit_text(one.quantity.unit)
    return f"{bare(line.sensitivity)}{above} per {below}"


def budget_text(found: Budget) -> str:
    """A budget for the terminal.

    Examples
    --------
    >>> from calc import gpu_power
    >>> budget_text(gpu_power.derive("gpt-4").budget()).splitlines()[1].split()[-2:]
    ['100', '%']
    """
    if found.derivation is None:
        head = ["input", "value", "standard uncertainty", "sensitivity", "contribution"]
        rows = [
            [line.name, *(bare(part) for part in (line.value, line.uncertainty, line.sensitivity, line.contribution))]
            for line in found.lines
        ]
    else:
        head = [
            "input", "value", "standard uncertainty", "drawn from", "sensitivity", "elasticity", "contribution",
            "share",
        ]  # fmt: skip
        rows = [list(astuple(row))[:-1] for row in budget_rows(found.derivation, found)]
        rows += [
            [f"{a} with {b}", *[""] * (len(head) - 3), "covariance", percentage(share)]
            for a, b, share in found.together
        ]
    return tables.aligned([head, *rows])


def spread_text(derivation: Step) -> str:
    """How sure a derivation is, for the terminal: percentiles, where the spread comes from, budget; or nothing."""
    found = budget(derivation)
    words = spread_words(derivation)
    if found is None or not words:
        return ""
    lines = [f"{words}.", sentence(derivation), "", str(found)]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def spread_bar(derivation: Step) -> str:
    """A bar from zero: thick from 5 to 95 %, marks at the median and the value, and one at what others state."""
    try:
        points = percentiles(derivation)
    except DomainError:
        return ""
    if points is None or points[0] == points[-1] or points[0] < 0:
        return ""
    low, median, high = points
    value = float(derivation.exact)
    other = standing(derivation).theirs
    theirs = float(other.exact) if other else value
    scale = FILLED / max(high, value, theirs)

    def part(kind: str, start: float, end: float, top: float, height: float) -> str:
        return (
            f'<rect class="{kind}" x="{start * scale:.1f}" y="{top:g}" '
            f'width="{max((end - start) * scale, 1):.1f}" height="{height:g}"/>'
        )

    return (
        f'<svg class="range-bar" aria-hidden="true" viewBox="0 0 {BAR} 12" width="{BAR}" height="12">'
        f'<rect class="track" x="0" y="5" width="{BAR}" height="2"/>'
        f"{part('span', low, high, 3, 6)}{part('middle', median, median, 3, 6)}{part('mark', value, value, 0, 12)}"
        f"{part('theirs', theirs, theirs, 0, 12) if other else ''}</svg>"
    )


_ROW, _TEXT, _WIDE = 30, 13, 320


def tornado(derivation: Step) -> str:
    """How far each input alone moves the result, from its 5 to its 95 % point, as bars; empty for fewer than two."""
    moved = moves(derivation)
    if len(moved) < 2:
        return ""
    ends = [end for _, low, high in moved for end in (low, high)]
    value = float(derivation.exact)
    least, most = min([*ends, value]), max([*ends, value])
    scale = _WIDE / (most - least) if most > least else 1.0
    rows = []
    for at, (name, low, high) in enumerate(moved):
        top = at * _ROW
        rows.append(
            f'<text x="0" y="{top + 12}">{escape(spoken(name))}</text>'
            f'<rect x="{(min(low, high) - least) * scale:.1f}" y="{top + 17}" '
            f'width="{max(abs(high - low) * scale, 1):.1f}" height="8"/>'
        )
    height = len(moved) * _ROW + 22
    middle_at = (value - least) * scale
    labels = [
        f'<text class="end" x="{x:.1f}" y="{height - 6}" text-anchor="{anchor}">{escape(text)}</text>'
        for x, anchor, text in (
            (0, "start", at_text(derivation, least)), (_WIDE, "end", at_text(derivation, most)),
        )
    ]  # fmt: skip
    label = escape(tornado_words(derivation), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tornado" role="img" aria-label="{label}" '
        f'viewBox="-2 0 {_WIDE + 4} {height}" width="{_WIDE + 4}" height="{height}">'
        f'<path class="value" d="M{middle_at:.1f},0 V{height - 20}"/>{"".join(rows)}{"".join(labels)}</svg>'
    )


def tornado_words(derivation: Step) -> str:
    """The same in words."""
    said = [
        f"{spoken(name)} alone moves the result from {at_text(derivation, min(low, high))} "
        f"to {at_text(derivation, max(low, high))}"
        for name, low, high in moves(derivation)
    ]
    return "; ".join(said)


def threshold_words(found: Threshold) -> str:
    """A limit and how likely it is passed, in one sentence."""
    result = found.derivation.formula.result
    limit = show_given(found.limit, result, result.unit).text
    word = "above" if found.above else "below"
    central = show_result(found.derivation).text
    return (
        f"{_chance(found)} of the draws put the {result.meaning} {word} {limit}. "
        f"The value itself, {central}, is {'' if found.holds else 'not '}{word} it."
    )


def _chance(found: Threshold) -> str:
    share = found.probability
    if not 0 < share < 1:
        return "All" if share else "None"
    shown = f"{100 * share:.0f}"
    return ("Under 1" if shown == "0" else "Over 99" if shown == "100" else shown) + "\N{NO-BREAK SPACE}%"


def threshold_rows(found: Threshold) -> list[list[str]]:
    """For each input with a range: its name, value, and where it alone would take the result to the limit."""
    return [
        [
            flip.input.quantity.name,
            show_input(flip.input).text,
            _flip_text(flip),
        ]
        for flip in found.flips
    ]


def _flip_text(flip: Flip) -> str:
    if flip.value is None:
        return f"no value: {flip.reason}"
    q, unit = flip.input.quantity, flip.input.unit.text
    shown = show(flip.value, q, unit if unit != "1" else None, 3).text
    return shown if flip.inside else f"{shown}, outside its range"
