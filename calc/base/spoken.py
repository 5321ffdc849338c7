"""A printed value as one says it in a sentence: ``1.91 billion people`` of ``1.91×10⁹ people``."""

from __future__ import annotations

import re

from calc.base.decimals import MULTIPLES, SUPERSCRIPTS

__all__ = ["spoken"]

_GAP = "\N{NO-BREAK SPACE}"
_ENDS = re.compile(r"( to |\N{EN DASH})")
_PLAIN = str.maketrans(SUPERSCRIPTS, "-0123456789")
_SCALES = {power: word for word, power in MULTIPLES.items()}  # beyond these no word is common
_MOST = 4  # digits: a number with more of them is a count, and stays as it is printed
_ABOVE = {
    "USD": "dollars", "MUSD": "million dollars", "GUSD": "billion dollars", "GPU·h": "GPU-hours",
    "gCO2e": "grams of CO₂e", "kgCO2e": "kilograms of CO₂e", "tCO2e": "tonnes of CO₂e", "t": "tonnes",
    "L": "litres", "kL": "thousand litres", "ML": "million litres", "s": "seconds", "min": "minutes", "h": "hours",
}  # fmt: skip
_BELOW = {
    "s": "a second", "min": "a minute", "h": "an hour", "(GPU·h)": "a GPU-hour", "ktoken": "for a thousand tokens",
    "Mtoken": "for a million tokens",
}  # fmt: skip


def spoken(text: str) -> str:
    r"""Say a printed value, or the two ends of a band, as a sentence does: powers of ten and units as words.

    Parameters
    ----------
    text : as `calc.book.lookup.refer` has it; what has no word stays as it is.

    Examples
    --------
    >>> def said(text):
    ...     return spoken(text).replace("\xa0", " ")
    >>> said("1.91×10⁹\xa0people"), said("5.6×10⁸ to 2.5×10⁹\xa0people")
    ('1.91 billion people', '560 million to 2.5 billion people')
    >>> said("6,900,000\xa0GPU·h"), said("2.7 to 3.4×10⁷\xa0GPU·h"), said("2.13 to 2.24×10²⁵\xa0FLOP")
    ('6.9 million GPU-hours', '27 to 34 million GPU-hours', '2.13 to 2.24×10²⁵ FLOP')
    >>> said("2.5×10⁹\xa0prompts/day"), said("0.52\xa0USD/Mtoken"), said("922\xa0kWh/(household·month)")
    ('2.5 billion prompts a day', '0.52 dollars for a million tokens', '922 kWh a month for each household')
    >>> said("312\xa0TFLOP/s/GPU"), said("37.6\xa0USD/(PH/s·day)"), said("2\xa0USD/(GPU·h)")
    ('312 TFLOP/s/GPU', '37.6 USD/(PH/s·day)', '2 dollars a GPU-hour')
    """
    numbers, _, unit = text.partition(_GAP)
    if numbers == "1":  # 1 s is not 1 seconds
        return text
    first, *rest = _ENDS.split(numbers)
    if rest and "×" in rest[1] and "×" not in first and len(first.partition(".")[0]) == 1:
        first += rest[1][rest[1].index("×") :]  # one power of ten stood for both
    low, low_scale = _scaled(first)
    high, high_scale = _scaled(rest[1]) if rest else (low, low_scale)
    if rest and not low_scale and not high_scale:
        said = numbers
    elif rest:
        between = "" if low_scale == high_scale or not low_scale else _GAP + low_scale
        said = f"{low}{between} to {high}"
    else:
        said = low
    words = " ".join(word for word in (high_scale, _unit(unit)) if word)
    return f"{said}{_GAP}{words}" if words else said


def _scaled(number: str) -> tuple[str, str]:
    """A number with a word in place of its power of ten; an empty word where there is none."""
    mantissa, _, raised = number.partition("×10")
    digits = mantissa.replace(",", "").replace(".", "")
    power = int(raised.translate(_PLAIN)) if raised else 0
    power += len(mantissa.replace(",", "").partition(".")[0]) - 1
    if not raised:
        digits = digits.rstrip("0")
    scale = power // 3 * 3
    if scale not in _SCALES or len(digits) > _MOST or not mantissa[:1].isdigit():
        return number, ""
    ahead = power - scale + 1
    digits = digits.ljust(ahead, "0")
    return digits[:ahead] + (f".{digits[ahead:]}" if digits[ahead:] else ""), _SCALES[scale]


def _unit(unit: str) -> str:
    """A unit as words: ``prompts a day`` of ``prompts/day``; one of more parts stays as it is."""
    above, *below = re.split(r"/(?![^(]*\))", unit)
    said = _ABOVE.get(above, above)
    for part in below:
        each = re.fullmatch(r"\((\w+)·(day|month|year)\)", part)
        if len(below) > 1 or (part.startswith("(") and not each and part not in _BELOW):
            return unit
        said += f" a {each[2]} for each {each[1]}" if each else f" {_BELOW.get(part, f'a {part}')}"
    return said
