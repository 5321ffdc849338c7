"""Which numbers a quantity may take."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from calc.base.errors import DomainError
from tests.calc.support import brief, refused

DOMAINS = {
    "positive": POSITIVE,
    "not-negative": NOT_NEGATIVE,
    "fraction": FRACTION,
    "at-least-one": AT_LEAST_ONE,
    "count": COUNT,
    "count-or-none": COUNT_OR_NONE,
}


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS)
@pytest.mark.parametrize(
    "value", [math.inf, -math.inf, math.nan, True, "1", None, 1j, -1, 10**400, Fraction(10**400)], ids=brief
)
def test_nowhere_inside(domain, value):
    assert value not in domain


@pytest.mark.parametrize(
    ("value", "inside"),
    [
        (0, {"not-negative", "count-or-none"}),
        (1, set(DOMAINS)),
        (0.5, {"positive", "not-negative", "fraction"}),
        (Fraction(3, 2), {"positive", "not-negative", "at-least-one"}),
        (2.0, set(DOMAINS) - {"fraction"}),
        (1e-150, {"positive", "not-negative", "fraction"}),
        (5e-324, {"not-negative"}),  # above 0, and squared no longer
        (1e150, set(DOMAINS) - {"fraction"}),
        (1e151, set()),
        (Fraction(1, 10**150), {"positive", "not-negative", "fraction"}),  # as it is written, below the double
        (Fraction(10**150), set(DOMAINS) - {"fraction"}),
        (Fraction(10**150 + 10**140), set()),
        (Fraction(999, 10**153), {"not-negative"}),
    ],
)
def test_inside(value, inside):
    assert {name for name, domain in DOMAINS.items() if value in domain} == inside


@pytest.mark.parametrize("bound", [0.1, 0.3, 0.99, 2.2])  # two doubles above the decimal that is written, two below
def test_a_bound_is_inside_however_it_is_given(bound):
    for value in (bound, Fraction(bound), Fraction(repr(bound))):
        assert value in Domain(bound, 9, False, False, "")
        assert value in Domain(0, bound, True, False, "")
    assert Fraction(repr(bound)) + Fraction(1, 10**9) not in Domain(0, bound, True, False, "")
    assert Fraction(repr(bound)) - Fraction(1, 10**9) not in Domain(bound, 9, True, False, "")


@given(st.floats())
def test_a_fraction_is_judged_as_its_float_is(value):
    if math.isfinite(value):
        for domain in DOMAINS.values():
            assert (Fraction(value) in domain) == (value in domain)


@pytest.mark.parametrize(
    ("value", "ending"),
    [
        (0, ""), (-0.0, ""), (-3, ""), (math.nan, ""), (math.inf, ""), (1e-150, ""), (1e150, ""),
        (9e-151, "numbers from 1e-150 to 1e+150 are taken"), (2e150, "numbers from 1e-150 to 1e+150 are taken"),
        (-2e150, "numbers from 1e-150 to 1e+150 are taken"),
    ],
)  # fmt: skip
def test_how_small_and_large_numbers_may_be_is_said_of_those_beyond_alone(value, ending):
    said = POSITIVE.message(repr(value), "power", "kW")
    assert said.startswith(f"power = {value!r} kW is outside its domain: a finite number above 0")
    assert said.partition("; ")[2] == ending


def test_what_is_computed_is_put_back_on_a_bound_that_rounding_left():
    """By a billionth of a thousandth and no more, at either end; and no nearer to 0, of which there is no share."""
    for value in (1 + 9e-13, 1 - 9e-13):
        assert FRACTION.settled(value) == min(value, 1)
        assert AT_LEAST_ONE.settled(value) == max(value, 1)
    for value in (1 + 2e-12, 1 - 2e-12):
        assert FRACTION.settled(value) == value == AT_LEAST_ONE.settled(value)
    assert FRACTION.settled(-1e-13) == -1e-13
    assert POSITIVE.settled(math.inf) == math.inf


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-8, "-8"), (123_456_789, "123456789"), (10**15 - 1, "999999999999999"), (10**15, "1e+15"),
        (1 - 10**15, "-999999999999999"), (-(10**15), "-1e+15"), (Fraction(1000), "1000"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(-7, 2), "-3.5"), (Fraction(10**17, 3), "3.33333e+16"), (Fraction(10**15 - 1), "999999999999999"),
        (Fraction(123_456_789_012, 10), "12345678901.2"),
        (1234567890.5, "1234567890.5"), (None, "None"),
    ],
)  # fmt: skip
def test_a_number_in_a_message_has_a_power_of_ten_from_fifteen_zeros_on(value, said):
    with refused(DomainError, f"x = {said} kW is outside its domain: nothing"):
        Domain(2, 1, False, False, "nothing").check(value, "x", "kW")


def test_which_domains_hold_shares():
    shares = [FRACTION, FRACTION_OR_NONE]
    others = [
        *(domain for domain in DOMAINS.values() if domain is not FRACTION), ANY, Domain(0, 1, False, True, "0 or 1"),
        Domain(0, 2, True, False, ""), Domain(0.5, 1, False, False, ""), Domain(-1, 1, False, False, ""),
    ]  # fmt: skip
    assert [domain.is_share for domain in shares] == [True, True]
    assert [domain.is_share for domain in others] == [False] * len(others)


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        (POSITIVE, {"positive"}), (NOT_NEGATIVE, {"nonnegative"}), (FRACTION, {"positive"}), (ANY, set()),
        (AT_LEAST_ONE, {"positive"}), (COUNT, {"positive", "integer"}), (COUNT_OR_NONE, {"nonnegative", "integer"}),
        (Domain(-1, 1, True, False, ""), set()), (Domain(-1, 1, False, True, ""), {"integer"}),
        (Domain(0.5, 1, False, False, ""), {"positive"}),
    ],
)  # fmt: skip
def test_what_sympy_may_assume(domain, known):
    assert domain.assumptions == dict.fromkeys({"real", "finite", *known}, True)
