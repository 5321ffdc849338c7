"""How a value that prose names is printed."""

from __future__ import annotations

from fractions import Fraction

from calc.analysis.results import digits as known_digits
from calc.base.numbers import show, show_given, show_range
from calc.model.input import Input
from calc.model.step import Step

__all__ = ["derived_text", "stated_text"]


def derived_text(derivation: Step, value: Fraction, unit: str | None, digits: int | None, form: str) -> str:
    """A derivation's value, or its range, in a unit and with so many digits."""
    result = derivation.formula.result
    if form == "range" and derivation.range is not None:
        return show_range(*derivation.range, result, unit)
    if digits is not None and result.domain.whole:  # a count is shown in full unless somebody asks for fewer digits
        value = _significant(value, digits)
    return show(value, result, unit, digits or known_digits(derivation)).text


def _significant(value: Fraction, digits: int) -> Fraction:
    """A count to so many digits, as one says it when the last ones mean nothing."""
    return Fraction(f"{float(value):.{digits - 1}e}")


def stated_text(found: Input, value: Fraction, unit: str | None, digits: int | None, form: str) -> str:
    """An input's value, or its range, as its source has it."""
    unit = unit or (found.unit.text if found.unit.text != "1" else None)
    if form == "range":
        return show_range(found.low, found.high, found.quantity, unit)
    if unit is None and digits is None:
        return show_given(value, found.quantity, "1").text
    return show(value, found.quantity, unit, digits or 7).text
