"""What has to be held against a domain: what is told from an expression's structure, held against numbers put in."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
import sympy as sp

from calc.base.domains import (
    ANY,
    AT_LEAST_ONE,
    COUNT,
    COUNT_OR_NONE,
    FRACTION,
    FRACTION_OR_NONE,
    NOT_NEGATIVE,
    POSITIVE,
    Domain,
)  # fmt: skip
from calc.base.quantities import quantity
from calc.symbolic.guards import Guard, divided, follows, guards, inside

above, other = sp.symbols("above other", positive=True)
least, more = sp.symbols("least more", nonnegative=True)
real = sp.Symbol("real", real=True)
count = sp.Symbol("count", integer=True, positive=True)
whole = sp.Symbol("whole", integer=True, nonnegative=True)
NUMBERS = {above: (0.5, 3), other: (0.25, 2), least: (0, 2.5), more: (0, 1), real: (-2, 0, 1.5)}
NUMBERS |= {count: (1, 4), whole: (0, 3)}
DOMAINS = {
    "any": ANY, "positive": POSITIVE, "not negative": NOT_NEGATIVE, "fraction": FRACTION, "share": FRACTION_OR_NONE,
    "at least one": AT_LEAST_ONE, "count": COUNT, "count or none": COUNT_OR_NONE,
}  # fmt: skip
NONE = {"not negative"}  # at least 0
SOME = {"not negative", "positive"}
POWER = sp.Pow(least, 2, evaluate=False)


@pytest.mark.parametrize(
    ("expression", "known"),
    [
        (above, SOME), (least, NONE), (real, set()), (-above, set()), (above + least, SOME), (least + more, NONE),
        (above + real, set()), (above * other, SOME), (above * least, NONE), (above / other, SOME), (above**real, SOME),
        (POWER, NONE), (sp.sqrt(least), NONE), (sp.Pow(least, -1, evaluate=False), set()), (least**above, set()),
        (real**2, set()),
        (sp.Max(above, real), SOME), (sp.Max(least, real), NONE), (sp.Min(above, other), SOME),
        (sp.Min(above, least), NONE),
        (sp.Min(above, real), set()), (sp.exp(real), SOME), (sp.log(above), set()), (sp.Integer(3), SOME | {"count",
        "count or none"}),
        (sp.ceiling(above), SOME | {"count", "count or none"}), (sp.ceiling(least), NONE | {"count or none"}),
        (sp.ceiling(real), set()), (sp.floor(above), NONE | {"count or none"}), (sp.floor(real), set()),
        (count, SOME | {"count", "count or none"}), (whole, NONE | {"count or none"}),
        (count + whole, SOME | {"count", "count or none"}),
        (count * whole, NONE | {"count or none"}), (count / 2, SOME), (count + above, SOME), (count * above, SOME),
        (sp.Max(count, whole), SOME | {"count", "count or none"}), (sp.Min(count, whole), NONE | {"count or none"}),
        (sp.ceiling(above) * count, SOME | {"count", "count or none"}),
        (sp.ceiling(above) + sp.floor(least), SOME | {"count", "count or none"}),
    ],
    ids=lambda one: (" and ".join(sorted(one)) or "none") if isinstance(one, set) else str(one),
)  # fmt: skip
def test_what_an_expression_belongs_to_whatever_its_symbols_are(expression: sp.Expr, known: set[str]) -> None:
    assert {name: follows(domain, expression) for name, domain in DOMAINS.items()} == {
        one: one in known for one in DOMAINS
    }
    symbols = sorted(expression.free_symbols, key=str)
    for values in product(*(NUMBERS[symbol] for symbol in symbols)):
        found = float(expression.subs(dict(zip(symbols, values, strict=True))).doit()) if known else 1.0
        assert all(found in DOMAINS[name] for name in known)


def test_a_chain_is_guarded_where_nothing_proves_it() -> None:
    steps = [(quantity("gpus"), sp.floor(above)), (quantity("servers"), sp.ceiling(above)), (quantity("pue"), above)]
    assert guards(steps) == (Guard(quantity("gpus"), sp.floor(above)), Guard(quantity("pue"), above))


def test_what_was_divided_by_is_divided_by_still() -> None:
    nothing = {above: sp.Integer(0)}
    kept = divided(above / (1 - other), lambda part: part.xreplace({**nothing, other: sp.Integer(1)}))
    assert kept == sp.Mul(0, sp.Pow(0, -1, evaluate=False), evaluate=False)
    assert divided(above / other, lambda part: part.xreplace(nothing)) == 0  # other is above 0
    assert divided(above / other, lambda part: part.xreplace({above: other})) == 1


VALUES = [-math.inf, -1, -1e-160, 0, 1e-160, 1e-150, 0.5, 1, 1 + 2**-52, 1.5, 2, 1e150, 1e151, math.inf, math.nan]


@pytest.mark.parametrize("domain", [*DOMAINS.values(), Domain(2, 5, True, False, ""), Domain(2, 5, False, True, "")])
def test_an_array_is_held_against_a_domain_as_each_of_its_numbers_is(domain: Domain) -> None:
    values = [*VALUES, 2.5, 5, 5.5]
    assert inside(np.array(values, dtype=float), domain).tolist() == [value in domain for value in values]
