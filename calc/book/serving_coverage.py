"""How far a serving lies from those that were measured, and what may be said of its energy.

Inside, nine rows in ten lie in the interval of the errors. Near, it is wider. Beyond, there is no value worth having,
only the least that the data sheet allows.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.decimals import bare, whole
from calc.base.memo import kept
from calc.base.numbers import show
from calc.book.measurements import fitted_rows, rows
from calc.book.validation import interval
from calc.model.step import Step
from calc.symbolic.evaluate import evaluate

__all__ = ["LEVELS", "Coverage", "coverage", "sentence"]

LEVELS = ("inside", "near", "beyond")
_ENERGY = "gpu-token-energy"  # whose errors are known; what the site adds was not measured
_STEP = frozenset({"decode-step-time", "instance-power"})
# What no GPU does better than: all that the data sheet says, and no waiting.
_IDEAL = {
    "bandwidth_reached": Fraction(1),
    "arithmetic_reached": Fraction(1),
    "expert_arithmetic_reached": Fraction(1),
    "expert_layer_wait": Fraction(0),
    "fp8_layer_wait": Fraction(0),
}


@dataclass(frozen=True)
class Coverage:
    """How far a result's inputs lie from the measured rows.

    Attributes
    ----------
    level : one of `LEVELS`.
    reasons : why it is not inside, the gravest first.
    low, high : between which nine measured rows in ten would lie, in the result's own unit; None beyond.
    least : what the data sheet allows, in the result's own unit; only beyond.
    """

    level: str
    reasons: tuple[str, ...]
    low: float | None
    high: float | None
    least: float | None


def coverage(step: Step) -> Coverage | None:
    """How far a result lies from what was measured; None where it does not rest on a step of serving.

    Examples
    --------
    >>> from calc import gpu_token_energy
    >>> coverage(gpu_token_energy.derive("served-70b")).level
    'inside'
    >>> coverage(gpu_token_energy.derive("served-70b", batch=20_000)).level
    'beyond'
    """
    if not _STEP & {one.formula.id for one in step.chain}:
        return None
    found: Coverage = kept(step, Coverage, lambda: _coverage(step))
    return found


def _coverage(step: Step) -> Coverage:
    known = {one.quantity.name: float(one.value) for one in step.leaves}
    known |= {one.formula.result.name: float(one.value) for one in step.chain}
    reasons = sorted(_reasons(known), key=lambda one: -one[0])
    level = LEVELS[reasons[0][0]] if reasons else LEVELS[0]
    said = tuple(text for _, text in reasons)
    if step.formula.id != _ENERGY:
        return Coverage(level, said, None, None, None)
    if level == "beyond":
        values = {one.quantity.symbol: _IDEAL.get(one.quantity.name, one.value) for one in step.leaves}
        least = evaluate(step.expression, values)
        return Coverage(level, said, None, None, None if least is None else float(least))
    around = interval(known.get("experts_per_token", 0) == 0)
    wider = 2 if level == "near" else 1
    value = float(step.value)
    return Coverage(level, said, value * around.low**wider, value * around.high**wider, None)


@functools.cache
def _measured() -> Mapping[str, tuple[float, float]]:
    """Least and greatest of what was measured and fitted to, by name."""
    columns, where = rows(), fitted_rows()
    context = columns["prompt_tokens"] + columns["response_tokens"] * (1 + columns["length_variation"]) / 2
    found = {name: columns[name][where] for name in ("total_parameters", "batch", "weight_bytes", "expert_bytes")}
    found["mean_context"] = context[where]
    return {name: (float(one.min()), float(one.max())) for name, one in found.items()}


# By how many times an input may lie outside before it is near, and before it is beyond.
_REACH = {"total_parameters": (1.1, 2.5), "batch": (1.1, 6), "mean_context": (1.1, 8)}
_WORDS = {
    "total_parameters": ("a model of {} billion parameters", 1e9),
    "batch": ("a batch of {}", 1),
    "mean_context": ("a past of {} tokens", 1),
}


def _reasons(known: Mapping[str, float]) -> Iterator[tuple[int, str]]:
    """Why it is not inside: how grave, as a place in `LEVELS`, and in words."""
    for name, (near, beyond) in _REACH.items():
        if name not in known:
            continue
        low, high = _measured()[name]
        off = max(known[name] / high, low / known[name] if known[name] else 1)
        if off > near:
            words, scale = _WORDS[name]
            bounds = " to ".join(
                bare(end / scale, 2) if end / scale < 10 else whole(end / scale) for end in (low, high)
            )
            yield 2 if off > beyond else 1, f"{words.format(_plain(known[name] / scale))}; measured are {bounds}"
    yield from _of_the_hardware(known)
    yield from _of_the_model(known)


def _plain(value: float) -> str:
    return whole(value) if value >= 10 else bare(value, 2)


def _of_the_hardware(known: Mapping[str, float]) -> Iterator[tuple[int, str]]:
    if not {"memory_bandwidth", "gpu_tdp", "peak_flops"} <= set(known):
        return
    columns = rows()
    kinds = {
        (float(b), float(p), float(f))
        for b, p, f in zip(columns["memory_bandwidth"], columns["gpu_tdp"], columns["peak_flops"], strict=True)
    }
    own = (known["memory_bandwidth"], known["gpu_tdp"], known["peak_flops"])
    apart = min(max(max(a / b, b / a) for a, b in zip(own, kind, strict=True)) for kind in kinds)
    if apart > 1.02:
        yield 2 if apart > 4 else 1, "a GPU that is neither an H100 nor a B200, on which alone rows were measured"


def _of_the_model(known: Mapping[str, float]) -> Iterator[tuple[int, str]]:
    mixture = known.get("experts_per_token", 0) > 0
    if known.get("state_size", 0) > 0:
        yield 1, "layers with a state in place of a cache, which are foretold a fifth too low"
    if (mixture and known.get("expert_bytes", 2) < 1) or known.get("weight_bytes", 2) < 1:
        yield 1, "weights of four bits, of which no row was measured"
    if mixture and known.get("prompt_tokens", 0) > 1300:
        yield 1, "long prompts for a mixture of experts, which others measured to be off by a factor of two"
    if known.get("kv_heads") == 1 and known.get("mean_context", 0) > 8000:
        yield 1, "a long past with latent attention, foretold up to two fifths too high"
    if known.get("total_parameters", 1e12) < 16e9 and known.get("memory_bandwidth", 0) >= 8:
        yield 1, "a small model on a fast GPU, which waits for its host"


def sentence(step: Step) -> str:
    """What may be said of a result, in a line; nothing where it does not rest on a step of serving.

    Examples
    --------
    >>> from calc import gpu_token_energy
    >>> sentence(gpu_token_energy.derive("served-70b")).partition(":")[0]
    'Inside what was measured'
    """
    found = coverage(step)
    if found is None:
        return ""
    why = f" ({'; '.join(found.reasons)})" if found.reasons else ""
    head = f"{found.level.capitalize()} what was measured{why}"
    if found.low is not None and found.high is not None:
        low, high = (show(Fraction(end), step.formula.result, digits=2).text for end in (found.low, found.high))
        return f"{head}: nine measurements in ten would lie between {low} and {high}."
    if found.least is not None:
        least = show(Fraction(found.least), step.formula.result, digits=2).text
        return f"{head}: the value is not to be trusted; the data sheet allows no less than {least}."
    return f"{head}."
