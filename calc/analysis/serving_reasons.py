"""Why a serving is not one of those that were measured: how far it lies from them, and how far off it may be.

The figures are those of the study that the book's chapter tells of; each reason has the least and the most that a
measured step would take over the step foretold. What is measured, by how much it may be left, and all words stand here
for the pages too, which say the same of what is typed there (``_static/serving.js``).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calc.analysis.measurements import fitted_rows, rows
from calc.base.decimals import bare, whole

__all__ = ["BEYOND", "NEAR", "Reason", "Rule", "page_reasons", "page_rules", "reasons"]

NEAR, BEYOND = 1, 2


@dataclass(frozen=True)
class Reason:
    """Why a serving is not inside.

    Attributes
    ----------
    grade : `NEAR` or `BEYOND`.
    text : in words.
    low, high : between which multiples of the foretold time a measured one may lie for it.
    """

    grade: int
    text: str
    low: float = 1
    high: float = 1


@dataclass(frozen=True)
class Rule:
    """A reason that holds where each of some inputs lies between two values, and is known.

    Attributes
    ----------
    reason : the reason.
    where : by name of quantity, between which values, in its own unit; both ends are outside.
    """

    reason: Reason
    where: Mapping[str, tuple[float, float]]

    def holds(self, known: Mapping[str, float]) -> bool:
        """Whether it holds of some values."""
        return all(name in known and low < known[name] < high for name, (low, high) in self.where.items())


# By how many times an input may lie outside before it is near, and before it is beyond.
_REACH = {"total_parameters": (1.1, 2.5), "batch": (1.1, 6), "mean_context": (1.1, 8), "instance_gpus": (1.1, 10)}
_SHEET = ("memory_bandwidth", "gpu_tdp", "peak_flops")
_ALIKE = 1.02  # times: data sheets that differ by less are one GPU's
_APART = 4  # times a measured GPU's: so far another's data sheet may be before nothing is known of it
_OTHER = Reason(NEAR, "a GPU that is neither an H100 nor a B200, on which alone rows were measured", 0.7, 1.4)
_SHARED = 1.5  # times the memory: so much measured rows need, whose prompts repeat and share their caches
_REPEATED = (1 / 1.67, 1.67)  # in batches larger than those measured prompts repeat, and are at hand
_OUTSIDE = "{value}; measured are {low} to {high}"
_TOO_LARGE = "weights of {need} GB, for which the GPUs have {room} GB"
_TOO_FULL = "weights and caches of {need} GB, for which the GPUs have {room} GB unless prompts share theirs"
_WORDS = {
    "total_parameters": ("a model of {} billion parameters", 1e9),
    "batch": ("a batch of {}", 1),
    "mean_context": ("a past of {} tokens", 1),
    "instance_gpus": ("{} GPUs for one copy", 1),
}
_SOFTWARE = ("other software than that measured, vLLM of late 2025", 0.6, 1.3)
_FOUR_BITS = Reason(NEAR, "weights of four bits, of which no row was measured", 0.7, 1.5)
_COPIES = "copies of attention with answers of their own, foretold two thirds too low or too high"
_STATE = "layers with a state in place of a cache, which are foretold a fifth too low"
_LONG = "long prompts for a mixture of experts, which others measured to be off by a factor of two"
_LATENT = "a long past with latent attention, foretold up to two fifths too high"
_SMALL = "a small model on a fast GPU, which waits for its host"
_ANY = math.inf
_THIRD, _TRIPLE = 1 / 3, 3  # of the measured software's time: further away nothing is known
_RULES = (
    Rule(Reason(NEAR, *_SOFTWARE), {"software_time": (_THIRD, 1)}),
    Rule(Reason(NEAR, *_SOFTWARE), {"software_time": (1, _TRIPLE)}),
    Rule(Reason(BEYOND, *_SOFTWARE), {"software_time": (-_ANY, math.nextafter(_THIRD, 1))}),
    Rule(Reason(BEYOND, *_SOFTWARE), {"software_time": (math.nextafter(_TRIPLE, 1), _ANY)}),
    Rule(Reason(BEYOND, _COPIES), {"attention_copies": (1, _ANY)}),
    Rule(Reason(NEAR, _STATE, 1, 1.25), {"state_size": (0, _ANY)}),
    Rule(_FOUR_BITS, {"experts_per_token": (0, _ANY), "expert_bytes": (-_ANY, 1)}),
    Rule(_FOUR_BITS, {"weight_bytes": (-_ANY, 1)}),
    Rule(Reason(NEAR, _LONG, 0.5, 2), {"experts_per_token": (0, _ANY), "prompt_tokens": (1300, _ANY)}),
    Rule(Reason(NEAR, _LATENT, 0.6, 1), {"kv_heads": (0, 2), "mean_context": (8000, _ANY)}),
    Rule(Reason(NEAR, _SMALL, 1, 2), {"total_parameters": (0, 16e9), "memory_bandwidth": (7.999, _ANY)}),
)


def reasons(known: Mapping[str, float]) -> tuple[Reason, ...]:
    """Why a serving is not inside what was measured, the gravest first; empty where it is.

    Parameters
    ----------
    known : values by name of quantity, in own units.
    """
    found = [*_outside(known), *_of_the_hardware(known), *(one.reason for one in _RULES if one.holds(known))]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: -one.grade))


@functools.cache
def _measured() -> Mapping[str, tuple[float, float]]:
    """Least and greatest of what was measured and fitted to, by name."""
    columns, where = rows(), fitted_rows()
    context = columns["prompt_tokens"] + columns["response_tokens"] * (1 + columns["length_variation"]) / 2
    found = {name: columns[name][where] for name in ("total_parameters", "batch", "instance_gpus")}
    found["mean_context"] = context[where]
    return {name: (float(one.min()), float(one.max())) for name, one in found.items()}


def _outside(known: Mapping[str, float]) -> Iterator[Reason]:
    for name, (near, beyond) in _REACH.items():
        if name not in known:
            continue
        low, high = _measured()[name]
        off = max(known[name] / high, low / known[name])
        if off <= near:
            continue
        words, scale = _WORDS[name]
        value, *ends = (_plain(one / scale) for one in (known[name], low, high))
        text = _OUTSIDE.format(value=words.format(value), low=ends[0], high=ends[1])
        many = name == "batch" and known[name] > high
        yield Reason(BEYOND if off > beyond else NEAR, text, *(_REPEATED if many else ()))


def _plain(value: float) -> str:
    return whole(value) if value >= 10 else bare(value, 2)


@functools.cache
def _kinds() -> tuple[tuple[float, ...], ...]:
    """The data sheets of the measured GPUs, in the order of `_SHEET`."""
    return tuple(sorted(set(zip(*(rows()[name].tolist() for name in _SHEET), strict=True))))


def _of_the_hardware(known: Mapping[str, float]) -> Iterator[Reason]:
    places = [place for place, name in enumerate(_SHEET) if name in known]
    if places:
        own = [(known[_SHEET[place]], place) for place in places]
        apart = min(max(max(a / kind[place], kind[place] / a) for a, place in own) for kind in _kinds())
        if apart > _ALIKE:
            yield Reason(BEYOND if apart > _APART else NEAR, _OTHER.text, _OTHER.low, _OTHER.high)
    if {"usable_share", "gpu_memory", "instance_gpus", "instance_memory", "instance_weights"} <= set(known):
        room = known["usable_share"] * known["gpu_memory"] * known["instance_gpus"]
        over, need = known["instance_memory"] / room, known["instance_memory"]
        if known["instance_weights"] > room:
            yield Reason(BEYOND, _TOO_LARGE.format(need=whole(known["instance_weights"]), room=whole(room)))
        elif over > _SHARED:
            text = _TOO_FULL.format(need=whole(need), room=whole(room))
            yield Reason(BEYOND if over > 2 * _SHARED else NEAR, text)


def page_rules() -> dict[str, object]:
    """By how far an input must lie outside what was measured for a result to have no value, for the planner's page.

    Examples
    --------
    >>> sorted(page_rules()["reach"])
    ['batch', 'instance_gpus', 'mean_context', 'total_parameters']
    """
    reach = {
        name: [*_measured()[name], beyond, _WORDS[name][0], _WORDS[name][1]] for name, (_, beyond) in _REACH.items()
    }
    return {"reach": reach, "sheet": _SHEET, "kinds": [list(kind) for kind in _kinds()], "apart": _APART,
            "other": _OTHER.text}  # fmt: skip


def page_reasons() -> dict[str, object]:
    """All of it for a page with cards: as `page_rules`, with what is near, what the memory must hold, and the rules.

    A rule is its grade, text, low and high, and by name the two ends, of which None is no end.

    Examples
    --------
    >>> page_reasons()["reach"]["batch"][2:4], len(page_reasons()["rules"]) > 8
    ([1.1, 6], True)
    """

    def end(value: float) -> float | None:
        return value if math.isfinite(value) else None

    rules = [
        [one.reason.grade, one.reason.text, one.reason.low, one.reason.high,
         {name: [end(low), end(high)] for name, (low, high) in one.where.items()}]
        for one in _RULES
    ]  # fmt: skip
    return {
        "reach": {name: [*_measured()[name], *times, *_WORDS[name]] for name, times in _REACH.items()},
        "repeated": _REPEATED, "outside": _OUTSIDE, "sheet": _SHEET, "kinds": _kinds(), "alike": _ALIKE,
        "apart": _APART, "other": [_OTHER.text, _OTHER.low, _OTHER.high], "shared": _SHARED, "large": _TOO_LARGE,
        "full": _TOO_FULL, "rules": rules,
    }  # fmt: skip
