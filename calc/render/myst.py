"""A derivation as MyST with the book's own directives: the card that a chapter shows.

The directives are in the book's Sphinx extension; the text and every number in them are made here.
"""

from __future__ import annotations

import importlib
import re

from calc.analysis.budget import Budget
from calc.analysis.budget import budget as uncertainty_budget
from calc.analysis.results import band_text, range_text, show_result
from calc.analysis.threshold import Threshold
from calc.base.numbers import percent, show, show_uncertainty, unit_text
from calc.base.quantities import all_quantities, quantity
from calc.book.build_your_own import RESULTS, static_result
from calc.book.checks import Check, checks
from calc.book.claims import Claim, Held
from calc.book.home import home
from calc.book.releases import history as releases
from calc.model.input import Input
from calc.model.registry import all_formulas, used_by
from calc.model.scenario import DEFAULT, Scenario
from calc.model.step import Step
from calc.render import chain_graph as svg
from calc.render import javascript, latex
from calc.render import uncertainty as spreads
from calc.render.chosen import chosen_words
from calc.render.releases import markdown as release_notes
from calc.render.text import input_range, input_value, spoken, used_range, used_value
from calc.symbolic.equation import Equation

__all__ = [
    "apart", "audit", "budget", "derivation", "held_value", "history", "notation", "own", "plain",
    "results", "scenario", "table", "threshold",
]  # fmt: skip

_FENCE = "`" * 3


def derivation(shown: Step) -> str:
    """A card: title, equation, range, inputs, assumptions, chain, published checks.

    A derivation with changed inputs, or with an entry of the catalogue that was chosen, has neither number nor label:
    it is a what-if, not the book's figure.
    """
    formula = shown.formula
    label = "" if shown.changed or shown.chosen else formula.id
    equation = latex.equation(shown, marked=True)
    math = _directive("math", equation, label=label) if label else f"$$\n{equation}\n$$"
    parts = [
        plain(formula.summary),
        math,
        _sure(shown),
        _fold("Inputs", _inputs(shown), "inputs", is_open=True),
        _fold("How sure, and what it hangs on", _how_sure(shown), "budget"),
        _fold("Assumptions, and where it holds", _assumptions(formula), "assumptions"),
        _fold("Where it comes from, and what uses it", _chain(shown), "chain"),
        _fold("Checked against published figures", _checks(formula), "checks"),
        _directive("citing", "", argument=label, scenario=shown.scenario.name) if label else "",
    ]
    title = formula.title
    if not label:
        changed = chosen_words(shown)
        changed += [f"{spoken(one.quantity.name)} = {show(one.value, one.quantity).text}" for one in shown.changed]
        title += ", if " + " and ".join(changed)
    body = "\n\n".join(part for part in parts if part)
    return _directive(
        "derivation", body, argument=title, label=label, scenario=shown.scenario.name, data=javascript.card(shown)
    )


def _inputs(shown: Step) -> str:
    rows = [
        [
            f"${latex.mark(used.quantity.name, used.quantity.latex)}$",
            plain(used.quantity.meaning),
            _ranged(used_value(used).text, used_range(used)),
            _origin(used.kind, used.source, used.locator, used.origin),
        ]
        for used in shown.used
    ]
    return table(["symbol", "meaning", "value and range", "kind, source, date"], rows, "inputs", [12, 20, 33, 35])


def _sure(shown: Step) -> str:
    """Percentiles of the draws, and what the ends of all ranges would make of it."""
    words, ends = spreads.spread_words(shown), range_text(shown)
    if not words:
        return (
            _directive("result-range", "", argument=f"Range {ends}", more="each input within its own") if ends else ""
        )
    more = "at the ends of all ranges" if ends else ""
    return _directive("result-range", "", argument=words, bar=spreads.spread_bar(shown), ends=ends, more=more)


def _how_sure(shown: Step) -> str:
    found = uncertainty_budget(shown)
    return budget(found) if found is not None and found.uncertainty else ""


def budget(found: Budget) -> str:
    """An uncertainty budget: where the spread comes from, in one sentence, a table and a picture."""
    shown = found.derivation
    if shown is None:
        return ""
    rows = []
    for name, value, uncertainty, drawn, slope, elasticity, part, alone, total in spreads.budget_rows(shown, found):
        q = quantity(name)
        rows.append([
            f"${latex.mark(name, q.latex)}$ {plain(q.meaning)}",
            _breaking(f"{value}\n\n$u$ = {uncertainty}\n\n{drawn}"),
            slope + (f"\n\nelasticity {elasticity}" if elasticity else ""),
            _breaking(part),
            alone + (f"\n\n{total} with others" if total and total != alone else ""),
        ])  # fmt: skip
    head = ["input", "value, standard uncertainty", "sensitivity", "contribution", "share of the variance"]
    combined = show_uncertainty(found.uncertainty, shown.formula.result, shown.exact).text
    picture, words = spreads.tornado(shown), spreads.tornado_words(shown)
    parts = [
        spreads.sentence(shown),
        table(head, rows, "budget", [22, 22, 22, 19, 15]),
        f"To first order these make a standard uncertainty of {combined} about {show_result(shown).text}.",
        _directive("chain-figure", picture, argument=words, caption="Tornado") if picture else "",
    ]
    return "\n\n".join(part for part in parts if part)


