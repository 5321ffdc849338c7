"""Units in words: in the plural where they are nouns, as plain text, and as LaTeX."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["PLURALS", "TEX", "TEX_SIGNS", "UNIT_WORD", "plural", "singular", "unit_latex", "unit_text", "units_text"]

PLURALS = {
    noun: f"{noun}s"
    for noun in (
        "GPU", "server", "replica", "stage", "layer", "token", "prompt", "parameter", "household", "turbine",
        "block", "coin", "car", "transformer", "flight", "use",
        "second", "minute", "hour", "day", "week", "month", "year",
    )
} | {"microbatch": "microbatches", "person": "people"}  # fmt: skip
# A value in LaTeX, each @ for what stands there. The pages' scripts are handed the same.
TEX = {"comma": "{,}", "power": r" \times 10^{@}", "gap": r"\,", "word": r"\mathrm{@}"}
TEX_SIGNS = {"%": r"\%", "*": r"\cdot", "·": r"\cdot"}
UNIT_WORD = "[A-Za-zµ]+"
_SINGULARS = {many: one for one, many in PLURALS.items()}


def plural(unit: str, number: Fraction) -> str:
    """The unit with its leading noun in the plural, unless there is one of it, or it is a product such as GPU·h."""
    match = re.match(r"[A-Za-z]+", unit)
    head = match.group() if match else ""
    kept = number == 1 or unit[len(head) :].startswith("*")
    return unit if kept else PLURALS.get(head, head) + unit[len(head) :]


def singular(unit: str) -> str:
    """The unit that `plural` made a plural of.

    Examples
    --------
    >>> singular("people*month"), singular("prompts/day"), singular("MW")
    ('person*month', 'prompt/day', 'MW')
    """
    return re.sub(r"^[A-Za-z]+", lambda head: _SINGULARS.get(head[0], head[0]), unit)


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
