"""Figures that somebody else published, each of which a formula must reproduce.

The files in ``data/checks``, one a module of formulas, have one table a figure: the formula, its inputs as that
publication states them, the result that it prints, and where it stands. Values have the digits of the publication, and
two figures agree when they differ by no more than half a unit in the last digit published; a wider ``rel_tolerance``
needs a note that says why, as does a publication that counts something like it, a server-hour for a server. No figure
there is this package's own output, which would prove nothing.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from types import MappingProxyType
from typing import Any

from calc.base.errors import CalcError, DataError, DomainError, nearest
from calc.base.numbers import show, show_given
from calc.base.quantities import Quantity, quantity
from calc.base.units import convert, parse_value
from calc.base.values import exact, own_unit_value
from calc.model.registry import all_formulas, formula_by_id
from calc.model.source_keys import check_source
from calc.symbolic.equation import Equation
from calc.symbolic.evaluate import evaluate

__all__ = ["Check", "all_checks", "checks", "half_a_unit", "read_checks"]

_KEYS = ("id", "value", "source", "locator", "rel_tolerance", "note", "inputs")
_NEEDED = ("id", "value", "source", "locator", "inputs")
_SHOWN_DIGITS = 4


@dataclass(frozen=True)
class Check:
    """One published figure, and what the formula makes of the same inputs.

    Attributes
    ----------
    formula : the formula that must reproduce it.
    inputs : its inputs as published, exact and in their own units.
    stated, unit : the figure as published, as text, and its unit.
    value : the same, exact and in the result's own unit.
    rounding : half a unit in the last digit published, as a share of the value.
    rel_tolerance : how far apart the two may be, as a share of the value; the rounding, unless the file says
        otherwise.
    source, locator : key in references.bib, and the place in that source.
    note : what a reader must know; needed where the tolerance is wider than the rounding.

    Examples
    --------
    >>> from calc import training_energy
    >>> first = checks(training_energy)[0]
    >>> first.stated, float(first.computed), first.agrees
    ('43.9 GWh', 43.875, True)
    """

    formula: Equation
    inputs: Mapping[Quantity, Fraction]
    stated: str
    unit: str
    value: Fraction
    rounding: Fraction
    rel_tolerance: Fraction
    source: str
    locator: str
    note: str

    @functools.cached_property
    def computed(self) -> Fraction:
        """What the formula makes of the published inputs, exactly.

        Raises
        ------
        DomainError : it is outside the result's domain.
        """
        result = self.formula.result
        value = evaluate(self.formula.numeric, {q.symbol: number for q, number in self.inputs.items()})
        if value is None:
            raise DomainError(result.domain.message("undefined", result.name, result.unit))
        result.domain.check(value, result.name, result.unit)
        return value

    @property
    def difference(self) -> Fraction:
        """Computed over published, less one.

        Examples
        --------
        >>> from calc import training_energy
        >>> round(float(checks(training_energy)[0].difference), 6)
        -0.000569
        """
        return self.computed / self.value - 1

    @property
    def agrees(self) -> bool:
        """Whether the difference is within the tolerance."""
        return abs(self.difference) <= self.rel_tolerance

    @property
    def published(self) -> str:
        """The published figure, as the book prints it."""
        return show_given(self.value, self.formula.result, self.unit).text

    @property
    def recomputed(self) -> str:
        """The computed figure, in the unit of the published one."""
        return show(self.computed, self.formula.result, self.unit if self.unit != "1" else None, _SHOWN_DIGITS).text


def checks(formula: Equation) -> tuple[Check, ...]:
    """The published figures that a formula is checked against, in the order of the file.

    Examples
    --------
    >>> from calc import server_count
    >>> [check.source for check in checks(server_count)][:2]
    ['mohit2026', 'ludvigsen2023gpt4']
    """
    return tuple(check for check in all_checks() if check.formula.id == formula.id)


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of the formulas, and for each in the order of its file.

    Raises
    ------
    DataError : a file is wrong; names the file, the check and the key.
    """
    folder = resources.files("calc").joinpath("data/checks")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    found = [check for file in files for check in read_checks(file.read_text(encoding="utf-8"), file.name)]
    order = {formula.id: place for place, formula in enumerate(all_formulas())}
    return tuple(sorted(found, key=lambda check: order[check.formula.id]))


