"""Text without what steers a terminal."""

from __future__ import annotations

import re

from calc.base.limits import MESSAGE, SHOWN

__all__ = ["STEERING", "bearable", "line", "said", "visible"]

# Control characters but line ends and tabs, and those that turn the direction of writing.
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\u200e\u200f\u202a-\u202e]|[\u2066-\u2069]")
_ENDS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def visible(text: str) -> str:
    r"""A text with whatever steers a terminal written out.

    Examples
    --------
    >>> visible("a\x1b[31mb\u202ec")
    'a\\x1b[31mb\\u202ec'
    """
    return STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def bearable(text: str) -> str:
    """A line of at most `calc.base.limits.MESSAGE` characters; of a longer one the middle is left out.

    Examples
    --------
    >>> len(bearable("x" * 5000))
    2000
    """
    half = MESSAGE // 2
    return text if len(text) <= MESSAGE else f"{text[: half - 3]} … {text[-half:]}"


def said(value: object) -> str:
    """A value for a message, as Python writes it: `calc.base.limits.SHOWN` characters of a text, or of what is written.

    Examples
    --------
    >>> said([1, 2]), len(said("x" * 60)), len(said("x" * 100)), len(said(["x" * 100]))
    ('[1, 2]', 62, 63, 61)
    """
    if type(value) is str:
        return line(repr(value if len(value) <= SHOWN else f"{value[:SHOWN]}…"))
    try:
        text = line(repr(value))
    except Exception:  # whatever an object of somebody else's does; lists in lists without an end
        text = f"<{type(value).__name__}>"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def line(text: str) -> str:
    r"""The same as one line.

    Examples
    --------
    >>> line("a\x1b\n b")
    'a\\x1b b'
    """
    return visible(" ".join(part.strip(" \t") for part in _ENDS.split(text)).strip())
