"""What the pages' scripts say and count by as calc does: its words, digits and limits, handed over and never typed."""

from __future__ import annotations

from typing import Any

from calc.analysis import warnings
from calc.analysis.sampling import BITS, SHARES
from calc.analysis.solution import NOT_WHOLE
from calc.analysis.standing import BAND, OUTSIDE
from calc.base import decimals, limits, numbers, unit_words, values
from calc.base.domains import ROUNDING
from calc.base.limits import LARGEST, SMALLEST
from calc.model import another_run
from calc.model.distributions import Z95
from calc.model.scenario_file import scenario
from calc.render import citation_parts as cite
from calc.render import copies, latex, taken, text
from calc.render import uncertainty as spread
from calc.render.budget_words import BUDGET
from calc.render.case_words import CASE
from calc.render.hangs import HANGS
from calc.symbolic.preimage import NEVER_WHOLE

__all__ = ["page_style"]


def page_style() -> dict[str, Any]:
    r"""The contents of ``book.style``, as JSON takes them.

    A text has its places in braces, but for `citation_parts.WARNING`, which has them as texts to take away do, and for
    LaTeX, where an @ stands for what is put in.

    Examples
    --------
    >>> page_style()["band"], page_style()["smallest"]
    ('{range} in nine draws of ten', [0.0001, 'under 0.01\xa0%'])
    """
    return {
        # Digits and units, for numbers.js.
        "digits": decimals.DIGITS,
        "fewest": decimals.FEWEST_DIGITS,
        "steps": numbers.STEP_DIGITS,
        "exact": numbers.EXACT_DIGITS,
        "same": decimals.SAME,
        "near": numbers.NEAR,
        "plain": decimals.PLAIN_POWERS,
        "unprefixed": [float(bound) for bound in numbers.UNPREFIXED],
        "prefixed": numbers.PREFIXED_BELOW,
        "smallest": [float(decimals.SMALLEST_SHARE), decimals.percent(decimals.SMALLEST_SHARE / 2)],
        "superscripts": decimals.SUPERSCRIPTS,
        "plurals": unit_words.PLURALS,
        "unitWord": unit_words.UNIT_WORD,
        # Names, domains, draws and inverses.
        "spelt": text.SPELT,
        "rounding": ROUNDING,
        "extent": [SMALLEST, LARGEST],
        "bits": BITS,
        "shares": SHARES,
        "notWhole": NOT_WHOLE,
        "neverWhole": NEVER_WHOLE,
        "interval": text.INTERVAL,
        # The card, what is taken away from it, and its address.
        "band": BAND,
        "sources": cite.SOURCES,
        "bar": spread.FILLED,
        "own": cite.WARNING,
        "change": cite.CHANGE,
        "drawn": cite.DRAWN,
        "rests": cite.RESTS,
        "signs": latex.SIGNS,
        "columns": copies.COLUMNS,
        "tex": unit_words.TEX
        | {"signs": unit_words.TEX_SIGNS, "change": cite.TEX_CHANGE, "band": cite.TEX_BAND, "drawn": cite.TEX_DRAWN},
        "longest": cite.LONGEST_READ,
        "warnings": _warnings(),
    } | _of_cases()


def _of_cases() -> dict[str, Any]:
    """What is said of a reader's case, and how its ranges are drawn."""
    return {
        "case": CASE,
        "outside": OUTSIDE,
        "z95": Z95,
        "hangs": {"words": HANGS, "the": text.THE, "bare": text.BARE, "little": decimals.LITTLE},
        "budget": BUDGET,
        "multiples": decimals.MULTIPLES,
        "wide": [values.WIDE, limits.ENDS],
        "file": limits.FILE,
    }


def _warnings() -> dict[str, Any]:
    """What is said of values that a reader gave, and of those that are still the book's."""
    generic = scenario(another_run.TYPICAL)
    return {
        "words": warnings.WORDS,
        "far": warnings.FAR,
        "near": float(warnings.NEAR),
        "named": another_run.NAMES_A_RUN,
        "own": [name for name in another_run.OF_A_RUN if name not in generic.inputs],
        "taken": taken.TAKEN,
        "theirs": warnings.THEIRS,
        "run": another_run.ONE_RUN,
    }
