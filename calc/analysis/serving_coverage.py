"""How far a serving lies from those that were measured, and what may be said of its results.

Inside, nine rows in ten lie in the interval of the errors. Near, it is wider. Beyond, there is no value worth having,
only the least, or the most, that the data sheet allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from calc.analysis.step_by_step import step_by_step
from calc.base.decimals import Shown
from calc.base.memo import kept
from calc.base.numbers import show
from calc.model.scenario_file import scenario
from calc.model.step import Step
from calc.symbolic.evaluate import evaluate

__all__ = [
    "ERROR_SHARES", "LEVELS", "LIMITS", "MEASURED_STEPS", "MEMORY", "REASONS", "SHEET", "WORDS", "Coverage", "coverage",
    "errors_of_rows", "is_beyond", "limit_side", "sentence", "shown_limit",
]  # fmt: skip

LEVELS = ("inside", "near", "beyond")
_TIME, _POWER = "decode-step-time", "instance-power"  # what was measured, and all else rests on
MEASURED_STEPS = (_TIME, _POWER)
LIMITS = "serving-limits"
ERROR_SHARES = (0.05, 0.95)  # nine in ten
MEMORY = (
    "usable_share", "gpu_memory", "cache_numbers", "number_size", "kv_layers", "weight_bytes", "expert_bytes",
    "window_layers", "window_tokens",
)  # fmt: skip
SHEET = ("memory_bandwidth", "peak_flops")  # where one is not the scenario's, neither is the GPU
REASONS = "; "
# What is said of a result, here and by the pages' script.
WORDS = {
    "head": "{level} what was measured{why}",
    "why": " ({reasons})",
    "between": ": nine measurements in ten would lie between {low} and {high}.",
    "lower": ": it has no value; the data sheet allows no less than {limit}.",
    "upper": ": it has no value; the data sheet allows no more than {limit}.",
}


@dataclass(frozen=True)
class Coverage:
    """How far a result's inputs lie from the measured rows.

    Attributes
    ----------
    level : one of `LEVELS`.
    reasons : why it is not inside, the gravest first.
    low, high : between which nine measured rows in ten would lie, in the result's own unit; None beyond.
    limit : what the data sheet allows, in the result's own unit; only beyond.
    side : ``lower`` where the limit is the least that it can be, ``upper`` where it is the most; only beyond.
    """

    level: str
    reasons: tuple[str, ...]
    low: float | None
    high: float | None
    limit: Fraction | None
    side: str


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
    if not {_TIME, _POWER} & {one.formula.id for one in step.chain}:
        return None
    found: Coverage = kept(step, Coverage, lambda: _coverage(step))
    return found


def is_beyond(step: Step) -> bool:
    """Whether a result lies so far from what was measured that it has no value."""
    found = coverage(step)
    return found is not None and found.limit is not None


def _coverage(step: Step) -> Coverage:
    from calc.analysis.serving_reasons import BEYOND, reasons  # with what was measured, which needs NumPy

    found = reasons(_known(step))
    said = tuple(one.text for one in found)
    if found and found[0].grade == BEYOND:
        limit = _limit(step)
        return Coverage(LEVELS[2], said, None, None, limit, "lower" if limit < step.exact else "upper")
    wide = (min((one.low for one in found), default=1), max((one.high for one in found), default=1))
    low, high = _ends(step, bool(found), wide)
    return Coverage(LEVELS[bool(found)], said, low, high, None, "")


def _known(step: Step) -> dict[str, float]:
    """What a result rests on, by name, and the memory that its copy needs."""
    known = {one.quantity.name: float(one.value) for one in step.leaves}
    known |= {one.formula.result.name: float(one.value) for one in step.chain}
    fixed = {name: float(one.value) for name, one in step.scenario.inputs.items()}
    # The memory of the scenario's GPU says nothing of another, which a link to a card may name by its data sheet.
    other = any(name in fixed and known.get(name, fixed[name]) != fixed[name] for name in SHEET)
    for name in MEMORY:
        if name not in known and name in fixed and not (other and name == "gpu_memory"):
            known[name] = fixed[name]
    if {*MEMORY, "total_parameters", "expert_parameters", "batch", "mean_context"} <= set(known):
        experts = known["expert_parameters"]
        weights = known["weight_bytes"] * (known["total_parameters"] - experts) + known["expert_bytes"] * experts
        short = known["window_layers"]
        back = known["mean_context"] * (known["kv_layers"] - short) + short * min(
            known["mean_context"], known["window_tokens"]
        )
        one = known["cache_numbers"] * known["number_size"] * back
        known |= {"instance_weights": weights / 1e9, "instance_memory": (weights + known["batch"] * one) / 1e9}
    return known


def _limit(step: Step) -> Fraction:
    """The result with every GPU as good as its data sheet, and nothing else changed: the batch too stays."""
    ideal = scenario(LIMITS)
    batch = next((one for one in step.chain if one.formula.result.name == "batch"), None)
    values = {one.quantity.symbol: one.value for one in step.leaves}
    values |= {one.quantity.symbol: one.value for one in ideal.inputs.values()}
    if batch is not None:
        values[batch.formula.result.symbol] = batch.exact
    found = evaluate(_whole(step, {"largest-batch"}), values)
    return Fraction(0) if found is None else Fraction(found)


def _whole(step: Step, stop: set[str]) -> sp.Expr:
    """The chain as one expression, as below; once for all derivations whose chains are put together alike."""
    parts = (
        (one.formula, *(used.quantity for used in one.used if isinstance(used.origin, Step))) for one in step.chain
    )
    found: sp.Expr = kept(step.formula, (_whole, *sorted(stop), *parts), lambda: _put_in(step, stop, {}))
    return found


def _put_in(step: Step, stop: set[str], done: dict[str, sp.Expr]) -> sp.Expr:
    """A chain as one expression, down to its leaves and to the results of the formulas that it stops at."""
    if step.formula.id in stop:
        return step.formula.result.symbol
    if step.formula.id not in done:
        parts = {
            used.quantity.symbol: _put_in(used.origin, stop, done)
            for used in step.used
            if isinstance(used.origin, Step)
        }
        done[step.formula.id] = step.formula.numeric.xreplace(parts)
    return done[step.formula.id]


def _ends(step: Step, near: bool, wide: tuple[float, float]) -> tuple[float, float]:
    """Between which values nine measured rows in ten would lie: with the rows' own errors of time and of power."""
    from calc.analysis.validation import missed

    steps = {one.formula.id: one for one in step.chain if one.formula.id in (_TIME, _POWER)}
    experts = next((one.value for one in step.leaves if one.quantity.name == "experts_per_token"), Fraction(0))
    errors = missed(not experts)
    found = []
    power = 2 if near and wide == (1, 1) else 1  # where nothing is known of how much wider
    for slower in {1.0, *wide}:
        values = {
            one.formula.result.name: float(one.value) * errors[name] ** power
            * (slower if name == _TIME else 1)
            for name, one in steps.items()
        }  # fmt: skip
        found.append(_quantiles(step, values))
    return min(low for low, _ in found), max(high for _, high in found)


