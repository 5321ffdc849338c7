"""Distributions: their kinds, their rule, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from calc.base.domains import AT_LEAST_ONE, COUNT, FRACTION, POSITIVE
from calc.base.errors import DataError
from calc.model.distributions import KINDS, WIDE, distribution, fitting
from calc.model.scenario_file import read_scenario
from tests.calc.support import refused

SHARES = (np.arange(200_000) + 0.5) / 200_000
STATED = {
    "uniform": distribution("uniform", 2, 1, 4, POSITIVE),
    "triangular": distribution("triangular", 2, 1, 4, POSITIVE),
    "pert": distribution("pert", 0.3, 0.2, 0.6, FRACTION),
    "normal": distribution("normal", 10, 10, 10, POSITIVE, spread=1.5),
    "normal, from its ends": distribution("normal", 10, 8, 12, POSITIVE),
    "lognormal": distribution("lognormal", 3, 1, 9, POSITIVE),
    "beta": distribution("beta", 0.7, 0.7, 0.7, FRACTION, spread=0.1),
    "values": distribution("values", 2, 2, 2, POSITIVE, values=(1.0, 2.0, 6.0)),
    "point": distribution("point", 2, 2, 2, POSITIVE),
}


@pytest.mark.parametrize("name", STATED)
def test_mean_and_standard_uncertainty_are_those_of_the_draws(name):
    one = STATED[name]
    drawn = one.ppf(SHARES)
    assert drawn.mean() == pytest.approx(one.mean, rel=2e-3)
    assert drawn.std() == pytest.approx(one.uncertainty, rel=5e-3, abs=1e-12)


def test_all_kinds_are_there():
    assert {one.kind for one in STATED.values()} == set(KINDS)


def test_lognormal_has_low_and_high_as_its_5_and_95_per_cent_points():
    low, middle, high = STATED["lognormal"].ppf(np.array([0.05, 0.5, 0.95]))
    assert (low, middle, high) == pytest.approx((1, 3, 9), rel=1e-12)


@pytest.mark.parametrize(
    ("value", "low", "high", "domain", "kind"),
    [
        (5, 5, 5, POSITIVE, "point"),
        (5, 3, 5, POSITIVE, "triangular"),
        (5, 0, 50, AT_LEAST_ONE, "triangular"),
        (5, 1, WIDE, POSITIVE, "lognormal"),
        (0.5, 0.01, 0.9, FRACTION, "pert"),
        (25_000, 20_000, 25_000, COUNT, "triangular"),
        (7, 1, 5, POSITIVE, "uniform"),
    ],
)
def test_the_rule(value, low, high, domain, kind):
    assert fitting(value, low, high, domain).kind == kind


def test_whole_quantities_stay_whole_and_inside():
    drawn = fitting(3, 1, 5, COUNT).ppf(SHARES)
    assert np.array_equal(drawn, np.rint(drawn))
    assert set(drawn) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("domain", [POSITIVE, FRACTION, AT_LEAST_ONE, COUNT])
def test_no_draw_leaves_its_domain(domain):
    value = 0.9 if domain is FRACTION else 1.2 if domain is AT_LEAST_ONE else 2
    one = distribution("normal", value, value, value, domain, spread=1)
    drawn = one.ppf(np.array([0.0, 1e-9, 0.5, 1 - 1e-9]))[1:]
    assert all(float(x) in domain for x in drawn)
    assert np.all(np.diff(one.ppf(SHARES)) >= 0)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"kind": "normal", "spread": -1}, "spread -1 is not above 0"),
        ({"kind": "normal"}, "needs a spread"),
        ({"kind": "beta"}, "needs a spread"),
        ({"kind": "beta", "spread": 0.1}, "is for fractions"),
        ({"kind": "uniform"}, "needs low and high"),
        ({"kind": "triangel"}, "did you mean 'triangular'?"),
        ({"kind": "values"}, "two published values or more"),
        ({"kind": "triangular", "low": 1, "high": 3, "spread": 1}, "belongs to a normal or beta"),
        ({"kind": "triangular", "low": 1, "high": 3, "values": (1.0, 2.0)}, "belongs to the distribution 'values'"),
        ({"kind": "pert", "low": 1, "high": 1.5}, "has its value between"),
        ({"kind": "lognormal", "low": 0, "high": 5}, "low above 0"),
    ],
)
def test_refused(settings, words):
    given = {"value": 2, "low": 2, "high": 2, "domain": POSITIVE, **settings}
    with refused(DataError, words):
        distribution(given.pop("kind"), given.pop("value"), given.pop("low"), given.pop("high"), **given)


def test_a_fraction_cannot_spread_further_than_0_and_1_allow():
    with refused(DataError, "no fraction with mean 0.5"):
        distribution("beta", 0.5, 0.5, 0.5, FRACTION, spread=0.5)


SERVER = """
[inputs.server_power]
value = 6.5
unit = "kW/server"
kind = "assumption"
note = "why"
"""
GPUS = """
[inputs.gpus]
value = 100
low = 50
unit = "GPU"
kind = "assumption"
note = "why"
"""


def read(text):
    return read_scenario(text, "mine", "mine.toml", ())


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("low = 7\nhigh = 6", "low 7 is above high 6"),
        ("low = 3\nhigh = 6", "must lie between low and high"),
        ("low = 3\nhigh = 6", "say why as outside"),
        ("low = 3\noutside = 'because'", "the value lies within its range"),
        ("low = 3\ndistribution = 'normal'\nspread = -0.5", "spread -0.5 is not above 0"),
        ("low = 3\nrange_from = 'me'", "range_from 'me' is none of source, sources, judgement"),
        ("range_from = 'source'", "there is none"),
        ("distribution = 'values'\nvalues = 3", "values must be a list"),
        ("distribution = 'normal'\nspread = 'wide'", "spread must be a number"),
        ("[[correlations]]\nbetween = ['server_power', 'gpus']\nrank = 0.5\nnote = 'why'", "server_power has no range"),
    ],
)
def test_a_scenario_refuses(more, words):
    with refused(DataError, "mine.toml", words):
        read(SERVER + more + GPUS)


def test_a_value_outside_its_range_needs_a_reason_and_then_is_drawn_from_the_range_alone():
    one = read(SERVER + "low = 3\nhigh = 6\noutside = 'the rating is a bound'").inputs["server_power"]
    assert (one.outside, one.distribution.kind) == ("the rating is a bound", "uniform")


def test_what_a_scenario_states_is_in_the_quantitys_own_unit():
    text = SERVER.replace("6.5", "6500").replace("kW/server", "W/server")
    one = read(text + "distribution = 'normal'\nspread = 500").inputs["server_power"]
    assert one.distribution.uncertainty == pytest.approx(0.5)
    assert (float(one.low), float(one.high)) == pytest.approx((6.5 - 1.645 * 0.5, 6.5 + 1.645 * 0.5))
    listed = read(text + "distribution = 'values'\nvalues = [3000, 6500, 7000]").inputs["server_power"]
    assert listed.distribution.values == (3.0, 6.5, 7.0)
    assert (float(listed.low), float(listed.high)) == (3, 7)


CORRELATED = """
[[correlations]]
between = ["server_power", "gpus"]
rank = {rank}
note = "why"
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CORRELATED.format(rank="1.5"), "is 1.5; accepted: above -1 and below 1"),
        (CORRELATED.format(rank="-1"), "is -1; accepted: above -1 and below 1"),
        (CORRELATED.format(rank="'much'"), "rank must be a number, not 'much'"),
        (CORRELATED.format(rank="0.5") * 2, "correlated twice"),
        (CORRELATED.format(rank="0.5").replace('"gpus"', '"server_power"'), "with itself"),
        (CORRELATED.format(rank="0.5").replace('"gpus"', '"pue"'), "has no pue"),
        (CORRELATED.format(rank="0.5").replace('"gpus"', '"gpuz"'), "did you mean 'gpus'?"),
        (CORRELATED.format(rank="0.5").replace('note = "why"', ""), "needs a note" if False else "need a note"),
        (
            CORRELATED.format(rank="0.5").replace("rank", "ranc"),
            "unknown key 'ranc'; accepted: between, rank, note; did you mean 'rank'?",
        ),
        ("correlations = 3\n", "must be tables"),
    ],
)
def test_impossible_correlations(text, words):
    body = SERVER + "low = 3\n" + GPUS
    with refused(DataError, words):
        read(text + body if text.startswith("correlations =") else body + text)


def test_three_inputs_cannot_all_go_against_each_other():
    days = GPUS.replace("inputs.gpus", "inputs.training_time").replace('"GPU"', '"day"')
    pairs = [("server_power", "gpus"), ("gpus", "training_time"), ("training_time", "server_power")]
    text = "".join(CORRELATED.format(rank="-0.9").replace('"server_power", "gpus"', f'"{a}", "{b}"') for a, b in pairs)
    with refused(DataError, "cannot all go together like that"):
        read(SERVER + "low = 3\n" + GPUS + days + text)


def test_lognormal_closed_form_of_its_mean():
    one = STATED["lognormal"]
    sigma = math.log(9) / (2 * 1.6448536269514722)
    assert one.mean == pytest.approx(3 * math.exp(sigma**2 / 2))
