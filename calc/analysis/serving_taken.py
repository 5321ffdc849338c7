"""What a result of serving takes where its reader said nothing: precision, how many answers at once, the work."""

from __future__ import annotations

from collections.abc import Iterator

from calc.analysis.results import show_input
from calc.base.decimals import bare, whole
from calc.model.input import Input
from calc.model.step import Given, Step

__all__ = ["taken_for_granted"]

_WORK = ("cached_share", "length_variation")


def taken_for_granted(step: Step) -> tuple[str, ...]:
    """Sentences on what nobody gave and a result hangs on; none where it rests on no step of serving.

    Examples
    --------
    >>> from calc import gpu_token_energy
    >>> taken_for_granted(gpu_token_energy.derive("served-70b-full"))[0].partition(":")[0][:5]
    'Batch'
    """
    if "decode-step-time" not in {one.formula.id for one in step.chain}:
        return ()
    return tuple(_sentences(step))


def _sentences(step: Step) -> Iterator[str]:
    steps = {one.formula.id: one for one in step.chain}
    leaves = {one.quantity.name: one for one in step.leaves}
    # Whoever gave one of the two bounds sees it among what was given.
    if {"largest-batch", "memory-batch", "promise-batch"} <= steps.keys() and "token_promise" in leaves:
        fits, quick = (whole(float(steps[name].value)) for name in ("memory-batch", "promise-batch"))
        pace = show_input(leaves["token_promise"]).text
        batch = whole(float(steps["largest-batch"].value))
        yield f"Batch {batch}: the largest that memory ({fits}) and {pace} a token ({quick}) allow, as none is given."
    if "weight_bytes" in leaves:
        yield _precision(leaves)
    own = [leaves[name] for name in _WORK if isinstance(leaves.get(name), Input)]
    if own:
        said = " and ".join(f"{one.quantity.name} {bare(float(one.value), 2)}" for one in own)
        yield f"Taken from the book: {said}."


def _precision(leaves: dict[str, Input | Given]) -> str:
    weights, experts = (leaves.get(name) for name in ("weight_bytes", "expert_bytes"))
    said = f"bytes a parameter {bare(float(weights.value), 2)}" if weights else ""
    mixture = bool(leaves.get("experts_per_token") and leaves["experts_per_token"].value)
    if mixture and experts and weights and experts.value != weights.value:
        said += f", of experts {bare(float(experts.value), 2)}"
    products = leaves.get("fp8_arithmetic")
    said += f", products in {'FP8' if products.value else 'bf16'}" if products is not None else ""
    whose = f", as {weights.entry} is released" if isinstance(weights, Input) and weights.entry else ""
    return f"Precision: {said}{whose}."
