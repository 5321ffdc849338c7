"""What a person may give for a quantity: a number, text with a unit, a pint quantity, a derivation, an array."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from calc.base.errors import DomainError, UnitError, an
from calc.base.foreign import NUMBERS, check_array, check_units, scalar
from calc.base.limits import ENDS, EXPONENT, too_wide
from calc.base.units import convert, parse_unit, parse_value
from calc.base.visible import said
from calc.base.written import Ends, ends_written, size_written

if TYPE_CHECKING:
    from calc.base.quantities import Quantity

__all__ = [
    "AXES", "WIDE", "Range", "between_ends", "exact", "is_array", "is_plain", "own_unit_array", "own_unit_range",
    "own_unit_value",
]  # fmt: skip

AXES = 16  # of an array; all inputs of a formula together may have no more than 32
WIDE = 10  # as `calc.model.distributions.WIDE`


def is_plain(value: Any) -> bool:
    """Whether it is an ordinary Python number (a truth value is not)."""
    return type(value) is float or type(value) is int


def is_array(value: Any) -> bool:
    """Whether it is an array, a Dask array, a list, or a pint quantity that holds one."""
    magnitude = getattr(value, "magnitude", value)  # pint's quantities have Dask's methods, whatever they hold
    if getattr(magnitude, "ndim", 0) > 0:
        return True
    return isinstance(value, (list, tuple)) or hasattr(magnitude, "__dask_graph__")


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
        if isinstance(value, Decimal):
            if not value.is_finite():
                raise DomainError(f"{value} is not a finite number")
            if value and abs(value.adjusted()) > EXPONENT:  # a fraction would have as many digits
                raise DomainError(f"{value:.6E} is out of range; exponents up to {EXPONENT} are read")
        return Fraction(int(value)) if isinstance(value, Integral) else Fraction(value)
    if isinstance(value, Real):
        if not math.isfinite(float(value)):
            raise DomainError(f"{value} is not a finite number")
        return Fraction(repr(float(value)))
    raise DomainError(f"{said(value)} is {an(type(value).__name__)}; give a number or text such as '6.5 kW/server'")


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
        number = _read(quantity, value)
    elif _is_derived(value):
        number = _same_quantity(quantity, value)
    elif hasattr(value, "magnitude") and hasattr(value, "units"):
        check_units(value)
        number = convert(_exact(quantity, value.magnitude), parse_unit(_unit_text(value)), own, quantity.name)
    else:
        number = _exact(quantity, value)
    quantity.domain.check(number, quantity.name, quantity.unit)
    return number


def _exact(quantity: Quantity, value: Any) -> Fraction:
    try:
        return exact(scalar(value))
    except DomainError as error:
        raise DomainError(f"{quantity.name}: {error}; accepted: {quantity.domain.words}") from None


def _read(quantity: Quantity, text: str) -> Fraction:
    """A text's value in the own unit, whether or not it belongs to the domain."""
    own = quantity.parsed_unit
    try:
        if ends_written(text):
            raise UnitError(f"{text.strip()!r} is a range, and one value is taken here")
        number, unit = parse_value(size_written(text, quantity.unit), own)
    except UnitError as error:
        raise UnitError(f"{quantity.name}: {error}") from None
    return number if unit is None else convert(number, unit, own, quantity.name)


@dataclass(frozen=True)
class Range:
    """A range that a person gave, exact and in the quantity's own unit.

    Attributes
    ----------
    low, value, high : its ends, and the value within.
    kind : how likely the values in it are; see `own_unit_range`.
    """

    low: Fraction
    value: Fraction
    high: Fraction
    kind: str


