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

from calc.base.decimals import Shown
from calc.base.numbers import show
from calc.base.toml_tables import Key, Table, packaged_text, read
from calc.base.units import Unit, convert, parse_unit, parse_value
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.source_keys import check_source
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["FILES", "MISTAKES", "LeftOut", "Worked", "left_out", "mistakes", "of_file", "worked"]

FILES = ("examples.toml", "sums.toml")
MISTAKES = "mistakes.toml"
_DIGITS = 3
_PLACE: Mapping[str, Key] = {"source": Key(needed=True), "locator": Key(needed=True)}
_KEYS: Mapping[str, Key] = {
    "id": Key(needed=True), "formula": Key(needed=True), "value": Key(needed=True),
    "tolerance": Key("number", needed=True), **_PLACE, "collected": Key("true"), "inputs": Key("raw", needed=True),
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
    found = []
    for name in FILES:
        for row in _file(name).get("left_out", ()):
            check_source(row["source"], f"{name}, {row['id']}")
            found.append(LeftOut(row["id"], row["source"], row["locator"], row["why"]))
    return tuple(found)


def _file(name: str) -> Table:
    return read(packaged_text(f"worked/{name}"), name, _FILE)


@functools.cache
def of_file(name: str) -> tuple[Worked, ...]:
    """The sums of one of the files, in its order.

    Raises
    ------
    DataError : a sum is wrong; names the file, the line and the sum.

    Examples
    --------
    >>> of_file("sums.toml")[0].formula.id
    'training-carbon'
    """
    found = []
    for row in _file(name)["example"]:
        with row.blamed("formula"):
            found.append(_worked(row, name))
    return tuple(found)


def _written(value: object) -> str:
    """A value of the file as one types it."""
    return str(float(value)) if isinstance(value, Fraction) and value.denominator != 1 else str(value)


def _worked(row: Table, name: str) -> Worked:
    check_source(row["source"], f"{name}, {row['id']}")
    formula = formula_by_id(row["formula"])
    inputs = {key: _written(value) for key, value in row["inputs"].items()}
    number, unit = parse_value(row["value"])
    unit = unit or parse_unit("1")
    settings = " ".join(f"--set {shlex.quote(f'{key}={value}')}" for key, value in inputs.items())
    stated = convert(number, unit, formula.result.parsed_unit, formula.result.name)
    return Worked(
        row["id"], derive(formula, None, inputs), stated, unit, row["tolerance"], bool(row.get("collected")),
        row["source"], row["locator"], row.get("note") or "", f"t2t show {formula.id} {settings}",
    )  # fmt: skip
