"""What a reader gives for an input of a chain: a value, a range, or GPU-hours beside the GPUs that spent them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from calc.base.errors import UnitError
from calc.base.quantities import Quantity, quantity
from calc.base.units import parse_value
from calc.base.values import own_unit_range, own_unit_value
from calc.model.scenario import Scenario
from calc.model.step import Given

__all__ = ["as_given", "given_value"]


def as_given(q: Quantity, value: Any, named: Mapping[Quantity, Any], base: Scenario) -> Given:
    """What a reader gave: a value, or a range; one that was read before stays as it is."""
    if isinstance(value, Given):
        return value
    spread = own_unit_range(q, value)
    if spread is not None:
        return Given(q, spread.value, (spread.low, spread.high), spread.kind)
    return Given(q, given_value(q, value, named, base))


def given_value(q: Quantity, value: Any, named: Mapping[Quantity, Any], base: Scenario) -> Fraction:
    """A reader's value in the quantity's own unit; GPU-hours for a time are divided by the GPUs that were given too.

    Raises
    ------
    UnitError, DomainError : as `calc.base.values.own_unit_value`; of GPU-hours with what they come to here.

    Examples
    --------
    >>> from calc import scenario
    >>> given_value(quantity("training_time"), "2400 GPU*h", {quantity("gpus"): 10}, scenario("gpt-4"))
    Fraction(10, 1)
    """
    try:
        return own_unit_value(q, value.value if isinstance(value, Given) else value)
    except UnitError as error:
        counted = _counted_too(q, value)
        if counted is None:
            raise
        number, of = counted
        if of in named:
            return own_unit_value(q, number / own_unit_value(of, named[of]))
        fixed = base.get(of)
        there = ""
        if fixed is not None:
            there = f", or {float(number / fixed.value):.4g} {q.unit}, which is by the {fixed.value} of {base.name}"
        raise UnitError(f"{error}; give {of.name} with it{there}") from None


_COUNTS = {"[accelerator]": "gpus", "[server]": "servers"}


def _counted_too(q: Quantity, value: Any) -> tuple[Fraction, Quantity] | None:
    """A value that counts GPUs or servers beside its quantity, in own units, and what they are counted by."""
    if not isinstance(value, str):
        return None
    try:
        number, unit = parse_value(value)
    except UnitError:
        return None
    over = (unit / q.parsed_unit).dimensions if unit is not None else ()
    if unit is None or len(over) != 1 or over[0][1] != 1 or over[0][0] not in _COUNTS:
        return None
    return number * unit.factor / q.parsed_unit.factor, quantity(_COUNTS[over[0][0]])
