"""The longer answers of `calc.cli.tools`: lists, solutions, and two cases side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy as sp

from calc.analysis.warnings import warnings as step_warnings
from calc.base.decimals import percent
from calc.base.errors import CalcError
from calc.cli.compare import compared_inputs, compared_results
from calc.cli.solve import solution_data
from calc.publish.answers import Answer, answer, brief, of_step, plain_spaces
from calc.render.record import record

if TYPE_CHECKING:
    from calc.analysis.solution import Solution
    from calc.api import Derivation, Formula
    from calc.model.scenario import Scenario

__all__ = ["claimed", "compared", "compared_whole", "rows", "solved"]

_Rows = tuple[list[str], list[dict[str, Any]]]


def rows(kind: str, words: Sequence[str]) -> _Rows:
    """What there is of a kind, with words those that have them: a line each, and the same as data."""
    if kind == "formulas":
        return _formulas(words)
    if kind == "quantities":
        return _quantities(words)
    if kind == "scenarios":
        return _scenarios(words)
    return _entries(kind, words)


def _formulas(words: Sequence[str]) -> _Rows:
    from calc import all_formulas
    from calc.book.finding import matching
    from calc.book.home import default_scenario

    wanted, found = matching(words), []
    for formula in all_formulas():
        if formula.id in wanted:
            try:
                found.append(brief(formula.derive(default_scenario(formula))))
            except CalcError as error:
                found.append({"id": formula.id, "title": formula.title, "unit": formula.unit, "why": str(error)})
    return [f"{one['id']} ({one['title']}): {_said(one)}" for one in found], found


def _said(one: Mapping[str, Any]) -> str:
    if "result" not in one:
        return f"no result: {one['why']}"
    return "; ".join([one["result"], *one["beside"]])


def _quantities(words: Sequence[str]) -> _Rows:
    from calc.base.quantities import all_quantities

    wanted = _named("quantity", words)
    shown = [q for q in all_quantities() if wanted is None or q.name in wanted]
    found = [{"name": q.name, "unit": q.unit, "meaning": q.meaning, "accepted": q.domain.words} for q in shown]
    return [f"{q.name} [{q.unit}]: {q.meaning}; {q.domain.words}" for q in shown], found


def _scenarios(words: Sequence[str]) -> _Rows:
    from calc.model.scenario_file import scenario, scenario_names

    wanted = _named("scenario", words)
    shown = [scenario(name) for name in scenario_names() if wanted is None or name in wanted]
    found = [{"name": one.name, "title": one.title, "about": one.about} for one in shown]
    return [f"{one.name}: {one.title}" for one in shown], found


def _entries(kind: str, words: Sequence[str]) -> _Rows:
    from calc.model.catalogue import KINDS, entries
    from calc.render.catalogue import plain

    wanted = _named(KINDS[kind], words)
    shown = [one for one in entries(KINDS[kind]) if wanted is None or one.id in wanted]
    return [f"{one.id}: {one.title}; {', '.join(one.inputs)}" for one in shown], [plain(one) for one in shown]


def _named(kind: str, words: Sequence[str]) -> set[str] | None:
    """The names of a kind that have all of some words; None where all are meant."""
    from calc.book.finding import find

    return {one.name for one in find(words) if one.kind == kind} if words else None


def solved(
    formula: Formula, unknown: str, base: Scenario, known: Mapping[str, Any], result: str, warnings: Iterable[str] = ()
) -> Answer:
    """What an input would have to be, and the result there: with its one value, or with the next whole one."""
    found = formula.solve_for(unknown, base, **{**known, formula.result.name: result})
    data = {"id": formula.id, **solution_data(found, base, {**known, formula.result.name: result})}
    at = _at(found)
    try:
        if at is None:
            raise CalcError(found.reason)
        there = of_step(formula.derive(base, **{**known, found.quantity.name: at}), warnings)
    except CalcError:  # there is none, or it was found numerically, and rounding leaves a domain
        return answer(str(found), {**data, "at": None}, warnings=warnings)
    shared = ("warnings", "sources", "citation", "version")
    more = {key: value for key, value in there.data.items() if key not in shared}
    text = f"{found}\n\n{there.text}"
    return Answer(text, {**data, "at": more, "text": text, **{key: there.data[key] for key in shared}})


def _at(found: Solution) -> float | int | None:
    """The one value that solves it; where only whole ones make sense and none does, the next above."""
    values = found.values if found.is_single else found.nearest[-1][0] if found.nearest else None
    only = list(values) if isinstance(values, sp.FiniteSet) else []
    return None if len(only) != 1 else int(only[0]) if only[0].is_Integer else float(only[0])


_Derived = tuple["Derivation", tuple[str, ...]]


def compared(first: _Derived, second: _Derived) -> Answer:
    """One result in two cases, and by how much the second is more than the first; each with lines of warning."""
    sides = [of_step(*one) for one in (first, second)]
    steps = [one for one, _ in (first, second)]
    change = steps[1].exact / steps[0].exact - 1 if steps[0].exact else None
    said = f"; {plain_spaces(percent(change))} from the first to the second" if change is not None else ""
    heads = [f"{brief(one)['result']} ({one.scenario.name})" for one in steps]
    text = f"{steps[0].formula.title}: {heads[0]}, {heads[1]}{said}"
    keys = [source["key"] for side in sides for source in side.data["sources"]]
    warnings = [line for side in sides for line in side.data["warnings"]]
    data = {
        "id": steps[0].formula.id, "first": sides[0].data, "second": sides[1].data,
        "change": None if change is None else float(change),
    }  # fmt: skip
    cites = "\n".join(f"Cite as: {side.data['citation']['text']}" for side in sides)
    return answer(f"{text}\n\n{cites}", data, keys, dict.fromkeys(warnings))


def claimed(words: str, chosen: str = "") -> Answer:
    """A sentence held against the book: what it claims, the book's figure, and a verdict."""
    from calc.book.sentence_verdict import judge
    from calc.book.sentences import read_sentence
    from calc.render import claim

    if not words.strip():
        raise CalcError("claim takes a sentence, such as 'a prompt uses 2.9 Wh at the site'")
    sentence = read_sentence(words, chosen)
    judged = [judge(one) for one in sentence.claims]
    steps = [one.step for one in judged if one.step is not None]
    keys = [key for step in steps for key in record(step)["sources"]]
    keys += [one.input.source for one in judged if one.input is not None and one.input.source]
    said = {key: value for key, value in claim.data(sentence, judged).items() if key != "text"}
    warnings = [line for step in steps for line in step_warnings(step)]
    cited = steps[0] if len(steps) == len(judged) == 1 else None
    return answer(claim.text(sentence, judged), {"sentence": words, **said}, keys, dict.fromkeys(warnings), cited)


def compared_whole(one: Scenario, two: Scenario) -> Answer:
    """Every result that two scenarios both have, and the inputs in which they differ."""
    from calc import all_formulas

    inputs = compared_inputs(one, two)
    results = [row for formula in all_formulas() if (row := compared_results(formula, one, two)) and all(row[1])]
    named = {row["name"] for row, _ in inputs}
    keys = [given.source for base in (one, two) for q, given in base.inputs.items() if q in named and given.source]
    lines = [*_lines(inputs), "", *_lines(results)]
    data = {
        "first": {"name": one.name, "origin": one.origin}, "second": {"name": two.name, "origin": two.origin},
        "inputs": [row for row, _ in inputs], "results": [row for row, _ in results],
    }  # fmt: skip
    return answer("\n".join(lines), data, keys)


def _lines(found: Iterable[tuple[dict[str, Any], tuple[str, ...]]]) -> list[str]:
    return [f"{row['name']}: {first or 'none'} | {second or 'none'}{_change(row)}" for row, (first, second) in found]


def _change(row: Mapping[str, Any]) -> str:
    first, second = (None if row[side] is None else Fraction(repr(row[side])) for side in ("first", "second"))
    return f" | {percent(second / first - 1)}" if first and second is not None else ""
