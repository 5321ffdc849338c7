"""Average or marginal: the second way is the formula of the marginal carbon itself, at the same place."""

from __future__ import annotations

import pytest

from calc import prompt_carbon, training_carbon, training_energy, training_marginal_carbon
from calc.analysis.margin import on_the_margin
from calc.render.hangs import hangs_words
from calc.render.uncertainty import sentence


@pytest.mark.parametrize("place", ["swe", "irl", "usa", "chn", "pol", "ind"])
def test_a_place_has_its_own_margin(place: str) -> None:
    shown = on_the_margin(training_carbon.derive("gpt-4-footprint", place=place))
    assert shown is not None
    assert shown.exact == training_marginal_carbon.derive("gpt-4-footprint", place=place).exact


def test_where_nobody_states_a_margin_none_is_made_up() -> None:
    assert on_the_margin(training_carbon.derive("gpt-4-footprint", place="world")) is None
    assert on_the_margin(training_carbon.derive("gpt-4-footprint", carbon_intensity=100)) is None
    assert on_the_margin(training_energy.derive("gpt-4")) is None


def test_it_comes_before_the_inputs() -> None:
    for words in (hangs_words, sentence):
        assert words(prompt_carbon.derive("chatgpt-footprint")).startswith("First, average or marginal")
        assert "marginal" not in words(training_energy.derive("gpt-4-estimate"))
