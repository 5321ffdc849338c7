"""The planner's questions, and plans: two ends of a chain fixed, and the rest solved for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calc.analysis.plan import Planned, backwards, forwards
from calc.base.errors import CalcError, DataError, SolveError, UnknownNameError, name_given, nearest
from calc.base.quantities import quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, Table, read
from calc.base.visible import said
from calc.book.cases import laid
from calc.book.impossible import impossible
from calc.model.case import Case
from calc.model.case_file import load_case
from calc.model.catalogue import KINDS
from calc.model.choose import choose
from calc.model.given_values import as_given
from calc.model.registry import formula_for
from calc.model.scenario_file import scenario
from calc.symbolic.equation import Equation

__all__ = ["Question", "is_least", "label", "plan", "question", "questions", "read_planner", "same", "words"]

_QUESTION = {
    "id": Key(needed=True), "title": Key(needed=True), "scenario": Key(needed=True), "choose": Key("texts"),
    "fields": Key("texts", needed=True), "seek": Key(needed=True), "given": Key("table", of={ANY: Key()}),
    "results": Key("texts", needed=True), "chain": Key("texts", needed=True), "sentence": Key(needed=True),
    "claim": Key(),
}  # fmt: skip
_KEYS = {
    "least": Key("texts"), "same": Key("table", of={ANY: Key()}), "labels": Key("table", of={ANY: Key()}),
    "words": Key("table", of={ANY: Key()}), "question": Key("tables", of=_QUESTION),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One question of the planner.

    Attributes
    ----------
    id, title : how it is named in an address, and on the page.
    scenario : where its values come from.
    choose : the kinds of the catalogue that one may choose from.
    fields : names of the quantities that one may give, those that stand first.
    seek : the name of the quantity that is sought: a result, or a field where `given` has a result.
    given : the result that is known, by name, as text.
    results, chain : names of what is shown, in the table and in the picture.
    sentence : with names in braces.
    claim : whether it starts from somebody's sentence.
    """

    id: str
    title: str
    scenario: str
    choose: tuple[str, ...]
    fields: tuple[str, ...]
    seek: str
    given: Mapping[str, str]
    results: tuple[str, ...]
    chain: tuple[str, ...]
    sentence: str
    claim: bool

    @property
    def goal(self) -> str:
        """The result at the far end of its chain."""
        return next(iter(self.given), self.seek)


@functools.cache
def _file() -> Table:
    return read_planner(packaged_text("planner.toml"))


def read_planner(text: str) -> Table:
    """The planner's file, held against its keys.

    Raises
    ------
    DataError : it is no table, or not as declared; names file, line and key.
    """
    return read(text, "planner.toml", _KEYS)


@functools.cache
def questions() -> tuple[Question, ...]:
    """All questions, in the page's order.

    Examples
    --------
    >>> [one.id for one in questions()]
    ['megawatts', 'train', 'serve', 'prompt', 'claim', 'both']
    """
    return tuple(
        Question(
            one.text("id"), one.text("title"), one.text("scenario"), tuple(one.get("choose", ())),
            tuple(one["fields"]), one.text("seek"), dict(one.get("given", {})), tuple(one["results"]),
            tuple(one["chain"]), one.text("sentence"), one.text("claim") == "yes",
        )
        for one in _file()["question"]
    )  # fmt: skip


def question(name: str) -> Question:
    """A question by its id.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.
    """
    known = {one.id: one for one in questions()}
    if name_given(name, "a question") not in known:
        raise UnknownNameError(
            f"{name!r} is no question of the planner's; accepted: {', '.join(known)}{nearest(name, list(known))}"
        )
    return known[name]


def words() -> Mapping[str, str]:
    """What is said around a plan's numbers, for page and program."""
    return dict(_file()["words"])


def label(name: str) -> str:
    """What a quantity is called on the planner's page.

    Examples
    --------
    >>> label("pue"), label("wue")
    ('PUE', 'water that the site consumes for each kWh of its IT')
    """
    return str(_file()["labels"].get(name, quantity(name).meaning))


def same() -> Mapping[str, str]:
    """What a claim may be of, by name, and the planner's quantity that stands for it."""
    return dict(_file()["same"])


def is_least(name: str) -> bool:
    """Whether of a result one wants at least so much, and not at most.

    Examples
    --------
    >>> is_least("people_served"), is_least("service_carbon")
    (True, False)
    """
    return name in _file()["least"]


