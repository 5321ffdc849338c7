"""Between which values a measured serving would lie: by the rows' own errors, once more by hand.

The energy of a token is power times the time of a step, so that its error is the product of both.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from calc import gpu_token_energy, scenario, serving_rate, training_energy
from calc.analysis.serving_coverage import (
    LIMITS,
    coverage,
    errors_of_rows,
    is_beyond,
    limit_side,
    sentence,
    shown_limit,
)
from calc.analysis.validation import missed
from calc.base.numbers import show


def both(dense: bool) -> np.ndarray:
    """Measured over foretold energy, row by row."""
    found = missed(dense)
    return np.asarray(found["decode-step-time"]) * np.asarray(found["instance-power"])


@pytest.mark.parametrize(("base", "dense"), [("served-70b", True), ("served-deepseek", False)])
def test_inside_nine_rows_in_ten(base: str, dense: bool) -> None:
    step = gpu_token_energy.derive(base)
    found = coverage(step)
    low, high = np.quantile(both(dense), (0.05, 0.95)) * float(step.exact)
    assert (found.level, found.reasons, found.limit) == ("inside", (), None)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


def test_near_where_nobody_knows_how_much_wider_the_errors_count_twice() -> None:
    step = gpu_token_energy.derive("served-70b", batch=6)
    found = coverage(step)
    low, high = np.quantile(both(True) ** 2, (0.05, 0.95)) * float(step.exact)
    assert found.level == "near"
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


def test_near_with_a_range_of_its_own_the_time_is_so_much_wider() -> None:
    """Layers with a state are foretold a fifth too low; the power of a step that takes longer stays."""
    step = gpu_token_energy.derive("served-70b", state_size="1 MB/prompt")
    found = coverage(step)
    ends = [np.quantile(both(True) * wider, (0.05, 0.95)) * float(step.exact) for wider in (1, 1.25)]
    assert found.level == "near"
    assert (found.low, found.high) == pytest.approx((ends[0][0], ends[1][1]), rel=1e-9)


def test_beyond_there_is_a_limit_and_no_value() -> None:
    step = gpu_token_energy.derive("served-70b", batch=20_000)
    found = coverage(step)
    assert (found.level, found.low, found.high, found.side) == ("beyond", None, None, "lower")
    assert 0 < found.limit < step.exact
    assert is_beyond(step)
    assert not is_beyond(gpu_token_energy.derive("served-70b"))


def test_what_rests_on_no_step_of_serving_has_none() -> None:
    assert coverage(training_energy.derive("gpt-4")) is None
    assert not is_beyond(training_energy.derive("gpt-4"))


def test_the_errors_that_a_page_has_are_those_of_the_rows() -> None:
    for kind, dense in (("dense", True), ("mixture", False)):
        time, power = errors_of_rows()[kind]
        assert time == pytest.approx(missed(dense)["decode-step-time"], rel=1e-3)
        assert power == pytest.approx(missed(dense)["instance-power"], rel=1e-3)


def test_another_gpu_brings_no_memory_of_the_scenarios() -> None:
    """A data sheet alone says nothing of the memory: nothing is said of room then."""
    own = scenario("served-70b")
    other = coverage(
        gpu_token_energy.derive("served-70b", memory_bandwidth=float(own["memory_bandwidth"].value) * 1.01)
    )
    assert not any("GB" in reason for reason in other.reasons)
    full = coverage(gpu_token_energy.derive("served-70b", batch=700, mean_context=8000))
    assert any("caches of" in reason for reason in full.reasons)


@pytest.mark.parametrize("model", ["llama3.1-70b", "gpt-oss-120b"])
def test_the_memory_that_a_copy_needs_by_hand(model: str) -> None:
    """Weights, and for each answer the keys and values of its past: of all of it, or of a window's length."""
    given = {"batch": 700, "mean_context": 60_000, "instance_gpus": 4}
    step = gpu_token_energy.derive("served-70b", model=model, **given)
    one = {leaf.quantity.name: float(leaf.value) for leaf in step.leaves}
    one |= {part.formula.result.name: float(part.exact) for part in step.chain}
    v = {name: float(known.value) for name, known in step.scenario.inputs.items()} | one
    dense, short = v["total_parameters"] - v["expert_parameters"], v["window_layers"]
    weights = v["weight_bytes"] * dense + v["expert_bytes"] * v["expert_parameters"]
    looked_back = (v["kv_layers"] - short) * 60_000 + short * min(60_000, v["window_tokens"])
    caches = 700 * v["cache_numbers"] * v["number_size"] * looked_back
    (said,) = (reason for reason in coverage(step).reasons if reason.startswith("weights and"))
    assert f"weights and caches of {(weights + caches) / 1e9:,.0f} GB, " in said.replace("\N{NO-BREAK SPACE}", " ")
    assert (short > 0) == (model == "gpt-oss-120b")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_limit_is_what_follows_with_each_value_of_the_data_sheet() -> None:
    """Once more as a chain of its own, with those values given; the batch is far beyond what was measured."""
    given = {"batch": 20_000}
    step = gpu_token_energy.derive("served-70b", **given)
    ideal = {name: one.value for name, one in scenario(LIMITS).inputs.items()}
    ideal = {name: value for name, value in ideal.items() if name in {leaf.quantity.name for leaf in step.leaves}}
    by_hand = gpu_token_energy.derive("served-70b", **given, **ideal)
    assert coverage(step).limit == by_hand.exact
    assert len(ideal) > 3
    shown = show(by_hand.exact, step.formula.result, digits=2)
    assert shown_limit(step) == shown
    why = "; ".join(coverage(step).reasons)
    assert sentence(step) == (
        f"Beyond what was measured ({why}): it has no value; the data sheet allows no less than {shown.text}."
    )
    assert limit_side(step) == "lower"


def test_of_what_is_the_more_the_better_the_limit_is_the_most() -> None:
    rate = serving_rate.derive("served-70b", batch=20_000)
    assert (limit_side(rate), coverage(rate).limit > rate.exact) == ("upper", True)
    assert "the data sheet allows no more than " in sentence(rate)


@pytest.mark.parametrize(
    ("given", "why"), [({}, "Inside what was measured"), ({"batch": 6}, "Near what was measured (a batch of 6; ")]
)
def test_the_sentence_has_both_ends_in_two_digits(given: dict[str, float], why: str) -> None:
    step = gpu_token_energy.derive("served-70b", **given)
    found = coverage(step)
    low, high = (show(Fraction(end), step.formula.result, digits=2).text for end in (found.low, found.high))
    assert sentence(step).startswith(why)
    assert sentence(step).endswith(f": nine measurements in ten would lie between {low} and {high}.")
    assert (shown_limit(step), limit_side(step)) == (None, "")


def test_nothing_is_said_of_what_rests_on_no_serving() -> None:
    step = training_energy.derive("gpt-4")
    assert (sentence(step), shown_limit(step), limit_side(step)) == ("", None, "")
