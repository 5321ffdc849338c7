"""Why a serving is not inside what was measured: where each reason begins, and what its words say of its range."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from calc.analysis.measurements import fitted_rows, rows
from calc.analysis.serving_reasons import BEYOND, NEAR, Reason, page_reasons, page_rules, reasons
from calc.analysis.validation import GROUPS, ratios

UP, DOWN = math.inf, -math.inf
EXPERTS = {"experts_per_token": 8.0}
ROOM = {"usable_share": 0.5, "gpu_memory": 100.0, "instance_gpus": 4.0, "instance_weights": 150.0}  # 200 GB
H100 = {"memory_bandwidth": 3.35, "gpu_tdp": 700.0, "peak_flops": 989.4}
B200 = {"memory_bandwidth": 8.0, "gpu_tdp": 1000.0, "peak_flops": 2250.0}


def after(number: float, way: float) -> float:
    return math.nextafter(number, way)


def grades(known: Mapping[str, float]) -> list[int]:
    return [one.grade for one in reasons(known)]


@pytest.mark.parametrize(
    ("known", "grade"),
    [
        ({"software_time": 1}, None), ({"software_time": after(1, UP)}, NEAR),
        ({"software_time": after(3, DOWN)}, NEAR),
        ({"software_time": 3}, BEYOND), ({"software_time": after(1, DOWN)}, NEAR),
        ({"software_time": after(1 / 3, UP)}, NEAR), ({"software_time": 1 / 3}, BEYOND),
        ({"attention_copies": 1}, None), ({"attention_copies": 2}, BEYOND),
        ({"state_size": 0}, None), ({"state_size": 0.1}, NEAR),
        ({"weight_bytes": 1}, None), ({"weight_bytes": 0.5}, NEAR),
        ({"expert_bytes": 0.5, "experts_per_token": 0}, None), ({"expert_bytes": 0.5, **EXPERTS}, NEAR),
        ({"expert_bytes": 1, **EXPERTS}, None),
        ({"prompt_tokens": 1300, **EXPERTS}, None), ({"prompt_tokens": 1301, **EXPERTS}, NEAR),
        ({"prompt_tokens": 1301, "experts_per_token": 0}, None), ({"prompt_tokens": 1301}, None),
        ({"kv_heads": 1, "mean_context": 8000}, None), ({"kv_heads": 1, "mean_context": 8001}, NEAR),
        ({"kv_heads": 2, "mean_context": 8001}, None),
        ({"total_parameters": after(16e9, DOWN), "memory_bandwidth": 8}, NEAR),
        ({"total_parameters": 16e9, "memory_bandwidth": 8}, None),
        ({"total_parameters": 10e9, "memory_bandwidth": 3.35}, None),
        (H100, None), (B200, None), ({"memory_bandwidth": 3.35, "gpu_tdp": 1000.0}, NEAR),
        ({"gpu_tdp": 700 * 1.019}, None), ({"gpu_tdp": 700 * 1.021}, NEAR), ({"gpu_tdp": 700 / 1.019}, None),
        ({"gpu_tdp": 3999.0}, NEAR), ({"gpu_tdp": 4001.0}, BEYOND), ({"gpu_tdp": 176.0}, NEAR),
        ({"gpu_tdp": 174.0}, BEYOND),
        ({**ROOM, "instance_memory": 300.0}, None), ({**ROOM, "instance_memory": after(300.0, UP)}, NEAR),
        ({**ROOM, "instance_memory": 600.0}, NEAR), ({**ROOM, "instance_memory": after(600.0, UP)}, BEYOND),
        ({**ROOM, "instance_memory": 250.0, "instance_weights": 200.0}, None),
        ({**ROOM, "instance_memory": 250.0, "instance_weights": 201.0}, BEYOND),
    ],
    ids=str,
)  # fmt: skip
def test_where_each_reason_begins(known: Mapping[str, float], grade: int | None) -> None:
    assert grades(known) == [grade] * (grade is not None)


def measured(name: str) -> tuple[float, float]:
    """Least and greatest of the rows that the constants are fitted to."""
    columns, where = rows(), fitted_rows()
    if name == "mean_context":
        past = columns["prompt_tokens"] + columns["response_tokens"] / 2 * (1 + columns["length_variation"])
        return float(past[where].min()), float(past[where].max())
    return float(columns[name][where].min()), float(columns[name][where].max())


@pytest.mark.parametrize(
    ("name", "times"), [("total_parameters", 2.5), ("batch", 6), ("mean_context", 8), ("instance_gpus", 10)]
)
def test_outside_is_near_from_a_tenth_on_and_beyond_from_some_times_on(name: str, times: float) -> None:
    low, high = measured(name)
    for end, out in ((high, lambda by: high * by), (low, lambda by: low / by)):
        assert grades({name: end}) == []
        assert grades({name: out(1.099)}) == []
        assert grades({name: out(1.101)}) == [NEAR]
        assert grades({name: out(times * 0.999)}) == [NEAR]
        assert grades({name: out(times * 1.001)}) == [BEYOND]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"batch": 20_000}, "a batch of 20,000; measured are 7.9 to 767"),
        ({"batch": 1}, "a batch of 1; measured are 7.9 to 767"),
        ({"total_parameters": 5e12}, "a model of 5,000 billion parameters; measured are 8.0 to 671"),
        ({"instance_gpus": 72}, "72 GPUs for one copy; measured are 1 to 8"),
        ({"mean_context": 10.5}, "a past of 11 tokens; measured are 947 to 8,951"),
        (
            {**ROOM, "instance_memory": 450.0},
            "weights and caches of 450 GB, for which the GPUs have 200 GB unless prompts share theirs",
        ),
        (
            {**ROOM, "instance_memory": 450.0, "instance_weights": 405.0},
            "weights of 405 GB, for which the GPUs have 200 GB",
        ),
    ],
    ids=str,
)
def test_what_is_said(known: Mapping[str, float], said: str) -> None:
    assert [one.text for one in reasons(known)] == [said]


@pytest.mark.parametrize(
    ("known", "words", "low", "high"),
    [
        ({"state_size": 1.0}, "a fifth too low", 1, 1 / (1 - 1 / 5)),
        ({"prompt_tokens": 2000.0, **EXPERTS}, "a factor of two", 1 / 2, 2),
        ({"kv_heads": 1.0, "mean_context": 8500.0}, "up to two fifths too high", 1 - 2 / 5, 1),
        ({"batch": 300.0, "instance_gpus": 10.0}, "GPUs for one copy", 1, 1),
    ],
    ids=str,
)
def test_a_range_is_what_its_words_say(known: Mapping[str, float], words: str, low: float, high: float) -> None:
    (found,) = reasons(known)
    assert words in found.text
    assert (found.low, found.high) == pytest.approx((low, high))


def test_most_rows_whose_prompts_repeat_lie_in_the_range_for_such_batches() -> None:
    (found,) = reasons({"batch": 1000.0})
    assert found.low == pytest.approx(1 / found.high)
    off = 1 / ratios("step_ms")[GROUPS["batch above 768"]()]
    assert np.mean((off >= found.low) & (off <= found.high)) >= 0.9
    (small,) = reasons({"batch": 5.0})
    assert (small.low, small.high) == (1, 1)  # of small batches none repeats


def test_the_gravest_comes_first_and_none_twice() -> None:
    found = reasons({"software_time": 2, "attention_copies": 2, "weight_bytes": 0.5, "expert_bytes": 0.5, **EXPERTS})
    assert [one.grade for one in found] == [BEYOND, NEAR, NEAR]
    assert Reason(NEAR, "whatever") == Reason(NEAR, "whatever", 1, 1)


def test_a_page_has_the_same_rules() -> None:
    """Its own reading of them grades values as the program does."""
    page, planner = page_reasons(), page_rules()
    for name, (low, high, near, beyond, words, scale) in page["reach"].items():
        assert (low, high) == pytest.approx(measured(name))
        assert planner["reach"][name] == [low, high, beyond, words, scale]
        assert grades({name: high * near * 1.001}) == [NEAR]
        assert grades({name: high * beyond * 1.001}) == [BEYOND]
    for grade, text, low, high, where in page["rules"]:
        ends = {name: (-1 if least is None else least, most) for name, (least, most) in where.items()}
        inside = {name: least + 1 if most is None else (least + most) / 2 for name, (least, most) in ends.items()}
        if "mean_context" in inside:
            inside["mean_context"] = 8500.0
        assert Reason(grade, text, low, high) in reasons(inside)


def test_what_is_foretold_lies_in_the_range_of_every_reason() -> None:
    """A reason widens what a measurement may be, to one side or both: it never leaves out the value itself."""
    page = page_reasons()
    ranges = [(text, low, high) for _, text, low, high, _ in page["rules"]]
    ranges += [tuple(page["other"]), ("batches whose prompts repeat", *page["repeated"])]
    assert len(ranges) > 10
    assert [text for text, low, high in ranges if not 0 < low <= 1 <= high] == []
