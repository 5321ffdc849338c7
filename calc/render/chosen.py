"""The entries of the catalogue that a reader chose, in words."""

from __future__ import annotations

from calc.model.input import Input
from calc.model.step import Step

__all__ = ["chosen_words"]


def chosen_words(step: Step) -> list[str]:
    """Each entry that a result rests on, and what came with it where the result rests on that.

    Examples
    --------
    >>> from calc import training_energy
    >>> chosen_words(training_energy.derive(accelerator="h100-sxm"))
    ['accelerator h100-sxm (in server dgx-h100)']
    >>> chosen_words(training_energy.derive(server="dgx-h100"))
    ['server dgx-h100']
    """
    used = {leaf.entry for leaf in step.leaves if isinstance(leaf, Input)}
    said = []
    for choice in step.chosen:
        word = {"server": "in", "accelerator": "with"}
        brought = [f"{word[one.kind]} {one.kind} {one.id}" for one in choice.brings if one.id in used]
        said.append(f"{choice.kind} {choice.id}" + (f" ({', '.join(brought)})" if brought else ""))
    return said
