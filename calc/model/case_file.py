"""A case as a scenario's file in TOML: written, and read back as it was; and a case from whatever somebody gives."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

from calc.base.errors import CalcError, DataError, name_given
from calc.base.shortest import shortest
from calc.base.text_files import file_text, visible
from calc.base.units import plain_number
from calc.model.case import Case
from calc.model.case_address import read_address
from calc.model.catalogue import KINDS
from calc.model.choose import choose
from calc.model.correlation import Correlation
from calc.model.scenario import Scenario
from calc.model.scenario_file import read_scenario, scenario
from calc.model.step import Given

__all__ = ["HEAD", "NOTE", "case_base", "case_toml", "load_case", "read_case_file"]

NOTE = "A value of the reader's own."
HEAD = """\
# A case of "Tokens to Terawatts": the scenario that it starts from, and what is other than in it.
# Use it: t2t show ID --case THIS-FILE.toml, or as a scenario of your own with --scenario THIS-FILE.toml
"""
_LONGEST = 60  # digits of a decimal: the middle of two doubles has some more than either
_TOP = {"title", "about", "short", "extends", *KINDS.values(), "inputs", "correlations", "case"}
_INPUT = {"value", "low", "high", "unit", "kind", "note", "distribution"}


def load_case(given: str | Path) -> Case:
    """A case from an address, a whole or the part behind its "?", or from a scenario's file.

    A file that says no more than an address can is taken as one; any other is `Case.own`, with its sources and
    distributions.

    Raises
    ------
    CalcError : the address or the file is wrong, or it is neither; nothing of it is taken.

    Examples
    --------
    >>> load_case("?server_power=5.4~6~6.6").address
    'server_power=5.4~6~6.6'
    >>> load_case("gpt-4")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: 'gpt-4' is neither the address of a case, such as 'servers=5000&pue=1.1~1.3', nor a
    file, NAME.toml
    """
    text = str(given) if isinstance(given, Path) else name_given(given, "a case")
    if isinstance(given, Path) or (text.endswith(".toml") and "?" not in text):
        file = Path(given)
        return read_case_file(file_text(file), visible(file.stem), visible(file.name))
    if text.strip() and not any(mark in text for mark in ("=", "?", "://")):
        shown = repr(text[:60])
        raise DataError(
            f"{shown} is neither the address of a case, such as 'servers=5000&pue=1.1~1.3', nor a file, NAME.toml"
        )
    return read_address(text)


def case_base(case: Case) -> Scenario:
    """The scenario that a case starts from, with its entries of the catalogue laid over it.

    Raises
    ------
    DataError : it names none.
    """
    if case.own is not None:
        return choose(case.own, dict(case.choices))
    if not case.scenario:
        raise DataError("the case names no scenario to start from; accepted: scenario=ID in its address")
    return choose(scenario(case.scenario), dict(case.choices))


def case_toml(case: Case, title: str = "") -> str:
    """A case as the text of a scenario's file, complete with ranges, and with the correlations that still hold.

    Raises
    ------
    DataError : the case names no scenario, or is a file of somebody's already.

    Examples
    --------
    >>> print(case_toml(load_case("scenario=gpt-4&server_power=3~6.5")).partition("extends")[2])
     = "gpt-4"
    <BLANKLINE>
    [inputs.server_power]
    value = 4.75
    low = 3
    high = 6.5
    distribution = "uniform"
    unit = "kW/server"
    kind = "assumption"
    note = "A value of the reader's own."
    <BLANKLINE>
    """
    if case.own is not None:
        raise DataError(f"{case.own.name} is a file of your own already")
    base = case_base(case)
    lines = [HEAD, f"title = {_text(title or f'A case after {case.scenario}')}", f"extends = {_text(case.scenario)}"]
    lines += [f"{kind} = {_text(name)}" for kind, name in case.choices]
    asked = {"sought": case.sought, "ask": case.ask, "claim": case.claim}
    said = [f"{key} = {_text(value)}" for key, value in asked.items() if value]
    said += [f"sure = {shortest(case.sure)}"] if case.sure is not None else []
    lines += ["", "[case]", *said] if said else []
    for one in case.values:
        lines += ["", *_table(one)]
    for pair in _kept(case, base):
        lines += ["", *_pair(pair)]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(one: Given) -> list[str]:
    q = one.quantity
    lines = [f"[inputs.{q.name}]", f"value = {_number(one.value)}"]
    if one.ends:
        lines += [f"low = {_number(one.low)}", f"high = {_number(one.high)}"]
        lines += [f"distribution = {_text(one.drawn)}"] if one.drawn else []
    lines += [f"unit = {_text(q.unit)}"] if q.unit != "1" else []
    return [*lines, 'kind = "assumption"', f"note = {_text(one.note or NOTE)}"]


def _number(number: Fraction) -> str:
    """In full where it is a decimal, and else the nearest double."""
    text = plain_number(number)
    if Fraction(text) == number:
        return text
    with localcontext(prec=_LONGEST):
        text = str(Decimal(number.numerator) / Decimal(number.denominator))
    return text if Fraction(text) == number else shortest(number)


def _kept(case: Case, base: Scenario) -> list[Correlation]:
    """The scenario's correlations, where a file would lose one: both inputs still have a range."""
    changed = {one.quantity.name: one for one in case.values}
    found = [
        pair for pair in base.correlations
        if all(name not in changed or changed[name].ends for name in (pair.first, pair.second))
    ]  # fmt: skip
    return found if changed.keys() & {name for pair in found for name in (pair.first, pair.second)} else []


