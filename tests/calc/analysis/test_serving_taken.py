"""What a serving takes for granted is said of it, whatever of its chain a reader gives."""

from __future__ import annotations

import json

import pytest

from calc import gpu_token_energy, service_power
from calc.__main__ import main
from calc.analysis.serving_taken import taken_for_granted


@pytest.mark.parametrize("name", ["memory_batch", "promise_batch", "largest_batch", "batch", "decode_step_time"])
def test_a_bound_that_is_given_is_not_said_to_be_worked_out(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    value = 0.05 if name == "decode_step_time" else 64
    step = service_power.derive("planner-site", **{name: value})
    assert not any(one.startswith("Batch") for one in taken_for_granted(step))
    shown = ["show", "service-power", "--scenario", "planner-site", "--set", f"{name}={value}", "--format", "json"]
    assert main(shown) == 0
    assert json.loads(capsys.readouterr().out)["value"] == pytest.approx(float(step.exact), rel=1e-12)


def test_a_batch_that_nobody_gave_is_said_with_both_bounds() -> None:
    (said,) = (one for one in taken_for_granted(gpu_token_energy.derive("served-70b-full")) if one.startswith("Batch"))
    assert "memory" in said
    assert "a token" in said
