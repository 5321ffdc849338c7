"""What moved between two versions, as text, Markdown and plain data."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from calc.analysis.results import digits
from calc.base.decimals import DIGITS, percent
from calc.base.errors import CalcError
from calc.base.numbers import show
from calc.base.quantities import quantity
from calc.base.unit_words import unit_text
from calc.base.units import convert, parse_unit, plain_number
from calc.book.home import home
from calc.book.releases import Cause, Changes, Move, Release, Result
from calc.model.registry import formula_by_id

__all__ = ["data", "markdown", "text"]

_MOST_DIGITS = 12


def text(changes: Changes) -> str:
    """A line for each result that moved, is new or is gone."""
    if changes.nothing:
        return f"{_between(changes)}: nothing moved; {_counted(len(changes.new.results))} compared"
    lines = [f"{_between(changes)}: {_summary(changes)}"]
    for move in changes.moved:
        lines += [f"  {move.new.id}  {_move(move)}", f"    because of {_because(move, code='')}"]
    lines += [f"  {one.id}  new: {_value(one)}" for one in changes.added]
    lines += [f"  {one.id}  gone; it was {_value(one)}" for one in changes.gone]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def markdown(changes: Changes, level: int = 3) -> str:
    """A section for CHANGELOG.md, or for a page.

    Parameters
    ----------
    level : of its heading.
    """
    title = f"{'#' * level} Results, {_between(changes)}"
    if changes.old is None:
        return f"{title}\n\nThe first release: {_counted(len(changes.new.results))}, and nothing to compare them with."
    if changes.nothing:
        return f"{title}\n\nNothing moved; {_counted(len(changes.new.results))} compared."
    lines = [f"- `{move.new.id}`: {_move(move)}, because of {_because(move, code='`')}." for move in changes.moved]
    lines += [f"- `{one.id}`: new, {_value(one)}." for one in changes.added]
    lines += [f"- `{one.id}`: gone; it was {_value(one)}." for one in changes.gone]
    return "\n".join([title, "", *lines])


def data(changes: Changes) -> dict[str, Any]:
    """All of it, for JSON; values are in full precision, in the unit beside them."""
    return {
        "old": _name(changes.old) if changes.old else None,
        "new": _name(changes.new),
        "moved": [
            {
                "id": move.new.id,
                "title": move.new.title,
                "old": _plain(move.old.value, move.old.unit),
                "new": _plain(move.new.value, move.new.unit),
                "change": None if move.change is None else float(move.change),
                "because": [_cause_data(cause) for cause in move.causes],
            }
            for move in changes.moved
        ],
        "added": [{"id": one.id, "title": one.title, **_plain(one.value, one.unit)} for one in changes.added],
        "gone": [{"id": one.id, "title": one.title, **_plain(one.value, one.unit)} for one in changes.gone],
    }


def _between(changes: Changes) -> str:
    return f"{_name(changes.new)} against {_name(changes.old)}" if changes.old else _name(changes.new)


def _name(release: Release) -> str:
    return release.version + ("" if release.released else " (unreleased)")


def _summary(changes: Changes) -> str:
    parts = [(len(changes.moved), "moved"), (len(changes.added), "new"), (len(changes.gone), "gone")]
    return ", ".join(f"{number} {what}" for number, what in parts if number)


def _counted(number: int) -> str:
    return f"{number} result{'s' if number != 1 else ''}"


def _move(move: Move) -> str:
    was, is_ = _pair(
        move.old.value, move.old.unit, move.new.value, move.new.unit, _result_name(move.new), _known(move.new)
    )
    change = f" ({percent(move.change)})" if move.change is not None else ""
    return f"{was} → {is_}{change}"


def _because(move: Move, code: str) -> str:
    if not move.causes:
        return "the way in which it is computed"
    return ", ".join(_cause(cause, code) for cause in move.causes)


def _cause(cause: Cause, code: str) -> str:
    said = f"{cause.kind} {code}{cause.name}{code}"
    if cause.stays:
        return f"{said}: another one is shown, and in {code}{cause.stays}{code} it has not moved"
    if cause.kind != "input":
        return said
    if cause.old and cause.new:
        return f"{said} ({' → '.join(_pair(*cause.old, *cause.new, cause.name))})"
    if cause.new:
        return f"{said} (now fixed: {_shown(*cause.new, cause.name)})"
    return f"{said} (no longer used; it was {_shown(*cause.old, cause.name)})" if cause.old else said


def _cause_data(cause: Cause) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": cause.kind, "name": cause.name}
    if cause.stays:
        found["stays"] = cause.stays
    if cause.kind == "input":
        found |= {
            "old": _plain(*cause.old) if cause.old else None,
            "new": _plain(*cause.new) if cause.new else None,
        }
    return found


def _plain(value: Fraction, unit: str) -> dict[str, Any]:
    return {"value": int(value) if value.denominator == 1 else float(value), "unit": unit}


def _result_name(result: Result) -> str:
    """The quantity that a result is, which its id need not name."""
    try:
        return formula_by_id(result.id).result.name
    except CalcError:
        return ""


def _value(result: Result) -> str:
    return _shown(result.value, result.unit, _result_name(result), _known(result))


def _known(result: Result) -> int:
    """How many digits of a result the book shows today; of one that it no longer has, three."""
    try:
        return digits(home(formula_by_id(result.id)))
    except CalcError:
        return DIGITS


def _pair(
    old: Fraction, old_unit: str, new: Fraction, new_unit: str, name: str, known: int = DIGITS
) -> tuple[str, str]:
    """Both values, with as many digits as are known of them, or as it takes to tell them apart."""
    pair = "", ""
    for count in range(known, _MOST_DIGITS + 1):
        pair = _shown(old, old_unit, name, count), _shown(new, new_unit, name, count)
        if pair[0] != pair[1]:
            break
    return pair


def _shown(value: Fraction, unit: str, name: str, count: int = DIGITS) -> str:
    """A value as the book prints it; one of a quantity that the book no longer has, plainly."""
    try:
        q = quantity(name)
        return show(convert(value, parse_unit(unit), q.parsed_unit, name), q, None, count).text
    except CalcError:
        return f"{plain_number(value)} {unit_text(unit)}".removesuffix(" 1")
