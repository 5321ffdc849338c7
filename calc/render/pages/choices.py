"""The page of models and accelerators to choose from."""

from __future__ import annotations

from calc.model.catalogue import ACCELERATORS, MODELS, choice
from calc.render.card import scenario

__all__ = ["choices"]


def choices() -> str:
    """A table for each model and accelerator that a reader may choose."""
    return "\n\n".join(scenario(choice(name)) for name in (*MODELS, *ACCELERATORS))
