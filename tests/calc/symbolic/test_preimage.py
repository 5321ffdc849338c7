"""Where an expression takes a value: against trying every number of a grid, and against powers of ten and two."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calc.base.errors import SolveError
from calc.symbolic.evaluate import evaluate
from calc.symbolic.preimage import NotWholeError, _nearest, _plain, nearly_whole, preimage, whole_numbers
from tests.sampling import cases

x = sp.Symbol("x", real=True)
GRID = [Fraction(halves, 2) for halves in range(1, 81)]
ROUNDED = (
    3 * sp.ceiling(x / 8),
    3 * sp.floor((x + 1) / 2),
    sp.ceiling(24 / x),
    sp.floor(24 / x) + 1,
    20 - 2 * sp.ceiling(x / 7),
    100 / sp.floor(x + 2),
    sp.ceiling(sp.ceiling(x / 3) / 4),
    sp.floor(sp.ceiling(x / 2) / 5) * 7,
    sp.ceiling(sp.floor(x) / 6),
)
EXTREMES = (
    sp.Max(x, 8),
    2 * sp.Min(x, 8) + 1,
    sp.Min(3 * x, 40 - x),
    sp.Max(2 * x, 32 / x),
    sp.Max(x, 24 / x),
    60 - sp.Min(x + 3, 2 * x),
    x + sp.Max(x, 5),
    sp.Min(12, 36 / x),
)


def at(expr: sp.Expr, value: Fraction) -> Fraction | None:
    return evaluate(expr, {x: value})


def exact(number: sp.Expr) -> Fraction | float:
    return Fraction(int(number.p), int(number.q)) if number.is_Rational else float(number)


def holding(values: sp.Set) -> list[Fraction]:
    """The numbers of the grid that a set holds: told without sympy, which takes a hundred times as long."""
    if isinstance(values, sp.Union):
        return sorted(one for part in values.args for one in holding(part))
    if not isinstance(values, sp.Interval):
        return sorted({exact(one) for one in values} & set(GRID))
    low, high = exact(values.start), exact(values.end)
    above = [one for one in GRID if one > low or (one == low and not values.left_open)]
    return [one for one in above if one < high or (one == high and not values.right_open)]


@pytest.mark.parametrize("expr", ROUNDED, ids=str)
def test_a_rounding_against_every_number_of_a_grid(expr: sp.Expr) -> None:
    yielded = {one: at(expr, one) for one in GRID}
    least, most = min(yielded.values()), max(yielded.values())
    for wanted in (*range(8), 9, 12, 14, 18, 21, 25):
        try:
            found = preimage(expr, sp.FiniteSet(wanted), x)
        except NotWholeError as error:
            assert wanted not in yielded.values()
            beside = [yielded[one] for values in error.neighbours(x) for one in holding(values)]
            if least < wanted < most:
                assert max(value for value in yielded.values() if value < wanted) in beside
                assert min(value for value in yielded.values() if value > wanted) in beside
        except SolveError:  # 24/x is between 0 and -1 on the other side of its pole
            assert expr.has(1 / x)
            assert wanted not in yielded.values()
        else:
            assert holding(found) == [one for one in GRID if yielded[one] == wanted]


@pytest.mark.parametrize("expr", EXTREMES, ids=str)
def test_a_minimum_or_maximum_against_every_number_of_a_grid(expr: sp.Expr) -> None:
    yielded = {one: at(expr, one) for one in GRID}
    for wanted in (1, 3, 5, 8, 10, 12, 15, 17, 30, 60):
        found = preimage(expr, sp.FiniteSet(wanted), x)
        assert holding(found) == [one for one in GRID if yielded[one] == wanted]


@pytest.mark.parametrize("expr", [2 * x + 1, 50 - 3 * x, 60 / x], ids=str)
@pytest.mark.parametrize("kind", [sp.Interval, sp.Interval.open, sp.Interval.Lopen, sp.Interval.Ropen])
def test_a_stretch_of_values_is_had_from_a_stretch_with_the_same_ends(expr: sp.Expr, kind: type[sp.Interval]) -> None:
    wanted = kind(sp.Integer(5), sp.Integer(20))
    found = preimage(expr, wanted, x)
    low, high = (Fraction(5), Fraction(20))
    inside = {one for one in GRID if low < at(expr, one) < high}
    inside |= {one for one in GRID if at(expr, one) == low and not wanted.left_open}
    inside |= {one for one in GRID if at(expr, one) == high and not wanted.right_open}
    assert holding(found) == sorted(inside)


def test_what_comes_as_near_to_nothing_as_one_likes_has_no_last_number() -> None:
    """⌈24/x⌉ is 1 from 24 on, without an end."""
    assert preimage(sp.ceiling(24 / x), sp.FiniteSet(1), x) == sp.Interval(24, sp.oo)


def test_several_whole_numbers_do_not_bring_those_between_them() -> None:
    """N + 12/n is 8 at 2 and at 6, and not at 3."""
    n = sp.ceiling(x)
    found = preimage(n + 12 / n, sp.FiniteSet(8), x)
    assert found == sp.Union(sp.Interval.Lopen(1, 2), sp.Interval.Lopen(5, 6))


@pytest.mark.parametrize(
    ("expr", "wanted", "values"),
    [
        (x**3, 1000, [10]), (x**-3, sp.Rational(1, 1000), [10]), (2**x, 1024, [10]), (5 * sp.Pow(10, x) + 1, 501, [2]),
        (x ** sp.Rational(3, 2), 1000, [100]), (sp.exp(x), 1, [0]), (sp.log(x), 0, [1]), (3 + sp.log(2 * x), 3, [0.5]),
        (x**3, 0, []), (x**3, -8, []), (2**x, -1, []), (sp.exp(x), -1, []), (x**2, 49, [-7, 7]),
        (x**2 - 2 * x, 8, [-2, 4]), ((x - 3) ** 2 + 1, 0, []), (2 ** (x**2), 512, [-3, 3]),
        (sp.log(x) ** 2, 0, [1]),
    ],
    ids=str,
)  # fmt: skip
def test_powers_and_logarithms(expr: sp.Expr, wanted: sp.Expr, values: list[float]) -> None:
    found = preimage(expr, sp.FiniteSet(wanted), x)
    assert sorted(map(float, found)) == values
    assert all(value.is_Rational for value in found)  # the nearest double stands for what is irrational


@settings(max_examples=cases(100, 15))
@given(st.integers(2, 10**9))
def test_an_irrational_root_is_the_nearest_double(number: int) -> None:
    """`math` has logarithms within a unit of their last place; a third root is checked by its cube."""
    (root,) = preimage(x**3, sp.FiniteSet(number), x)
    double = Fraction(float(root))
    ulp = Fraction(math.ulp(float(root)))
    assert (double - ulp / 2) ** 3 <= number <= (double + ulp / 2) ** 3
    (logarithm,) = preimage(sp.exp(x), sp.FiniteSet(number), x)
    assert float(logarithm) == pytest.approx(math.log(number), rel=3e-16)
    (power,) = preimage(2**x, sp.FiniteSet(number), x)
    assert float(power) == pytest.approx(math.log2(number), rel=3e-16)
    (back,) = preimage(sp.log(x), sp.FiniteSet(sp.Rational(number, 10**8)), x)
    assert float(back) == pytest.approx(math.exp(number / 10**8), rel=1e-15)


@pytest.mark.parametrize(
    "expr",
    [
        x**x,  # in its base and in its exponent
        x**5 + x,  # beside a power
        sp.exp(x) + x,
        sp.ceiling(x) + sp.ceiling(x / 2),
        sp.ceiling(x) + x,
        sp.Max(x, 2 * x, 4),  # the four holds until either takes over
    ],
    ids=str,
)
def test_no_closed_form_is_refused(expr: sp.Expr) -> None:
    with pytest.raises(SolveError):
        preimage(expr, sp.FiniteSet(4), x)


ends = st.integers(-12, 12).map(lambda quarters: sp.Rational(quarters, 4))


@settings(max_examples=cases(300, 25))
@given(ends, ends, st.booleans(), st.booleans())
@example(sp.Integer(2), sp.Integer(2), False, False)
@example(sp.Integer(2), sp.Integer(3), True, True)
def test_the_whole_numbers_of_an_interval(one: sp.Rational, other: sp.Rational, left: bool, right: bool) -> None:
    values = sp.Interval(min(one, other), max(one, other), left, right)
    found = whole_numbers(values)
    assert [n for n in range(-5, 6) if n in found] == [n for n in range(-5, 6) if n in values]
    if not found.is_empty:
        assert found.inf in found
        assert found.sup in found
    open_above = whole_numbers(sp.Interval(one, sp.oo, left, True))
    assert [n for n in range(-5, 6) if n in open_above] == [
        n for n in range(-5, 6) if n in sp.Interval(one, sp.oo, left)
    ]
    assert open_above.sup is sp.oo


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("25000", 25_000), ("25000.00000000025", 25_000), ("24999.99999999975", 25_000), ("25000.00000000026", None),
        ("24999.99999999974", None), ("100000000000000.1", 10**14), ("100000000000000.11", None), ("0", 0),
        ("0.00000000000001", None), ("-3", -3), ("2.5", None),
    ],
)  # fmt: skip
def test_a_whole_number_may_be_missed_by_the_rounding_of_fifteen_digits(value: str, whole: int | None) -> None:
    """Within 10⁻¹⁴ of it, and never more than a tenth."""
    assert nearly_whole(sp.Rational(value)) == whole
    assert whole_numbers(sp.FiniteSet(sp.Rational(value))) == (
        sp.FiniteSet(whole) if whole is not None else sp.S.EmptySet
    )


def test_what_would_have_to_be_whole_is_said_with_its_sign() -> None:
    with pytest.raises(NotWholeError, match=r"⌈⌉ in the formula would have to be 2\.5"):
        preimage(2 * sp.ceiling(x), sp.FiniteSet(5), x)
    with pytest.raises(NotWholeError, match=r"⌊⌋ in the formula would have to be 2\.5"):
        preimage(2 * sp.floor(x), sp.FiniteSet(5), x)


def test_several_roundings_are_told_from_one_with_the_unknown_beside_it() -> None:
    with pytest.raises(SolveError, match="inside two roundings at once"):
        preimage(sp.ceiling(x) + sp.ceiling(x / 2), sp.FiniteSet(4), x)
    with pytest.raises(SolveError, match="both inside a rounding and outside it"):
        preimage(sp.ceiling(x) + x, sp.FiniteSet(4), x)


@pytest.mark.parametrize(
    ("expr", "targets"),
    [(sp.Max(x + 10, 5), sp.FiniteSet(5)), (x**2, sp.Interval(0, 4)), (x**2, sp.Interval(-1, 0)),
     (sp.Max(x, 3), sp.Interval(3, 4)), (8 / x + x, sp.Interval(9, 10)), (sp.exp(x), sp.Interval(1, 2))],
    ids=str,
)  # fmt: skip
def test_a_stretch_that_is_not_one_or_ends_below_0_is_refused(expr: sp.Expr, targets: sp.Set) -> None:
    with pytest.raises(SolveError):
        preimage(expr, targets, x)


@pytest.mark.parametrize("number", [2, 3, 5, 6, 7, 10, 11, 13, 17, 1000, sp.Rational(1, 3), sp.Rational(7, 10**5)])
def test_the_nearest_double_is_rounded_to_once(number: sp.Expr) -> None:
    """Python's own square root is the nearest double; seventeen places first would be another one now and then."""
    root = sp.N(sp.sqrt(number), 30)
    assert _nearest(root) == sp.Rational(repr(math.sqrt(number)))
    assert _nearest(-root) == -_nearest(root)


def test_beyond_all_doubles_there_are_seventeen_places() -> None:
    assert _nearest(sp.Integer(10) ** 400) == 10**400
    assert _nearest(sp.Rational(1, 10**400)) == sp.Rational(1, 10**400)
    assert _nearest(sp.Integer(0)) == 0


def test_what_is_irrational_beside_the_unknown_is_a_number_of_seventeen_places() -> None:
    near = sp.Rational(str(sp.N(sp.sqrt(2), 17)))
    assert abs(float(near) - math.sqrt(2)) < 1e-15
    assert _plain(sp.sqrt(2) * x + sp.sqrt(2), x) == near * x + near
    for kept in (x ** sp.sqrt(2), sp.exp(sp.sqrt(2) * x), sp.Rational(1, 3), sp.oo, sp.zoo, sp.I * sp.sqrt(2)):
        assert _plain(kept, x) == kept
    assert _plain(sp.sqrt(2), x) == near