def read_checks(text: str, name: str = "checks.toml") -> tuple[Check, ...]:
    """Read checks from TOML; the name of the file is for messages.

    Raises
    ------
    DataError : naming the check and the key.

    Examples
    --------
    >>> read_checks("check = [{id = 'gpu-powr'}]")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: checks.toml: check 1: 'gpu-powr' is not a formula; did you mean 'gpu-power'?
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: {error}") from None
    _only(data, ("check",), name)
    tables = data.get("check", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise DataError(f"{name}: check must be tables headed [[check]]")
    return tuple(_read(table, f"{name}: check {number}") for number, table in enumerate(tables, 1))


def _read(table: dict[str, Any], where: str) -> Check:
    name = _text(table, "id", where)
    try:
        formula = formula_by_id(name)
    except CalcError as error:
        raise DataError(f"{where}: {error}") from None
    if formula.id != name:
        raise DataError(f"{where}: {name!r} is not an id; write {formula.id!r}")
    where = f"{where} ({name})"
    _only(table, _KEYS, where)
    missing = [key for key in _NEEDED if not table.get(key)]
    if missing:
        raise DataError(f"{where} has no {', '.join(missing)}")
    stated = _text(table, "value", where)
    try:
        number, unit = parse_value(stated)
        result = formula.result
        value = number if unit is None else convert(number, unit, result.parsed_unit, result.name)
        result.domain.check(value, result.name, result.unit)
        if not value:
            raise DataError(f"{where}: value is 0, from which nothing differs by a share")
        inputs = _inputs(formula, table["inputs"], where)
    except DataError:
        raise
    except CalcError as error:
        raise DataError(f"{where}: {error}") from None
    rounding = half_a_unit(stated) / abs(number)
    tolerance = _tolerance(table, rounding, where)
    note = _text(table, "note", where)
    if tolerance > rounding and not note:
        raise DataError(
            f"{where}: rel_tolerance {float(tolerance):.3g} is wider than the rounding of {stated}, "
            f"{float(rounding):.3g}; its note must say why"
        )
    source = check_source(_text(table, "source", where), where)
    return Check(
        formula, inputs, stated, unit.text if unit else result.unit, value, rounding, tolerance, source,
        _text(table, "locator", where), note,
    )  # fmt: skip


def _inputs(formula: Equation, table: Any, where: str) -> Mapping[Quantity, Fraction]:
    if not isinstance(table, dict):
        raise DataError(f"{where}: inputs must be a table, not {table!r}")
    accepted = [q.name for q in formula.inputs]
    _only(table, tuple(accepted), f"{where}: inputs")
    left_out = [name for name in accepted if name not in table]
    if left_out:
        raise DataError(f"{where}: inputs has no {', '.join(left_out)}")
    return MappingProxyType({quantity(name): own_unit_value(quantity(name), table[name]) for name in accepted})


def half_a_unit(stated: str) -> Fraction:
    """Half a unit in the last digit of a number as written.

    Examples
    --------
    >>> half_a_unit("43.9"), half_a_unit("1e3")
    (Fraction(1, 20), Fraction(500, 1))
    """
    match = re.match(r"\s*[+-]?[\d_]*\.?([\d_]*)(?:[eE]([+-]?\d+))?", stated)
    places, exponent = (match[1], match[2]) if match else ("", None)
    return Fraction(10) ** (int(exponent or 0) - len(places.replace("_", ""))) / 2


def _tolerance(table: Mapping[str, Any], rounding: Fraction, where: str) -> Fraction:
    if "rel_tolerance" not in table:
        return rounding
    try:
        tolerance = exact(table["rel_tolerance"])
    except DomainError as error:
        raise DataError(f"{where}: rel_tolerance: {error}") from None
    if not 0 <= tolerance < 1:
        raise DataError(f"{where}: rel_tolerance must be a share from 0 to 1, not {float(tolerance):g}")
    return tolerance


def _only(table: Mapping[str, Any], accepted: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in accepted:
            raise DataError(f"{where}: unknown key {key!r}; accepted: {', '.join(accepted)}{nearest(key, accepted)}")


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise DataError(f"{where}: {key} must be text, not {value!r}")
    return value
