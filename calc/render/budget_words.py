"""What stands about an uncertainty budget, in words."""

from __future__ import annotations

from typing import Any

from calc.model.distributions import KIND_WORDS

__all__ = ["BUDGET"]

# How an uncertainty budget is put on a page, by Python and by the page's script.
BUDGET: dict[str, Any] = {
    "title": "How sure",
    "head": ["input", "value, standard uncertainty", "sensitivity", "contribution", "share of the variance"],
    "elasticity": "elasticity {value}",
    "combined": "To first order these make a standard uncertainty of {uncertainty} about {value}.",
    "kinds": KIND_WORDS,
    "yours": "your range",
}
