"""A derivation as MyST with the book's own directives: the card that a chapter shows, and its tables.

The directives are in the book's Sphinx extension; the text and every number in them are made here.
"""

from __future__ import annotations

from calc.analysis.budget import Budget
from calc.analysis.budget import budget as uncertainty_budget
from calc.analysis.results import (
    input_range,
    printed_line,
    range_text,
    show_input,
    show_result,
    uncertainty_text,
    used_range,
)
from calc.analysis.serving_coverage import sentence
from calc.analysis.serving_taken import taken_for_granted
from calc.analysis.standing import beside_words, standing, sure_words, value_words
from calc.analysis.threshold import Threshold
from calc.base.decimals import percent
from calc.base.numbers import show
from calc.base.quantities import quantity
from calc.book.checks import KINDS, Check, checks
from calc.model.input import Input
from calc.model.registry import used_by
from calc.model.scenario import Scenario
from calc.model.step import Step
from calc.render import chain_graph, javascript, latex
from calc.render import uncertainty as spreads
from calc.render.aged import aged_words
from calc.render.budget_words import BUDGET
from calc.render.chosen import chosen_words
from calc.render.companions import companion_rows
from calc.render.coverage import HERE
from calc.render.hangs import hangs_words
from calc.render.myst_markup import breaking, cited, directive, fold, plain, ranged, references, table
from calc.render.text import spoken
from calc.symbolic.equation import Equation

__all__ = ["budget", "derivation", "scenario", "threshold"]

_KIND_WORDS = {
    "validation": "Measured, with the formula's error",
    "recalled": "Published, recalled and not seen again",
    "arithmetic": "Arithmetic on figures of another kind of thing, or of the audited article",
}


def derivation(shown: Step) -> str:
    """A card: title, equation, range; to be opened, inputs, how sure, assumptions, chain, published checks, citation.

    A derivation with changed inputs, or with an entry of the catalogue that was chosen, has neither number nor label:
    it is a what-if, not the book's figure.
    """
    formula = shown.formula
    label = "" if shown.changed or shown.chosen else formula.id
    equation = latex.equation(shown, marked=True)
    math = directive("math", equation, label=label) if label else f"$$\n{equation}\n$$"
    parts = [
        math,
        _sure(shown),
        fold("Inputs", _inputs(shown), "inputs"),
        _beside(shown),
        fold("How sure, and what it hangs on", _how_sure(shown), "budget", short="How sure"),
        fold("Assumptions, and where it holds", _assumptions(shown), "assumptions", short="Assumptions"),
        fold("Chain: where it comes from, and what uses it", _chain(shown), "chain", short="Chain"),
        fold("Checks against published figures", _checks(formula), "checks", short="Checks"),
        directive("citing", "", argument=label, scenario=shown.scenario.name) if label else "",
    ]
    title = formula.title
    if not label:
        changed = chosen_words(shown)
        changed += [f"{spoken(one.quantity.name)} = {show(one.value, one.quantity).text}" for one in shown.changed]
        title += ", if " + " and ".join(changed)
    body = "\n\n".join(part for part in parts if part)
    return directive(
        "derivation", body, argument=title, label=label, scenario=shown.scenario.name, data=javascript.card(shown)
    )


def _inputs(shown: Step) -> str:
    line = printed_line(shown)
    rows = [
        [
            f"${latex.mark(used.quantity.name, used.quantity.latex)}$",
            plain(", ".join(part for part in (used.quantity.meaning, used.quantity.counted) if part)),
            ranged(line.values[used.quantity.name].text, used_range(used)),
            _origin(used.kind, used.source, used.locator, used.origin),
        ]
        for used in shown.used
    ]
    return table(["symbol", "meaning", "value and range", "kind, source, date"], rows, "inputs", [12, 20, 33, 35])


def _beside(shown: Step) -> str:
    """What stands beside the result: of a run its days, GPU-hours and rent."""
    rows = [
        [f"{{ref}}`{name}`", ranged(value, band), plain(more)] for _, value, band, more, name in companion_rows(shown)
    ]
    head = ["result", "value, nine draws in ten", "with"]
    made = table(head, rows, "inputs", [40, 35, 25])
    return fold("Beside it: what stands with the result", made, "beside", short="Beside it") if rows else ""


def _sure(shown: Step) -> str:
    """What the value is, its nine-in-ten band or the book's estimate, what stands beside it, and what it hangs on."""
    found = standing(shown)
    said = "" if found.is_plain else value_words(shown)
    words = "" if found.estimate else sure_words(shown)
    beside = "; ".join(part for part in beside_words(shown) if found.estimate or part != sure_words(shown))
    if not (said or words or beside):
        return ""
    said = said[:1].upper() + said[1:]
    drawn = found.estimate or shown
    parts = {"said": said, "text": words, "more": beside, "hangs": hangs_words(drawn) if words or beside else ""}
    lines = [f"{kind} {text}" for kind, text in parts.items() if text]
    return directive("result-range", "\n".join(lines), bar=spreads.spread_bar(drawn))


