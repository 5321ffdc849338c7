"""What is told of an expression from its structure alone, against its values at random numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.base.domains import AT_LEAST_ONE, COUNT, COUNT_OR_NONE, FRACTION, NOT_NEGATIVE, POSITIVE, Domain
from calc.symbolic.bounds import bounds, direction
from calc.symbolic.evaluate import evaluate
from calc.symbolic.guards import divided, follows
from calc.symbolic.printing import right_hand_side
from calc.symbolic.signs import has_sign
from calc.symbolic.trace import coefficient
from tests.sampling import cases

above = sp.Symbol("above", positive=True, finite=True)
least = sp.Symbol("least", nonnegative=True, finite=True)
count = sp.Symbol("count", positive=True, integer=True)
either = sp.Symbol("either", real=True)
SYMBOLS = (above, least, count, either)
LEAVES = st.sampled_from([*SYMBOLS, *map(sp.Integer, (0, 1, 2, -1)), sp.Rational(1, 2), sp.Rational(-3, 2)])


def _largest(*of: sp.Expr) -> sp.Expr:
    return sp.Max(*of) if all(part.is_finite is not False for part in of) else sp.nan


def _smallest(*of: sp.Expr) -> sp.Expr:
    return sp.Min(*of) if all(part.is_finite is not False for part in of) else sp.nan


def _joined(parts: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    two = st.sampled_from([sp.Add, sp.Mul, _largest, _smallest])
    one = st.sampled_from([sp.ceiling, sp.floor, lambda part: part**2, lambda part: 1 / (part + 2), lambda part: -part])
    return st.builds(lambda kind, *of: kind(*of), two, parts, parts) | st.builds(lambda kind, of: kind(of), one, parts)


EXPRESSIONS = st.recursive(LEAVES, _joined, max_leaves=6).filter(lambda expr: not expr.has(sp.zoo, sp.nan))
POINTS = [
    {above: Fraction(a), least: Fraction(b), count: Fraction(c), either: Fraction(d)}
    for a, b, c, d in [
        ("1/3", 0, 1, 0), ("1/2", "1/4", 1, "-3/2"), (1, 1, 2, "3/2"), ("7/3", "5/2", 3, -2), (9, 8, 7, 6),
    ]
]  # fmt: skip
DOMAINS = (POSITIVE, NOT_NEGATIVE, COUNT, COUNT_OR_NONE, FRACTION, AT_LEAST_ONE)


@settings(max_examples=cases(1000, 150))
@given(EXPRESSIONS)
def test_no_sign_and_no_domain_is_told_that_a_value_contradicts(expr: sp.Expr) -> None:
    values = [value for point in POINTS if (value := evaluate(expr, point)) is not None]
    if has_sign(expr):
        assert min(values, default=0) >= 0
    for domain in DOMAINS:
        if follows(domain, expr):
            assert all(value in domain for value in values), domain.words


@settings(max_examples=cases(1000, 150))
@given(EXPRESSIONS)
def test_no_direction_and_no_bound_is_told_that_values_contradict(expr: sp.Expr) -> None:
    box = {symbol: (POINTS[0][symbol], POINTS[-1][symbol]) for symbol in SYMBOLS}
    box |= {either: (Fraction(-2), Fraction(6)), above: (Fraction(2), Fraction(2))}
    found = bounds(expr, box)
    values = [evaluate(expr, {**point, above: Fraction(2)}) for point in POINTS]
    if found is not None:
        assert all(found[0] <= value <= found[1] for value in values if value is not None)
    for symbol in SYMBOLS:
        told = direction(expr, symbol, box if symbol is count else None)
        pairs = [
            [evaluate(expr, {**point, above: Fraction(2), symbol: point[symbol] + by}) for by in (0, 1)]
            for point in POINTS
        ]
        if told is not None and symbol is not above:
            assert all((more - now) * told >= 0 for now, more in pairs if None not in (now, more))
            assert told or all(more == now for now, more in pairs)


@pytest.mark.parametrize(
    ("expr", "domains"),
    [
        (above + least, {POSITIVE, NOT_NEGATIVE}),
        (least * above, {NOT_NEGATIVE}),
        (least + 1, {POSITIVE, NOT_NEGATIVE}),
        (sp.ceiling(above), {POSITIVE, NOT_NEGATIVE, COUNT, COUNT_OR_NONE}),
        (sp.floor(above), {NOT_NEGATIVE, COUNT_OR_NONE}),
        (sp.ceiling(least), {NOT_NEGATIVE, COUNT_OR_NONE}),
        (count * sp.ceiling(above), {POSITIVE, NOT_NEGATIVE, COUNT, COUNT_OR_NONE}),
        (count / above, {POSITIVE, NOT_NEGATIVE}),
        (sp.sqrt(least), {NOT_NEGATIVE}),
        (1 / above, {POSITIVE, NOT_NEGATIVE}),
        (sp.exp(either), {POSITIVE, NOT_NEGATIVE}),
        (sp.Max(either, above), {POSITIVE, NOT_NEGATIVE}),
        (sp.Min(least, above), {NOT_NEGATIVE}),
        (above - least, set()),
        (either, set()),
    ],
    ids=lambda given: str(given) if isinstance(given, sp.Expr) else None,  # a set is in another order each time
)
def test_what_a_person_sees_at_once_is_told(expr: sp.Expr, domains: set[Domain]) -> None:
    assert {domain for domain in DOMAINS if follows(domain, expr)} == domains


def test_a_wide_domain_with_an_end_of_its_own_is_not_told_from_a_sign() -> None:
    """What is above 0 need not be at least 2."""
    from_two = Domain(2, float("inf"), False, True, "at least 2")
    assert not follows(from_two, count)
    assert not follows(Domain(1, float("inf"), False, False, "at least 1"), count)


def test_nothing_over_nothing_stays_undefined() -> None:
    zero = lambda part: part.xreplace({above: sp.Integer(0)})  # noqa: E731
    assert divided(above * least / (1 - least), zero).is_Mul
    three = divided(above * least / (1 - least), lambda part: part.xreplace({above: sp.Integer(3)}))
    assert evaluate(three, {least: Fraction(1, 4)}) == 1  # 3 · ¼ / ¾
    assert evaluate(three, {least: Fraction(1)}) is None
    assert divided(above / (1 + least), zero) == 0


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (1 / above, "1 / above"),
        (least / (above * count), "least / (above × count)"),
        (above**2, "(above)^2"),
        (above ** (1 / count), "(above)^(1 / count)"),
        (above**-2, "(above)^-2"),
        (count * (1 + above), "count × (1 + above)"),
        (above - count, "above − count"),
        (sp.Max(above, sp.ceiling(count / least)), "max(above, ⌈count / least⌉)"),
        (sp.Min(above, sp.floor(least)), "min(above, ⌊least⌋)"),
        (sp.exp(-above), "exp(-1 × above)"),
        (2 * sp.log(above), "2 × log(above)"),
        (above * coefficient(6, "FLOP"), "6 × above"),
        (above * coefficient(1, "FLOP"), "above"),  # which only brings a unit
        (above * coefficient(2, "FLOP") * coefficient(1, "GPU") / count, "2 × above / count"),
        (coefficient(1, "FLOP") / above, "1 / above"),
    ],
    ids=str,
)
def test_as_a_person_writes_it(expr: sp.Expr, text: str) -> None:
    assert right_hand_side(expr) == text
    assert right_hand_side(expr, {symbol.name: symbol.name for symbol in SYMBOLS}) == text
