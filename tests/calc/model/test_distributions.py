"""Distributions: their kinds, their rule, and what is refused."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from calc.base.domains import AT_LEAST_ONE, COUNT, FRACTION, FRACTION_OR_NONE, NOT_NEGATIVE, POSITIVE
from calc.base.errors import DataError
from calc.model.correlation import Correlation, matrix
from calc.model.distributions import KINDS, WIDE, Distribution, distribution, fitting
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


@pytest.mark.parametrize(
    ("value", "low", "high", "domain", "kind"),
    [
        (5, 1, 9.99, POSITIVE, "triangular"),
        (5, 1, 10, POSITIVE, "lognormal"),  # ten times
        (1, 1, 10, POSITIVE, "lognormal"),
        (10, 1, 10, POSITIVE, "lognormal"),
        (5, 0, 10, NOT_NEGATIVE, "triangular"),  # of nothing everything is many times
        (0.5, 0.5, 0.6, FRACTION, "pert"),
        (0.6, 0.5, 0.6, FRACTION_OR_NONE, "pert"),
        (5, 6, 6, POSITIVE, "uniform"),  # a value outside an end that is the other
        (0.7, 0.5, 0.6, FRACTION, "uniform"),
    ],
)
def test_the_rule_at_its_edges(value, low, high, domain, kind):
    found = fitting(value, low, high, domain)
    assert (found.kind, found.is_point) == (kind, False)
    assert distribution("", value, low, high, domain) == found
    assert (found.low, found.value, found.high, found.domain) == (low, value, high, domain)


@pytest.mark.parametrize(
    ("mean", "spread", "domain"),
    [(2, 1, AT_LEAST_ONE), (0.9, 0.2, FRACTION), (0.1, 0.2, FRACTION_OR_NONE), (1, 2, POSITIVE), (0.5, 3, FRACTION)],
)
def test_what_a_domain_cuts_off_is_spread_over_the_rest(mean, spread, domain):
    """As SciPy's own truncated normal distribution has it."""
    low, high = ((end - mean) / spread for end in (domain.low, domain.high))
    shares = np.array([0.001, 0.05, 0.3, 0.5, 0.95, 0.999])
    expected = stats.truncnorm(low, high, mean, spread).ppf(shares)
    assert distribution("normal", mean, mean, mean, domain, spread=spread).ppf(shares) == pytest.approx(expected)


def test_each_published_value_is_as_likely_as_the_next():
    one = distribution("values", 2, 2, 2, POSITIVE, values=(6.0, 1.0, 2.0))
    assert one.ppf(np.array([0, 0.333, 0.334, 0.666, 0.667, 0.999, 1])).tolist() == [1, 1, 2, 2, 6, 6, 6]
    assert (one.low, one.value, one.high) == (1, 2, 6)
    assert one.uncertainty == pytest.approx(np.std([6, 1, 2]))


def test_what_they_are_called():
    called = {name: one.words for name, one in STATED.items()}
    assert called.pop("values") == "3 published values"
    assert called.pop("pert") == "PERT"
    assert all(name.startswith(words) for name, words in called.items())
    assert [name for name, one in STATED.items() if one.is_point] == ["point"]


@pytest.mark.parametrize("kind", ["point", "values"])
def test_what_is_no_continuous_distribution(kind):
    with refused(DataError, f"a {kind} is no continuous distribution"):
        _ = STATED[kind].continuous


KNOWN = {
    "uniform": stats.uniform(1, 3),
    "triangular": stats.triang(1 / 3, 1, 3),
    "pert": stats.beta(1 + 4 * 0.1 / 0.4, 1 + 4 * 0.3 / 0.4, 0.2, 0.4),
    "normal": stats.norm(10, 1.5),
    "normal, from its ends": stats.norm(10, 2 / stats.norm.ppf(0.95)),
    "lognormal": stats.lognorm(math.log(3) / stats.norm.ppf(0.95), scale=3),
    "beta": stats.beta(0.7 * 20, 0.3 * 20),  # the variance is 0.7 · 0.3 over one more than what the shapes add up to
}


