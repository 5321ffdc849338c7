"""Sums that others have printed, each done again by a formula of the book, and the printed figures that don't come out.

The files in ``data/worked`` have one table a sum: the formula, its inputs as that publication has them, and what it
states. Those of `MISTAKES` have figures that their own factors contradict.
"""

from __future__ import annotations

import functools
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.broken import find_broken
from calc.base.decimals import Shown
from calc.base.numbers import show
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, as_table, read
from calc.base.units import Unit, convert, parse_unit, parse_value
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.source_keys import check_source
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["FILES", "MISTAKES", "LeftOut", "Worked", "left_out", "mistakes", "of_file", "read_worked", "worked"]

FILES = ("examples.toml", "sums.toml")
MISTAKES = "mistakes.toml"
_DIGITS = 3
_PLACE: Mapping[str, Key] = {"source": Key(needed=True), "locator": Key(needed=True)}
_KEYS: Mapping[str, Key] = {
    "id": Key(needed=True), "formula": Key(needed=True), "value": Key(needed=True),
    "tolerance": Key("number", needed=True), **_PLACE, "collected": Key("true"), "inputs": Key("table", needed=True),
    "note": Key(),
}  # fmt: skip
_FILE: Mapping[str, Key] = {
    "example": Key("tables", needed=True, of=_KEYS, unique=True),
    "left_out": Key("tables", of={"id": Key(needed=True), **_PLACE, "why": Key(needed=True)}, unique=True),
}


@dataclass(frozen=True)
class Worked:
    """One sum.

    Attributes
    ----------
    id : its name.
    step : the formula, evaluated with the inputs of whoever printed it.
    stated : the printed value, in the result's own unit.
    unit : the unit in which it was printed.
    tolerance : how far the printed figure may be off, as a share.
    collected : whether the figure is of who collected the sum, and not printed by the source.
    source, locator : key in references.bib, and the place there.
    note : what there is to know of it.
    command : what works it out on the command line.
    """

    id: str
    step: Step
    stated: Fraction
    unit: Unit
    tolerance: Fraction
    collected: bool
    source: str
    locator: str
    note: str
    command: str

    @property
    def formula(self) -> Equation:
        """The formula that computes it."""
        return self.step.formula

    @property
    def difference(self) -> Fraction:
        """The formula's value over the printed one, less one."""
        return self.step.exact / self.stated - 1

    @property
    def shown(self) -> tuple[Shown, Shown]:
        """What was printed and what the formula makes of it, in the printed unit."""
        result = self.step.formula.result
        unit = self.unit.text if self.unit.text != "1" else None
        printed, own = (show(value, result, unit, _DIGITS + 1) for value in (self.stated, self.step.exact))
        return printed, own


@dataclass(frozen=True)
class LeftOut:
    """A sum that no formula of the book computes, and why."""

    id: str
    source: str
    locator: str
    why: str


@functools.cache
def worked() -> tuple[Worked, ...]:
    """Every sum that a formula computes.

    Examples
    --------
    >>> one = worked()[0]
    >>> one.id, one.command[:32]
    ('megatron21-params-1.7B', 't2t show classic-parameter-count')
    """
    return tuple(one for name in FILES for one in of_file(name))


@functools.cache
def mistakes() -> tuple[Worked, ...]:
    """Printed figures that their own factors contradict.

    Examples
    --------
    >>> one = mistakes()[0]
    >>> one.shown[1].number, round(float(one.difference), 3)
    ('54.25', -0.153)
    """
    return of_file(MISTAKES)


@functools.cache
def left_out() -> tuple[LeftOut, ...]:
    """The sums that no formula computes."""
    return tuple(one for name in FILES for one in _file(name)[1])


@functools.cache
def of_file(name: str) -> tuple[Worked, ...]:
    """The sums of one of the files, in its order.

    Examples
    --------
    >>> of_file("sums.toml")[0].formula.id
    'training-carbon'
    """
    return _file(name)[0]


@functools.cache
def _file(name: str) -> tuple[tuple[Worked, ...], tuple[LeftOut, ...]]:
    return read_worked(packaged_text(f"worked/{name}"), name)


def read_worked(text: str, name: str) -> tuple[tuple[Worked, ...], tuple[LeftOut, ...]]:
    r"""Read sums from TOML, and those that are left out; the name of the file is for messages.

    Raises
    ------
    DataError : naming line, sum and key.

    Examples
    --------
    >>> read_worked("[[example]]\nid = 'a'\nformla = 'gpu-power'", "sums.toml")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: sums.toml, line 3: example 1 'a': unknown key 'formla'; accepted: id, formula, ...; did
    you mean 'formula'?
    """
    file = read(text, name, _FILE)
    sums = tuple(_worked(row) for row in file["example"] if not find_broken("formula", name=row["formula"]))
    rest = tuple(LeftOut(row["id"], _source(row), row["locator"], row["why"]) for row in file.get("left_out", ()))
    return sums, rest


def _source(row: Table) -> str:
    with row.blamed("source"):
        return check_source(row.text("source"))


def _worked(row: Table) -> Worked:
    with row.blamed("formula"):
        formula = formula_by_id(row["formula"])
    result, keys = formula.result, {q.name: Key("text or number", needed=True) for q in formula.inputs}
    given = as_table(dict(row["inputs"]), row.place.of("inputs"), keys)
    inputs = {key: str(float(one)) if isinstance(one, Fraction) and one.denominator != 1 else str(one)
              for key, one in given.items()}  # fmt: skip
    with row.blamed("value"):
        number, unit = parse_value(row["value"])
        unit = unit or parse_unit("1")
        stated = convert(number, unit, result.parsed_unit, result.name)
        result.domain.check(stated, result.name, result.unit)
    if not stated:
        raise row.wrong("value is 0, from which nothing differs by a share", "value")
    with row.blamed("inputs"):
        step = derive(formula, None, inputs)
        _ = step.exact
    settings = " ".join(f"--set {shlex.quote(f'{key}={value}')}" for key, value in inputs.items())
    return Worked(
        row["id"], step, stated, unit, row["tolerance"], bool(row.get("collected")), _source(row), row["locator"],
        row.text("note"), f"t2t show {formula.id} {settings}",
    )  # fmt: skip