def threshold(shown: Threshold) -> str:
    """A limit: how likely it is passed, and where each input alone takes the result to it."""
    rows = [
        [f"${latex.mark(name, quantity(name).latex)}$", plain(quantity(name).meaning), *map(_breaking, (value, turns))]
        for name, value, turns in spreads.threshold_rows(shown)
    ]
    head = ["symbol", "meaning", "value", "where it alone turns the answer over"]
    return plain(str(shown)) + "\n\n" + table(head, rows, "inputs threshold", [14, 30, 22, 34])


def _ranged(value: str, spread: str) -> str:
    """A value with its range below it; a narrow column may break before a unit."""
    return _breaking(f"{value}\n\n{spread}" if spread else value)


def _breaking(text: str) -> str:
    """Numbers that a narrow column may break before their unit."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _origin(kind: str, source: str | None, locator: str | None, origin: object) -> str:
    """What sort of value it is, where it stands, when that was last looked at, and what to know of it."""
    if kind == "derived":
        return f"{{kind}}`{kind}` from {{ref}}`{locator}`"
    day, note = getattr(origin, "checked", None), plain(getattr(origin, "note", ""))
    seen = f", checked {{unbroken}}`{day.isoformat()}`" if day else ""
    place = f" {_cited(source, locator or '')}{seen}" if source else ""
    return f"{{kind}}`{kind}`{place}" + (f"\n\n{note}" if note else "")


def _cited(key: str, locator: str) -> str:
    return f"{{cite:t}}`{key}`, {plain(locator)}"


def _assumptions(formula: Equation) -> str:
    sources = "; ".join(_cited(key, locator) for key, locator in formula.sources)
    text = [plain(part) for part in (formula.assumptions, formula.holds) if part]
    return "\n\n".join([*text, f"Source of the formula: {sources}."])


def _chain(shown: Step) -> str:
    derived = [used.origin.formula.id for used in shown.used if isinstance(used.origin, Step)]
    users = [user.id for user in used_by(shown.formula)]
    links = [
        f"Its inputs come from {_references(derived)}." if derived else "All of its inputs are given.",
        f"It is used by {_references(users)}." if users else "Nothing in the book is computed from it.",
    ]
    picture = _directive("chain-figure", svg.chain(shown), argument=svg.chain_words(shown)) if derived else ""
    return "\n\n".join(part for part in (picture, " ".join(links)) if part)


def _references(ids: list[str]) -> str:
    linked = [f"{{ref}}`{name}`" for name in ids]
    return linked[0] if len(linked) == 1 else ", ".join(linked[:-1]) + " and " + linked[-1]


def _checks(formula: Equation) -> str:

    return "\n".join(f"- {_check(one)}" for one in checks(formula))


def _check(one: Check) -> str:
    return (
        f"{_cited(one.source, one.locator)}: published {one.published}, here {one.recomputed}"
        f" ({percent(one.difference)}). {plain(one.note)}"
    ).rstrip()


def scenario(shown: Scenario) -> str:
    """A scenario's title and what it is about, and a table of its inputs, each of which prose can link to."""
    rows = [_scenario_row(shown, given) for given in shown.inputs.values()]
    head = ["symbol", "name and meaning", "value and range", "kind, source, date"]
    title = f"**{plain(shown.title)}.** {plain(shown.about)}".rstrip()
    return title + "\n\n" + table(head, rows, "inputs scenario-inputs", [12, 26, 25, 37])


def _scenario_row(shown: Scenario, given: Input) -> list[str]:
    return [
        f"(input-{shown.name}-{given.quantity.name})=\n${given.quantity.latex}$",
        f"`{given.quantity.name}`\n\n{plain(given.quantity.meaning)}",
        _ranged(input_value(given).text, input_range(given)),
        _origin(given.kind, given.source, given.locator, given),
    ]


def audit(found: Claim) -> str:
    """What an article says, what it is held against, how far apart they are, and why."""
    said = f"{{cite:t}}`{found.source}`, {plain(found.locator)}: {plain(found.says)} (“{plain(found.quote)}”)."
    parts = [f"**Article** {plain(found.stated.text)}.", _held(found)]
    if found.fuller is not None:
        parts.append(f"**Counted otherwise** {held_value(found.fuller)}.")
    return "\n\n".join([said, " ".join(parts), found.why])


def _held(found: Claim) -> str:
    """What a claim is held against, and how far it is from it."""
    if found.against is None or found.difference is None:
        return "**Book** nothing to hold it against."
    who = "Source" if found.against.source else "Book"
    return f"**{who}** {held_value(found.against)}: {apart(found)}."


def apart(found: Claim) -> str:
    """How far a claim is from what it is held against, in words."""
    if found.difference is None:
        return "nothing to compare"
    if found.against is not None and found.stated.agrees(found.against.low, found.against.high):
        same = found.stated.is_value and found.against.low == found.against.high
        return "the same figure" if same else "it holds"
    word = "above" if found.difference > 0 else "below"
    return f"the article is {percent(abs(found.difference)).removeprefix('+')} {word} it"