def _pair(pair: Correlation) -> list[str]:
    names = ", ".join(map(_text, (pair.first, pair.second)))
    return ["[[correlations]]", f"between = [{names}]", f"rank = {pair.rank!r}", f"note = {_text(pair.note)}"]


def read_case_file(text: str, name: str, file: str) -> Case:
    """A case from the text of a scenario's file.

    Parameters
    ----------
    name, file : the scenario's name, and the file's for messages.

    Raises
    ------
    DataError : it is wrong; names file, line and key.
    """
    found = read_scenario(text, name, file, ())
    top = tomllib.loads(text)
    asked = _asked(top, file)
    plain = _plain(top, found)
    return Case(own=found, **asked) if plain is None else Case(**plain, **asked)


def _asked(top: dict[str, Any], file: str) -> dict[str, Any]:
    """What the file asks, read by the rules of an address."""
    given = {key: value for key, value in top.get("case", {}).items() if str(value).strip()}
    sought = given.pop("sought", "")
    parts = Case(ask=given.get("ask", ""), claim=given.get("claim", ""), sought=sought).address.split("&")
    parts += [f"sure={given['sure']}"] if "sure" in given else []
    try:
        found = read_address("&".join(part for part in parts if part))
    except CalcError as error:
        raise DataError(f"{file}: case: {error}") from None
    return {"sought": found.sought, "ask": found.ask, "sure": found.sure, "claim": found.claim}


def _plain(top: dict[str, Any], found: Scenario) -> dict[str, Any] | None:
    """The parts of a case where the file says nothing that an address could not; else None."""
    bases = [top["extends"]] if isinstance(top.get("extends"), str) else top.get("extends", [])
    if not set(top) <= _TOP or len(bases) != 1:
        return None
    choices = tuple((choice.kind, choice.id) for choice in found.choices)
    base = choose(scenario(bases[0]), dict(choices))
    values = tuple(_given(found, key, table) for key, table in top.get("inputs", {}).items())
    if not set(found.correlations) <= set(base.correlations) or None in values:
        return None
    case = Case(bases[0], choices, tuple(one for one in values if one is not None))
    return {"scenario": case.scenario, "choices": choices, "values": case.values} if case.has_address else None


def _given(found: Scenario, key: str, table: dict[str, Any]) -> Given | None:
    """An input of the file as a reader's value, where it is no more than that."""
    if not set(table) <= _INPUT or table["kind"] != "assumption":
        return None
    one = found[key]
    ends = None if one.low == one.high else (one.low, one.high)
    drawn = table.get("distribution", "")
    return Given(one.quantity, one.value, ends, drawn if ends else "", "" if one.note == NOTE else one.note)
