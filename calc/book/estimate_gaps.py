"""Why published figures of one prompt's energy differ: the gap between two, split into factors that multiply to it.

``data/gaps.toml`` names the figures, each a reference as in the book's prose, and the factors between neighbours. Where
two figures can be put on one formula, the factors follow from it: an input that is three times as large, and enters to
the power of minus one, is a factor of a third. What one of the two does not tell is one factor, the rest.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

import sympy as sp

from calc.analysis.solve import solve_for
from calc.base.errors import UnknownNameError, nearest
from calc.base.quantities import quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, read
from calc.book.lookup import refer
from calc.model.compiled import expanded
from calc.model.registry import formula_by_id
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario
from calc.model.source_keys import check_source
from calc.symbolic.equation import Equation

__all__ = [
    "FILES",
    "KINDS",
    "Estimate",
    "Factor",
    "Gap",
    "all_estimates",
    "all_gaps",
    "estimate",
]

# What a factor is of, and how the book calls it, in the order in which it is shown.
KINDS = MappingProxyType(
    {
        "boundary": "boundary: what was counted",
        "hardware": "hardware: power for each operation",
        "software": "software: how full the machines were",
        "model": "model: parameters for each token",
        "answer": "answer: how many tokens",
        "unknown": "not published",
    }
)

_ESTIMATE: Mapping[str, Key] = {
    "id": Key(needed=True),
    "title": Key(needed=True),
    "source": Key(needed=True),
    "value": Key(needed=True),
    "scenario": Key(),
    "solve": Key(),
    "counts": Key(needed=True),
}
_FACTOR: Mapping[str, Key] = {
    "name": Key(needed=True),
    "leaves": Key("texts"),
    "at": Key(),
    "rest": Key("true"),
    "why": Key(needed=True),
    "kind": Key(choices=tuple(KINDS)),
}
_GAP: Mapping[str, Key] = {
    "from": Key(needed=True),
    "to": Key(needed=True),
    "factor": Key("tables", needed=True, of=_FACTOR, name="name"),
}
_FILE: Mapping[str, Key] = {
    "formula": Key(needed=True),
    "scenario": Key(),  # one that has every input of the formula, for factors that name inputs
    "estimate": Key("tables", needed=True, of=_ESTIMATE, unique=True),
    "gap": Key("tables", needed=True, of=_GAP, name="from"),
}


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
    """One reason for a gap: what it multiplies the first figure by, why, in MyST, and which of `KINDS` it is."""

    name: str
    value: Fraction
    why: str
    kind: str = ""


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


FILES = ("gaps.toml", "gaps-serving.toml")  # published figures; and one prompt by several methods


def all_estimates(file: str = FILES[0]) -> tuple[Estimate, ...]:
    """The figures of a file, in its order."""
    return _read(file)[0]


def all_gaps(file: str = FILES[0]) -> tuple[Gap, ...]:
    """The gaps between neighbours, in the order of the file."""
    return _read(file)[1]


def estimate(name: str) -> Estimate:
    """Look a figure up.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

    Examples
    --------
    >>> estimate("epoch").text.replace("\N{NO-BREAK SPACE}", " ")
    '0.301 Wh/prompt'
    """
    known = {one.id: one for file in reversed(FILES) for one in all_estimates(file)}
    if name not in known:
        raise UnknownNameError(f"{name!r} is not an estimate{nearest(name, known)}")
    return known[name]


@functools.cache
def _read(file: str) -> tuple[tuple[Estimate, ...], tuple[Gap, ...]]:
    return read_gaps(packaged_text(file), file)


def read_gaps(text: str, name: str = "gaps.toml") -> tuple[tuple[Estimate, ...], tuple[Gap, ...]]:
    """Read figures and gaps from TOML.

    Raises
    ------
    DataError : naming line, table and key, or the gap whose factors do not multiply to it.

    Examples
    --------
    >>> read_gaps("formla = 'training-energy'")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: gaps.toml, line 1: unknown key 'formla'; accepted: formula, scenario, estimate, gap;
    did you mean 'formula'?
    """
    file = read(text, name, _FILE)
    with file.blamed("formula"):
        formula = formula_by_id(file["formula"])
    with file.blamed("scenario"):
        common = scenario(file["scenario"]) if "scenario" in file else None
    known = {table["id"]: _estimate(table, formula) for table in file["estimate"]}
    gaps = tuple(_gap(table, known, _Common(formula, common)) for table in file["gap"])
    if [(gap.start.id, gap.end.id) for gap in gaps] != list(pairwise(known)):
        raise file.wrong("a gap for each two neighbours is wanted, in the order of the estimates")
    return tuple(known.values()), gaps


def _estimate(table: Table, formula: Equation) -> Estimate:
    with table.blamed("value"):
        found = refer(table["value"])
    if found.quantity.parsed_unit != formula.result.parsed_unit:
        raise table.wrong(f"{found.quantity.name} is in {found.quantity.unit}, not in {formula.unit}", "value")
    if not found.value:
        raise table.wrong("value is 0, which nothing can be multiplied to", "value")
    leaves: dict[str, Fraction] = {}
    if "scenario" in table:
        with table.blamed("scenario"):
            base = scenario(table["scenario"])
        leaves |= {name: given.value for name, given in base.inputs.items()}
        leaves |= _implied(table, formula, base, found.value)
    elif "solve" in table:
        raise table.wrong("solve needs the scenario that has the other inputs", "solve")
    with table.blamed("source"):
        source = check_source(table.text("source"))
    return Estimate(
        table["id"], table["title"], source, found.value, found.text, found.target, table["counts"], leaves
    )  # fmt: skip


def _implied(table: Table, formula: Equation, base: Scenario, value: Fraction) -> dict[str, Fraction]:
    """The input that nobody gave, and that the value implies, by its name."""
    if "solve" not in table:
        return {}
    with table.blamed("solve"):
        implied = solve_for(formula, table["solve"], base, {formula.result.name: value})
    roots = implied.values
    if not isinstance(roots, sp.FiniteSet) or len(roots) != 1 or not all(root.is_Rational for root in roots):
        raise table.wrong(f"{table['solve']} has not one value that yields it", "solve")
    (root,) = roots
    return {implied.quantity.name: Fraction(int(root.p), int(root.q))}


@dataclass(frozen=True, eq=False)
class _Common:
    """The formula that figures are put on, and a scenario that has all of its inputs."""

    formula: Equation
    base: Scenario | None

    def power(self, name: str, table: Table) -> int:
        """The power to which an input enters the whole chain of the formula, which must be a product."""
        if self.base is None:
            raise table.wrong("leaves need, at the top of the file, the scenario that has them all", "leaves")
        with table.blamed("leaves"):
            wanted = quantity(name)
            expr = expanded(self.formula, self.base, {wanted: None})
        power = sp.simplify(wanted.symbol * expr.diff(wanted.symbol) / expr)
        if not power.is_Integer:
            raise table.wrong(f"{self.formula.id} is not a product with {name} in it", "leaves")
        return int(power)


def _gap(table: Table, known: dict[str, Estimate], common: _Common) -> Gap:
    for key in ("from", "to"):
        if table[key] not in known:
            raise table.wrong(f"{table[key]!r} is not an estimate{nearest(table[key], known)}", key)
    start, end = known[table["from"]], known[table["to"]]
    reached, factors = start.value, []
    for one in table["factor"]:
        value = _factor(one, start, end, reached, common)
        reached *= value
        factors.append(Factor(one["name"], value, one["why"], one.text("kind")))
    if reached != end.value:
        raise table.wrong(f"its factors lead to {float(reached):.6g}, not to {float(end.value):.6g}", "to")
    return Gap(start, end, tuple(factors))


def _factor(table: Table, start: Estimate, end: Estimate, reached: Fraction, common: _Common) -> Fraction:
    """What one factor multiplies by what is reached without it."""
    if sum(key in table for key in ("leaves", "at", "rest")) != 1:
        raise table.wrong("wants one of leaves, at, rest")
    if "rest" in table:
        return end.value / reached
    if "at" in table:
        with table.blamed("at"):
            value = refer(table["at"]).value
        if not value:
            raise table.wrong("at is 0, which nothing can be multiplied to", "at")
        return value / reached
    found = Fraction(1)
    for name in table["leaves"]:
        if not (start.leaves.get(name) and end.leaves.get(name)):
            raise table.wrong(f"{name!r} is not known of both {start.id!r} and {end.id!r}", "leaves")
        found *= (end.leaves[name] / start.leaves[name]) ** common.power(name, table)
    return found