@pytest.mark.parametrize("name", KNOWN)
def test_each_is_the_distribution_that_its_name_says(name):
    """SciPy's, with the parameters that textbooks have for it."""
    found, known = STATED[name].continuous, KNOWN[name]
    values = found.ppf(SHARES[::1000])
    assert values == pytest.approx(known.ppf(SHARES[::1000]), rel=1e-12)
    assert [found.cdf(float(x)) for x in values] == pytest.approx(SHARES[::1000], rel=1e-12)


@pytest.mark.parametrize(
    ("kind", "settings", "said"),
    [
        ("normal", {"spread": 0}, "spread 0 is not above 0"),
        ("normal", {"spread": math.nan}, "spread nan is not above 0"),
        ("", {"spread": 1}, "spread belongs to a normal or beta distribution, not to none"),
        ("uniform", {"spread": 1}, "spread belongs to a normal or beta distribution, not to uniform"),
        ("", {"values": (1.0, 2.0)}, "a list of values belongs to the distribution 'values', not to none"),
        ("values", {"values": (0.5,)}, "the distribution 'values' needs a list of two published values or more"),
        ("normal", {}, "a normal distribution needs a spread, or low and high"),
        ("beta", {"low": 0.4, "high": 0.6}, "a beta distribution needs a spread"),
        ("beta", {"spread": 0.5}, "no fraction with mean 0.5 can have a spread of 0.5"),
        ("lognormal", {"low": -1, "high": 5}, "a lognormal distribution needs low above 0"),
        ("pert", {"low": 0.51, "high": 0.6}, "a pert distribution has its value between low and high"),
        ("triangular", {"low": 0.4, "high": 0.49}, "a triangular distribution has its value between low and high"),
    ],
)
def test_what_a_refusal_says(kind, settings, said):
    given = {"low": 0.5, "high": 0.5, "domain": FRACTION} | settings
    with pytest.raises(DataError) as found:
        distribution(kind, 0.5, given.pop("low"), given.pop("high"), given.pop("domain"), **given)
    assert str(found.value) == said


def test_what_is_just_inside_is_taken():
    assert distribution("beta", 0.5, 0.5, 0.5, FRACTION, spread=0.499).uncertainty == 0.499
    assert distribution("values", 1, 1, 1, POSITIVE, values=(1.0, 2.0)).mean == 1.5
    for kind in ("triangular", "pert"):
        for value in (0.25, 0.75):
            assert distribution(kind, value, 0.25, 0.75, FRACTION).value == value
    assert distribution("lognormal", 9, 0.1, 5, POSITIVE).mean > 0  # whose value may be anywhere
    assert distribution("uniform", 9, 0.1, 5, POSITIVE).mean == pytest.approx(2.55)
    assert distribution("normal", 10, 8, 12, POSITIVE).uncertainty == pytest.approx(2 / stats.norm.ppf(0.95))


def test_a_matrix_has_the_pairs_of_which_both_are_named():
    known = [Correlation("a", "b", 0.5, ""), Correlation("c", "a", -0.3, "")]
    normal = [2 * math.sin(math.pi * rank / 6) for rank in (0.5, -0.3)]
    assert matrix(["a", "b"], known).tolist() == [[1, normal[0]], [normal[0], 1]]
    assert matrix(["b", "c"], known).tolist() == [[1, 0], [0, 1]]
    assert matrix(["a", "x", "c"], known).tolist() == [[1, 0, normal[1]], [0, 1, 0], [normal[1], 0, 1]]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("low = 3", "it has a spread and low, which follows from a spread; give one or the other"),
        ("high = 9", "it has a spread and high, which follows from a spread; give one or the other"),
        ("low = 3\nhigh = 9", "it has a spread and low and high, which follow from a spread; give one or the other"),
    ],
)
def test_a_spread_stands_alone(stated, said):
    with refused(DataError, "mine.toml, line 8: inputs.server_power: ", said):
        read(f"{SERVER}distribution = 'normal'\nspread = 1\n{stated}")


