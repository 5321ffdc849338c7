"""A run's plan, each figure in a second way: a pipeline played through, tensors counted, sizes tried one by one."""

from __future__ import annotations

import pytest

from calc import formula_by_id, scenario
from calc.base.errors import ChainError
from calc.book.companions import companions

# Constants of the law of the loss with which Sardana and others reckon.
LAW = {"loss_floor": 1.69, "size_factor": 406.4, "size_exponent": 0.336, "data_factor": 410.7, "data_exponent": 0.283}
SERVED = 2e12


def played(stages: int, microbatches: int, splits: bool) -> int:
    """Time for all of a pipeline's work, forward, input's and weights' gradient one unit each, as stages may do it."""
    done_f = [[-1] * microbatches for _ in range(stages)]
    done_b = [[-1] * microbatches for _ in range(stages)]
    f, b, w, busy = [0] * stages, [0] * stages, [0] * stages, [0] * stages
    time = 0
    while min(w) < microbatches:
        for s in range(stages):
            if busy[s] > time:
                continue
            back = b[s] < f[s] and (s == stages - 1 or 0 <= done_b[s + 1][b[s]] <= time)
            ahead = f[s] < microbatches and f[s] - b[s] < stages - s and (s == 0 or 0 <= done_f[s - 1][f[s]] <= time)
            if back:
                done_b[s][b[s]] = time + (1 if splits else 2)
                b[s] += 1
                w[s] += 0 if splits else 1
                busy[s] = time + (1 if splits else 2)
            elif ahead:
                done_f[s][f[s]] = time + 1
                f[s] += 1
                busy[s] = time + 1
            elif splits and w[s] < b[s]:
                w[s] += 1
                busy[s] = time + 1
        time += 1
    return max(busy)


@pytest.mark.parametrize(("stages", "microbatches"), [(4, 8), (4, 12), (8, 24)])
@pytest.mark.parametrize("filled", [0, 2])
def test_a_pipeline_that_is_played_through_waits_as_long(stages, microbatches, filled):
    work = 3 * microbatches
    waited = played(stages, microbatches, splits=filled > 0) / work - 1
    found = formula_by_id("zero-bubble")(
        pipeline_stages=stages, microbatches=microbatches, waits_filled=filled, weight_gradient_share="1/3"
    )
    assert float(found) == pytest.approx(waited, rel=1e-9)


def test_without_filling_it_is_the_plain_bubble():
    layout = {"pipeline_stages": 12, "microbatches": 128}
    plain = formula_by_id("ideal-bubble")(**layout)
    assert float(formula_by_id("zero-bubble")(waits_filled=0, weight_gradient_share=0.33, **layout)) == float(plain)


def test_a_layer_keeps_the_bytes_of_its_tensors():
    s, h, a = 2048, 12_288, 96  # one text through a layer of GPT-3
    attention = {"input": 2 * s * h, "queries and keys": 4 * s * h, "softmax": 2 * a * s * s, "mask": a * s * s,
                 "dropped": 2 * a * s * s, "values": 2 * s * h, "projected": 2 * s * h, "last mask": s * h}  # fmt: skip
    feedforward = {"input": 2 * s * h, "wide": 8 * s * h, "after GeLU": 8 * s * h, "mask": s * h}
    norms = {"both": 4 * s * h}
    counted = sum(sum(part.values()) for part in (attention, feedforward, norms))
    each = formula_by_id("activation-bytes")(
        linear_bytes=34, score_bytes=5, attention_heads=a, sequence_tokens=s, model_width=h
    )
    memory = formula_by_id("layer-activation-memory")(
        activation_bytes=each, model_width=h, microbatch_tokens=s, tensor_gpus=1
    )
    assert float(memory) * 1e9 == pytest.approx(counted, rel=1e-12)


def _tokens(size: float, loss: float) -> float:
    given = {name: LAW[name] for name in ("loss_floor", "size_factor", "size_exponent")}
    left = formula_by_id("data-loss")(training_loss=loss, active_parameters=size, **given)
    return float(
        formula_by_id("loss-tokens")(data_loss=left, data_factor=LAW["data_factor"], data_exponent=LAW["data_exponent"])
    )


