"""Values of quantities as text: in which unit, and in how many digits.

Digits follow the range. A result keeps three significant digits, or fewer, never fewer than two, where the second digit
of its standard uncertainty stands further left (GUM, 7.2.6). The percentiles of its draws end at the place that a
quarter of the distance between them reaches, again with two digits at least. A whole quantity is a count, and its
value is shown in full.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from calc.base.decimals import DIGITS, FEWEST_DIGITS, Shown, digits_of
from calc.base.unit_words import plural
from calc.base.units import convert, parse_unit, scaled

if TYPE_CHECKING:
    from calc.base.quantities import Quantity

__all__ = [
    "ABOUT", "EXACT_DIGITS", "PREFIXED_BELOW", "STEP_DIGITS", "UNPREFIXED", "between", "digits_known", "own_unit_only",
    "show", "show_at", "show_given", "show_range", "show_spread", "show_step", "show_uncertainty",
]  # fmt: skip

ABOUT = "about"  # before two ends that are printed alike
STEP_DIGITS = 5  # of a derived input, so that the printed line gives the printed result
EXACT_DIGITS = 7
NEAR = 1e-9  # of a value: what a computer makes of equal numbers
UNPREFIXED = (Fraction(1, 10), Fraction(10_000))  # from one to below the other a value stays in its own unit
PREFIXED_BELOW = 1000  # and else takes a prefix that leaves 1 to below this


def show(value: Fraction, quantity: Quantity, unit: str | None = None, digits: int = DIGITS) -> Shown:
    r"""Format a value of a quantity.

    Parameters
    ----------
    value : in the quantity's own unit.
    unit : the unit to show it in; the prefix that reads best when left out.
    digits : significant digits; a shorter exact value is shown as it is, and a whole quantity in full.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> show(Fraction("43.875"), quantity("training_energy")).text
    '43.9\xa0GWh'
    >>> show(Fraction(25000), quantity("gpus")).latex
    '25{,}000\\,\\mathrm{GPUs}'
    >>> show(Fraction(21840) * 10**21, quantity("training_flop")).text
    '2.18×10²⁵\xa0FLOP'
    """
    unit = unit or _best_unit(value, quantity)
    number = convert(value, quantity.parsed_unit, parse_unit(unit), quantity.name)
    mantissa, exponent = digits_of(number, EXACT_DIGITS if quantity.domain.whole else digits)
    return Shown(mantissa, exponent, "" if unit == "1" else plural(unit, number))


def show_given(value: Fraction, quantity: Quantity, unit: str) -> Shown:
    """Format an input: in the unit in which it was stated, with all its digits up to seven."""
    return show(value, quantity, unit if unit != "1" else _best_unit(value, quantity), EXACT_DIGITS)


def show_step(value: Fraction, quantity: Quantity, digits: int = STEP_DIGITS) -> Shown:
    """Format a derived input: with more digits than a result has, so that the line can be checked by hand."""
    return show(value, quantity, None, digits)


def show_range(
    low: Fraction, high: Fraction, quantity: Quantity, unit: str | None = None, value: Shown | None = None
) -> str:
    r"""Format a range in one unit, as in ``16.2–48.8 GWh``; in more digits where else its ends would print alike.

    Parameters
    ----------
    value : one inside, as it is printed in that unit, which is to be inside what is printed too.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> show_range(Fraction("16.2"), Fraction("48.75"), quantity("training_energy"))
    '16.2–48.8\xa0GWh'
    >>> show_range(Fraction("6.5"), Fraction("6.5001"), quantity("server_power"))
    '6.5–6.5001\xa0kW/server'
    """
    unit = unit or _best_unit(high, quantity)
    for digits in range(DIGITS, EXACT_DIGITS + 1):
        ends = show(low, quantity, unit, digits), show(high, quantity, unit, digits)
        inside = value is None or ends[0].value <= value.value <= ends[1].value
        if inside and ends[0].value < ends[1].value:
            break
    return between(*ends, "–")


def between(first: Shown, last: Shown, word: str = " to ") -> str:
    r"""Two numbers in one unit as text: ``24 to 43 GWh``; a power of ten that both have is said once.

    Two that are printed alike are ``about 24 GWh``: what lies between them is nearer to it than its last digit.

    Examples
    --------
    >>> between(Shown("2.06", 25, "FLOP"), Shown("2.18", 25, "FLOP"))
    '2.06 to 2.18×10²⁵\xa0FLOP'
    >>> between(Shown("43.9", 0, "GWh"), Shown("43.9", 0, "GWh"))
    'about 43.9\xa0GWh'
    """
    if first.value == last.value:
        return f"{ABOUT} {min(first.text, last.text, key=len)}"
    same = first.exponent == last.exponent
    number = Shown(first.mantissa, 0, "").number if same else first.number
    return f"{number}{word}{last.text}"


def digits_known(value: float, uncertainty: float) -> int:
    """How many significant digits of a value are known, for print: two or three.

    Parameters
    ----------
    value, uncertainty : the value and its standard uncertainty, in one unit.

    Examples
    --------
    >>> digits_known(43.875, 6.1), digits_known(121_000, 15_800), digits_known(13.2, 12)
    (3, 3, 2)
    """
    if not value or not uncertainty:
        return DIGITS
    return min(DIGITS, max(FEWEST_DIGITS, _place(value) - _place(uncertainty) + 2))


def _place(number: float) -> int:
    return math.floor(math.log10(abs(number)))


def show_spread(
    values: tuple[float, ...], quantity: Quantity, value: Fraction, unit: str | None = None
) -> tuple[Shown, ...]:
    r"""Format the 5, 50 and 95 % points of a result's draws in one unit.

    Parameters
    ----------
    values : ascending, in the quantity's own unit.
    value : the central value, whose unit they take where none is given.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> low, median, high = show_spread((24.3, 35.4, 43.2), quantity("training_energy"), Fraction("43.875"))
    >>> low.number, median.text, high.text
    ('24', '35\xa0GWh', '43\xa0GWh')
    >>> [point.number for point in show_spread((0.25, 0.269, 0.28), quantity("total_bubble"), Fraction("0.27"))]
    ['25.0', '26.9', '28.0']

    A value inside them is inside what is printed of them too, as 3,125 is not in 2,500 to 3,100:

    >>> [point.number for point in show_spread((2500, 2800, 3125), quantity("servers"), Fraction(3125))]
    ['2,500', '2,800', '3,130']

    Where no digits of theirs do that, as the value itself is rounded past one of them, all are rounded where it is:

    >>> value, energy = Fraction("1003.9"), quantity("training_energy")
    >>> show(value, energy).text, [point.number for point in show_spread((1003.8, 1015, 1030), energy, value)]
    ('1,000\xa0GWh', ['1,000', '1,020', '1,030'])
    """
    unit = unit or _best_unit(value, quantity)
    if quantity.domain.whole:  # halfway between two counts is none
        values = tuple(float(math.floor(one + 0.5)) for one in values)
    inside = values[0] <= float(value) * (1 + NEAR) and float(value) * (1 - NEAR) <= values[-1]
    shown = show(value, quantity, unit).value
    for more in range(EXACT_DIGITS - FEWEST_DIGITS):
        found = _spread(values, quantity, unit, more)
        if not inside or found[0].value <= shown <= found[-1].value:
            return found
    digits = EXACT_DIGITS if quantity.domain.whole else DIGITS
    return _spread(values, quantity, unit, place=_place(float(value) * _factor(quantity, unit)) - digits + 1)


def _spread(
    values: tuple[float, ...], quantity: Quantity, unit: str, more: int = 0, place: int | None = None
) -> tuple[Shown, ...]:
    """Points in one unit, with so many more digits than their width asks for, or down to a place, as a power of ten."""
    factor = _factor(quantity, unit)
    width = (values[-1] - values[0]) * factor
    found = []
    for one in values:
        number = float(one) * factor  # of numpy's numbers too
        digits = EXACT_DIGITS if not width else _place(number) - _place(width / 4) + 1 if number else FEWEST_DIGITS
        exact = Fraction(repr(number))  # as whoever reads it would: 0.0875 is no less
        # Side by side, 25.0 to 28.0; but nobody counts 5.0 servers.
        digits = min(EXACT_DIGITS, max(FEWEST_DIGITS, digits) + more)
        if place is not None and number:
            digits = max(1, _place(number) - place + 1)
        mantissa, exponent = digits_of(exact, digits, not quantity.domain.whole)
        found.append(Shown(mantissa, exponent, "" if unit == "1" else plural(unit, exact)))
    return tuple(found)


def _factor(quantity: Quantity, unit: str) -> float:
    """How many of a unit one of the quantity's own is."""
    return float(convert(Fraction(1), quantity.parsed_unit, parse_unit(unit), quantity.name))


