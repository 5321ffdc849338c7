"""The bands that are kept: each is what the draws say, and none of the book's results that are shown is without."""

from __future__ import annotations

import pytest

from calc import all_formulas, scenario
from calc.analysis import sampling
from calc.analysis.band_table import band_key, kept_points
from calc.base.errors import ChainError, DomainError
from calc.book.home import book_derivations
from tests.sampling import sample


def shown():
    """Every formula where the book shows it, and where commands do."""
    yield from book_derivations()
    for formula in all_formulas():
        try:
            yield formula.derive(scenario("gpt-4"))
        except ChainError:
            continue


RANGED = list({band_key(step): step for step in shown() if sampling.uncertain(step)}.values())


def test_none_is_missing():
    missing = []
    for step in RANGED:
        if kept_points(step) is None:
            try:
                sampling.of(step)
            except DomainError:  # a draw of it is impossible, so there is no band
                continue
            missing.append(f"{step.formula.id} in {step.scenario.name}")
    assert missing == [], "run: make bands"


@pytest.mark.parametrize(
    "step", sample(RANGED, 12, "bands"), ids=lambda step: f"{step.formula.id}-{step.scenario.name}"
)
def test_each_is_what_the_draws_say(step):
    points = kept_points(step)
    if points is not None:
        assert points == pytest.approx(sampling.quantiles(sampling.of(step)), rel=1e-9)


def test_a_changed_input_has_another_key():
    step = RANGED[0]
    name = sampling.uncertain(step)[0].quantity.name
    other = step.formula.derive(step.scenario, **{name: step.scenario[name].value})
    assert band_key(step) != band_key(other)
    assert kept_points(other) is None
