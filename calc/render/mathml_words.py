"""An equation read aloud: MathML as a line of words, for readers that show or say no mathematics."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

__all__ = ["said"]

_SIGNS = {
    "=": "equals", "≈": "is about", "+": "plus", "−": "minus", "×": "times", "⋅": "times", "/": "per", "<": "is below",
    ">": "is above", "≤": "is at most", "≥": "is at least", "⌈": "the ceiling of", "⌉": ",", "⌊": "the floor of",
    "⌋": ",", "(": "(", ")": ")", "\u2061": "of", "\u2062": "times", "′": "prime", "|": "|",
}  # fmt: skip
_ACCENTS = {"˙": "dot", "ˆ": "hat", "^": "hat", "¯": "bar", "‾": "bar", "~": "tilde", "˜": "tilde"}
_POWERS = {"2": "squared", "3": "cubed"}
_QUIET = {"annotation", "mspace", "mphantom"}


@functools.cache
def said(mathml: str) -> str:
    """What an equation says, its operators in words and its fractions in brackets where they need them.

    Parameters
    ----------
    mathml : one ``<math>`` element, with or without its namespace.

    Raises
    ------
    xml.etree.ElementTree.ParseError : it is not well-formed.

    Examples
    --------
    >>> said("<math><msub><mi>E</mi><mi>run</mi></msub><mo>=</mo><mfrac><mi>a</mi><mn>2</mn></mfrac></math>")
    'E sub run equals a over 2'
    >>> said("<math><mrow><mn>1.5</mn><mo>×</mo><msup><mn>10</mn><mn>25</mn></msup></mrow></math>")
    '1.5 times 10 to the power of 25'
    """
    words = _words(ET.fromstring(mathml))
    return re.sub(r"(?<=[(\s])\s+|\s+(?=[),])|[\s,]+$", "", re.sub(r"\s+", " ", words)).strip(" ,")


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _words(element: ET.Element) -> str:
    kind = _name(element)
    if kind in _QUIET:
        return ""
    text = (element.text or "").strip()
    if kind == "mo":
        return _SIGNS.get(text, text)
    if kind == "mtable":
        return ", ".join(_row([cell for each in row for cell in each]) for row in element)
    parts = list(element)
    if kind in _FORMS:
        return _FORMS[kind](parts)
    return " ".join([text, _row(parts)]) if parts else text


def _row(parts: list[ET.Element]) -> str:
    """Parts in a row; two quantities side by side are multiplied."""
    found, before = [], False
    for part in parts:
        words = _words(part)
        quantity = bool(words) and (part.get("data-quantity") is not None or _name(part) in ("mfrac", "msqrt"))
        found.append(f"times {words}" if quantity and before else words)
        before = quantity or (before and not words)
    return " ".join(word for word in found if word)


def _bracketed(element: ET.Element) -> str:
    """In brackets, where it is more than one thing."""
    words = _words(element).strip()
    return f"({words})" if re.search(r"\b(?:plus|minus|times|over|equals)\b", words) else words


def _over(parts: list[ET.Element]) -> str:
    return f"{_bracketed(parts[0])} over {_bracketed(parts[1])}"


def _power(parts: list[ET.Element]) -> str:
    exponent = _words(parts[1]).strip()
    if exponent == "prime":
        return f"{_words(parts[0])} prime"
    return f"{_bracketed(parts[0])} {_POWERS.get(exponent, f'to the power of {exponent}')}"


def _accented(parts: list[ET.Element]) -> str:
    mark = (parts[1].text or "").strip()
    return f"{_words(parts[0])} {_ACCENTS.get(mark, _words(parts[1]))}"


def _index(parts: list[ET.Element]) -> str:
    return f"{_words(parts[0])} sub {_words(parts[1])}"


def _both(parts: list[ET.Element]) -> str:
    exponent = _words(parts[2]).strip()
    power = "prime" if exponent == "prime" else _POWERS.get(exponent, f"to the power of {exponent}")
    return f"{_index(parts[:2])} {power}"


def _ends(parts: list[ET.Element]) -> str:
    return f"{_words(parts[0])} from {_words(parts[1])} to {_words(parts[2])}"


def _root(parts: list[ET.Element]) -> str:
    return f"the square root of ({_row(parts)})"


_FORMS: dict[str, Callable[[list[ET.Element]], str]] = {
    "mfrac": _over,
    "msup": _power,
    "msub": _index,
    "msubsup": _both,
    "mover": _accented,
    "munder": _index,
    "munderover": _ends,
    "msqrt": _root,
}