def _quantiles(step: Step, values: Mapping[str, Any]) -> Any:
    import numpy as np

    return np.quantile(step_by_step(step, values, checked=False), ERROR_SHARES).tolist()


def errors_of_rows() -> dict[str, tuple[tuple[float, ...], ...]]:
    """Measured over foretold, of the time of a step and of power, row by row, to four digits: dense, and mixtures.

    Examples
    --------
    >>> {kind: len(time) for kind, (time, power) in errors_of_rows().items()}
    {'dense': 147, 'mixture': 168}
    """
    from calc.analysis.validation import missed

    def rounded(kind: bool) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(float(f"{one:.4g}") for one in missed(kind)[name]) for name in MEASURED_STEPS)

    return {"dense": rounded(True), "mixture": rounded(False)}


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
    why = WORDS["why"].format(reasons=REASONS.join(found.reasons)) if found.reasons else ""
    head = WORDS["head"].format(level=found.level.capitalize(), why=why)
    result = step.formula.result
    if found.low is not None and found.high is not None:
        ends = (Fraction(f"{end:.1e}") if result.domain.whole else Fraction(end) for end in (found.low, found.high))
        low, high = (show(end, result, digits=2).text for end in ends)
        return head + WORDS["between"].format(low=low, high=high)
    limit = show(found.limit or Fraction(0), result, digits=2).text
    return head + WORDS[found.side].format(limit=limit)


def shown_limit(step: Step, unit: str | None = None) -> Shown | None:
    """What the data sheet allows of a result that lies beyond what was measured, for print; else None."""
    found = coverage(step)
    return None if found is None or found.limit is None else show(found.limit, step.formula.result, unit, 2)


def limit_side(step: Step) -> str:
    """Which bound that is: ``lower`` or ``upper``; nothing where there is none."""
    found = coverage(step)
    return found.side if found else ""
