"""One answer by its tokens, others' ways, and the fleet: each against a second way to the same figure."""

from __future__ import annotations

import importlib.util
import math

import numpy as np
import pytest

from calc import formula_by_id, scenario
from calc.analysis.measurements import rows
from calc.book.validation_methods import METHODS


def value(name: str, base: str = "served-70b", **changes: object) -> float:
    return float(formula_by_id(name).derive(base, **changes).exact)


@pytest.mark.parametrize("base", ["served-70b", "served-deepseek"])
def test_an_input_token_is_what_one_more_prompt_token_adds_to_a_step(base: str) -> None:
    """The energy of a step is power times time; one more prompt token to read in it adds this."""
    tokens = value("read-tokens", base)
    step = [
        value("instance-power", base, read_tokens=n) * value("decode-step-time", base, read_tokens=n) / 1000
        for n in (tokens, tokens + 1)
    ]
    assert value("input-token-energy", base) == pytest.approx(step[1] - step[0], rel=1e-6)


@pytest.mark.parametrize("base", ["served-70b", "served-deepseek"])
def test_a_cached_token_is_what_a_longer_past_adds_to_an_answer(base: str) -> None:
    """Energy of the GPUs for each answer, with a past that is a token longer and nothing more to read."""
    past = value("mean-context", base)
    answer = float(scenario(base)["response_tokens"].value)
    energies = [value("gpu-token-energy", base, mean_context=n) * answer for n in (past, past + 1)]
    assert value("cached-token-energy", base) == pytest.approx(energies[1] - energies[0], rel=1e-6)


def test_the_parts_of_an_answer_make_the_whole() -> None:
    """For the mean prompt and answer of the service, tokens by kind add up to the energy of its mean answer."""
    base = scenario("served-70b-full")
    prompt, share, answer = (float(base[name].value) for name in ("prompt_tokens", "cached_share", "response_tokens"))
    parts = {
        "fresh_tokens": (1 - share) * prompt, "cached_tokens": share * prompt, "reasoning_tokens": answer / 2,
        "shown_tokens": answer / 2,
    }  # fmt: skip
    whole = value("whole-answer-energy", "served-70b-full", **parts)
    assert whole == pytest.approx(value("answer-energy", "served-70b-full"), rel=1e-9)


def test_reasoning_is_the_largest_lever() -> None:
    """Ten times the tokens take at least ten times the energy, as each looks back on more."""
    assert value("whole-answer-energy", "served-reasoning") > 9 * value("whole-answer-energy", "served-answer")


def test_a_roofline_by_hand() -> None:
    """All rows by NumPy, as anyone would write it."""
    r = rows()
    share = 1 - (1 - r["experts_per_token"] / r["experts"]) ** r["batch"]
    experts = (r["total_parameters"] - r["active_parameters"]) / (1 - r["experts_per_token"] / r["experts"])
    others = r["total_parameters"] - experts - r["embedding_parameters"]
    weights = (r["weight_bytes"] * others + r["expert_bytes"] * experts * share) / r["instance_gpus"]
    context = r["prompt_tokens"] + r["response_tokens"] * (1 + r["length_variation"]) / 2
    back = (r["kv_layers"] - r["window_layers"]) * context
    back += r["window_layers"] * np.minimum(context, r["window_tokens"])
    one = r["cache_numbers"] * r["number_size"] * back + 2e6 * r["state_size"]
    past = r["batch"] * one / np.minimum(r["instance_gpus"], r["kv_heads"])
    work = 2 * (r["active_parameters"] - r["embedding_parameters"]) * r["batch"] / r["instance_gpus"]
    step = np.maximum((weights + past) / (0.9e12 * r["memory_bandwidth"]), work / (0.7e12 * r["peak_flops"]))
    by_hand = step * r["instance_gpus"] * r["gpu_tdp"] / r["batch"]
    ours = next(one for one in METHODS if one.id == "roofline").joules()
    assert ours == pytest.approx(by_hand, rel=1e-9)