def _how_sure(shown: Step) -> str:
    found, ends, words = uncertainty_budget(shown), range_text(shown), spreads.spread_words(shown)
    parts = [
        f"{words}." if words else "",
        budget(found) if found is not None and found.uncertainty else "",
        f"With every input at that end of its range which moves the result most: {ends}." if ends else "",
    ]
    return "\n\n".join(part for part in parts if part)


def budget(found: Budget) -> str:
    """An uncertainty budget: where the spread comes from, in one sentence, a table and a picture."""
    shown = found.derivation
    if shown is None:
        return ""
    rows = []
    for row in spreads.budget_rows(shown, found):
        q = quantity(row.name)
        others = row.with_others if row.with_others != row.share else ""
        rows.append([
            f"${latex.mark(row.name, q.latex)}$ {plain(q.meaning)}",
            breaking(f"{row.value}\n\n$u$ = {row.uncertainty}\n\n{row.drawn_from}"),
            row.sensitivity + ("\n\n" + BUDGET["elasticity"].format(value=row.elasticity) if row.elasticity else ""),
            breaking(row.contribution),
            row.share + (f"\n\n{others} with others" if others else ""),
        ])  # fmt: skip
    combined = uncertainty_text(shown, found.uncertainty)
    picture, words = spreads.tornado(shown), spreads.tornado_words(shown)
    parts = [
        spreads.sentence(shown),
        table(BUDGET["head"], rows, "budget", [22, 22, 22, 19, 15]),
        BUDGET["combined"].format(uncertainty=combined, value=show_result(shown).text),
        directive("chain-figure", picture, argument=words, caption="Tornado") if picture else "",
    ]
    return "\n\n".join(part for part in parts if part)


def threshold(shown: Threshold) -> str:
    """A limit: how likely it is passed, and where each input alone takes the result to it."""
    rows = [
        [f"${latex.mark(name, quantity(name).latex)}$", plain(quantity(name).meaning), *map(breaking, (value, turns))]
        for name, value, turns in spreads.threshold_rows(shown)
    ]
    head = ["symbol", "meaning", "value", "where it alone turns the answer over"]
    return plain(str(shown)) + "\n\n" + table(head, rows, "inputs threshold", [14, 30, 22, 34])


def _origin(kind: str, source: str | None, locator: str | None, origin: object) -> str:
    """What sort of value it is, where it stands, when that was last looked at, and what to know of it."""
    if kind == "derived":
        return f"{{kind}}`{kind}` from {{ref}}`{locator}`"
    day, note = getattr(origin, "checked", None), plain(getattr(origin, "note", ""))
    seen = f", checked {{unbroken}}`{day.isoformat()}`" if day else ""
    place = f" {cited(source, locator or '')}{seen}" if source else ""
    if aged := aged_words(origin):
        place += f"; {aged}"
    return f"{{kind}}`{kind}`{place}" + (f"\n\n{note}" if note else "")


def _assumptions(shown: Step) -> str:
    formula, covered = shown.formula, sentence(shown)
    sources = "; ".join(cited(key, locator) for key, locator in formula.sources)
    text = [plain(part) for part in (formula.summary, formula.assumptions, formula.holds) if part]
    text += (
        [
            plain(HERE.format(covered=covered[:1].lower() + covered[1:])),
            *map(plain, taken_for_granted(shown)),
        ]
        if covered
        else []
    )
    return "\n\n".join([*text, f"Source of the formula: {sources}."])


def _chain(shown: Step) -> str:
    derived = [used.origin.formula.id for used in shown.used if isinstance(used.origin, Step)]
    users = [user.id for user in used_by(shown.formula)]
    links = [
        f"Its inputs come from {references(derived)}." if derived else "All of its inputs are given.",
        f"It is used by {references(users)}." if users else "Nothing in the book is computed from it.",
    ]
    words = chain_graph.chain_words(shown)
    picture = directive("chain-figure", chain_graph.chain(shown), argument=words) if derived else ""
    return "\n\n".join(part for part in (picture, " ".join(links)) if part)


def _checks(formula: Equation) -> str:
    """The published figures, which alone are counted, and after them what proves less."""
    found = checks(formula)
    kinds = {kind: [f"- {_check(one)}" for one in found if one.kind == kind] for kind in KINDS}
    published = kinds.pop("published")
    parts = ["\n".join(published) if published else "No published figure checks this one."]
    parts += [f"*{_KIND_WORDS[kind]}*:\n\n" + "\n".join(lines) for kind, lines in kinds.items() if lines]
    return "\n\n".join(parts)


def _check(one: Check) -> str:
    word = "stated" if one.kind == "arithmetic" else "published"
    return (
        f"{cited(one.source, one.locator)}: {word} {one.published}, here {one.recomputed}"
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
        ranged(show_input(given).text, input_range(given)),
        _origin(given.kind, given.source, given.locator, given),
    ]
