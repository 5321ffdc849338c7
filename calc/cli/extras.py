"""What a command says beside its result: warnings, the inputs that nobody gave, and the result in another unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from calc.base.errors import CalcError
from calc.cli.output import warning

if TYPE_CHECKING:
    from calc.api import Derivation
    from calc.model.input import Input

__all__ = ["Asked", "asked_in", "taken_by", "taken_data", "warn"]

_Step = TypeVar("_Step", bound="Derivation")


def warn(shown: _Step) -> _Step:
    """Say on standard error what a reader may not have meant; the same derivation, unless it has no value."""
    from calc.analysis.warnings import warnings

    _ = shown.exact  # whatever is asked of it
    for line in warnings(shown):
        warning(line)
    return shown


def _taken(shown: Derivation) -> tuple[Input, ...]:
    """The inputs of the whole chain that nobody gave with the command."""
    from calc.model.input import Input

    return tuple(leaf for leaf in shown.leaves if isinstance(leaf, Input))


def taken_by(shown: Derivation, form: str) -> list[str]:
    """The line that names the inputs which nobody gave, if there are any."""
    from calc.render.taken import taken_line

    line = taken_line(_taken(shown), shown.scenario, form)
    return [line] if line else []


def taken_data(shown: Derivation) -> list[dict[str, Any]]:
    """The same as plain data."""
    from calc.render import taken

    return taken.taken_data(_taken(shown), shown.scenario)


@dataclass(frozen=True)
class Asked:
    """A result as a reader asked for it.

    Attributes
    ----------
    step : the derivation, which shows itself in the unit that was asked for.
    lines, data : what is added to its text, and to its record.
    """

    step: Derivation
    lines: list[str]
    data: dict[str, Any]


def asked_in(shown: Derivation, unit: str | None, per: str | None) -> Asked:
    """A result in a unit of a reader's choice, or for a number of what it is counted by.

    Raises
    ------
    UnitError : the unit is unknown, or of another dimension.
    CalcError : the result is not counted by that.
    """
    if per is not None:
        return _per(shown, unit, per)
    if unit is None:
        return Asked(shown, [], {})
    from calc.analysis.results import in_unit

    return Asked(in_unit(shown, unit), [], {"asked": {"value": shown.to(unit), "unit": unit}})


def _per(shown: Derivation, unit: str | None, per: str) -> Asked:
    from calc.analysis.results import digits
    from calc.base.numbers import show
    from calc.base.quantities import Quantity
    from calc.base.unit_words import singular
    from calc.base.units import convert, parse_unit, parse_value, plain_number

    number, things = parse_value(re.sub(r"(?<=\d),(?=\d{3}\b)", "", per))  # things are counted whole: no decimal comma
    noun = singular(things.text) if things is not None else ""
    pattern = rf"/(k?){re.escape(noun)}\b"  # what is counted by thousands is counted one by one too
    found = re.search(pattern, shown.unit)
    if not noun or not found:
        counted = [one.removeprefix("k") if one == "ktoken" else one for one in re.findall(r"/([A-Za-z]+)", shown.unit)]
        accepted = ", ".join(f"'1000 {one}s'" for one in counted) or "none, as it is not counted by anything"
        raise CalcError(f"--per {per!r}: {shown.formula.id} is in {shown.unit}; accepted: {accepted}")
    own = re.sub(pattern, "", shown.unit, count=1)
    result = shown.formula.result
    q = Quantity(result.name, result.latex, own, result.meaning, result.domain)
    value = shown.exact * number / (1000 if found[1] else 1)
    text = show(value, q, unit, digits(shown)).text.replace("\N{NO-BREAK SPACE}", " ")
    data = {"value": float(convert(value, q.parsed_unit, parse_unit(unit or own), q.name)), "unit": unit or own}
    return Asked(shown, [f"For {plain_number(number)} {things.text if things else ''}: {text}."], {
        "asked": data | {"per": {"number": float(number), "of": noun}}
    })  # fmt: skip
