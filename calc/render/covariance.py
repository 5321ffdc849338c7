"""What of a spread comes of inputs that go together, in words."""

from __future__ import annotations

from calc.analysis.budget import budget
from calc.base.decimals import percentage
from calc.model.step import Step

__all__ = ["covariance_words"]


def covariance_words(derivation: Step) -> str:
    """Where the spread comes from, to first order, where inputs go together; nothing where none do."""
    found = budget(derivation)
    if found is None or not found.together:
        return ""
    alone = ", ".join(f"{percentage(line.share)} from {line.name}" for line in found.lines[:3])
    both = "; ".join(f"{percentage(share)} from {a} and {b} going together" for a, b, share in found.together)
    return f"To first order, {alone}, and {both}."
