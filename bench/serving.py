"""A million servings, each of another model, batch and GPU, through the whole chain, beside the same by hand."""

from __future__ import annotations

import functools
import statistics

import numpy as np
from numpy.typing import NDArray

from bench.measure import Row, in_turns
from calc import gpu_token_energy, scenario
from calc.analysis.measurements import setting

__all__ = ["rows"]

SERVINGS = 1_000_000
_TIME = 1.30
_Floats = NDArray[np.float64]


def inputs(count: int = SERVINGS) -> dict[str, _Floats]:
    """The measured servings over and over, each with another batch."""
    random = np.random.default_rng(2026)
    columns = {name: np.asarray(column, dtype=float) for name, column in setting().items()}
    which = random.integers(0, len(columns["batch"]), count)
    found = {name: np.ascontiguousarray(column[which]) for name, column in columns.items()}
    found["batch"] = random.uniform(1.0, 700.0, count)
    return found


def by_hand(c: dict[str, float], **r: _Floats) -> _Floats:
    """Energy of a token in J, as anyone would write it; `c` has the constants."""
    share = r["experts_per_token"] / r["experts"]
    experts = (r["total_parameters"] - r["active_parameters"]) / (1 - share)
    taken = 1 - np.maximum(0, 1 - share) ** r["batch"]
    others = r["total_parameters"] - experts - r["embedding_parameters"]
    gpus, batch = r["instance_gpus"], r["batch"]
    weights = (r["weight_bytes"] * others + r["expert_bytes"] * experts * taken) / gpus
    context = r["prompt_tokens"] + r["response_tokens"] * (1 + r["length_variation"]) / 2
    back = (r["kv_layers"] - r["window_layers"]) * context
    back += r["window_layers"] * np.minimum(context, r["window_tokens"])
    one = r["cache_numbers"] * r["number_size"] * back + 2e6 * r["state_size"]
    past = batch * one / np.minimum(gpus, r["kv_heads"] * c["attention_copies"])
    prompts = batch * (1 - c["cached_share"]) * r["prompt_tokens"] / r["response_tokens"]
    dense = 2 * (r["active_parameters"] - r["embedding_parameters"]) / gpus
    write, read = dense * batch, dense * prompts
    peak = 1e12 * r["peak_flops"] * (1 + r["fp8_arithmetic"] * (c["fp8_gain"] - 1))
    reached, band = c["arithmetic_reached"] * peak, 1e12 * c["bandwidth_reached"] * r["memory_bandwidth"]
    inside = 2 * experts * share * (batch + prompts) / gpus
    in_experts = inside / (1e12 * c["expert_arithmetic_reached"] * r["peak_flops"])
    wait = 1e-6 * r["expert_layers"] * (c["expert_layer_wait"] + r["fp8_arithmetic"] * c["fp8_layer_wait"])
    host = 1e-3 * c["host_step_overhead"] + 1e-6 * c["host_answer_overhead"] * batch
    time = np.maximum(weights / band, write / reached) + read / reached + past / band + in_experts + wait + host
    time *= c["software_time"]
    energy = 1e-9 * c["byte_energy"] * (weights + past)
    energy += c["operation_energy_share"] * r["gpu_tdp"] / peak * (write + read)
    energy += c["expert_power_share"] * r["gpu_tdp"] * in_experts
    power = np.minimum(c["floor_power_share"] * r["gpu_tdp"] + energy / time, c["power_cap_share"] * r["gpu_tdp"])
    return gpus * power * time / batch


def rows(rounds: int) -> list[Row]:
    """The time of the whole chain over that of NumPy."""
    values = inputs()
    constants = {name: float(one.value) for name, one in scenario("typical").inputs.items()}
    ours = functools.partial(gpu_token_energy.sweep, "typical", **values)
    theirs = functools.partial(by_hand, constants, **values)
    np.testing.assert_allclose(ours(), theirs(), rtol=1e-11)
    mine, hand = in_turns([ours, theirs], rounds)
    ratio = statistics.median(a / b for a, b in zip(mine, hand, strict=True))
    detail = f"{statistics.median(mine) * 1e3:.0f} ms, NumPy {statistics.median(hand) * 1e3:.0f} ms"
    return [Row("a million servings, model to energy of a token: time over NumPy", ratio, _TIME, "", detail)]
