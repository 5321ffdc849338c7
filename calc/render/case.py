"""A case in words and as plain data: from which scenario it starts, what it changes, and what the book has there."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from calc.analysis.results import input_range
from calc.base import tables
from calc.base.numbers import show_given
from calc.base.quantities import Quantity
from calc.base.shortest import shortest
from calc.book.cases import Change, changes, named
from calc.model.case import Case
from calc.model.catalogue import entry
from calc.model.scenario_file import scenario
from calc.model.step import Given

__all__ = ["HEAD", "case_data", "case_line", "case_markdown", "case_rows", "case_text"]

HEAD = ("changed", "value", "range", "in the scenario")
LINE = "Case: {address}"


def case_line(case: Case | None, mark: str = "") -> str:
    """The line that carries a case's address below a result; nothing where there is none.

    Examples
    --------
    >>> from calc import training_energy
    >>> case_line(training_energy.derive("gpt-4", servers=5000).case)
    'Case: scenario=gpt-4&servers=5000'
    """
    return LINE.format(address=f"{mark}{case.address}{mark}") if case is not None and not case.is_empty else ""


def case_rows(case: Case) -> list[tuple[str, str, str, str]]:
    """What a case changes, for a table of `HEAD`: entries of the catalogue, then values with their ranges.

    Examples
    --------
    >>> from calc import load_case
    >>> case_rows(load_case("server=dgx-h100&pue=1.1~1.3"))
    [('server', 'dgx-h100', '', ''), ('pue', '1.2', '1.1–1.3', '1.2')]
    """
    rows = [(kind, name, "", "") for kind, name in case.choices]
    rows += [_row(one) for one in changes(case)]
    if case.sought:
        rows.append((case.sought, "sought" + ("" if case.sure is None else f", at {shortest(case.sure)}"), "", ""))
    return [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in rows]  # type: ignore[misc]


def _row(one: Change) -> tuple[str, str, str, str]:
    q, unit = one.given.quantity, one.given.unit.text
    theirs = "" if one.book is None else show_given(one.book, q, unit).text
    return q.name, show_given(one.given.value, q, unit).text, input_range(one.given), theirs


def _title(case: Case) -> str:
    if case.own:
        return f"A scenario of your own, {case.own.name}" + (f", after {case.own.extends}" if case.own.extends else "")
    base = named(case)
    how = "" if case.scenario else ", as it names none"
    with_ = [entry(kind, name).title for kind, name in case.choices]
    return f"A case after scenario {base.scenario} ({scenario(base.scenario).title}){how}" + (
        f", with {' and '.join(with_)}" if with_ else ""
    )


def _said(case: Case) -> list[str]:
    asked = [f"Asked: {case.ask}"] if case.ask else []
    claimed = [f"Claim: {case.claim}"] if case.claim else []
    return [*asked, *claimed, *([case_line(case)] if case.has_address else [])]


def case_text(case: Case) -> str:
    """A case for the terminal."""
    rows = case_rows(case)
    table = tables.aligned([HEAD, *rows]) if rows else "Nothing is changed."
    return "\n\n".join(part for part in (_title(case), table, *_said(case)) if part)


def case_markdown(case: Case) -> str:
    """The same as Markdown."""
    rows = case_rows(case)
    table = tables.markdown(HEAD, rows) if rows else "Nothing is changed."
    said = [f"{line.partition(': ')[0]}: `{line.partition(': ')[2]}`" for line in _said(case)]
    return "\n\n".join([f"**{_title(case)}**", table, *said])


def case_data(case: Case) -> dict[str, Any]:
    """A case as plain data, values in own units; the same stands in records under ``case``.

    Examples
    --------
    >>> from calc import load_case
    >>> found = case_data(load_case("scenario=gpt-4&server_power=9~11"))
    >>> found["address"], found["changed"][0]["book"]
    ('scenario=gpt-4&server_power=9~11', 6.5)
    """
    return {
        "scenario": case.own.name if case.own else named(case).scenario,
        "choices": dict(case.choices) | {one.kind: one.id for one in (case.own.choices if case.own else ())},
        "changed": [_changed(one) for one in changes(case)],
        "sought": case.sought or None,
        "sure": None if case.sure is None else float(case.sure),
        "ask": case.ask or None,
        "claim": case.claim or None,
        "address": case.address if case.has_address else None,
    }


def _number(value: Fraction, q: Quantity) -> float | int:
    return int(value) if q.domain.whole else float(value)


def _changed(one: Change) -> dict[str, Any]:
    q, given = one.given.quantity, one.given
    is_point = given.distribution.is_point
    return {
        "name": q.name,
        "value": _number(given.value, q),
        "unit": q.unit,
        "low": None if is_point else _number(given.low, q),
        "high": None if is_point else _number(given.high, q),
        "drawn": None if is_point else given.distribution.kind,
        "book": None if one.book is None else _number(one.book, q),
        "source": None if isinstance(given, Given) else given.source,
    }
