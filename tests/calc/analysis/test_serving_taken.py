"""What a serving takes for granted is said of it, whatever of its chain a reader gives."""

from __future__ import annotations

import json

import pytest

from calc import formula_by_id, gpu_token_energy, service_power, training_energy
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


def test_the_batch_is_the_least_of_two_that_are_worked_out_by_themselves() -> None:
    for given, pace in (({}, 50), ({"mean_context": 9000}, 50), ({"token_promise": "20 ms"}, 20)):
        own = {name: value for name, value in given.items() if name != "token_promise"}
        fits = float(formula_by_id("memory-batch").derive("served-70b-full", **own).exact)
        quick = float(formula_by_id("promise-batch").derive("served-70b-full", **given).exact)
        said = taken_for_granted(gpu_token_energy.derive("served-70b-full", **given))[0]
        bounds = f"memory ({fits:,.0f}) and {pace} ms a token ({quick:,.0f})"
        assert said.replace("\N{NO-BREAK SPACE}", " ") == (
            f"Batch {min(fits, quick):,.0f}: the largest that {bounds} allow, as none is given."
        )


BF16, FP8 = "products in bf16", "products in FP8"


@pytest.mark.parametrize(
    ("name", "given", "precision"),
    [
        ("served-70b", {}, f"bytes a parameter 2, {BF16}, as llama3.1-70b is released"),
        ("served-deepseek", {}, f"bytes a parameter 1, {FP8}, as deepseek-v3 is released"),
        ("served-70b", {"weight_bytes": 1}, f"bytes a parameter 1, {BF16}"),  # the reader's own, and no release
        ("served-70b", {"weight_bytes": 1, "fp8_arithmetic": 1}, f"bytes a parameter 1, {FP8}"),
        (
            "served-deepseek",
            {"expert_bytes": 0.5},
            f"bytes a parameter 1, of experts 0.5, {FP8}, as deepseek-v3 is released",
        ),
        (
            "served-70b",
            {"model": "gpt-oss-120b"},
            f"bytes a parameter 2, of experts 0.53, {BF16}, as gpt-oss-120b is released",
        ),
    ],
)
def test_the_precision_that_is_taken(name: str, given: dict[str, object], precision: str) -> None:
    precise, work = taken_for_granted(gpu_token_energy.derive(name, **given))
    assert precise == f"Precision: {precision}."
    assert work == "Taken from the book: cached_share 0.3 and length_variation 0.9."


def test_of_the_work_what_is_given_is_not_said() -> None:
    def said(**given: float) -> tuple[str, ...]:
        return taken_for_granted(gpu_token_energy.derive("served-70b", **given))

    assert said(cached_share=0.2)[1:] == ("Taken from the book: length_variation 0.9.",)
    assert said(length_variation=0.5)[1:] == ("Taken from the book: cached_share 0.3.",)
    assert said(cached_share=0.2, length_variation=0.5)[1:] == ()
    assert taken_for_granted(training_energy.derive("gpt-4")) == ()
