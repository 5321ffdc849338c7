"""What a program may ask of the book, one tool each: its arguments, and its answer.

`calc.cli.serve_mcp` serves them to clients of the Model Context Protocol; nothing here knows of that protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calc.base.errors import CalcError, UnknownNameError, an, nearest
from calc.base.visible import said
from calc.cli.options import KINDS, the_formula
from calc.cli.tool_cases import CASE, as_scenario, as_the_book, book_scenario, derived_in, known_values, laid

if TYPE_CHECKING:
    from calc.publish.answers import Answer

__all__ = ["Tool", "call", "tools"]

_Given = Mapping[str, Any]
_TYPES: Mapping[str, Any] = {"string": str, "object": dict}
_ID = {"type": "string", "description": "A derivation's id, such as training-energy; `find` looks for it."}
_TEXTS = {"type": "array", "items": {"type": "string"}}
_CITED = ("text", "bibtex", "csl", "link")
_ANSWERED: Mapping[str, Any] = {
    "text": {"type": "string", "description": "The whole answer, for reading."},
    "warnings": {**_TEXTS, "description": "What somebody may not have meant, or must know beside the figure."},
    "sources": {
        "type": "array",
        "description": "What it rests on: key, a line to read, and address.",
        "items": {"type": "object", "required": ["key", "text", "url"]},
    },
    "citation": {"type": "object", "properties": {"link": {"type": "string"}}, "required": list(_CITED)},
    "version": {"type": "string", "description": "Of the book."},
}
_WORDS = {"type": "string", "description": "One word or more; what has all of them is found."}


@dataclass(frozen=True)
class Tool:
    """Something that a program may ask.

    Attributes
    ----------
    name : a verb.
    about : what it answers, for whoever chooses among tools.
    arguments : a JSON Schema of each, by name.
    needed : those that must be given.
    keys : what its answer has beside what each has.
    run : what answers.
    """

    name: str
    about: str
    arguments: Mapping[str, Any]
    needed: tuple[str, ...]
    keys: tuple[str, ...]
    run: Callable[[_Given], Answer]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its arguments together."""
        return {
            "type": "object", "properties": dict(self.arguments), "required": list(self.needed),
            "additionalProperties": False,
        }  # fmt: skip

    @property
    def answered(self) -> dict[str, Any]:
        """The JSON Schema of its answer."""
        return {"type": "object", "properties": dict(_ANSWERED), "required": [*_ANSWERED, *self.keys]}


def tools() -> tuple[Tool, ...]:
    """All of them.

    Examples
    --------
    >>> [tool.name for tool in tools()][:3]
    ['list', 'find', 'show']
    """
    result = ("id", "result", "value", "unit", "band", "inputs", "chain", "scenario", "origin")
    kinds = ("formulas", "quantities", "scenarios", *(f"{kind}s" for kind in KINDS))
    kind = {"type": "string", "enum": list(kinds), "description": "What is listed; formulas when left out."}
    unit = {"type": "string", "description": "The result's unit, such as MWh."}
    unknown = {"type": "string", "description": "The name of the input that is asked for."}
    wanted = {"type": "string", "description": "What the formula is to yield, such as '87.75 GWh'."}
    sentence = {"type": "string", "description": "What somebody says, such as 'a prompt uses 2.9 Wh at the site'."}
    chosen = {"type": "string", "description": "The id of what it is a claim of, where several things fit."}
    case = {"type": "object", "properties": CASE, "additionalProperties": False}
    return (
        Tool("list", "What the book has: each formula with its result and band, or symbols, scenarios, entries of the "
             "catalogue.", {"kind": kind, "words": _WORDS}, (), ("kind", "found"), _list),
        Tool("find", "Formulas, quantities, scenarios, entries of the catalogue and chapters that have all of some "
             "words.", {"words": _WORDS}, ("words",), ("found", "near"), _find),
        Tool("show", "One result with its band, the inputs of its chain and their sources, warnings, and how to cite "
             "it; with values, choices or another scenario it is the caller's own calculation.",
             {"id": _ID, "unit": unit, **CASE}, ("id",), result, _show),
        Tool("solve", "The value of an input that yields a given result.",
             {"id": _ID, "for": unknown, "result": wanted, **CASE}, ("id", "for", "result"),
             ("id", "unknown", "unit", "value", "low", "high", "points", "at"), _solve),
        Tool("cite", "How to cite a derivation, or with the id 'book' the book: a sentence, BibTeX, CSL-JSON, and the "
             "permanent address.", {"id": _ID, **CASE}, ("id",), ("id",), _cite),
        Tool("compare", "Two cases side by side: one result in both, with its inputs, or without an id every result "
             "that both have, and the inputs in which they differ. Without a first, the second's scenario as it is.",
             {"id": _ID, "first": case, "second": case}, ("second",), ("first", "second"), _compare),
        Tool("claim", "A sentence held against the book: what it claims, the book's figure and band, a verdict, and "
             "what would have to be true.", {"sentence": sentence, "as": chosen}, ("sentence",), ("verdict", "claims"),
             _claim),
    )  # fmt: skip


