"""What the pages' scripts say and count by as calc does: its words, digits and limits, handed over and never typed."""

from __future__ import annotations

from typing import Any

from calc.analysis.sampling import BITS, SHARES
from calc.analysis.solve import NOT_WHOLE
from calc.base import numbers
from calc.base.domains import ROUNDING
from calc.render import citation as cite
from calc.render import copies, text
from calc.render import uncertainty as spread
from calc.symbolic.preimage import NEVER_WHOLE

__all__ = ["page_style"]


def page_style() -> dict[str, Any]:
    r"""The contents of ``book.style``, as JSON takes them.

    A text has its places in braces, but for `copies.WARNING`, which has them as texts to take away do, and for LaTeX,
    where an @ stands for what is put in.

    Examples
    --------
    >>> page_style()["spread"], page_style()["smallest"]
    ('{range} in nine draws of ten, half of them below {median}', [0.0001, 'under 0.01\xa0%'])
    """
    return {
        # Digits and units, for numbers.js.
        "digits": numbers.DIGITS,
        "fewest": numbers.FEWEST_DIGITS,
        "steps": numbers.STEP_DIGITS,
        "exact": numbers.EXACT_DIGITS,
        "plain": numbers.PLAIN_POWERS,
        "unprefixed": [float(bound) for bound in numbers.UNPREFIXED],
        "prefixed": numbers.PREFIXED_BELOW,
        "smallest": [float(numbers.SMALLEST_SHARE), numbers.percent(numbers.SMALLEST_SHARE / 2)],
        "superscripts": numbers.SUPERSCRIPTS,
        "plurals": numbers.PLURALS,
        "unitWord": numbers.UNIT_WORD,
        # Names, domains, draws and inverses.
        "spelt": text.SPELT,
        "rounding": ROUNDING,
        "bits": BITS,
        "shares": SHARES,
        "notWhole": NOT_WHOLE,
        "neverWhole": NEVER_WHOLE,
        "interval": text.INTERVAL,
        # The card, what is taken away from it, and its address.
        "spread": spread.SPREAD,
        "bar": spread.FILLED,
        "own": copies.WARNING,
        "change": cite.CHANGE,
        "columns": copies.COLUMNS,
        "tex": numbers.TEX | {"signs": numbers.TEX_SIGNS, "change": cite.TEX_CHANGE},
        "longest": cite.LONGEST_READ,
    }