def own_unit_range(quantity: Quantity, value: Any) -> Range | None:
    """A range in the quantity's own unit; None where one value is given.

    Between two ends of which no more is said, every value is as likely as the next (GUM, 4.3.7), and the value is their
    middle; where one end is ten times the other, which says no more than an order of magnitude, it is the same of their
    logarithms: lognormal, with the ends as 5 and 95 % points. A value with ±, or with its ends in brackets, is drawn
    as the value, low and high of a scenario's file are.

    Raises
    ------
    UnitError : an end cannot be read, or the ends are exchanged.
    DomainError : an end is outside the domain.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> own_unit_range(quantity("server_power"), "3 to 6.5 kW/server")
    Range(low=Fraction(3, 1), value=Fraction(19, 4), high=Fraction(13, 2), kind='uniform')
    """
    if not isinstance(value, str):
        return None
    try:
        written = ends_written(value)
    except UnitError as error:
        raise UnitError(f"{quantity.name}: {error}") from None
    if written is None:
        return None
    middle = _read(quantity, written.value) if written.value else None
    low, high = _ends(quantity, written, middle)
    for end in (low, high):
        quantity.domain.check(end, quantity.name, quantity.unit)
    if float(low) == float(high) or (written.by and low > high):  # so little around a whole number has no other in it
        raise UnitError(f"{quantity.name}: {value.strip()!r} is a range without two values in it; give the one alone")
    if not low < high or (middle is not None and not low <= middle <= high):
        raise UnitError(f"{quantity.name}: {value.strip()!r} is no range; write the lower end first, as in '3 to 6.5'")
    if too_wide(low, high):
        raise DomainError(f"{quantity.name}: {value.strip()!r} is a range over more than {ENDS:.0e}")
    return between_ends(quantity, low, high) if middle is None else Range(low, middle, high, "")


def between_ends(quantity: Quantity, low: Fraction, high: Fraction) -> Range:
    """The range of which somebody knows no more than both ends, as `own_unit_range` has it, with the value within.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> between_ends(quantity("server_power"), Fraction(1), Fraction(100))
    Range(low=Fraction(1, 1), value=Fraction(10, 1), high=Fraction(100, 1), kind='lognormal')
    """
    wide = low > 0 and high >= WIDE * low and not quantity.domain.is_share
    middle = Fraction(f"{math.sqrt(float(low) * float(high)):.6g}") if wide else (low + high) / 2
    middle = Fraction(round(middle)) if quantity.domain.whole else middle
    return Range(low, middle, high, "lognormal" if wide else "uniform")


def _ends(quantity: Quantity, written: Ends, middle: Fraction | None) -> tuple[Fraction, Fraction]:
    if written.by == "share" and quantity.domain.is_share:
        raise UnitError(f"{quantity.name}: per cent of the value, or points? Write both ends, as in '66 to 86 %'")
    if not written.by or middle is None:
        return _read(quantity, written.low), _read(quantity, written.high)
    width = abs(middle) * _plain_number(written.low) / 100 if written.by == "share" else _read(quantity, written.low)
    low, high = middle - width, middle + width
    return (Fraction(math.ceil(low)), Fraction(math.floor(high))) if quantity.domain.whole else (low, high)


def _plain_number(text: str) -> Fraction:
    """A number alone, as it is written."""
    return parse_value(text)[0]


def own_unit_array(quantity: Quantity, value: Any) -> Any:
    """An array in the quantity's own unit; its domain is checked block by block, where it is computed."""
    import numpy as np

    if type(value) is np.ndarray and value.dtype.kind in NUMBERS and value.ndim <= AXES:
        return value
    check_array(getattr(value, "magnitude", value), quantity.name)
    if hasattr(value, "magnitude") and hasattr(value, "units"):
        check_units(value)
        given, own = parse_unit(_unit_text(value)), quantity.parsed_unit
        first = next(iter(getattr(value.magnitude, "flat", ())), 1)  # for a message with a value in it
        if given.dimensions != own.dimensions:
            convert(exact(scalar(first)), given, own, quantity.name)
        return value.magnitude * float(convert(Fraction(1), given, own, quantity.name))
    if hasattr(value, "__dask_graph__"):
        return value
    if isinstance(value, (list, tuple)) and any(isinstance(one, bool) for one in value):
        raise DomainError(f"{quantity.name}: a list with a truth value; give numbers")
    try:
        array = np.asarray(value)
    except ValueError:
        raise DomainError(
            f"{quantity.name} was given lists of unequal lengths; accepted: an array of numbers"
        ) from None
    except MemoryError:
        raise DomainError(f"{quantity.name} was given more numbers than memory holds: {said(value)}") from None
    except Exception:  # what is in it says so in its own way
        raise DomainError(f"{quantity.name} was given a list of something else than numbers: {said(value)}") from None
    check_array(array, quantity.name)
    if array.ndim > AXES:
        raise DomainError(f"{quantity.name} was given an array of {array.ndim} axes; accepted: up to {AXES}")
    return array


def _unit_text(value: Any) -> str:
    return str(value.units).replace(" ", "") if str(value.units) != "dimensionless" else "1"


def _is_derived(value: Any) -> bool:
    """Whether it is a derivation, which a room above defines."""
    yields = getattr(getattr(value, "formula", None), "result", None)
    return hasattr(yields, "parsed_unit") and isinstance(getattr(value, "exact", None), Fraction)


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
