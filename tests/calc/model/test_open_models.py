"""The catalogue's open models: what each must have to be served, and that its sizes agree with what is published."""

from __future__ import annotations

import re

import pytest

from calc import expert_parameters
from calc.model.catalogue import entries

NEEDED = {
    "total_parameters", "active_parameters", "embedding_parameters", "experts", "experts_per_token", "expert_layers",
    "cache_numbers", "kv_heads", "kv_layers", "window_layers", "window_tokens", "state_size", "weight_bytes",
    "expert_bytes", "fp8_arithmetic",
}  # fmt: skip
SERVED = [one for one in entries("model") if "cache_numbers" in one.inputs]


def test_there_are_many() -> None:
    assert len(SERVED) >= 60
    assert len([one for one in entries("accelerator") if "memory_bandwidth" in one.inputs]) >= 40


@pytest.mark.parametrize("one", SERVED, ids=lambda one: one.id)
def test_a_model_can_be_served(one) -> None:
    assert set(one.inputs) >= NEEDED
    value = {name: float(given.value) for name, given in one.inputs.items()}
    if published := re.search(r"([\d.]+) billion parameters are published", one.about):
        assert value["total_parameters"] == pytest.approx(1e9 * float(published[1]), rel=0.0101)
    inside = expert_parameters(**{name: value[name] for name in (
        "total_parameters", "active_parameters", "experts_per_token", "experts",
    )})  # fmt: skip
    assert 0 <= inside <= value["total_parameters"]
    assert (inside == 0) == (value["experts_per_token"] == 0)
    assert value["expert_layers"] <= value["kv_layers"]
    assert value["window_layers"] <= value["kv_layers"]


@pytest.mark.parametrize(
    ("name", "billions"),
    # Layers times experts times three matrices of hidden size by expert size, as the makers' configurations have them.
    [("deepseek-v3", 58 * 256 * 3 * 7168 * 2048), ("qwen3-235b-a22b", 94 * 128 * 3 * 4096 * 1536),
     ("mixtral-8x7b", 32 * 8 * 3 * 4096 * 14336)],
)  # fmt: skip
def test_the_experts_are_as_large_as_their_matrices(name: str, billions: int) -> None:
    (one,) = (one for one in SERVED if one.id == name)
    value = {key: float(one.inputs[key].value) for key in (
        "total_parameters", "active_parameters", "experts_per_token", "experts",
    )}  # fmt: skip
    assert expert_parameters(**value) == pytest.approx(billions, rel=1e-3)
