"""Figures that others state, each of which a formula must reproduce.

The files in ``data/checks``, one a module of formulas, have one table a figure: the formula, its inputs as that
publication states them, the result that it prints, and where it stands. Values have the digits of the publication, and
two figures agree when they differ by no more than half a unit in the last digit published; a wider ``rel_tolerance``
needs a note that says why. No figure there is this package's own output, which would prove nothing. What each can prove
is its ``kind``, one of `KINDS`; only the published ones are counted.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from types import MappingProxyType

from calc.base.broken import find_broken
from calc.base.errors import BrokenError, DomainError
from calc.base.numbers import show, show_given
from calc.base.quantities import Quantity, quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, as_table, read
from calc.base.units import Unit, convert, parse_value
from calc.base.values import own_unit_value
from calc.book.stated import half_a_unit
from calc.model.registry import all_formulas, formula_by_id, formula_for
from calc.model.source_keys import check_source
from calc.symbolic.equation import Equation
from calc.symbolic.evaluate import evaluate

__all__ = ["KINDS", "Check", "all_checks", "checks", "read_checks"]

# What a check is, and how the book calls it.
KINDS = MappingProxyType(
    {
        "published": "somebody else's figure of the same kind of thing",
        "validation": "a measured figure beside what the formula makes of it, with its error",
        "recalled": "a published figure from memory, which nobody looked up when it was written down",
        "arithmetic": "the right product of figures of another kind, of a calculator, or of the audited article",
    }
)

_KEYS: Mapping[str, Key] = {
    "id": Key(needed=True),
    "value": Key(needed=True),
    "source": Key(needed=True),
    "locator": Key(needed=True),
    "kind": Key(choices=tuple(KINDS)),
    "rel_tolerance": Key("number"),
    "note": Key(),
    "inputs": Key("table", needed=True),
}
_FILE: Mapping[str, Key] = {"check": Key("tables", needed=True, of=_KEYS)}
_SHOWN_DIGITS = 4


@dataclass(frozen=True)
class Check:
    """One published figure, and what the formula makes of the same inputs.

    Attributes
    ----------
    formula : the formula that must reproduce it.
    inputs : its inputs as published, exact and in their own units, or those of the formulas that it rests on.
    stated, unit : the figure as published, as text, and its unit.
    value : the same, exact and in the result's own unit.
    rounding : half a unit in the last digit published, as a share of the value.
    rel_tolerance : how far apart the two may be, as a share of the value; the rounding, unless the file says
        otherwise.
    source, locator : key in references.bib, and the place in that source.
    note : what a reader must know; needed where the tolerance is wider than the rounding.
    kind : one of `KINDS`; a validation agrees or does not, and is shown with its error.

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
    kind: str

    @functools.cached_property
    def computed(self) -> Fraction:
        """What the formula makes of the published inputs, exactly.

        Raises
        ------
        DomainError : it is outside the result's domain, or what it rests on is outside its own.
        """
        return _result(self.formula, self.used)

    @functools.cached_property
    def used(self) -> Mapping[Quantity, Fraction]:
        """The formula's own inputs: as published, or worked out from what is.

        Examples
        --------
        >>> from calc import daly_interval
        >>> first = checks(daly_interval)[0]
        >>> [q.name for q in first.inputs], [q.name for q in first.used]
        (['failure_interval', 'checkpoint_time'], ['checkpoint_interval', 'checkpoint_waste'])
        """
        return {q: self._value(q) for q in self.formula.inputs}

    def _value(self, wanted: Quantity) -> Fraction:
        if wanted in self.inputs:
            return self.inputs[wanted]
        step = formula_by_id(wanted.name)
        return _result(step, {q: self._value(q) for q in step.inputs})

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


def _result(formula: Equation, inputs: Mapping[Quantity, Fraction]) -> Fraction:
    result = formula.result
    value = evaluate(formula.numeric, {q.symbol: number for q, number in inputs.items()})
    if value is None:
        raise DomainError(result.domain.message("undefined", result.name, result.unit))
    result.domain.check(value, result.name, result.unit)
    return value


def checks(formula: Equation) -> tuple[Check, ...]:
    """The figures that a formula is checked against, of all `KINDS`, in the order of the file.

    Examples
    --------
    >>> from calc import server_count
    >>> [check.source for check in checks(server_count)][:2]
    ['mohit2026', 'ludvigsen2023gpt4']
    """
    return tuple(_by_formula().get(formula.id, ()))


