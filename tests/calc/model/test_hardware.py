"""What several files describe is the same in each: a machine, a model, a service."""

from __future__ import annotations

import pytest

from calc import scenario
from calc.model.catalogue import ACCELERATORS, MODELS, choice
from calc.model.scenario import Scenario

MACHINE = ("gpus_per_server", "server_power", "peak_flops", "gpu_tdp")
MODEL = ("active_parameters", "tokens")
SERVICE = ("prompts_per_day", "energy_per_prompt", "pue")
# Files that describe the same thing, and the quantities in which they must agree.
SAME = [
    (("gpt-4", "campus-a100", "a100", "devries-2023"), MACHINE),
    (("hgx-h100", "campus-h100", "h100", "epoch-query", "chat-fleet", "deepseek-day"), MACHINE),
    (("dgx-b200", "campus-b200", "b200"), MACHINE),
    (("gb200-nvl72", "campus-gb200"), MACHINE),
    (("llama-3", "llama-3.1-405b"), MODEL),
    (("gpt-4", "chatgpt-2025"), SERVICE),
    (("gpt-4", "campus-1gw"), ("pue",)),
]


def described(name: str) -> Scenario:
    """A scenario, or a choice of "build your own"."""
    return choice(name) if name in (*ACCELERATORS, *MODELS) else scenario(name)


@pytest.mark.parametrize(("names", "quantities"), SAME, ids=lambda part: part[0])
def test_files_agree_on_what_they_both_state(names: tuple[str, ...], quantities: tuple[str, ...]) -> None:
    for quantity in quantities:
        values = {name: described(name)[quantity].value for name in names if quantity in described(name).inputs}
        assert len(set(values.values())) <= 1, (quantity, values)
