"""A short name for a text, which Python and the pages' scripts make alike: FNV-1a of 32 bits, in hexadecimal digits."""

from __future__ import annotations

__all__ = ["of"]

_START, _PRIME = 0x811C9DC5, 0x01000193


def of(text: str) -> str:
    """Eight digits; equal texts have equal ones. For ASCII, as the addresses of the pages are.

    Examples
    --------
    The published test vectors of FNV-1a:

    >>> of("a"), of("foobar")
    ('e40c292c', 'bf9cf968')
    """
    found = _START
    for byte in text.encode():
        found = ((found ^ byte) * _PRIME) % 2**32
    return f"{found:08x}"
