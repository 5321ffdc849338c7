"""Plans: forwards, backwards and at a confidence, each against a second way; and what cannot be."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from calc import (
    answer_energy,
    campus_it_power,
    first_token_time,
    flop_utilisation,
    people_served,
    plan,
    run_electricity_cost,
    scenario,
    service_carbon,
    training_energy,
    training_time,
)
from calc.analysis.plan import _between, _Chain, _further, _shortest, backwards, forwards, spread
from calc.analysis.sampling import draws, of, quantiles
from calc.base.domains import AT_LEAST_ONE, COUNT, FRACTION, NOT_NEGATIVE, POSITIVE
from calc.base.errors import CalcError, SolveError
from calc.base.quantities import quantity
from calc.book.planner import question, questions
from calc.model.registry import formula_for
from tests.calc.support import refused


def test_backwards_is_forwards_turned_round():
    """Into the chain with a result's own value, out comes the input that made it."""
    for formula, start, name, value in [
        (training_time, "planner-run", "flop_utilisation", 0.33),
        (run_electricity_cost, "planner-run", "electricity_price", 0.0612),
        (run_electricity_cost, "planner-run", "pue", 1.0625),  # of a domain that begins at 1
        (run_electricity_cost, "planner-run", "pue", 9.5),
        (run_electricity_cost, "planner-run", "pue", 1),
        (training_time, "planner-run", "flop_utilisation", 1),  # and one that ends there
        (training_time, "planner-run", "flop_utilisation", 1e-6),
        (answer_energy, "planner-prompt", "response_tokens", 777.0),
        (service_carbon, "planner-site", "carbon_intensity", 41.5),
    ]:
        there = formula.derive(start, **{name: value}).exact
        found = backwards(formula, start, {formula.result.name: there}, name, None, least=False)
        assert math.isclose(found.value, value, rel_tol=1e-9), name


def test_backwards_agrees_with_the_books_own_inverse():
    """One formula by its closed form, which sympy finds, and by halving."""
    exact = campus_it_power.solve_for("campus_power", "planner-site", campus_it_power="100 MW")
    (value,) = exact.values
    found = backwards(campus_it_power, "planner-site", {"campus_it_power": "100 MW"}, "campus_power", None, least=True)
    assert math.isclose(found.value, float(value), rel_tol=1e-11)


def test_whole_servers_make_the_least_that_is_enough():
    """What is found is enough, and a billionth less is not, though servers and copies come in whole numbers."""
    found = backwards(people_served, "planner-site", {"people_served": 10_000_000}, "campus_power", None, least=True)
    assert found.step.value >= 10_000_000
    assert people_served.derive("planner-site", campus_power=found.value * (1 - 1e-9)).value < 10_000_000


@pytest.mark.parametrize("share", [0.9, 0.6])
def test_a_confidence_is_kept_by_the_draws(share):
    """Made and counted the book's own way, that share of the draws has enough; with a little less it has not."""
    wanted = 100.0
    found = backwards(training_time, "planner-run", {"training_time": wanted}, "gpus", share, least=False)
    kept = [
        np.mean(of(training_time.derive("planner-run", gpus=gpus)) <= wanted)
        for gpus in (found.value, found.value - 60)
    ]
    assert kept[0] >= share - 1e-4
    assert kept[1] < share


def test_forwards_at_a_confidence_is_a_percentile_of_the_draws():
    step = training_time.derive("planner-run")
    assert forwards(training_time, "planner-run", {}, 0.9, least=False).value == pytest.approx(
        quantiles(of(step), (0.9,))[0], rel=1e-12
    )
    assert spread(step) == pytest.approx(quantiles(of(step)), rel=1e-12)
    assert len(of(step)) == draws("planner-run").count


def test_a_readers_range_takes_part():
    narrow = plan({"ask": "train", "flop_utilisation": "39 to 41 %"}, sure=0.9)
    wide = plan({"ask": "train", "flop_utilisation": "20 to 60 %"}, sure=0.9)
    assert narrow.value < wide.value


