"""A number as text: separators, powers of ten, halves away from zero; no quantity is known here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

from calc.base.unit_words import TEX, unit_latex, unit_text

__all__ = [
    "DIGITS", "FEWEST_DIGITS", "MULTIPLES", "PLAIN_POWERS", "SAME", "SMALLEST_SHARE", "SUPERSCRIPTS",
    "Shown", "bare", "digits_of", "percent", "percentage", "times", "whole",
]  # fmt: skip

DIGITS = 3
FEWEST_DIGITS = 2
PLAIN_POWERS = (-3, 7)  # from 10**-3 to below 10**7 a number is written without a power of ten
MULTIPLES = {"million": 6, "billion": 9, "trillion": 12}  # powers of ten as people say them
SAME = 14  # digits: numbers that agree in these are one, but for what doubles make of it
SMALLEST_SHARE = Fraction(1, 10_000)
SUPERSCRIPTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("-0123456789", SUPERSCRIPTS)


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
    def value(self) -> Fraction:
        """What the print says, exactly, in its unit: 43.9 of 43.875."""
        return Fraction(self.mantissa.replace(",", "")) * Fraction(10) ** self.exponent

    @property
    def place(self) -> Fraction:
        """One of the last digit that is printed: 0.1 of 43.9, and 1 of 4,720."""
        return Fraction(10) ** (self.exponent - len(self.mantissa.partition(".")[2]))

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


def digits_of(number: Fraction, digits: int, padded: bool = False) -> tuple[str, int]:
    """Mantissa and exponent, halves away from zero; fewer digits where these are all, unless it is to be padded."""
    with localcontext(Context(prec=50)):
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        if not exact:
            return "0", 0
        quantum = Decimal(1).scaleb(exact.adjusted() - digits + 1)
        rounded = exact.quantize(quantum, rounding=ROUND_HALF_UP)
        whole = abs(exact - rounded) <= abs(exact).scaleb(-SAME)
        exponent = rounded.adjusted()
        if PLAIN_POWERS[0] <= exponent < PLAIN_POWERS[1]:
            places = max(0, digits - 1 - exponent)
            text = f"{rounded:,.{places}f}"
            return (text if padded or not whole else _strip(text)), 0
        mantissa = rounded.scaleb(-exponent)
        text = f"{mantissa:.{digits - 1}f}"
        return (text if padded or not whole else _strip(text)), exponent


def _strip(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def bare(value: float, digits: int = DIGITS) -> str:
    """A number that has no quantity, as plain text.

    Examples
    --------
    >>> bare(6.75), bare(-1.23456e-7)
    ('6.75', '−1.23×10⁻⁷')
    """
    mantissa, exponent = digits_of(Fraction(value), digits)
    return Shown(mantissa, exponent, "").number


def times(factor: Fraction) -> str:
    r"""A factor with three significant digits.

    Examples
    --------
    >>> times(Fraction(7, 4)), times(Fraction("0.34653"))
    ('×\xa01.75', '×\xa00.347')
    """
    mantissa, exponent = digits_of(factor, DIGITS)
    return "×\N{NO-BREAK SPACE}" + Shown(mantissa, exponent, "").number


def percent(share: Fraction) -> str:
    r"""A relative difference as a signed percentage with two significant digits.

    Examples
    --------
    >>> percent(Fraction(1, 4)), percent(Fraction(0))
    ('+25\xa0%', '0\xa0%')
    """
    if 0 < abs(share) < SMALLEST_SHARE:
        return f"under {digits_of(SMALLEST_SHARE * 100, FEWEST_DIGITS)[0]}\N{NO-BREAK SPACE}%"
    mantissa, exponent = digits_of(share * 100, FEWEST_DIGITS)
    sign = "+" if share > 0 else ""
    return Shown(sign + mantissa, exponent, "%").text


LITTLE = "under 1"  # per cent: what a share is that rounds to none


def percentage(share: float) -> str:
    r"""A share as whole per cent, halves away from zero; one that would be none of them as under 1 %.

    Examples
    --------
    >>> percentage(0.876), percentage(0.001), percentage(0), percentage(-0.125)
    ('88\xa0%', 'under 1\xa0%', '0\xa0%', '−13\xa0%')
    """
    said = Decimal(float(100 * share) or 0).to_integral_value(ROUND_HALF_UP)
    return Shown(str(said) if said or not share else LITTLE, 0, "%").text


def whole(value: float) -> str:
    """A number to the nearest whole one, for labels of a chart's axis.

    Examples
    --------
    >>> whole(1025.64), whole(0.5)
    ('1,026', '1')
    """
    text = f"{math.floor(value + 0.5):,}"
    return text.replace("-", "\N{MINUS SIGN}")