def call(name: str, given: _Given) -> Answer:
    """What a tool answers.

    Raises
    ------
    CalcError : there is no such tool, or it cannot be given this; the one line says what is accepted.

    Examples
    --------
    >>> call("show", {"id": "training-energy", "scenario": "gpt-4-estimate"}).data["result"]
    '30.4 GWh'
    >>> call("show", {"id": "training-energy", "scenarios": "gpt-4"})
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: 'scenarios' is not an argument of show; accepted: id, unit, case, scenario,
    values, choices, as_of; did you mean 'scenario'?
    """
    known = {tool.name: tool for tool in tools()}
    if name not in known:
        raise UnknownNameError(f"{name!r} is not a tool; accepted: {', '.join(known)}{nearest(name, known)}")
    tool = known[name]
    if missing := [one for one in tool.needed if one not in given]:
        raise CalcError(f"{name} takes {', '.join(missing)}, which is missing; accepted: {', '.join(tool.arguments)}")
    _check(name, given, tool.arguments)
    return tool.run(given)


def _check(whose: str, given: _Given, accepted: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse an argument that is unknown, or of another type."""
    for name, value in given.items():
        if name not in accepted:
            raise UnknownNameError(
                f"{name!r} is not an argument of {whose}; accepted: {', '.join(accepted)}{nearest(name, accepted)}"
            )
        schema = accepted[name]
        if not isinstance(value, _TYPES[schema["type"]]):
            raise CalcError(f"{whose}: {name} is {said(value)}; accepted: {an(schema['type'])}")
        if "enum" in schema and value not in schema["enum"]:
            near = nearest(value, schema["enum"])
            raise UnknownNameError(f"{whose}: {name} is {said(value)}; accepted: {', '.join(schema['enum'])}{near}")
        if "properties" in schema:
            _check(name, value, schema["properties"])


def _show(given: _Given) -> Answer:
    from calc.analysis.results import in_unit
    from calc.publish.answers import of_step

    found, warnings = derived_in(given, given["id"])
    return of_step(in_unit(found, given["unit"]) if "unit" in given else found, warnings)


def _cite(given: _Given) -> Answer:
    from dataclasses import replace

    from calc.publish.answers import answer, of_step

    whole = given["id"] == "book"
    found = answer("", {"id": "book"}) if whole else of_step(*derived_in(given, given["id"]))
    cites = found.data["citation"]
    text = f"{cites['text']}\n\n{cites['bibtex']}"
    return replace(found, text=text, data={**found.data, "text": text})


def _find(given: _Given) -> Answer:
    from calc.book.finding import find, words_near
    from calc.publish.answers import answer

    words = given["words"].split()
    found = [{"kind": one.kind, "name": one.name, "title": one.title} for one in find(words)]
    near = [] if found else list(dict.fromkeys(words_near(words)))
    lines = [f"{one['kind']} {one['name']}: {one['title']}" for one in found]
    nothing = f"The book has nothing on {given['words']!r}" + (f"; near it are {', '.join(near)}" if near else "")
    return answer("\n".join(lines) or f"{nothing}.", {"found": found, "near": near})


def _list(given: _Given) -> Answer:
    from calc.cli.tool_lists import rows
    from calc.publish.answers import answer

    kind = given.get("kind", "formulas")
    lines, found = rows(kind, given.get("words", "").split())
    return answer("\n".join(lines) or f"The book has no such {kind}.", {"kind": kind, "found": found})


def _solve(given: _Given) -> Answer:
    from calc.cli.tool_lists import solved

    formula = the_formula(given["id"])
    if formula.result.name in known_values(given):
        raise CalcError(f"{formula.result.name} is given by both result and values")
    found = laid(formula, given, [formula.result.name], [given["for"]])
    return solved(formula, given["for"], found.base, found.known, given["result"], found.warnings)


def _compare(given: _Given) -> Answer:
    from calc.cli.tool_lists import compared, compared_whole

    if "id" in given:
        second = derived_in(given["second"], given["id"])
        return compared(derived_in(given["first"], given["id"]) if "first" in given else as_the_book(second[0]), second)
    two = as_scenario(given["second"])
    return compared_whole(as_scenario(given["first"]) if "first" in given else book_scenario(two), two)


def _claim(given: _Given) -> Answer:
    from calc.cli.tool_lists import claimed

    return claimed(given["sentence"], given.get("as", ""))
