"""A derivation as plain Markdown, with its math between dollar signs: for any notebook or forge."""

from __future__ import annotations

from collections.abc import Iterable

from calc.analysis.budget import Budget
from calc.analysis.results import band_text, range_text
from calc.analysis.threshold import Threshold
from calc.model.scenario import Scenario
from calc.model.step import Step, origin_of
from calc.render import latex
from calc.render import uncertainty as spreads
from calc.render.text import input_range, input_value, scenario_name, used_range, used_value, whose

__all__ = ["budget", "derivation", "scenario", "threshold"]


def derivation(shown: Step) -> str:
    """A derivation: title, equation, inputs, assumptions, source, chain."""
    formula = shown.formula
    rows = [
        (f"${used.quantity.latex}$", used.quantity.meaning, used_value(used).text, used_range(used),
         origin_of(used.origin), used.kind, f"{used.source}, {used.locator}" if used.source else (used.locator or ""))
        for used in shown.used
    ]  # fmt: skip
    spread, sure = range_text(shown), band_text(shown)
    parts = [
        f"**{formula.title}** (`{formula.id}`, scenario {scenario_name(shown)})",
        f"$$\n{latex.equation(shown)}\n$$",
        f"Nine draws of ten: {sure}, half of them below {spreads.middle(shown)}." if sure else "",
        f"Range: {spread}, each input within its own." if spread else "",
        f"**{whose(shown)}**" if shown.is_own else "",
        _table(("", "meaning", "value", "range", "whose", "kind", "source"), rows),
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
    rows = [tuple(row) for row in spreads.budget_rows(shown.derivation, shown)]
    return f"{spreads.sentence(shown.derivation)}\n\n{_table(head, rows)}"


def threshold(shown: Threshold) -> str:
    """A limit: how likely it is passed, and where each input alone takes the result to it."""
    table = _table(("input", "its value", "where the answer turns over"), map(tuple, spreads.threshold_rows(shown)))
    return f"{shown}\n\n{table}"


def scenario(shown: Scenario) -> str:
    """A scenario: a table of its inputs with their sources."""
    rows = [
        (f"${given.quantity.latex}$", given.quantity.meaning, input_value(given).text, input_range(given), given.origin,
         given.kind,
         f"{given.source}, {given.locator}" if given.source else given.note)
        for given in shown.inputs.values()
    ]  # fmt: skip
    return f"**{shown.title}**\n\n" + _table(("", "meaning", "value", "range", "whose", "kind", "source"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in lines)
