"""Helpers of the tests of calc."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from hypothesis import strategies as st

from calc import Formula, Quantity, all_formulas
from calc.base.domains import AT_LEAST_ONE, Domain
from calc.base.errors import CalcError, ChainError
from calc.symbolic.equation import Equation
from calc.symbolic.evaluate import evaluate

FORMULAS = [pytest.param(formula, id=formula.id) for formula in all_formulas()]
PAIRS = [pytest.param(formula, q, id=f"{formula.id}-{q.name}") for formula in all_formulas() for q in formula.inputs]


def _in_gpt4() -> Iterator[Any]:
    """The derivations that the book's own scenario has all inputs for."""
    for formula in all_formulas():
        try:
            yield pytest.param(formula.derive("gpt-4"), id=formula.id)
        except ChainError:
            continue


DERIVATIONS = list(_in_gpt4())
MOST = 10**6  # products of two counts stay whole numbers that a double holds


def brief(value: object) -> str:
    """A value as a test's name; 10**5000 has no text that Python would write."""
    if isinstance(value, (int, Fraction)) and abs(value) > 10**300:
        return f"huge-{type(value).__name__}"
    return repr(value) if isinstance(value, (int, float, str, Fraction)) else f"{type(value).__name__}-{value}"


@contextmanager
def refused(kind: type[CalcError], *parts: str) -> Iterator[None]:
    """An error of one kind, on one line, that holds certain words."""
    with pytest.raises(kind) as caught:
        yield
    text = str(caught.value)
    assert text
    assert "\n" not in text
    for part in parts:
        assert part in text


def numbers(domain: Domain) -> st.SearchStrategy[int | float]:
    """Ordinary numbers of a domain."""
    if domain.whole:
        return st.integers(int(domain.low), MOST)
    if domain.is_share:
        return st.floats(1e-6, 1)
    if domain is AT_LEAST_ONE:
        return st.floats(1, 100)
    return st.floats(max(domain.low, 1e-6), min(domain.high, 1e12))


def inputs_of(formula: Formula) -> st.SearchStrategy[dict[str, int | float]]:
    """Values for all inputs of a formula."""
    return st.fixed_dictionaries({q.name: numbers(q.domain) for q in formula.inputs})


def outcome(call: Any, *args: Any, **kwargs: Any) -> Any:
    """What a call returns, or the kind of its error."""
    try:
        return call(*args, **kwargs)
    except CalcError as error:
        return type(error)


def cancelled(formula: Equation, numbers: Mapping[Any, Fraction]) -> float:
    """By how much the last bits of a formula's terms are magnified where their sum is much less than they are."""
    largest = Fraction(1)
    for part in sp.preorder_traversal(formula.numeric):
        if isinstance(part, sp.Add):
            terms = [evaluate(term, numbers) for term in part.args]
            known = [term for term in terms if term is not None]
            if len(known) == len(terms) and sum(known):
                largest = max(largest, sum(map(abs, known)) / abs(sum(known)))
    return float(largest)


def by_symbol(formula: Formula, values: Mapping[str, int | float | Fraction]) -> dict[Any, Fraction]:
    """Values for `calc.symbolic.evaluate`: exact, by sympy symbol."""
    return {q.symbol: Fraction(repr(v)) if isinstance(v, float) else Fraction(v) for q, v in _paired(formula, values)}


def _paired(formula: Formula, values: Mapping[str, Any]) -> list[tuple[Quantity, Any]]:
    return [(q, values[q.name]) for q in formula.inputs]
