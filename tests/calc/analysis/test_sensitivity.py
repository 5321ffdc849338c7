"""How far each input alone moves a result, by hand: the result is a product, and its inputs are drawn evenly."""

from __future__ import annotations

import pytest

from calc import flop_utilisation, training_energy
from calc.analysis.sensitivity import moves, spread


def test_the_ends_of_a_factor_and_what_it_divides_by() -> None:
    step = training_energy.derive("gpt-4", servers=3000, server_power="4 to 9 kW/server", training_time="80 to 100 day")
    found = {name: (low, high) for name, low, high in moves(step)}
    own = float(step.exact)
    assert found["server_power"] == pytest.approx((own * 4.25 / 6.5, own * 8.75 / 6.5))
    assert found["training_time"] == pytest.approx((own * 81 / 90, own * 99 / 90))
    assert [name for name, _, _ in moves(step)] == ["server_power", "training_time"]


def test_an_input_at_whose_ends_there_is_no_result_is_left_out_and_the_others_stay() -> None:
    """With a quarter of the GPUs they would do more than they can."""
    given = {"gpus": "5000 to 45000", "training_time": "80 to 100 day"}
    step = flop_utilisation.derive("gpt-4", **given)
    own = float(step.exact)
    ((name, low, high),) = moves(step)
    assert name == "training_time"
    assert (low, high) == pytest.approx((own * 90 / 81, own * 90 / 99))
    assert [part.input.quantity.name for part in spread(step)] == ["training_time"]
    (part,) = spread(step)
    assert (float(part.low), float(part.high)) == pytest.approx((own * 90 / 100, own * 90 / 80))


def test_nothing_moves_what_has_no_range() -> None:
    step = training_energy.derive("gpt-4", servers=3125, server_power=6.5, training_time=90)
    assert (moves(step), spread(step)) == ([], ())
