"""Serving: what was published of whole chains, and what the scenarios say of one another."""

from __future__ import annotations

import pytest

from calc import formula_by_id, scenario
from calc.book.lookup import refer


@pytest.mark.parametrize(
    ("published", "changes"),
    [
        (0.301, {}),
        (0.902, {"response_tokens": 1500}),
        (0.06, {"active_parameters": 20e9}),
        (1.3035, {"active_parameters": 200e9, "serving_utilisation": "5 %", "pue": 1.3}),
        (3.911, {"active_parameters": 200e9, "serving_utilisation": "5 %", "pue": 1.3, "response_tokens": 1500}),
    ],
)
def test_every_column_of_epochs_sheet_follows_from_its_inputs(published, changes):
    found = formula_by_id("site-energy-per-prompt").derive("epoch-query", **changes)
    assert float(found.exact) == pytest.approx(published, abs=0.0005)


def test_the_models_of_a_line_share_the_prompts_of_the_book():
    line = scenario("product-line")
    shares = [line[f"{part}_prompts"].value for part in ("quick", "standard", "long")]
    assert sum(shares) == scenario("gpt-4")["prompts_per_day"].value == scenario("chat-fleet")["prompts_per_day"].value


def test_the_peak_is_that_of_the_servers_counted():
    peak, mean = 278, 226.75
    assert float(scenario("chat-fleet")["peak_to_mean"].value) == pytest.approx(peak / mean, abs=0.0005)


def test_the_servers_write_as_many_tokens_as_one_was_measured_to():
    fleet = scenario("chat-fleet")
    held = refer("prompts-per-server; scenario chat-fleet").value
    assert float(held / fleet["token_time"].value) == pytest.approx(float(fleet["token_throughput"].value), rel=0.05)


def test_memory_is_that_of_the_weights_and_a_tenth():
    fleet = scenario("chat-fleet")
    memory, reserved = fleet["server_memory"].value, fleet["reserved_memory"]
    assert reserved.value == 405 + memory / 10
    assert reserved.low == 405 + memory / 20


def test_a_quantity_that_bears_a_formulas_name():
    assert refer("pue; scenario fleet-google").target == "input-fleet-google-pue"
    assert refer("pue").target == "pue"
    assert refer("pue; scenario fleet-google; low").text == "1.06"
