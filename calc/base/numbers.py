"""All number formatting of the book: digits, separators, powers of ten, units.

Digits follow the range. A result keeps three significant digits, or fewer, never fewer than two, where the second digit
of its standard uncertainty stands further left (GUM, 7.2.6). The percentiles of its draws end at the place that a
quarter of the distance between them reaches, again with two digits at least. A whole quantity is a count, and its
value is shown in full.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from calc.base.domains import FRACTION
from calc.base.units import convert, parse_unit, scaled

if TYPE_CHECKING:
    from calc.base.quantities import Quantity

__all__ = [
    "DIGITS", "EXACT_DIGITS", "FEWEST_DIGITS", "PLAIN_POWERS", "PLURALS", "PREFIXED_BELOW", "SMALLEST_SHARE",
    "STEP_DIGITS", "SUPERSCRIPTS", "TEX", "TEX_SIGNS", "UNIT_WORD", "UNPREFIXED",
    "Shown", "bare", "between", "digits_known", "own_unit_only", "percent", "plural", "show", "show_at", "show_given",
    "show_range", "show_spread", "show_step", "show_uncertainty", "times", "unit_latex", "unit_text", "units_text",
]  # fmt: skip

DIGITS = 3
FEWEST_DIGITS = 2
STEP_DIGITS = 5  # of a derived input, so that the printed line gives the printed result
EXACT_DIGITS = 7
PLAIN_POWERS = (-3, 7)  # from 10**-3 to below 10**7 a number is written without a power of ten
UNPREFIXED = (Fraction(1, 10), Fraction(10_000))  # from one to below the other a value stays in its own unit
PREFIXED_BELOW = 1000  # and else takes a prefix that leaves 1 to below this
SMALLEST_SHARE = Fraction(1, 10_000)
PLURALS = {
    noun: f"{noun}s"
    for noun in (
        "GPU", "server", "replica", "stage", "layer", "token", "prompt", "parameter", "household", "turbine",
        "block", "coin",
        "second", "minute", "hour", "day", "week", "month", "year",
    )
} | {"microbatch": "microbatches", "person": "people"}  # fmt: skip
SUPERSCRIPTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("-0123456789", SUPERSCRIPTS)
# A value in LaTeX, each @ for what stands there. The pages' scripts are handed the same.
TEX = {"comma": "{,}", "power": r" \times 10^{@}", "gap": r"\,", "word": r"\mathrm{@}"}
TEX_SIGNS = {"%": r"\%", "*": r"\cdot", "·": r"\cdot"}
UNIT_WORD = "[A-Za-zµ]+"


@dataclass(frozen=True)
class Shown:
    """A number with its unit, ready for print.

    Attributes
    ----------
    mantissa, exponent : the number; no exponent is 0.
    unit : the unit's text, in the plural where it needs one; empty for a pure number.
    """

    mantissa: str
    exponent: int
    unit: str

    @property
    def text(self) -> str:
        """As plain text: ``2.18×10²⁵ FLOP``."""
        return _join(self.number, unit_text(self.unit))

    @property
    def number(self) -> str:
        """The number alone, as plain text."""
        power = f"×10{str(self.exponent).translate(_RAISED)}" if self.exponent else ""
        return self.mantissa.replace("-", "\N{MINUS SIGN}") + power

    @property
    def latex(self) -> str:
        """As LaTeX for math mode."""
        mantissa = self.mantissa.replace(",", TEX["comma"])
        power = TEX["power"].replace("@", str(self.exponent)) if self.exponent else ""
        unit = unit_latex(self.unit)
        gap = TEX["gap"] if unit else ""
        return f"{mantissa}{power}{gap}{unit}"


def _join(number: str, unit: str) -> str:
    """A number and its unit, kept on one line."""
    return f"{number}\N{NO-BREAK SPACE}{unit}" if unit else number


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
    mantissa, exponent = _digits(number, EXACT_DIGITS if quantity.domain.whole else digits)
    return Shown(mantissa, exponent, "" if unit == "1" else plural(unit, number))


def show_given(value: Fraction, quantity: Quantity, unit: str) -> Shown:
    """Format an input: in the unit in which it was stated, with all its digits up to seven."""
    return show(value, quantity, unit if unit != "1" else _best_unit(value, quantity), EXACT_DIGITS)


def show_step(value: Fraction, quantity: Quantity) -> Shown:
    """Format a derived input: with more digits than a result has, so that the line can be checked by hand."""
    return show(value, quantity, None, STEP_DIGITS)


def show_range(low: Fraction, high: Fraction, quantity: Quantity, unit: str | None = None) -> str:
    r"""Format a range in one unit, as in ``16.2–48.8 GWh``.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> show_range(Fraction("16.2"), Fraction("48.75"), quantity("training_energy"))
    '16.2–48.8\xa0GWh'
    """
    unit = unit or _best_unit(high, quantity)
    return between(show(low, quantity, unit), show(high, quantity, unit), "–")


def between(first: Shown, last: Shown, word: str = " to ") -> str:
    r"""Two numbers in one unit as text: ``24 to 43 GWh``; a power of ten that both have is said once.

    Examples
    --------
    >>> between(Shown("2.06", 25, "FLOP"), Shown("2.18", 25, "FLOP"))
    '2.06 to 2.18×10²⁵\xa0FLOP'
    """
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
    """
    unit = unit or _best_unit(value, quantity)
    factor = float(convert(Fraction(1), quantity.parsed_unit, parse_unit(unit), quantity.name))
    width = (values[-1] - values[0]) * factor
    found = []
    for one in values:
        number = one * factor
        digits = EXACT_DIGITS if not width else _place(number) - _place(width / 4) + 1 if number else FEWEST_DIGITS
        exact = Fraction(number)
        # Side by side, 25.0 to 28.0; but nobody counts 5.0 servers.
        mantissa, exponent = _digits(exact, min(EXACT_DIGITS, max(FEWEST_DIGITS, digits)), not quantity.domain.whole)
        found.append(Shown(mantissa, exponent, "" if unit == "1" else plural(unit, exact)))
    return tuple(found)


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
    mantissa, exponent = _digits(number, digits)
    return Shown(mantissa, exponent, "" if unit == "1" else plural(unit, number))


