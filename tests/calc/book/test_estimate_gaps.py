"""Published figures of one prompt's energy, and the factors between them."""

from __future__ import annotations

import math
from itertools import permutations

import pytest

from calc.base.errors import DataError, UnknownNameError
from calc.book.estimate_gaps import KINDS, all_estimates, all_gaps, estimate, read_gaps
from calc.book.gap_parts import between, parts
from tests.calc.support import refused

# As each of them is published, with half a unit in its last digit.
PUBLISHED = {
    "devries": (2.9, 0.05),
    "epoch": (0.301, 0.0005),
    "altman": (0.34, 0.005),
    "google": (0.24, 0.005),
    "google-chip": (0.10, 0.005),
}


def test_each_figure_is_the_one_published():
    assert {one.id for one in all_estimates()} == set(PUBLISHED)
    for name, (value, half) in PUBLISHED.items():
        assert float(estimate(name).value) == pytest.approx(value, abs=half)


@pytest.mark.parametrize(("start", "end"), permutations(PUBLISHED, 2))
def test_the_factors_of_any_pair_multiply_to_the_gap_exactly(start, end):
    gap = between(start, end)
    assert gap.product == estimate(end).value / estimate(start).value
    assert len(gap.factors) >= 1


METHODS = ("epoch", "ecologits", "equations", "roofline")


@pytest.mark.parametrize(("start", "end"), permutations([*METHODS, "google"], 2))
def test_the_factors_between_methods_multiply_to_the_gap_exactly(start, end):
    gap = between(start, end)
    assert gap.product == estimate(end).value / estimate(start).value
    assert len(gap.factors) >= 1


def test_ecologits_and_epoch_differ_in_the_time_of_a_gpu_and_in_its_power():
    """By hand: 16 GPUs write for 64 readers in 60 ms, against a tenth of the peak; and what each draws meanwhile."""
    time, power = (float(one.value) for one in between("epoch", "ecologits").factors)
    assert time == pytest.approx(0.060 * 16 / 64 / (2 * 100e9 / (0.1 * 989e12)), rel=1e-6)
    drawn = 9.7472e-5 * 3600 / (0.060 / 64) + 150
    assert power == pytest.approx(drawn / (10_200 * 0.7 / 8), rel=1e-4)
    assert time * power == pytest.approx(1.31 / 0.301, rel=0.005)


def test_the_factors_of_the_inputs_are_their_ratios():
    factors = {one.name: float(one.value) for one in all_gaps()[0].factors}
    assert factors["tokens in an answer"] == 500 / 2000
    assert factors["parameters for each token"] == pytest.approx(100 / 175)
    assert factors["hardware"] == pytest.approx((10.2 * 0.7 / 8 / 989) / (6.5 / 8 / 312))
    # SemiAnalysis: 28,936 GPUs for 195 million answers a day.
    implied = 2 * 175e9 * 2000 / (28_936 * 86_400 / 195e6 * 312e12)
    assert factors["utilisation"] == pytest.approx(implied / 0.1)
    assert factors["the building"] == pytest.approx(1.2)


def test_the_parts_of_the_fall_multiply_to_it_and_their_shares_add_up_to_one():
    found = parts("devries", "google")
    assert math.prod(one.factor for one in found) == estimate("google").value / estimate("devries").value
    assert sum(one.share for one in found) == pytest.approx(1)
    by_kind = {one.kind: float(one.factor) for one in found}
    assert by_kind["answer"] == 500 / 2000
    assert by_kind["unknown"] == pytest.approx(
        0.24 / 0.301, rel=0.005
    )  # Epoch's figure to Google's, as both print them
    turned = {one.kind: one.factor for one in parts("google", "devries")}
    assert all(turned[one.kind] * one.factor == 1 for one in found)


def test_every_factor_between_published_figures_is_of_one_kind():
    assert {factor.kind for gap in all_gaps() for factor in gap.factors} == set(KINDS)


def test_no_such_estimate():
    with refused(UnknownNameError, "'devris'", "devries"):
        estimate("devris")


GOOD = """
formula = "site-energy-per-prompt"
[[estimate]]
id = "one"
title = "One"
source = "epoch2025chatgpt"
value = "site-energy-per-prompt; scenario epoch-query"
counts = "the site"
[[estimate]]
id = "two"
title = "Two"
source = "altman2025gentle"
value = "site_energy_per_prompt; scenario altman-2025"
counts = "not told"
[[gap]]
from = "one"
to = "two"
[[gap.factor]]
name = "all"
rest = true
why = "unknown"
"""


def test_a_good_file():
    _, (gap,) = read_gaps(GOOD)
    assert gap.factors[0].value == gap.end.value / gap.start.value


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("rest = true", 'at = "site-energy-per-prompt; scenario epoch-query"', ["its factors lead to", "0.34"]),
        ("rest = true", 'rest = true\nleaves = ["pue"]', ["one of leaves, at, rest"]),
        ("rest = true", 'leaves = ["pue"]', ["'pue' is not known of both"]),
        ('to = "two"', 'to = "too"', ["'too' is not an estimate", "two"]),
        ('counts = "not told"', 'count = "not told"', ["unknown key 'count'", "counts"]),
        ('counts = "not told"', "", ["'two' has no counts"]),
        ('scenario epoch-query"', 'scenario epoch"', ["epoch", "scenario"]),
        ('value = "site_energy_per_prompt; scenario altman-2025"', 'value = "gpus"', ["is in GPU"]),
        ("[[gap]]", "[[gaps]]", ["gaps.toml"]),
        ('why = "unknown"', "", ["line 18: gap 1 'one': factor 1 'all' has no why"]),
        ("rest = true", "rest = false", ["line 20: gap 1 'one': factor 1 'all': rest must be true, not false"]),
        ('id = "two"', 'id = "one"', ["line 10: estimate 2 'one': 'one' stands there twice"]),
        ("[[gap.factor]]", "[gap.factor]", ["factor must be tables headed [[gap.factor]], not {name = 'all', rest = "]),
        (
            'counts = "the site"',
            'counts = "it"\nscenario = "epoch"',
            ["line 9: estimate 1 'one': 'epoch' is not a scen"],
        ),
        ('formula = "site', 'formula = "sight', ["line 2: 'sight-energy-per-prompt' is not a formula; did you mean"]),
    ],
)
def test_a_wrong_file_is_one_clear_error(old, new, parts):
    with refused(DataError, "gaps.toml", *parts):
        read_gaps(GOOD.replace(old, new, 1))