@functools.cache
def _by_formula() -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in all_checks():
        found.setdefault(check.formula.id, []).append(check)
    return found


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of the formulas, and for each in the order of its file.

    Raises
    ------
    DataError : a file is wrong; names the file, the check and the key.
    """
    folder = resources.files("calc").joinpath("data/checks")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    found = [check for name in files for check in read_checks(packaged_text(f"checks/{name}"), name)]
    order = {formula.id: place for place, formula in enumerate(all_formulas())}
    return tuple(sorted(found, key=lambda check: order[check.formula.id]))


def read_checks(text: str, name: str = "checks.toml") -> tuple[Check, ...]:
    r"""Read checks from TOML; the name of the file is for messages.

    Raises
    ------
    DataError : naming line, check and key.

    Examples
    --------
    >>> read_checks("[[check]]\nid = 'gpu-power'\nvalu = '10 MW'")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: checks.toml, line 3: check 1 'gpu-power': unknown key 'valu'; accepted: id, value, ...;
    did you mean 'value'?
    """
    found = []
    for table in read(text, name, _FILE)["check"]:
        if not find_broken("formula", name=table["id"]):
            with contextlib.suppress(BrokenError):  # of what it rests on
                found.append(_read(table))
    return tuple(found)


def _read(table: Table) -> Check:
    formula, stated, note = _formula(table), table["value"], table.text("note")
    result = formula.result
    with table.blamed("value"):
        number, unit = parse_value(stated)
        value = number if unit is None else convert(number, unit, result.parsed_unit, result.name)
        result.domain.check(value, result.name, result.unit)
    if not value:
        raise table.wrong("value is 0, from which nothing differs by a share", "value")
    rounding = half_a_unit(stated) / abs(number)
    tolerance = table.get("rel_tolerance", rounding)
    if "rel_tolerance" in table and not 0 <= tolerance < 1:
        raise table.wrong(f"rel_tolerance must be a share from 0 to 1, not {_brief(tolerance)}", "rel_tolerance")
    if tolerance > rounding and not note:
        wider = f"rel_tolerance {_brief(tolerance)} is wider than the rounding of {stated}, {_brief(rounding)}"
        raise table.wrong(f"{wider}; its note must say why", "rel_tolerance")
    with table.blamed("source"):
        source = check_source(table.text("source"))
    shown = _unit_text(unit, result)
    return Check(
        formula, _inputs(formula, table), stated, shown, value, rounding, tolerance, source, table["locator"], note,
        table.text("kind") or "published",
    )  # fmt: skip


def _formula(table: Table) -> Equation:
    """The formula whose id the table has; another name of it will not do."""
    name = table["id"]
    with table.blamed("id"):
        formula = formula_by_id(name)
    if formula.id != name:
        raise table.wrong(f"{name!r} is not an id; write {formula.id!r}", "id")
    return formula


def _unit_text(unit: Unit | None, result: Quantity) -> str:
    return unit.text if unit else result.unit


def _brief(number: Fraction) -> str:
    return f"{float(number):.3g}" if abs(number) < 10**300 else "a very large number"


def _inputs(formula: Equation, table: Table) -> Mapping[Quantity, Fraction]:
    """The published inputs: each of the formula's, or in place of one those that it is worked out from; no other."""
    names = _needed(formula.inputs, table["inputs"])
    keys = {name: Key("text or number", needed=True) for name in names}
    given = as_table(dict(table["inputs"]), table.place.of("inputs"), keys)
    found = {}
    for name in keys:
        with given.blamed(name):
            found[quantity(name)] = own_unit_value(quantity(name), given[name])
    return MappingProxyType(found)


def _needed(
    inputs: Iterable[Quantity], given: Mapping[str, object], above: frozenset[Quantity] = frozenset()
) -> Iterator[str]:
    """The names of inputs; where one is not given, but something is that it rests on, the names of what it takes.

    Raises
    ------
    BrokenError : what yields one that is not given cannot be defined.
    """
    for one in inputs:
        below: dict[str, None] = {}
        if one.name not in given and one not in above:
            if broken := find_broken("formula", result=one.name):
                raise broken.error()
            step = formula_for(one)
            below = dict.fromkeys(_needed(step.inputs, given, above | {one}) if step else ())
        yield from below if below.keys() & given.keys() else [one.name]
