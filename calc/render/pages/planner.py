"""The planner's page as it stands without scripts: the book's case of each question, as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calc.analysis.plan import spread
from calc.analysis.results import show_input
from calc.base.errors import CalcError
from calc.base.numbers import between, show, show_spread
from calc.base.quantities import quantity
from calc.base.spoken import spoken
from calc.base.values import own_unit_value
from calc.book.planner import Question, label, plan, questions
from calc.model.case import Case
from calc.model.catalogue import KINDS, entries
from calc.model.registry import formula_for
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario
from calc.model.step import Step
from calc.render.myst_markup import plain, table

__all__ = ["planned_steps", "planner"]

_NAME = re.compile(r"\{(\w+)\}")


def planner() -> str:
    """Each question with its sentence, what it takes as known, and what follows."""
    return "\n\n".join(_question(one) for one in questions())


def planned_steps() -> Iterator[Step]:
    """The results of which the page has a band, for `make bands` to draw."""
    for one in questions():
        yield from filter(None, _steps(one, plan(Case(ask=one.id)).value).values())


def _steps(one: Question, answer: float) -> dict[str, Step | None]:
    return {name: _step(one, name, answer) for name in one.results}


def _question(one: Question) -> str:
    case = Case(ask=one.id)
    base, found = scenario(one.scenario), plan(case)
    answer = spoken(show(own_unit_value(quantity(one.seek), found.value), quantity(one.seek)).text)
    steps = _steps(one, found.value)

    def said(match: re.Match[str]) -> str:
        name = match[1]
        if name == one.seek:
            return f"**{plain(answer)}**"
        return plain(_title(base, name) if name in KINDS.values() else _text(one, name, base, steps))

    known = [
        [plain(label(name)), show_input(base.inputs[name]).text, plain(base.inputs[name].kind)]
        for name in one.fields
        if name in base.inputs
    ]
    rows = [
        [plain(label(name)), _shown(step), _band(step)] if step
        else [plain(label(name)), "not known", ""]
        for name, step in steps.items()
    ]  # fmt: skip
    return "\n\n".join([
        f"**{plain(one.title)}** {_NAME.sub(said, one.sentence)}.",
        table(["what is known", "value", "kind"], known, "planner-static", [56, 26, 18]),
        table(["what follows", "value", "nine draws in ten"], rows, "planner-static", [48, 24, 28]),
    ])  # fmt: skip


def _title(base: Scenario, kind: str) -> str:
    """The entry of a kind that most values of a scenario are from."""
    titles = {one.id: one.title for one in entries(kind)}
    had = [one.entry for one in base.inputs.values() if one.entry in titles]
    return titles[max(had, key=had.count)] if had else kind


def _text(one: Question, name: str, base: Scenario, steps: dict[str, Step | None]) -> str:
    if name in base.inputs:
        return show_input(base.inputs[name]).text
    if name in one.given:
        return show(own_unit_value(quantity(name), one.given[name]), quantity(name)).text
    step = steps.get(name)
    return _shown(step) if step else "not known"


def _shown(step: Step) -> str:
    return show(step.exact, step.formula.result).text


def _band(step: Step) -> str:
    """Its nine-in-ten band, or a dash where no input has a range."""
    try:
        found = spread(step)
    except CalcError:
        return "–"
    if found[0] == found[-1]:
        return "–"
    ends = show_spread(found, step.formula.result, step.exact)
    return between(ends[0], ends[-1])


def _step(one: Question, name: str, answer: float) -> Step | None:
    """A result in the book's case of a question, with what was sought put in; None where an input is not known."""
    known = {one.seek: answer} if one.given else {}
    try:
        return plan({"ask": one.id, **known}, name).step if formula_for(quantity(name)) else None
    except CalcError:
        return None
