"""Numbers as they stand in an address: the shortest decimal that gives the double back, written as JavaScript does."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

__all__ = ["shortest"]

_MOST = 21  # digits before the point, beyond which JavaScript writes a power of ten
_LEAST = -6  # and the power of ten of the first digit, below which it does


def shortest(value: Fraction | float) -> str:
    """The shortest decimal of the nearest double, as `Number.prototype.toString` of ECMA-262 writes it.

    Examples
    --------
    >>> [shortest(one) for one in (Fraction(13, 2), 25_000.0, 1e21, 2.184e25, 1e-6, 1.5e-7, 1 / 3)]
    ['6.5', '25000', '1e+21', '2.184e+25', '0.000001', '1.5e-7', '0.3333333333333333']
    """
    sign, numbers, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    digits = "".join(map(str, numbers))
    if digits == "0":
        return "0"
    point = len(digits) + int(exponent)  # where it stands among the digits
    if len(digits) <= point <= _MOST:
        text = digits + "0" * (point - len(digits))
    elif 0 < point <= _MOST:
        text = f"{digits[:point]}.{digits[point:]}"
    elif _LEAST < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        tail = f".{digits[1:]}" if len(digits) > 1 else ""
        text = f"{digits[0]}{tail}e{point - 1:+d}"
    return f"-{text}" if sign else text
