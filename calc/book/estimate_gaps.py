"""Why published figures of one prompt's energy differ: the gap between two, split into factors that multiply to it.

``data/gaps.toml`` names the figures, each a reference as in the book's prose, and the factors between neighbours. Where
two figures can be put on one formula, the factors follow from it: an input that is three times as large, and enters to
the power of minus one, is a factor of a third. What one of the two does not tell is one factor, the rest.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from itertools import pairwise
from typing import Any

import sympy as sp

from calc.analysis.solve import solve_for
from calc.base.errors import CalcError, DataError, UnknownNameError, nearest
from calc.base.quantities import quantity
from calc.book.lookup import refer
from calc.model.chain import expanded
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario
from calc.model.source_keys import check_source
from calc.symbolic.equation import Equation

__all__ = ["Estimate", "Factor", "Gap", "all_estimates", "all_gaps", "between", "estimate"]

_ESTIMATE_KEYS = ("id", "title", "source", "value", "scenario", "solve", "counts")
_FACTOR_KEYS = ("name", "leaves", "at", "rest", "why")


@dataclass(frozen=True)
class Estimate:
    """One published figure.

    Attributes
    ----------
    id, title, source : its name here, its name for readers, and its key in references.bib.
    value : exact, in the unit of the formula's result.
    text : as the book prints it.
    target : the label of the place where it is derived or listed.
    counts : what it counts, in a few words.
    leaves : the inputs of the common formula, by name, where all are known or implied; else empty.
    """

    id: str
    title: str
    source: str
    value: Fraction
    text: str
    target: str
    counts: str
    leaves: dict[str, Fraction]


@dataclass(frozen=True)
class Factor:
    """One reason for a gap: what it multiplies the first figure by, and why, in MyST."""

    name: str
    value: Fraction
    why: str


@dataclass(frozen=True)
class Gap:
    """Two figures, and the factors that lead from the first to the second.

    Examples
    --------
    >>> gap = all_gaps()[0]
    >>> [(factor.name, round(float(factor.value), 3)) for factor in gap.factors][:2]
    [('tokens in an answer', 0.25), ('parameters for each token', 0.571)]
    >>> gap.product == gap.end.value / gap.start.value
    True
    """

    start: Estimate
    end: Estimate
    factors: tuple[Factor, ...]

    @property
    def product(self) -> Fraction:
        """All factors multiplied."""
        found = Fraction(1)
        for factor in self.factors:
            found *= factor.value
        return found


def all_estimates() -> tuple[Estimate, ...]:
    """The published figures, in the order of the file."""
    return _read()[0]


def all_gaps() -> tuple[Gap, ...]:
    """The gaps between neighbours, in the order of the file."""
    return _read()[1]


def estimate(name: str) -> Estimate:
    """Look a published figure up.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

    Examples
    --------
    >>> estimate("epoch").text.replace("\N{NO-BREAK SPACE}", " ")
    '0.301 Wh/prompt'
    """
    known = {one.id: one for one in all_estimates()}
    if name not in known:
        raise UnknownNameError(f"{name!r} is not an estimate{nearest(name, known)}")
    return known[name]


def between(start: str, end: str) -> Gap:
    """The gap between any two figures: the factors of all gaps on the way, turned round where the way leads back.

    Raises
    ------
    UnknownNameError : there is no such figure, naming the nearest.

    Examples
    --------
    >>> gap = between("google", "devries")
    >>> round(float(gap.product), 1), len(gap.factors)
    (12.1, 7)
    """
    first, last = estimate(start), estimate(end)
    order = [one.id for one in all_estimates()]
    here, there = order.index(first.id), order.index(last.id)
    if here > there:
        back = between(end, start)
        turned = tuple(Factor(factor.name, 1 / factor.value, factor.why) for factor in reversed(back.factors))
        return Gap(first, last, turned)
    return Gap(first, last, tuple(factor for gap in all_gaps()[here:there] for factor in gap.factors))


@functools.cache
def _read() -> tuple[tuple[Estimate, ...], tuple[Gap, ...]]:
    return read_gaps(resources.files("calc").joinpath("data/gaps.toml").read_text(encoding="utf-8"))


def read_gaps(text: str) -> tuple[tuple[Estimate, ...], tuple[Gap, ...]]:
    """Read figures and gaps from TOML.

    Raises
    ------
    DataError : naming the table and the key, or the gap whose factors do not multiply to it.

    Examples
    --------
    >>> read_gaps("formula = 'training-enrgy'")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: gaps.toml: 'training-enrgy' is not a formula; did you mean 'training-energy'?
    """
    try:
        data = tomllib.loads(text)
        _only(data, ("formula", "estimate", "gap"), "the file")
        formula = formula_by_id(data.get("formula", ""))
        estimates = tuple(_estimate(table, formula) for table in data.get("estimate", []))
        known = {one.id: one for one in estimates}
        gaps = tuple(_gap(table, known, formula) for table in data.get("gap", []))
    except (tomllib.TOMLDecodeError, CalcError) as error:
        raise DataError(f"gaps.toml: {error}") from None
    if [(gap.start.id, gap.end.id) for gap in gaps] != list(pairwise(known)):
        raise DataError("gaps.toml: a gap for each two neighbours is wanted, in the order of the estimates")
    return estimates, gaps


def _estimate(table: dict[str, Any], formula: Equation) -> Estimate:
    where = f"estimate {table.get('id', '')!r}"
    _only(table, _ESTIMATE_KEYS, where)
    missing = [key for key in ("id", "title", "source", "value", "counts") if not table.get(key)]
    if missing:
        raise DataError(f"{where} has no {', '.join(missing)}")
    found = refer(table["value"])
    if found.quantity.parsed_unit != formula.result.parsed_unit:
        raise DataError(f"{where}: {found.quantity.name} is in {found.quantity.unit}, not in {formula.unit}")
    leaves: dict[str, Fraction] = {}
    if "scenario" in table:
        base = scenario(table["scenario"])
        if "solve" in table:
            implied = solve_for(formula, table["solve"], base, {formula.result.name: found.value})
            if not isinstance(implied.values, sp.FiniteSet) or len(implied.values) != 1:
                raise DataError(f"{where}: {table['solve']} has not one value that yields it")
            (root,) = implied.values
            leaves[implied.quantity.name] = Fraction(int(root.p), int(root.q))
        leaves |= {name: given.value for name, given in base.inputs.items() if name not in leaves}
    source = check_source(table["source"], where)
    return Estimate(
        table["id"], table["title"], source, found.value, found.text, found.target, table["counts"], leaves
    )  # fmt: skip


def _gap(table: dict[str, Any], known: dict[str, Estimate], formula: Equation) -> Gap:
    where = f"gap from {table.get('from', '')!r} to {table.get('to', '')!r}"
    _only(table, ("from", "to", "factor"), where)
    for key in ("from", "to"):
        if table.get(key) not in known:
            raise DataError(f"{where}: {table.get(key)!r} is not an estimate{nearest(str(table.get(key)), known)}")
    start, end = known[table["from"]], known[table["to"]]
    reached, factors = start.value, []
    for one in table.get("factor", []):
        _only(one, _FACTOR_KEYS, f"{where}: factor {one.get('name', '')!r}")
        if sum(key in one for key in ("leaves", "at", "rest")) != 1:
            raise DataError(f"{where}: factor {one.get('name', '')!r} wants one of leaves, at, rest")
        if "leaves" in one:
            value = _from_leaves(one["leaves"], start, end, formula)
        else:
            value = (refer(one["at"]).value if "at" in one else end.value) / reached
        reached *= value
        factors.append(Factor(one["name"], value, one["why"]))
    if reached != end.value:
        raise DataError(f"{where}: its factors lead to {float(reached):.6g}, not to {float(end.value):.6g}")
    return Gap(start, end, tuple(factors))


def _from_leaves(names: list[str], start: Estimate, end: Estimate, formula: Equation) -> Fraction:
    """What some inputs of the common formula make of the first figure, to the powers that the formula gives them."""
    found = Fraction(1)
    for name in names:
        if name not in start.leaves or name not in end.leaves:
            raise DataError(f"{name!r} is not known of both {start.id!r} and {end.id!r}")
        found *= (end.leaves[name] / start.leaves[name]) ** _power(formula, name)
    return found


@functools.cache
def _power(formula: Equation, name: str) -> int:
    """The power to which an input enters the whole chain of a formula, which must be a product."""
    wanted = quantity(name)
    base = next(scenario(one) for one in _SCENARIOS if wanted.name in scenario(one).inputs)
    expr = expanded(formula, base, {wanted: None})
    power = sp.simplify(wanted.symbol * expr.diff(wanted.symbol) / expr)
    if not power.is_Integer:
        raise DataError(f"{formula.id} is not a product with {name} in it")
    return int(power)


_SCENARIOS = ("epoch-query",)  # one that has every input of the common formula


def _only(table: dict[str, Any], accepted: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in accepted:
            raise DataError(f"{where}: unknown key {key!r}; accepted: {', '.join(accepted)}{nearest(key, accepted)}")