def show_uncertainty(value: float, quantity: Quantity, near: Fraction, unit: str | None = None) -> Shown:
    r"""Format a standard uncertainty: two digits, in the unit of what it is the uncertainty of.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> show_uncertainty(6.127, quantity("training_energy"), Fraction("43.875")).text
    '6.1\xa0GWh'
    """
    return show_at(value, quantity, near, unit, FEWEST_DIGITS)


def show_at(value: float, quantity: Quantity, near: Fraction, unit: str | None = None, digits: int = DIGITS) -> Shown:
    """Format a number in the unit that another value of its quantity is shown in; whole quantities are rounded too."""
    unit = unit if unit and unit != "1" else _best_unit(near, quantity)
    number = convert(Fraction(value), quantity.parsed_unit, parse_unit(unit), quantity.name)
    mantissa, exponent = digits_of(number, digits)
    return Shown(mantissa, exponent, "" if unit == "1" else plural(unit, number))


def _best_unit(value: Fraction, quantity: Quantity) -> str:
    """The own unit, or the same with the prefix that leaves one to four digits before the point."""
    fixed = own_unit_only(quantity)
    if fixed:
        return fixed
    if UNPREFIXED[0] <= abs(value) < UNPREFIXED[1]:
        return quantity.unit
    choices = [(convert(value, quantity.parsed_unit, parse_unit(u), quantity.name), u) for u in scaled(quantity.unit)]
    fitting = [u for number, u in choices if 1 <= abs(number) < PREFIXED_BELOW]
    return fitting[0] if fitting else quantity.unit


def own_unit_only(quantity: Quantity) -> str:
    """The one unit that a quantity's results are shown in, or nothing where the prefix follows the value.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> own_unit_only(quantity("flop_utilisation")), own_unit_only(quantity("training_energy"))
    ('%', '')
    """
    if quantity.unit == "1":
        return "%" if quantity.domain.is_share else "1"
    return "FLOP" if quantity.unit == "FLOP" else ""  # PFLOP, a count, reads too much like PFLOP/s, a rate
