"""What the planner's page starts from, as data for its script: questions, values, choices, sources."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from calc.analysis.serving_reasons import page_rules
from calc.base.quantities import quantity
from calc.base.values import own_unit_value
from calc.book.bibliography import csl_items
from calc.book.citation_file import book
from calc.book.impossible import IMPOSSIBLE
from calc.book.planner import Question, is_least, label, question, questions, same, words
from calc.model.case_address import STARTS
from calc.model.case_file import HEAD, NOTE
from calc.model.catalogue import KINDS, Entry, entries
from calc.model.input import Input
from calc.model.registry import formula_for
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario
from calc.render import javascript
from calc.render.citation_parts import OWN, OWN_TITLE
from calc.symbolic.equation import Equation

__all__ = ["planner_data", "planner_library"]

_START = "llama-3"


def planner_library() -> str:
    """The script with the formulas, quantities and draws of the planner's page; see `javascript.library`."""
    cards = [
        {"formula": one.id, "scenario": name, "values": _card_values(name)}
        for name in _scenarios() for one in _formulas(name)
    ]  # fmt: skip
    typed = {name for start in _scenarios() for name in _names(start) if name in scenario(start).inputs}
    typed |= {name for one in questions() for name in (*one.fields, *one.results)}
    whole = javascript.library(cards, [one for name in _scenarios() for one in _formulas(name)], typed)
    # The domains of two hundred quantities are a dozen.
    found = list(dict.fromkeys(re.findall(r'"domain":(\{[^}]*\})', whole)))
    for place, domain in enumerate(found):
        whole = whole.replace(f'"domain":{domain}', f'"domain":bookDomains[{place}]')
    return f"var bookDomains = [{','.join(found)}];\n{whole}"


def planner_data() -> str:
    """The page's own data as JSON.

    Examples
    --------
    >>> import json
    >>> [one["id"] for one in json.loads(planner_data())["questions"]][:2]
    ['megawatts', 'train']
    """
    sources, rows = _Sources(), list[list[Any]]()
    kinds = dict.fromkeys(kind for one in questions() for kind in one.choose)
    data = {
        "words": words(),
        "impossible": IMPOSSIBLE,
        "questions": [_question(one) for one in questions()],
        "least": sorted({name for one in questions() for name in one.results if is_least(name)}),
        "scenarios": {name: _scenario(scenario(name), sources, rows) for name in _scenarios()},
        "inputs": rows,
        "choices": {kind: _choices(kind, _wanted(kind), sources) for kind in kinds},
        "labels": {
            name: said
            for start in _scenarios()
            for name in _names(start)
            if (said := label(name)) != quantity(name).meaning
        },
        "titles": {kind: kind for kind in kinds},
        "same": same(),
        "cite": _cite(),
        "measured": page_rules(),
        "was": {"hash": "#build-your-own", "ask": "both", "starts": STARTS, "values": {_START: _start()}},
    }
    return javascript.safe_json({**data, "sources": sources.listed()})


def _cite() -> dict[str, Any]:
    """Citations of a case, with places for what the page fills in, as `calc.render.citation` writes those of a card."""
    about = book()
    authors, title, version = " and ".join(about.authors), about.title, about.version
    year, date = about.released.year, [about.released.year, about.released.month, about.released.day]
    own = f"{OWN}: @answer@@band@"
    csl = {
        "id": "t2t-planner-@key@", "type": "chapter", "title": f"{OWN_TITLE}“The planner”",
        "author": [{"literal": one} for one in about.authors], "issued": {"date-parts": [date]}, "version": version,
        "URL": "@link@", "container-title": title, "note": f"{own}; scenario @scenario@, @changes@; inputs from @keys@",
    }  # fmt: skip
    return {
        "version": version,
        "unchanged": "the book\N{RIGHT SINGLE QUOTATION MARK}s case, unchanged",
        "sentence": f"{own}. Scenario @scenario@, with @changes@. Calculated with: {authors} ({year}): {title}, "
        f"version {version}, the planner; inputs from @keys@ of its references. @link@",
        "bibtex": f"@misc{{t2t-planner-@key@,\n  author       = {{{{{authors}}}}},\n  title        = "
        f"{{{OWN_TITLE}the planner}},\n  howpublished = {{Calculated with the planner of \\emph{{{title}}}, version "
        f"{version}}},\n  year         = {{{year}}},\n  note         = {{{own}; scenario @scenario@, with "
        "@changes@},\n  url          = {@link@}\n}",
        "csl": json.dumps([csl], ensure_ascii=False, indent=2),
        "file": HEAD.splitlines(),
        "note": NOTE,
    }


def _start() -> dict[str, float | int]:
    """What a start of the page "Build your own" had beside a model and an accelerator."""
    had, fields = scenario(_START).inputs, question("both").fields
    return {name: _number(one.value) for name, one in had.items() if name in fields}


