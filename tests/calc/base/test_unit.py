"""Units multiplied, divided and raised: against the numbers and dimensions that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from calc.base.errors import UnitError
from calc.base.unit import Unit, unit_of
from calc.base.units import parse_unit
from tests.calc.support import refused

KILO = Unit("km", Fraction(1000), (("[length]", Fraction(1)),))
HOUR = Unit("h", Fraction(3600), (("[time]", Fraction(1)),))
ONE = Unit("1", Fraction(1), ())
SHARE = Unit("%", Fraction(1, 100), ())


@pytest.mark.parametrize(
    ("make", "text", "factor", "powers"),
    [
        (lambda: KILO * HOUR, "km·h", 3_600_000, {"[length]": 1, "[time]": 1}),
        (lambda: KILO * ONE, "km", 1000, {"[length]": 1}),
        (lambda: ONE * ONE, "1", 1, {}),
        (lambda: KILO / HOUR, "(km)/(h)", Fraction(5, 18), {"[length]": 1, "[time]": -1}),
        (lambda: KILO * KILO, "km·km", 10**6, {"[length]": 2}), (lambda: KILO / KILO, "(km)/(km)", 1, {}),
        (lambda: KILO / (HOUR * HOUR), "(km)/(h·h)", Fraction(1000, 3600**2), {"[length]": 1, "[time]": -2}),
        (lambda: KILO ** Fraction(3), "(km)^3", 10**9, {"[length]": 3}),
        (lambda: HOUR ** Fraction(-1), "(h)^-1", Fraction(1, 3600), {"[time]": -1}),
        (lambda: (KILO * KILO) ** Fraction(2), "(km·km)^2", 10**12, {"[length]": 4}),
        (lambda: ONE ** Fraction(1, 2), "(1)^1/2", 1, {}),
        (lambda: unit_of("x", Fraction(2), {"[b]": Fraction(0), "[a]": Fraction(1)}), "x", 2, {"[a]": 1}),
    ],
)  # fmt: skip
def test_by_hand(make: Callable[[], Unit], text: str, factor: Fraction, powers: dict[str, int]) -> None:
    made = make()
    assert (made.text, made.factor, dict(made.dimensions)) == (text, factor, powers)
    assert made.is_number is (powers == {})


def test_a_root_of_what_is_one_has_a_factor() -> None:
    """Of one metre squared it is one metre; of an hour it is no fraction."""
    square = Unit("m2", Fraction(1), (("[length]", Fraction(2)),))
    assert square ** Fraction(1, 2) == Unit("(m2)^1/2", Fraction(1), (("[length]", Fraction(1)),))
    for unit, said in ((HOUR, "h"), (SHARE, "%")):
        with refused(UnitError, f"a root of {said} has no exact factor; take the root of a pure number"):
            _ = unit ** Fraction(1, 2)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("1", "a pure number"), ("%", "a pure number"), ("GPU*hour", "accelerator · time"), ("kW", "energy / time"),
        ("1/day", "1 / time"), ("m2", "area"), ("kWh/(person*month)", "energy / person / time"),
        ("GB/s**2", "information / time^2"), ("stage", "pipeline stage"),
    ],
)  # fmt: skip
def test_its_dimensions_in_words(unit: str, said: str) -> None:
    assert parse_unit(unit).describe() == said
