"""What a word that is no unit may stand for, of units that are made up here."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc.base.errors import UnitError
from calc.base.unit import Unit
from calc.base.unit_hints import unit_hint

UNITS = {
    "mW": ("1/1000", "power"), "MW": ("1000000", "power"), "watt": ("1", "power"), "kilowatt": ("1000", "power"),
    "mB": ("3", "data"), "day": ("86400", "time"), "days": ("86400", "time"), "days_off": ("9", "money"),
    "Token": ("1", "token"), "token": ("1", "token"), "GB": ("1000000000", "data"), "Gb": ("125000000", "data"),
}  # fmt: skip


def parse(text: str) -> Unit:
    """One of these, or one of them over another."""
    above, _, below = text.partition("/")
    found = []
    for part in filter(None, (above, below)):
        if part not in UNITS:
            raise UnitError(part)
        factor, dimension = UNITS[part]
        found.append(Unit(part, Fraction(factor), ((dimension, Fraction(1)),)))
    return found[0] / found[1] if below else found[0]


@pytest.mark.parametrize(
    ("name", "text", "wanted", "hint"),
    [
        ("mw", "mw", None, "'mW', or 'MW' (10⁹ times as much)"), ("Mw", "Mw", None, "'MW', or 'mW' (10⁹ times less)"),
        ("gb", "gb", None, "'Gb', or 'GB' (8 times as much)"), ("gB", "gB", None, "'GB', or 'Gb' (8 times less)"),
        ("TOKEN", "TOKEN", None, "'Token'"), ("mw", "mw/day", "MW/day", "'mW', or 'MW' (10⁹ times as much)"),
        ("gb", "gb/day", "MW/day", ""), ("dya", "dya", None, "'day'"), ("dya", "MW/dya", "MW/day", "'day'"),
        ("kilowats", "kilowats", None, "'kilowatt'"), ("kilowats", "kilowats", "GB", ""), ("x", "x", None, ""),
        ("zzzz", "zzzz", None, ""), ("dya", "xx/dya", None, ""), ("watts", "watts", None, "'watt'"),
    ],
)  # fmt: skip
def test_hints(name: str, text: str, wanted: str | None, hint: str) -> None:
    found = unit_hint(name, text, UNITS, parse, parse(wanted) if wanted else None)
    assert found == (f"; did you mean {hint}?" if hint else "")


def test_of_a_plural_that_is_near_nothing_the_singular_is_looked_for() -> None:
    assert unit_hint("abs", "abs", ["ab"], lambda text: Unit(text, Fraction(1), ())) == "; did you mean 'ab'?"
    assert unit_hint("abz", "abz", ["ab_"], lambda text: Unit(text, Fraction(1), ())) == "; did you mean 'ab_'?"
    assert unit_hint("s", "s", ["s1"], lambda text: Unit(text, Fraction(1), ())) == ""


def test_a_plural_of_what_is_nearer_without_its_s() -> None:
    assert unit_hint("aqbs", "aqbs", ["xqb"], lambda text: Unit(text, Fraction(1), ())) == "; did you mean 'xqb'?"
    assert unit_hint("aqbz", "aqbz", ["xqb"], lambda text: Unit(text, Fraction(1), ())) == ""


def test_where_it_is_known_what_is_wanted_the_whole_is_compared() -> None:
    """A day over a milliwatt is more than one over a megawatt."""
    assert unit_hint("mw", "day/mw", UNITS, parse) == "; did you mean 'mW', or 'MW' (10⁹ times as much)?"
    wanted = parse("day/MW")
    assert unit_hint("mw", "day/mw", UNITS, parse, wanted) == "; did you mean 'mW', or 'MW' (10⁹ times less)?"


def test_as_much_is_said_in_three_digits() -> None:
    units = {
        "AB": Unit("AB", Fraction(1), ()),
        "ab": Unit("ab", Fraction(12345, 10), ()),
        "aB": Unit("aB", Fraction(1), ()),
    }
    assert unit_hint("Ab", "Ab", units, units.__getitem__) == "; did you mean 'AB', or 'ab' (1,230 times as much)?"
    units["ab"] = Unit("ab", Fraction(3, 2), ())
    assert unit_hint("Ab", "Ab", units, units.__getitem__) == "; did you mean 'AB', or 'ab' (1.5 times as much)?"