def held_value(held_against: Held) -> str:
    """A figure with the link to where it is derived, listed or published."""
    if held_against.source:
        text = plain(held_against.text).replace("\N{NO-BREAK SPACE}", " ")
        return f"{text}, {_cited(held_against.source, held_against.locator)}"
    by = f", by {{eq}}`{held_against.formula}`" if held_against.formula else ", an input"
    return f"{{value}}`{held_against.reference}`{by}"


def notation() -> str:
    """A table of every quantity of the book."""
    rows = [
        [
            f"(quantity-{q.name})=\n${q.latex}$",
            f"`{q.name}`",
            plain(q.meaning) + (f", {q.counted}" if q.counted else ""),
            unit_text(q.unit) if q.unit != "1" else "a pure number",
            q.domain.words.removeprefix("a finite number").lstrip(", ") or q.domain.words,
        ]
        for q in all_quantities()
    ]
    return table(["symbol", "name", "meaning", "unit", "domain"], rows, "notation", [11, 21, 35, 16, 17])


def results() -> str:
    """Tables of every derivation, one a module of formulas: number, title, id, page, equation, result, range."""
    by_module: dict[str, list[Equation]] = {}
    for formula in all_formulas():
        by_module.setdefault(formula.module, []).append(formula)
    head = ["no.", "title, equation, id and page", "result, and nine draws of ten"]
    return "\n\n".join(
        f"## {_subject(module)}\n\n" + table(head, list(map(_result, formulas)), "results by-formula", [10, 62, 28])
        for module, formulas in by_module.items()
    )


def _subject(module: str) -> str:
    """What a module of formulas is about: its docstring, up to the first colon, comma or full stop."""
    text = importlib.import_module(f"calc.formulas.{module}").__doc__ or module
    return re.split(r"[:,.]", text.strip())[0]


def _result(formula: Equation) -> list[str]:
    """The row of one formula, in the book's own scenario or in the first that has the inputs."""
    d = home(formula)
    value = _ranged(show_result(d).text, band_text(d))
    if d.scenario.name != DEFAULT:
        value += f"\n\nin `{d.scenario.name}`"
    equation = f"${formula.result.latex} = {latex.symbols(formula)}$"
    about = f"{{ref}}`{formula.id}`\n\n{equation}\n\n`{formula.id}`, in {{page}}`{formula.id}`"
    return [f"{{eq}}`{formula.id}`", about, value]


def history() -> str:
    """Release by release, newest first: which results moved, from what to what, and what moved them."""

    def linked(match: re.Match[str]) -> str:
        return f"- {{ref}}`{match[1]}` (`{match[1]}`)" if match[1] in known else match[0]

    known = {formula.id for formula in all_formulas()}
    texts = [release_notes(changes, level=1) for changes in releases()]
    # Bold, as what a directive makes may hold no heading.
    texts = [re.sub(r"^# (.*)$", r"**\1**", text, count=1, flags=re.MULTILINE) for text in texts]
    return "\n\n".join(re.sub(r"^- `([a-z0-9-]+)`", linked, text, flags=re.MULTILINE) for text in texts)


def own() -> str:
    """The results of the whole chain in the book's own scenario: what stands there before anything is changed."""
    rows = [
        [
            f"${latex.mark(name, quantity(name).latex)}$",
            plain(quantity(name).meaning),
            static_result(reference),
        ]
        for name, reference in RESULTS
    ]
    return table(["symbol", "meaning", "value"], rows, "inputs own-results", [16, 50, 34])


def _fold(title: str, body: str, kind: str, is_open: bool = False) -> str:
    return _directive("fold", body, argument=title, kind=kind, open="yes" if is_open else "") if body else ""


def table(head: list[str], rows: list[list[str]], kind: str, widths: list[int]) -> str:
    """A table whose cells are MyST; `kind` is its class in HTML, and `widths` are shares of its width."""
    lines = []
    for row in [head, *rows]:
        for number, cell in enumerate(row):
            indented = cell.replace("\n", "\n    ").replace("\n    \n", "\n\n")
            lines.append(f"{'* ' if number == 0 else '  '}- {indented}")
    return _directive(
        "list-table", "\n".join(lines), **{"header-rows": "1", "widths": " ".join(map(str, widths)), "class": kind}
    )


def _directive(name: str, body: str, argument: str = "", **options: str) -> str:
    """A fenced directive; its fence is longer than any inside it."""
    inside = [len(run) for run in re.findall(r"`{3,}", body)]
    fence = "`" * (max([2, *inside]) + 1)
    lines = [f"{fence}{{{name}}} {argument}".rstrip(), *(f":{key}: {value}" for key, value in options.items() if value)]
    return "\n".join([*lines, "", body, fence]) if body else "\n".join([*lines, fence])


def plain(text: str) -> str:
    """Text in which MyST finds no markup but code between backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(p if p.startswith("`") else re.sub(r"([\\$*_\[\]<>{}#|])", r"\\\1", p) for p in parts)
