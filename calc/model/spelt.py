"""What words among a reader's values stand for, as far as it plays a part in a formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.base.errors import ChainError
from calc.model.another_run import reach
from calc.model.words import meant, words_in
from calc.symbolic.equation import Equation

__all__ = ["spelt_out"]


def spelt_out(formula: Equation, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by name of quantity, with what words such as ``precision=fp8`` stand for.

    Raises
    ------
    UnknownNameError : as `calc.model.words.meant`.
    ChainError : nothing that a word stands for plays a part in the formula.
    """
    if not words_in(values):
        return dict(values)
    spelt, brought = meant(values)
    played = {q.name for q in reach(formula)}
    for word in dict.fromkeys(brought.values()):
        own = [name for name, by in brought.items() if by == word]
        if not played & set(own):
            raise ChainError(f"{word} plays no part in {formula.id}: it stands for {', '.join(own)}")
    return {name: value for name, value in spelt.items() if name not in brought or name in played}