def bare(value: float, digits: int = DIGITS) -> str:
    """A number that has no quantity, as plain text.

    Examples
    --------
    >>> bare(6.75), bare(-1.23456e-7)
    ('6.75', '−1.23×10⁻⁷')
    """
    mantissa, exponent = _digits(Fraction(value), digits)
    return Shown(mantissa, exponent, "").number


def _best_unit(value: Fraction, quantity: Quantity) -> str:
    """The own unit, or the same with the prefix that leaves one to four digits before the point."""
    fixed = own_unit_only(quantity)
    if fixed:
        return fixed
    if value == 0 or UNPREFIXED[0] <= abs(value) < UNPREFIXED[1]:
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
        return "%" if quantity.domain is FRACTION else "1"
    return "FLOP" if quantity.unit == "FLOP" else ""  # PFLOP, a count, reads too much like PFLOP/s, a rate


def _digits(number: Fraction, digits: int, padded: bool = False) -> tuple[str, int]:
    """Mantissa and exponent, halves away from zero; fewer digits where these are all, unless it is to be padded."""
    with localcontext(Context(prec=50)):
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        if not exact:
            return "0", 0
        quantum = Decimal(1).scaleb(exact.adjusted() - digits + 1)
        rounded = exact.quantize(quantum, rounding=ROUND_HALF_UP)
        exponent = rounded.adjusted()
        if PLAIN_POWERS[0] <= exponent < PLAIN_POWERS[1]:
            places = max(0, digits - 1 - exponent)
            text = f"{rounded:,.{places}f}"
            return (text if padded or exact != rounded else _strip(text)), 0
        mantissa = rounded.scaleb(-exponent)
        text = f"{mantissa:.{digits - 1}f}"
        return (text if padded or exact != rounded else _strip(text)), exponent


def _strip(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def plural(unit: str, number: Fraction) -> str:
    """The unit with its leading noun in the plural, unless there is one of it."""
    match = re.match(r"[A-Za-z]+", unit)
    head = match.group() if match else ""
    return unit if number == 1 else PLURALS.get(head, head) + unit[len(head) :]


def units_text(unit: str) -> str:
    """A unit as it stands behind "in": in the plural where it is a noun.

    Examples
    --------
    >>> units_text("prompt/day"), units_text("microbatch/replica"), units_text("MW")
    ('prompts/day', 'microbatches/replica', 'MW')
    """
    return unit_text(plural(unit, Fraction(2)))


def unit_text(unit: str) -> str:
    """A unit as plain text, with a raised dot for products."""
    return unit.replace("*", "·")


def unit_latex(unit: str) -> str:
    r"""A unit as LaTeX for math mode.

    Examples
    --------
    >>> unit_latex("kWh/(person*month)")
    '\\mathrm{kWh}/(\\mathrm{person}\\cdot\\mathrm{month})'
    """
    spelt = re.sub(UNIT_WORD, lambda m: TEX["word"].replace("@", m.group()), unit)
    for sign, said in TEX_SIGNS.items():
        spelt = spelt.replace(sign, said)
    return spelt


def times(factor: Fraction) -> str:
    r"""A factor with three significant digits.

    Examples
    --------
    >>> times(Fraction(7, 4)), times(Fraction("0.34653"))
    ('×\xa01.75', '×\xa00.347')
    """
    mantissa, exponent = _digits(factor, DIGITS)
    return "×\N{NO-BREAK SPACE}" + Shown(mantissa, exponent, "").number


def percent(share: Fraction) -> str:
    r"""A relative difference as a signed percentage with two significant digits.

    Examples
    --------
    >>> percent(Fraction(1, 4)), percent(Fraction(0))
    ('+25\xa0%', '0\xa0%')
    """
    if 0 < abs(share) < SMALLEST_SHARE:
        return f"under {_digits(SMALLEST_SHARE * 100, FEWEST_DIGITS)[0]}\N{NO-BREAK SPACE}%"
    mantissa, exponent = _digits(share * 100, FEWEST_DIGITS)
    sign = "+" if share > 0 else ""
    return Shown(sign + mantissa, exponent, "%").text
