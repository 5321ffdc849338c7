"""The bands and shares that are kept: each is what the draws say, and no result that the book shows is without."""

from __future__ import annotations

import pytest

from calc import all_formulas, scenario
from calc.analysis import sampling
from calc.analysis.band_table import RANGES, _table, band_key, kept_points, kept_range, kept_shares, range_key
from calc.analysis.budget import Shares, drawn_shares, shares
from calc.analysis.plan import drawn_spread
from calc.band_table import on_cards
from calc.base.errors import ChainError, DomainError
from calc.book.home import book_derivations
from calc.render.pages.planner import planned_steps
from tests.sampling import sample


def shown():
    """Every formula where the book shows it, and where commands do."""
    yield from book_derivations()
    for formula in all_formulas():
        try:
            yield formula.derive(scenario("gpt-4"))
        except ChainError:
            continue


@pytest.fixture(scope="module")
def ranged():
    return list({band_key(step): step for step in shown() if sampling.uncertain(step)}.values())


def test_none_is_missing(ranged):
    missing = []
    for step in ranged:
        if kept_points(step) is None:
            try:
                sampling.of(step)
            except DomainError:  # a draw of it is impossible, so there is no band
                continue
            missing.append(f"{step.formula.id} in {step.scenario.name}")
    assert missing == [], "run: make bands"


def test_each_is_what_the_draws_say(ranged):
    for step in sample(ranged, 12, "bands"):
        points = kept_points(step)
        if points is not None:
            drawn = sampling.quantiles(sampling.of(step))
            assert points == pytest.approx(drawn, rel=1e-9), f"{step.formula.id} in {step.scenario.name}"


def test_the_planner_s_page_has_its_bands_and_nobody_else():
    steps = [step for step in planned_steps() if sampling.uncertain(step)]
    assert sum(step.is_own for step in steps) > 10
    missing = []
    for step in steps:
        if kept_points(step, planned=True) is None:
            try:
                drawn_spread(step)
            except DomainError:
                continue
            missing.append(f"{step.formula.id} in {step.scenario.name}")
    assert missing == [], "run: make bands"
    for step in sample([step for step in steps if step.is_own], 6, "planned"):
        assert kept_points(step, planned=True) == pytest.approx(drawn_spread(step), rel=1e-9), step.formula.id
        assert kept_points(step) is None


def test_each_input_has_the_share_that_the_draws_say():
    cards = [step for step in book_derivations() if kept_shares(step)]
    assert len(cards) > 100
    for step in sample(cards, 12, "shares"):
        drawn = drawn_shares(step)
        found = kept_shares(step)
        assert list(found) == list(drawn.main), step.formula.id
        for name, pair in found.items():
            assert pair == pytest.approx((drawn.main[name], drawn.total[name]), rel=1e-9, abs=1e-12), step.formula.id
        assert shares(step) == Shares(
            {n: main for n, (main, _) in found.items()}, {n: t for n, (_, t) in found.items()}
        )


def test_each_range_is_what_the_expression_says_and_none_of_the_book_is_missing():
    steps = [step for step in shown() if any(leaf.low != leaf.high for leaf in step.leaves)]
    for step in steps:
        try:
            _ = step.exact
        except DomainError:
            continue
        assert range_key(step) in _table(RANGES), f"{step.formula.id} in {step.scenario.name}: run: make bands"
    for step in sample(steps, 60, "ranges"):
        assert kept_range(step) == step.range, f"{step.formula.id} in {step.scenario.name}"


def test_a_range_that_is_given_or_refused_is_not_looked_up():
    step = next(step for step in book_derivations() if range_key(step) in _table(RANGES))
    leaf = next(leaf for leaf in step.leaves if leaf.low != leaf.high)
    narrow = step.formula.derive(step.scenario, **{leaf.quantity.name: step.scenario[leaf.quantity.name].value})
    assert range_key(narrow) != range_key(step)
    assert kept_range(narrow) == narrow.range


def test_no_share_that_a_card_shows_is_missing():
    """But where a draw is impossible, or inputs go together, there is none."""
    missing = []
    for step in on_cards():
        if len(sampling.uncertain(step)) > 1 and kept_shares(step) is None:
            try:
                missing += [step.formula.id] if drawn_shares(step) else []
            except DomainError:
                continue
    assert missing == [], "run: make bands"


def test_a_changed_input_has_another_key(ranged):
    step = ranged[0]
    name = sampling.uncertain(step)[0].quantity.name
    other = step.formula.derive(step.scenario, **{name: step.scenario[name].value})
    assert band_key(step) != band_key(other)
    assert kept_points(other) is None
    assert kept_shares(other) is None
