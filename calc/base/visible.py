"""Text without what steers a terminal."""

from __future__ import annotations

import re

__all__ = ["STEERING", "line", "visible"]

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


def line(text: str) -> str:
    r"""The same as one line.

    Examples
    --------
    >>> line("a\x1b\n b")
    'a\\x1b b'
    """
    return visible(" ".join(part.strip(" \t") for part in _ENDS.split(text)).strip())
