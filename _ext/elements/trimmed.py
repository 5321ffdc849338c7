"""Scripts as pages load them: without comments and spaces, in ASCII."""

from __future__ import annotations

import re

__all__ = ["ascii_script", "trimmed_script"]

OTHERS = re.compile(r"[^\x00-\x7f]+")


def trimmed_script(text: str) -> str:
    r"""A script without comments and spaces, and with short local names: a third of the bytes.

    In ASCII alone, so that it says the same on a page that does not state how its scripts are written.

    Examples
    --------
    >>> trimmed_script('const text = "25\\u00a0%", dash = /[–—]/; // Calm')
    'const text="25\\u00a0%",dash=/[\\u2013\\u2014]/;\n'
    """
    # Not above: Go, in which it is written, starts threads as it is loaded, which no fork takes along; now and again it
    # then waits for them without end. So each process that trims loads it, and none that forks afterwards does.
    import minify

    return ascii_script(f"{minify.string('application/javascript', text)};\n")


def ascii_script(text: str) -> str:
    """With escapes in strings and patterns, two for what UTF-16 has two units for."""
    return text if text.isascii() else OTHERS.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04x}" for at in range(0, len(units), 2))