class _Sources:
    """Keys of sources by their places in one list, which stands in the page once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, key: str | None) -> int:
        return self._places.setdefault(key, len(self._places)) if key else -1

    def listed(self) -> list[list[str]]:
        about = _labels()
        return [[key, *about.get(key, ("", ""))] for key in self._places]


@functools.cache
def _labels() -> Mapping[str, tuple[str, str]]:
    """Who and when, and the address, of each source."""
    found = {}
    for item in csl_items():
        people = item.get("author") or item.get("editor") or [{}]
        first = people[0].get("family") or people[0].get("literal") or item.get("title", "")
        year = item.get("issued", {}).get("date-parts", [[""]])[0][0]
        more = " et al." if len(people) > 1 else ""
        found[item["id"]] = (f"{first}{more} {year}".strip(), item.get("URL", ""))
    return found


@functools.cache
def _scenarios() -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.scenario for one in questions()))


@functools.cache
def _chosen_names() -> frozenset[str]:
    """The quantities that entries of the catalogue have: where one is chosen that lacks it, a formula may yield it."""
    return frozenset(name for kind in KINDS.values() for one in entries(kind) for name in one.inputs)


@functools.cache
def _formulas(name: str) -> tuple[Equation, ...]:
    """All formulas that the results of a scenario's questions may need, whatever is chosen."""
    base, found = scenario(name), dict[Equation, None]()

    def walk(wanted: str, first: bool = False) -> None:
        fixed = wanted in base.inputs and not (first or wanted in _chosen_names())
        maker = None if fixed else formula_for(quantity(wanted))
        if maker is None or maker in found:
            return
        found[maker] = None
        for q in maker.inputs:
            walk(q.name)

    for one in questions():
        if one.scenario == name:
            for result in (*one.results, *one.chain, *one.given):
                walk(result, first=True)
    return tuple(found)


@functools.cache
def _names(name: str) -> tuple[str, ...]:
    """All quantities of these formulas."""
    return tuple(dict.fromkeys(q.name for one in _formulas(name) for q in (*one.inputs, one.result)))


def _wanted(kind: str) -> frozenset[str]:
    """The quantities of entries of a kind that some question needs which lets one choose it."""
    return frozenset(name for one in questions() if kind in one.choose for name in _names(one.scenario))


def _card_values(name: str) -> dict[str, list[Any]]:
    base = scenario(name)
    return {
        q: [_number(base.inputs[q].value), base.inputs[q].unit.text] for q in _names(name) if q in base.inputs
    }  # fmt: skip


def _question(one: Question) -> dict[str, Any]:
    given = {name: _number(own_unit_value(quantity(name), text)) for name, text in one.given.items()}
    return {
        "id": one.id, "title": one.title, "scenario": one.scenario, "choose": one.choose, "fields": one.fields,
        "seek": one.seek, "given": given, "results": one.results, "chain": one.chain, "sentence": one.sentence,
        "claim": one.claim,
    }  # fmt: skip


def _scenario(base: Scenario, sources: _Sources, rows: list[list[Any]]) -> dict[str, Any]:
    """Its inputs by places in a list of rows, in which what scenarios share stands once."""
    inputs = {name: base.inputs[name] for name in _names(base.name) if name in base.inputs}
    return {
        "title": base.title,
        "about": base.about,
        "choices": {kind: found for kind in KINDS.values() if (found := _entry_of(base, kind))},
        "inputs": {name: _placed(_input(one, sources), rows) for name, one in inputs.items()},
    }


def _placed(row: list[Any], rows: list[list[Any]]) -> int:
    if row not in rows:
        rows.append(row)
    return rows.index(row)


def _entry_of(base: Scenario, kind: str) -> str:
    """The entry of a kind from which a scenario has most values."""
    had = [one.entry for one in base.inputs.values() if one.entry]
    known = {one.id for one in entries(kind)}
    return max((one for one in had if one in known), key=had.count, default="")


def _input(one: Input, sources: _Sources) -> list[Any]:
    """Value, unit, entry, kind, source, locator and note, bound: as the script takes them apart."""
    return [
        _number(one.value), one.unit.text, one.entry or 0, one.kind, sources.place(one.source), one.locator or "",
        one.bound or 0, [_number(one.low), _number(one.high)] if one.low != one.high else 0,
    ]  # fmt: skip


def _choices(kind: str, names: Iterable[str], sources: _Sources) -> dict[str, Any]:
    """The entries of a kind as rows of numbers; units and names stand once."""
    known = [one for one in entries(kind) if not set(names).isdisjoint(one.inputs)]
    columns = [name for name in dict.fromkeys(n for one in known for n in one.inputs) if name in set(names)]
    units = [next(one.inputs[name].unit.text for one in known if name in one.inputs) for name in columns]
    return {"names": columns, "units": units, "rows": [_row(one, columns, sources) for one in known]}


def _row(one: Entry, columns: list[str], sources: _Sources) -> list[Any]:
    had = [one.inputs.get(name) for name in columns]
    ranges = {
        name: [_number(given.low), _number(given.value), _number(given.high)]
        for name, given in zip(columns, had, strict=True)
        if given and not given.distribution.is_point
    }
    values = [0 if given is None else _number(given.value) for given in had]
    missing = [i for i, given in enumerate(had) if given is None]
    keys = [-1 if given is None else sources.place(given.source) for given in had]
    same = {key for key in keys if key >= 0}
    told: Any = same.pop() if len(same) == 1 else keys
    return [one.id, one.title, one.partner or 0, values, missing or 0, told, ranges or 0]


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 and abs(value) <= 2**53 else float(value)
