"""Conversions that sources are known to get wrong: each against the definition of its unit, or a published pair."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc.base.errors import CalcError
from calc.base.units import convert, parse_unit


def to(value: str, unit: str, wanted: str) -> float:
    """A value in another unit."""
    return float(convert(Fraction(value), parse_unit(unit), parse_unit(wanted), "value"))


PAIRS = [
    ("1", "tCO2e", "kgCO2e", 1000, "a tonne"),
    ("1", "short_tonCO2e", "kgCO2e", 907.18474, "a short ton is 9 % less than a tonne"),
    ("1", "lbCO2e/MWh", "gCO2e/kWh", 0.45359237, "a pound, and a thousand on either side"),
    ("429.983", "lbCO2e/MWh", "gCO2e/kWh", 195.037, "eGRID2023, California"),
    ("599.170", "lbCO2e/MWh", "gCO2e/kWh", 271.779, "eGRID2023, RFC East"),
    ("0.429", "kgCO2e/kWh", "gCO2e/kWh", 429, "Patterson's and Ember's units"),
    ("0.429", "tCO2e/MWh", "kgCO2e/kWh", 0.429, "t/MWh is kg/kWh"),
    ("1", "gal", "L", 3.785411784, "the American gallon, not the imperial one of 4.546 L"),
    ("845.8", "Mgal", "ML", 3201.7, "Google in Council Bluffs in 2021: 3.2 and not 3.8 billion litres"),
    ("1", "acre_foot", "m3", 1233.48, "an acre a foot deep"),
    ("1", "m3", "L", 1000, "a cubic metre"),
    ("1", "ML", "m3", 1000, "a megalitre is a thousand cubic metres"),
    ("1", "m3/MWh", "L/kWh", 1, "water of power stations as papers print it"),
    ("1", "TWh/year", "MW", 114.155, "a year has 8,760 h"),
    ("200", "MW", "TWh/year", 1.752, "200 MW around the clock"),
    ("1", "USD/(kW*month)", "USD/(kW*year)", 12, "a charge by the month"),
    ("10791", "kWh/(household*year)", "kWh/(household*month)", 899.25, "EIA's home: 899 kWh a month"),
    ("1", "USD/Mtoken", "USD/token", 1e-6, "a million tokens"),
    ("8.04", "USD/MWh", "USD/kWh", 0.00804, "cents and dollars are told apart by hand"),
    ("1", "MUSD", "USD", 1e6, "a million dollars"),
    ("1", "J/token", "kWh/Mtoken", 0.277778, "a joule a token"),
    ("1", "short_tonCO2e", "tCO2e", 0.90718474, "and no tonne"),
    ("211", "Ggal", "ML", 798722, "LBNL: 211 billion gallons are 800 billion litres"),
    ("281000", "m3", "Mgal", 74.232346, "Mistral's life cycle: 281,000 m3, which ITPro prints as 74.2 million gallons"),
    ("1", "acre_foot", "gal", 325851.43, "an acre-foot, as water districts print it"),
    ("1", "acre", "m2", 4046.856, "an acre"),
    ("1", "km2", "m2", 1e6, "a square kilometre"),
    ("1", "RT", "kW", 3.516853, "a ton of cooling is no tonne and no ton"),
    ("12000", "Btu/hour", "RT", 1, "a ton of cooling, as it is defined"),
    ("3412.14", "Btu", "kWh", 1, "a kWh in British thermal units"),
    ("18", "degF_step", "K", 10, "a rise of 18 °F is one of 10 °C"),
    ("1", "gal/min", "L/min", 3.785412, "gpm"),
    ("1", "MWh/year", "kWh/month", 83.3333, "by the month and by the year"),
    ("1", "MW", "MWh/day", 24, "a megawatt for a day"),
    ("0.81", "lbCO2e/kWh", "gCO2e/kWh", 367.410, "EIA's 0.81 lb is its 0.367 kg"),
    ("1", "GUSD", "MUSD", 1000, "a billion is a thousand million"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "unit", "wanted", "expected", "_"), PAIRS)
def test_conversions(value, unit, wanted, expected, _):
    assert to(value, unit, wanted) == pytest.approx(expected, rel=5e-6)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("MW", "MWh"),
        ("MW", "MWh/kWh"),
        ("g", "gCO2e"),
        ("t", "tCO2e"),
        ("L/kWh", "L"),
        ("USD", "USD/year"),
        ("m3", "kg"),
        ("EUR", "USD"),
        ("MW", "MVA"),
        ("RT", "t"),
        ("K", "J"),
        ("km", "km2"),
    ],
)
def test_unlike_units_are_refused(unit, wanted):
    with pytest.raises(CalcError):
        to("1", unit, wanted)