@pytest.mark.parametrize(("low", "high"), [(2.0, 50.0), (0.02, 0.5), (1.0, 40.0)])
def test_a_lognormal_s_logarithm_has_its_mean_and_deviation_between_the_logarithms_of_its_ends(low, high):
    """The ends are 1.645 deviations from the middle, which is half-way by ratio; its moments are textbook."""
    one = distribution("lognormal", math.sqrt(low * high), low, high, POSITIVE)
    deviation = math.log(high / low) / 2 / 1.6448536269514722
    assert one.continuous.ppf(np.array([0.05, 0.5, 0.95])) == pytest.approx([low, math.sqrt(low * high), high])
    assert one.mean == pytest.approx(math.sqrt(low * high) * math.exp(deviation**2 / 2))
    assert one.uncertainty == pytest.approx(one.mean * math.sqrt(math.exp(deviation**2) - 1))


def test_moments_of_a_triangle_by_its_textbook():
    """From 2 to 8 with its top at 5: a variance of half the width squared over six."""
    one = distribution("triangular", 5, 2, 8, POSITIVE)
    assert (one.mean, one.uncertainty) == (pytest.approx(5), pytest.approx(math.sqrt(3**2 / 6)))
    skewed = distribution("triangular", 2, 2, 8, POSITIVE)
    assert (skewed.mean, skewed.uncertainty) == (pytest.approx(4), pytest.approx(6 / math.sqrt(18)))


def test_without_the_day_of_the_last_look_nothing_is_said_of_what_stands_there():
    table = '[inputs.gpus]\nvalue = 5\nunit = "GPU"\nkind = "reported"\nsource = "mohit2026"\nlocator = "p. 1"'
    for more, end in (("", "such as 2026-11-22"), ("\nchecked = 'today'", "such as 2026-11-22, not 'today'")):
        with pytest.raises(DataError) as caught:
            read_scenario(table + more, "mine", "mine.toml", ())
        assert str(caught.value).endswith(end)


def test_ends_that_are_the_value_are_no_range_and_a_look_of_today_is_not_to_come():
    text = f"""
        [inputs.gpus]
        value = 5
        low = 5
        high = 5
        unit = "GPU"
        kind = "reported"
        source = "mohit2026"
        locator = "p. 1"
        checked = {datetime.datetime.now().astimezone().date()}
    """
    one = read_scenario(text, "mine", "mine.toml", ())["gpus"]
    assert (one.low, one.value, one.high, one.distribution.is_point) == (5, 5, 5, True)
    normal = '[inputs.pue]\nvalue = 1.5\ndistribution = "normal"\nkind = "assumption"\nnote = "x"\nspread = '
    for spread in (0, -1):
        with refused(DataError, f"spread {spread} is not above 0"):
            read_scenario(f"{normal}{spread}", "mine", "mine.toml", ())


@pytest.mark.parametrize("width", [1e-1, 1e-6, 1e-9, 1e-12, 1e-15])
def test_the_uncertainty_of_a_narrow_range_is_that_of_exact_numbers(width):
    """However little its ends differ from each other, of which squares in doubles know nothing."""
    for value in (0.3, 6.5, 6.5e20):
        low, high = value * (1 - width), value * (1 + width / 2)
        a, m, b = map(Fraction, (low, value, high))
        mean = (a + 4 * m + b) / 6
        exact = {
            "triangular": (a * a + m * m + b * b - a * m - a * b - m * b) / 18,
            "pert": (mean - a) * (b - mean) / 7,
        }
        for kind, variance in exact.items():
            found = Distribution(kind, low, value, high, POSITIVE).uncertainty
            assert found == pytest.approx(math.sqrt(variance), rel=1e-12)