def test_ecologits_by_hand() -> None:
    """The regression of its documentation, for the prompt of Epoch's estimate."""
    gpu = 1.1665273170451914e-06 * math.exp(-0.011205921025579175 * 64) * 100 + 4.052928146734005e-05
    assert value("ecologits-gpu-energy", "ecologits-query") == pytest.approx(gpu, rel=1e-9)
    own = 0.0006785088094353663 * 100 + 0.0003119310311688259 * 64 + 0.019473717579473387
    assert value("ecologits-step-time", "ecologits-query", request_latency=1000) == pytest.approx(1000 * own, rel=1e-9)
    assert value("ecologits-step-time", "ecologits-query") == pytest.approx(60)
    host = 30 / 3600 * 1200 * 16 / 8 / 64
    energy = 1.2 * (host + 16 * 500 * gpu)
    assert value("ecologits-answer-energy", "ecologits-query") == pytest.approx(energy, rel=1e-9)


@pytest.mark.skipif(importlib.util.find_spec("ecologits") is None, reason="ecologits is not installed")
def test_ecologits_has_not_drifted() -> None:
    """The constants of the package that is installed are those of the scenario."""
    from ecologits.impacts import llm

    base = scenario("ecologits-query")
    assert float(base["ecologits_slope"].value) == pytest.approx(llm.GPU_ENERGY_ALPHA / 1e9, rel=1e-9)
    assert float(base["ecologits_batch_rate"].value) == pytest.approx(-llm.GPU_ENERGY_BETA, rel=1e-9)
    assert float(base["ecologits_floor"].value) == pytest.approx(llm.GPU_ENERGY_GAMMA, rel=1e-9)
    assert float(base["ecologits_host_power"].value) == pytest.approx(1000 * llm.SERVER_POWER / llm.SERVER_GPUS)
    assert float(base["batch"].value) == llm.BATCH_SIZE


def test_the_share_of_the_peak_that_ecologits_implies() -> None:
    """Epoch's own formula with that share keeps GPUs busy for as long as EcoLogits' step does."""
    share = value("implied-utilisation", "ecologits-query")
    busy = value("prompt-gpu-time", "epoch-query", serving_utilisation=share)
    assert busy == pytest.approx(500 * 0.060 * 16 / 64, rel=1e-9)


def test_a_fleet_by_hand() -> None:
    base = scenario("served-fleet")
    a_second = 2.5e9 / 86_400 * float(base["peak_to_mean"].value) * 500
    copies = math.ceil(a_second / value("serving-rate", "served-fleet"))
    assert value("model-copies", "served-fleet") == copies
    assert value("fleet-gpus", "served-fleet") == 4 * copies
    assert value("fleet-racks", "served-fleet") == math.ceil(4 * copies / 8)
    watts = float(base["pue"].value) * copies * value("busy-power", "served-fleet")
    assert value("fleet-busy-power", "served-fleet") == pytest.approx(watts / 1e6, rel=1e-9)
    joules = 2.5e9 / 86_400 * 3600 * value("answer-energy", "served-fleet")
    assert value("fleet-mean-power", "served-fleet") == pytest.approx(joules / 1e6, rel=1e-9)


def test_the_gpus_of_a_hall_are_as_many_as_meta_has() -> None:
    """Meta has 83,000 GPUs of GB200 in 150 MW, as its engineers told in 2026."""
    assert value("campus-gpus", "campus-405b", campus_power="150 MW") == pytest.approx(83_000, rel=0.1)


def test_tokens_and_energy_of_a_hall_are_of_one_kind() -> None:
    """All copies at work draw no more than the site may, as its racks are counted at their rating."""
    for base in ("campus-405b", "campus-deepseek"):
        rate = value("campus-token-rate", base)
        busy = value("site-token-energy", base, busy_share=1) * 3.6 * rate
        assert 0.3 * 200e6 < busy < 200e6


@pytest.mark.parametrize(
    "base", ["served-fleet", "served-answer", "served-reasoning", "campus-405b", "campus-deepseek"]
)
def test_a_batch_that_is_written_down_is_the_largest(base: str) -> None:
    """Scenarios whose cards would be slow with a batch that is worked out have it as a number."""
    assert float(scenario(base)["batch"].value) == math.floor(value("largest-batch", base))
