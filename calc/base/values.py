"""What a person may give for a quantity: a number, text with a unit, a pint quantity, a derivation, an array."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from calc.base.errors import DomainError, UnitError
from calc.base.units import convert, parse_unit, parse_value

if TYPE_CHECKING:
    from calc.base.quantities import Quantity

__all__ = ["exact", "is_array", "is_plain", "own_unit_array", "own_unit_value"]


def is_plain(value: Any) -> bool:
    """Whether it is an ordinary Python number (a truth value is not)."""
    return type(value) is float or type(value) is int


def is_array(value: Any) -> bool:
    """Whether it is an array, a Dask array, a list, or a pint quantity that holds one."""
    if isinstance(value, (list, tuple)) or hasattr(value, "__dask_graph__"):
        return True
    magnitude = getattr(value, "magnitude", value)
    return getattr(magnitude, "ndim", 0) > 0


def exact(value: Any) -> Fraction:
    """A number as the decimal that a person would read: 0.1 is 1/10, not the nearest double.

    Raises
    ------
    DomainError : it is infinite, not a number, or no number at all.

    Examples
    --------
    >>> exact(0.1)
    Fraction(1, 10)
    """
    if isinstance(value, bool):
        raise DomainError(f"{value} is a truth value; give a number")
    if isinstance(value, (int, Fraction, Decimal)) or (isinstance(value, Integral) and not isinstance(value, float)):
        if isinstance(value, Decimal) and not value.is_finite():
            raise DomainError(f"{value} is not a finite number")
        return Fraction(int(value)) if isinstance(value, Integral) else Fraction(value)
    if isinstance(value, Real):
        if not math.isfinite(float(value)):
            raise DomainError(f"{value} is not a finite number")
        return Fraction(repr(float(value)))
    raise DomainError(f"{value!r} is a {type(value).__name__}; give a number or text such as '6.5 kW/server'")


def own_unit_value(quantity: Quantity, value: Any) -> Fraction:
    """One value in the quantity's own unit, exact and inside its domain.

    Parameters
    ----------
    value : a number in the own unit; text with a unit, or without for the own unit; a pint quantity of any
        registry; a derivation or another quantity's value, which must be the same quantity.

    Raises
    ------
    UnitError : wrong dimension or unknown unit.
    DomainError : outside the domain.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> own_unit_value(quantity("server_power"), "6500 W/server")
    Fraction(13, 2)
    """
    own = quantity.parsed_unit
    if isinstance(value, str):
        try:
            number, unit = parse_value(value)
        except UnitError as error:
            raise UnitError(f"{quantity.name}: {error}") from None
        if unit is not None:
            number = convert(number, unit, own, quantity.name)
    elif hasattr(value, "formula") and hasattr(value, "exact"):
        number = _same_quantity(quantity, value)
    elif hasattr(value, "magnitude") and hasattr(value, "units"):
        number = convert(exact(_scalar(value.magnitude)), parse_unit(_unit_text(value)), own, quantity.name)
    else:
        try:
            number = exact(_scalar(value))
        except DomainError as error:
            raise DomainError(f"{quantity.name}: {error}; accepted: {quantity.domain.words}") from None
    quantity.domain.check(number, quantity.name, quantity.unit)
    return number


def own_unit_array(quantity: Quantity, value: Any) -> Any:
    """An array in the quantity's own unit; its domain is checked block by block, where it is computed."""
    if hasattr(value, "magnitude") and hasattr(value, "units"):
        factor = convert(Fraction(1), parse_unit(_unit_text(value)), quantity.parsed_unit, quantity.name)
        return value.magnitude * float(factor)
    if hasattr(value, "__dask_graph__"):
        return value
    import numpy as np

    try:
        return np.asarray(value)
    except ValueError:
        raise DomainError(
            f"{quantity.name} was given lists of unequal lengths; accepted: an array of numbers"
        ) from None


def _scalar(value: Any) -> Any:
    """A NumPy scalar or 0-d array as a Python number."""
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 1) == 0 else value


def _unit_text(value: Any) -> str:
    return str(value.units).replace(" ", "") if str(value.units) != "dimensionless" else "1"


def _same_quantity(quantity: Quantity, derivation: Any) -> Fraction:
    """Two quantities of one unit are still two: power at the site is not power at the servers."""
    given: Quantity = derivation.formula.result
    if given.name != quantity.name:
        same_place = given.basis == quantity.basis
        why = "" if same_place else f" ({given.counted or 'a pure number'}, not {quantity.counted or 'a pure number'})"
        raise UnitError(
            f"{quantity.name} cannot take the derivation of {given.name}{why}; give its value if you mean it"
        )
    number: Fraction = derivation.exact
    return number