def plan(case: Case | Mapping[str, Any] | str | None = None, seek: str = "", sure: float | None = None) -> Planned:
    """Solve a chain of the planner's for what is sought: a result, or what it takes for one.

    Parameters
    ----------
    case : a case, an address or a file with one, or what is known by name: quantities (numbers in own units, texts
        with units, ranges), entries of the catalogue by kind, ``ask`` for a question of `questions` and ``scenario``.
        Without a question, the first that has what is sought.
    seek : the name of what is sought; what the case or its question seeks, when left out. For a result, it is worked
        out; for anything else, one result must be known.
    sure : the share of draws in which the answer must hold, such as 0.9; as the case has it, when left out.

    Returns
    -------
    The value, in its quantity's own unit, and the step at the other end of the chain.

    Raises
    ------
    SolveError : what is asked for is impossible, or nothing yields it: with the reason.
    CalcError : a name or value is wrong.

    Examples
    --------
    >>> found = plan({"campus_power": "200 MW", "place": "irl", "token_promise": "50 ms"}, "people_served")
    >>> f"{found.value:.3g}", found.step.unit
    ('1.95e+09', 'person')
    >>> plan({"ask": "train", "training_time": "100 day"}, "gpus").value
    17063.0
    >>> plan({"ask": "train", "gpus": 25_000, "servers": 10})
    Traceback (most recent call last):
    ...
    calc.base.errors.SolveError: 10 servers of 8 GPUs each hold 80 GPUs, not 25,000
    """
    made = _asked(case)
    name = name_given(seek, "a quantity") or made.sought
    wanted = quantity(name).name if name else ""
    of = question(made.ask) if made.ask else _fitting(wanted, made)
    share = float(made.sure) if sure is None and made.sure is not None else sure
    known = {one.quantity.name: one for one in made.values}
    sought = wanted or of.seek
    goal = _goal(of, sought, known)
    formula = _maker(goal)
    given: dict[str, Any] = dict(known)
    fixed = given.pop(goal, None)
    target = fixed.value if fixed else of.given.get(goal)
    base = choose(scenario(made.scenario or of.scenario), dict(made.choices))
    given.pop(sought, None)
    if lines := impossible(base, given):
        raise SolveError(lines[0])
    given = _playing(made, of, formula, given)
    if goal == sought:
        return forwards(formula, base, given, share, is_least(goal))
    return backwards(formula, base, {**given, goal: target}, sought, share, is_least(goal))


def _asked(case: Case | Mapping[str, Any] | str | None) -> Case:
    if isinstance(case, Case):
        return case
    if isinstance(case, str):
        return load_case(case)
    if case is not None and not isinstance(case, Mapping):
        raise CalcError(f"{said(case)} is no case; accepted: a case, its address or file, or values by their names")
    return _of_mapping(dict(case or {}))


def _of_mapping(values: dict[str, Any]) -> Case:
    ask = name_given(values.pop("ask", ""), "a question")
    start = name_given(values.pop("scenario", ""), "a scenario")
    choices = tuple((kind, values.pop(kind)) for kind in KINDS.values() if kind in values)
    named = {quantity(name): value for name, value in values.items()}
    base = scenario(start or (question(ask).scenario if ask else questions()[0].scenario))
    return Case(start, choices, tuple(as_given(q, value, named, base) for q, value in named.items()), ask=ask)


def _fitting(wanted: str, made: Case) -> Question:
    """The first question that has what is sought, and all that is known."""
    names = {one.quantity.name for one in made.values} | ({wanted} if wanted else set())
    for one in questions():
        has = {*one.results, *one.fields, *one.chain, *scenario(one.scenario).inputs}
        if names <= has:
            return one
    return questions()[0]


def _goal(of: Question, sought: str, known: Mapping[str, Any]) -> str:
    """The result at the far end: what is sought, or the one result that is known."""
    if sought in {*of.results, *of.chain} and sought not in of.fields:
        return sought
    given = [name for name in known if name in {*of.results, *of.chain} and name not in of.fields]
    if len(given) > 1:
        raise SolveError(f"one result is fixed for what is sought, not {' and '.join(given)}")
    if given or of.given:
        return next(iter(given), of.goal)
    raise SolveError(f"to seek {sought}, one result must be known, such as {of.goal}")


def _maker(name: str) -> Equation:
    found = formula_for(quantity(name))
    if found is None:
        raise DataError(f"no formula yields {name}")
    return found


def _playing(made: Case, of: Question, formula: Equation, given: Mapping[str, Any]) -> dict[str, Any]:
    """What of the known plays a part in a formula, as a plan shows more than one result of a case."""
    kept = Case(made.scenario or of.scenario, made.choices, tuple(given.values()))
    found = laid(kept, formula).values
    return {name: value for name, value in found.items() if name not in KINDS.values()}
