"""Why a serving is not one of those that were measured: how far it lies from them, and how far off it may be.

The figures are those of the study that the book's chapter tells of; each reason has the least and the most that a
measured step would take over the step foretold.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calc.analysis.measurements import fitted_rows, rows
from calc.base.decimals import bare, whole

__all__ = ["BEYOND", "NEAR", "Reason", "page_rules", "reasons"]

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


# By how many times an input may lie outside before it is near, and before it is beyond.
_REACH = {"total_parameters": (1.1, 2.5), "batch": (1.1, 6), "mean_context": (1.1, 8), "instance_gpus": (1.1, 10)}
_SHEET = ("memory_bandwidth", "gpu_tdp", "peak_flops")
_APART = 4  # times a measured GPU's: so far another's data sheet may be before nothing is known of it
_OTHER = "a GPU that is neither an H100 nor a B200, on which alone rows were measured"
_SHARED = 1.5  # times the memory: so much measured rows need, whose prompts repeat and share their caches
_WORDS = {
    "total_parameters": ("a model of {} billion parameters", 1e9),
    "batch": ("a batch of {}", 1),
    "mean_context": ("a past of {} tokens", 1),
    "instance_gpus": ("{} GPUs for one copy", 1),
}


def reasons(known: Mapping[str, float]) -> tuple[Reason, ...]:
    """Why a serving is not inside what was measured, the gravest first; empty where it is.

    Parameters
    ----------
    known : values by name of quantity, in own units.
    """
    parts = (_outside, _of_the_hardware, _of_the_software, _of_the_model)
    return tuple(sorted((one for part in parts for one in part(known)), key=lambda one: -one.grade))


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
        off = max(known[name] / high, low / known[name] if known[name] else 1)
        if off <= near:
            continue
        words, scale = _WORDS[name]
        bounds = " to ".join(_plain(end / scale) for end in (low, high))
        text = f"{words.format(_plain(known[name] / scale))}; measured are {bounds}"
        many = name == "batch" and known[name] > high  # prompts repeat there, and are at hand
        yield Reason(BEYOND if off > beyond else NEAR, text, *((1 / 1.67, 1.67) if many else ()))


def _plain(value: float) -> str:
    return whole(value) if value >= 10 else bare(value, 2)


def _of_the_hardware(known: Mapping[str, float]) -> Iterator[Reason]:
    sheet = [name for name in _SHEET if name in known]
    if sheet:
        kinds = set(zip(*(rows()[name].tolist() for name in sheet), strict=True))
        own = [known[name] for name in sheet]
        apart = min(max(max(a / b, b / a) for a, b in zip(own, kind, strict=True)) for kind in kinds)
        if apart > 1.02:
            yield Reason(BEYOND if apart > _APART else NEAR, _OTHER, 0.7, 1.4)
    if {"usable_share", "gpu_memory", "instance_gpus", "instance_memory", "instance_weights"} <= set(known):
        room = known["usable_share"] * known["gpu_memory"] * known["instance_gpus"]
        over, has = known["instance_memory"] / room, whole(room)
        if known["instance_weights"] > room:
            yield Reason(BEYOND, f"weights of {whole(known['instance_weights'])} GB, for which the GPUs have {has} GB")
        elif over > _SHARED:
            need = whole(known["instance_memory"])
            text = f"weights and caches of {need} GB, for which the GPUs have {has} GB unless prompts share theirs"
            yield Reason(BEYOND if over > 2 * _SHARED else NEAR, text)


def _of_the_software(known: Mapping[str, float]) -> Iterator[Reason]:
    share = known.get("software_time", 1)
    if share != 1:
        text = "other software than that measured, vLLM of late 2025"
        yield Reason(NEAR if 1 / 3 < share < 3 else BEYOND, text, 0.6, 1.3)
    if known.get("attention_copies", 1) > 1:
        yield Reason(BEYOND, "copies of attention with answers of their own, foretold two thirds too low or too high")


def _of_the_model(known: Mapping[str, float]) -> Iterator[Reason]:
    mixture = known.get("experts_per_token", 0) > 0
    if known.get("state_size", 0) > 0:
        yield Reason(NEAR, "layers with a state in place of a cache, which are foretold a fifth too low", 1, 1.25)
    if (mixture and known.get("expert_bytes", 2) < 1) or known.get("weight_bytes", 2) < 1:
        yield Reason(NEAR, "weights of four bits, of which no row was measured", 0.7, 1.5)
    if mixture and known.get("prompt_tokens", 0) > 1300:
        text = "long prompts for a mixture of experts, which others measured to be off by a factor of two"
        yield Reason(NEAR, text, 0.5, 2)
    if known.get("kv_heads") == 1 and known.get("mean_context", 0) > 8000:
        yield Reason(NEAR, "a long past with latent attention, foretold up to two fifths too high", 0.6, 1)
    if known.get("total_parameters", 1e12) < 16e9 and known.get("memory_bandwidth", 0) >= 8:
        yield Reason(NEAR, "a small model on a fast GPU, which waits for its host", 1, 2)


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
    kinds = set(zip(*(rows()[name].tolist() for name in _SHEET), strict=True))
    return {"reach": reach, "sheet": _SHEET, "kinds": sorted(map(list, kinds)), "apart": _APART, "other": _OTHER}