def _life(size: float, loss: float) -> float:
    trained = formula_by_id("training-flop")(active_parameters=size, tokens=_tokens(size, loss))
    return float(formula_by_id("life-flop")(training_flop=trained, active_parameters=size, served_tokens=SERVED))


def _loss_of_cheapest(size: float) -> float:
    """The loss of a size with the tokens with which training alone is the cheapest."""
    a, b = LAW["size_exponent"], LAW["data_exponent"]
    tokens = (b * LAW["data_factor"] * size**a / (a * LAW["size_factor"])) ** (1 / b)
    return float(formula_by_id("training-loss")(active_parameters=size, tokens=tokens, **LAW))


def test_the_best_size_is_that_of_trying_all_and_as_published():
    loss = _loss_of_cheapest(13e9)
    tried = min((_life(size * 1e8, loss), size * 1e8) for size in range(50, 130))
    best = formula_by_id("best-served-tokens").solve_for(
        "active_parameters", "life-seventy-billion", best_served_tokens=SERVED, training_loss=loss,
        serving_utilisation=0.3, flop_utilisation=0.3, **LAW,
    )  # fmt: skip
    assert float(best.value) == pytest.approx(tried[1], rel=0.01)
    saved = _life(13e9, loss) - tried[0]
    assert tried[1] == pytest.approx(7e9, rel=0.03)
    assert saved == pytest.approx(1.7e22, rel=0.02)
    assert saved / _life(13e9, loss) == pytest.approx(0.17, abs=0.005)


def test_steps_and_hours_are_told_apart():
    found = {name: formula_by_id(name).derive(scenario("steps-llama-3.1-405b")) for name in
             ("run-utilisation", "kept-utilisation")}  # fmt: skip
    step = float(found["run-utilisation"].value) / float(found["kept-utilisation"].value)
    assert step == pytest.approx(0.41)
    assert found["kept-utilisation"].value < formula_by_id("goodput").derive(scenario("run-llama-3.1-405b")).value


def test_gpu_hours_stand_for_gpus_and_time():
    hours = "30.84e6 GPU*h"
    by_hours = formula_by_id("flop-utilisation").derive("run-llama-3.1-405b", gpu_hours=hours, gpus=16_384)
    by_time = formula_by_id("flop-utilisation").derive(
        "run-llama-3.1-405b", gpus=16_384, training_time=formula_by_id("run-days")(gpu_hours=hours, gpus=16_384)
    )
    assert by_hours.value == pytest.approx(by_time.value, rel=1e-12)
    with pytest.raises(ChainError, match="run-days"):
        formula_by_id("training-time").derive("run-llama-3.1-405b", gpu_hours=hours)


def test_what_stands_beside_a_run_is_of_the_same_run():
    shown = formula_by_id("run-facility-energy").derive(
        model="llama3.1-70b", accelerator="h100-sxm", tokens=15e12, gpus=2048
    )
    beside = {one.formula.id: one for one in companions(shown)}
    assert {"run-days", "gpu-hours", "run-rent"} <= set(beside)
    assert beside["gpu-hours"].value == pytest.approx(2048 * 24 * beside["run-days"].value)
    assert beside["run-rent"].value == pytest.approx(beside["gpu-hours"].value * 2.99 / 1e6)
    assert all(one.low < one.value < one.high for one in beside.values())
    # Meta's card has seven million hours for a model of that size and reading.
    assert beside["gpu-hours"].low < 7e6 < beside["gpu-hours"].high
    given = formula_by_id("run-facility-energy").derive("seventy-billion", gpu_hours=7e6)
    assert "gpu-hours" not in {one.formula.id for one in companions(given)}


def test_gpu_hours_are_taken_with_a_model_of_the_catalogue():
    shown = formula_by_id("flop-utilisation").derive(
        model="llama3.1-405b", accelerator="h100-sxm", tokens=15.6e12, gpus=16_384, gpu_hours="30.84e6 GPU*h"
    )
    assert float(shown.value) == pytest.approx(0.345, abs=0.0005)  # as others make of the same card
