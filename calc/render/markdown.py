"""A derivation as plain Markdown, with its math between dollar signs: for any notebook or forge."""

from __future__ import annotations

from dataclasses import astuple

from calc.analysis.budget import Budget
from calc.analysis.results import input_range, printed_line, show_input, used_range
from calc.analysis.serving_coverage import sentence
from calc.analysis.serving_taken import taken_for_granted
from calc.analysis.standing import beside_words, value_words
from calc.analysis.threshold import Threshold
from calc.base import tables
from calc.base.tables import words
from calc.book.cases import case_of
from calc.model.scenario import Scenario
from calc.model.step import Step, origin_of
from calc.render import latex
from calc.render import uncertainty as spreads
from calc.render.case import case_line
from calc.render.companions import HEAD, companion_rows
from calc.render.text import scenario_name, whose

__all__ = ["budget", "derivation", "scenario", "threshold"]

_INPUTS = ("", "meaning", "value", "range", "whose", "kind", "source")


def derivation(shown: Step) -> str:
    """A derivation: title, equation, inputs, assumptions, source, chain."""
    formula = shown.formula
    line = printed_line(shown)
    rows = [
        (f"${used.quantity.latex}$", used.quantity.meaning, line.values[used.quantity.name].text, used_range(used),
         origin_of(used.origin), used.kind,
         words(f"{used.source}, {used.locator}" if used.source else (used.locator or "")))
        for used in shown.used
    ]  # fmt: skip
    parts = [
        f"**{formula.title}** (`{formula.id}`, scenario {words(scenario_name(shown))})",
        f"$$\n{latex.equation(shown)}\n$$",
        words(f"{'; '.join([value_words(shown), *beside_words(shown)])}."),
        f"**{words(whose(shown))}**" if shown.is_own else "",
        case_line(case_of(shown), "`"),
        tables.markdown(HEAD, beside) if (beside := companion_rows(shown)) else "",
        " ".join([sentence(shown), *taken_for_granted(shown)]).strip(),
        tables.markdown(_INPUTS, rows),
        " ".join(text for text in (formula.summary, formula.assumptions, formula.holds) if text),
        "Source: " + "; ".join(f"{key}, {where}" for key, where in formula.sources) + ".",
        "Chain: " + " → ".join(step.formula.id for step in shown.chain) if len(shown.chain) > 1 else "",
    ]
    return "\n\n".join(part for part in parts if part)


def budget(shown: Budget) -> str:
    """An uncertainty budget as a table."""
    if shown.derivation is None:
        return ""
    head = (
        "input", "value", "standard uncertainty", "drawn from", "sensitivity", "elasticity", "contribution",
        "share of the variance", "with others",
    )  # fmt: skip
    rows = [astuple(row) for row in spreads.budget_rows(shown.derivation, shown)]
    return f"{spreads.sentence(shown.derivation)}\n\n{tables.markdown(head, rows)}"


def threshold(shown: Threshold) -> str:
    """A limit: how likely it is passed, and where each input alone takes the result to it."""
    head = ("input", "its value", "where the answer turns over")
    return f"{shown}\n\n{tables.markdown(head, spreads.threshold_rows(shown))}"


def scenario(shown: Scenario) -> str:
    """A scenario: a table of its inputs with their sources."""
    rows = [
        (f"${given.quantity.latex}$", given.quantity.meaning, show_input(given).text, input_range(given), given.origin,
         given.kind,
         words(f"{given.source}, {given.locator}" if given.source else given.note))
        for given in shown.inputs.values()
    ]  # fmt: skip
    return f"**{words(shown.title)}**\n\n" + tables.markdown(_INPUTS, rows)