@pytest.mark.parametrize("one", questions(), ids=lambda one: one.id)
def test_each_question_has_an_answer_and_its_other_end(one):
    found = plan({"ask": one.id})
    assert found.quantity.name == one.seek
    goal = formula_for(quantity(one.goal))
    there = {one.seek: found.value} if one.given else {}
    assert goal is found.step.formula
    assert found.step.value == pytest.approx(goal.derive(one.scenario, **there).value, rel=1e-12)


def test_a_case_of_the_page_is_a_plan():
    found = plan("ask=train&sure=0.9&training_time=100&gpus=")
    assert (found.quantity.name, found.sure) == ("gpus", 0.9)
    assert found.value > plan("ask=train&training_time=100&gpus=").value


@pytest.mark.parametrize(
    ("case", "seek", "parts"),
    [
        ({"ask": "train", "gpus": 25_000, "servers": 10}, "", ["10 servers of 8 GPUs each hold 80 GPUs, not 25,000"]),
        ({"ask": "megawatts", "server": "dgx-h100"}, "", ["810 GB", "576 GB", "give a copy 12 GPUs"]),
        ({"ask": "megawatts", "batch": 100_000}, "", ["batch of 100,000 is more than memory holds"]),
        ({"ask": "train"}, "gpus", ["to seek gpus, one result must be known", "training_time"]),
        ({"ask": "train", "training_time": 9, "gpu_hours": 9}, "gpus", ["not training_time and gpu_hours"]),
        ({"ask": "trian"}, "", ["'trian' is no question", "did you mean 'train'?"]),
        ({"ask": "prompt"}, "answer_enrgy", ["answer_enrgy"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_not_computed(case, seek, parts):
    with refused(CalcError, *parts):
        plan(case, seek)


def test_no_value_at_all():
    with pytest.raises(SolveError, match="no pue is found with which run_facility_energy is 1"):
        plan({"ask": "train", "run_facility_energy": "1 GWh"}, "pue")


def test_sure_is_a_share():
    with refused(CalcError, "sure takes a share above 0 and below 1"):
        plan({"ask": "train"}, sure=90)


def test_questions_name_what_there_is():
    for one in questions():
        assert one.seek in {*one.results, *one.fields}, one.id
        assert question(one.id) is one


@pytest.mark.parametrize("wanted", [35.5, 40.1, 77.7, 123.456, 3e3])
@pytest.mark.parametrize("least", [True, False])
def test_what_is_found_has_twelve_digits_and_does(wanted, least):
    """Shortened away from the edge, and by no more than the last digit."""
    found = backwards(training_time, "planner-run", {"training_time": wanted}, "flop_utilisation", None, least)
    assert found.value == float(f"{found.value:.12g}")
    made = training_time.derive("planner-run", flop_utilisation=found.value).exact
    assert made >= wanted if least else made <= wanted
    assert float(made) == pytest.approx(wanted, rel=1e-10)


@pytest.mark.parametrize("least", [True, False])
def test_what_the_scenario_does_not_fix_is_sought_from_what_follows(least):
    """3,125 servers of 6.5 kW take 43.875 GWh in 90 days; the scenario has GPUs, and no servers."""
    assert scenario("gpt-4").get(quantity("servers")) is None
    found = backwards(training_energy, "gpt-4", {"training_energy": "43.875 GWh"}, "servers", None, least=least)
    assert found.value == 3125
    found = backwards(training_energy, "gpt-4", {"training_energy": "43.876 GWh"}, "servers", None, least=least)
    assert found.value == (3126 if least else 3125)


def test_an_edge_is_looked_for_twice_as_far_on_both_sides_each_time():
    found = list(_further(3.0, POSITIVE))
    assert found[:4] == [6, 1.5, 12, 0.75]
    assert (max(found), min(found)) == (3 * 2.0**199, 3 * 2.0**-199)
    assert list(_further(1.0, AT_LEAST_ONE))[:4] == [3, 1.5, 5, 1.25]  # from the end of a domain too
    assert list(_further(1.5, AT_LEAST_ONE))[:4] == [2, 1.25, 3, 1.125]
    assert list(_further(0.0, NOT_NEGATIVE))[:2] == [2, 0.5]


def test_no_number_outside_its_domain_is_tried():
    counts = list(_further(5.0, COUNT))
    assert counts[:8] == [9, 3, 17, 2, 33, 2, 65, 1]  # 5, 9 and 17 are 4, 8 and 16 above the least; 1.5 becomes 2
    assert all(one in COUNT for one in counts)
    shares = list(_further(0.3, FRACTION))
    assert shares[:4] == [0.6, 0.15, 1, 0.075]
    assert all(one in FRACTION for one in shares)


@pytest.mark.parametrize(
    ("one", "other", "domain", "middle"),
    [
        (1.0, 100.0, POSITIVE, 10), (100.0, 1.0, POSITIVE, 10), (0.0, 10.0, NOT_NEGATIVE, 5),
        (2.0, 101.0, AT_LEAST_ONE, 11), (1.0, 10.0, COUNT, 6), (2.0, 5.0, COUNT, 3), (1.0, 9.0, AT_LEAST_ONE, 5),
    ],
    ids=str,
)  # fmt: skip
def test_half_way_is_by_ratio_above_the_end_of_a_domain(one, other, domain, middle):
    """Beside the end itself it is the middle: from 1 to 10 that is 5.5, and the even one is taken."""
    assert _between(one, other, domain) == middle


@pytest.mark.parametrize(
    ("edge", "up", "found"),
    [
        (1 / 3, True, 0.333333333334), (1 / 3, False, 0.333333333333), (2 / 3, True, 0.666666666667),
        (2 / 3, False, 0.666666666666), (0.25, True, 0.25), (0.25, False, 0.25),
        (12345.678901234567, True, 12345.6789013), (12345.678901234567, False, 12345.6789012),
    ],
    ids=str,
)  # fmt: skip
def test_the_good_end_in_twelve_digits_on_its_own_side(edge, up, found):
    def met(value):
        return value >= edge if up else value <= edge

    bad = math.nextafter(edge, -math.inf if up else math.inf)
    assert _shortest(edge, bad, met, POSITIVE) == found
    assert met(found)


def test_where_no_shorter_number_does_the_end_itself_stays():
    assert _shortest(1 / 3, 0.3, lambda value: value == 1 / 3, POSITIVE) == 1 / 3
    assert _shortest(7.0, 6.0, lambda value: value >= 7, COUNT) == 7
    assert _shortest(1.0, 0.5, lambda value: value >= 1, FRACTION) == 1


@pytest.mark.parametrize("sure", [0, 1, -0.1, 1.1])
def test_a_confidence_is_no_certainty(sure):
    with refused(CalcError, "sure takes a share above 0 and below 1, such as 0.9, not "):
        forwards(training_time, "planner-run", {}, sure, least=False)


@pytest.mark.parametrize(
    ("formula", "sought", "start"),
    [
        (training_energy, "server_power", 6.5),  # the scenario's own
        (training_energy, "servers", 3125),  # what follows of what it has
        (answer_energy, "response_tokens", 1),  # of which it has nothing
        (first_token_time, "cached_share", 0.5),  # a share
    ],
)
def test_where_a_search_begins(formula, sought, start):
    rest = {q.name: 0.5 if q.domain.is_share else 1 for q in formula.inputs if q.name != sought}
    known = {} if formula is training_energy else rest
    assert _Chain(formula, "gpt-4", known, quantity(sought)).start == start


@pytest.mark.parametrize("sure", [None, 0.9])
def test_where_there_is_no_result_nothing_is_met(sure):
    """With fewer GPUs the same run would use more than all of them: those are passed over, not taken."""
    found = backwards(flop_utilisation, "gpt-4", {"flop_utilisation": 0.9}, "gpus", sure, least=False)
    assert flop_utilisation.derive("gpt-4", gpus=found.value).value <= 0.9
    if sure is None:
        by_hand = 25_000 * flop_utilisation.derive("gpt-4").exact / Fraction(9, 10)
        assert found.value == math.ceil(by_hand)
