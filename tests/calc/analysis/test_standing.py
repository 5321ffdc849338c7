"""What a value is: no figure stands outside its own band without a word, and what the words are."""

from __future__ import annotations

import dataclasses

import pytest

import calc
from calc import all_formulas, scenario, scenario_names, training_energy
from calc.analysis.serving_coverage import shown_limit
from calc.analysis.standing import (
    OUTSIDE,
    bare_words,
    beside_words,
    figure_words,
    models_words,
    short_words,
    standing,
    sure_words,
    theirs_words,
    value_words,
)
from calc.base.errors import CalcError
from tests.calc.support import refused
from tests.sampling import sample


def _results(name):
    for formula in all_formulas():
        try:
            step = formula.derive(name)
            step.exact  # noqa: B018
        except CalcError:  # the scenario lacks an input
            continue
        yield step


@pytest.mark.parametrize("name", sample(scenario_names(), 45, "scenarios whose values stand in their bands"))
def test_a_value_lies_in_its_own_band_or_says_what_it_is(name):
    outside = []
    for step in _results(name):
        found, said = standing(step), value_words(step)
        worded = "at most" in said or "at least" in said or "states" in said
        if not found.inside and not worded:
            outside.append(f"{step.formula.id}: {said}; {beside_words(step)}")
        if (found.bound or found.stated) and not worded:
            outside.append(f"{step.formula.id}: {said} does not say that it is a bound or a statement")
        if found.estimate is not None and not any("estimate" in words for words in beside_words(step)):
            outside.append(f"{step.formula.id}: the estimate is not beside it")
    assert not outside


@pytest.mark.parametrize("name", scenario_names())
def test_what_is_printed_of_a_band_has_the_printed_value_in_it(name):
    """As a reader would hold them against each other: 3,125 is not in 2,500 to 3,100."""
    from calc.analysis.results import band, show_result

    wrong = []
    for step in _results(name):
        found = band(step)
        if found is None or not standing(step).inside:
            continue
        low, high = found[0].value, found[-1].value
        shown = show_result(step)
        if shown.unit and found[0].unit and shown.unit.rstrip("s") == found[0].unit.rstrip("s"):
            wrong += [] if low <= shown.value <= high else [f"{step.formula.id}: {shown.text} in {low} to {high}"]
    assert not wrong


def test_the_run_and_the_day_have_the_book_s_estimate_beside_them():
    run, day = calc.training_energy.derive(), calc.serving_facility_energy.derive()
    assert standing(run).bound == "upper"  # the rating of a server, which none draws
    assert standing(run).estimate.scenario.name == "gpt-4-estimate"
    assert standing(day).estimate.scenario.name == "chatgpt-2025-07"  # and not the run's, which has a PUE of its own
    assert standing(standing(run).estimate).theirs.scenario.name == "gpt-4"
    assert not standing(calc.residential_use.derive()).stated  # none of its inputs is the article's


def test_two_models_are_never_taken_for_one():
    for one in (calc.breakeven_time, calc.breakeven_prompts, calc.total_facility_energy):
        for name in ("gpt-4", "gpt-4-and-chatgpt"):
            assert "of two models: GPT-4's run, ChatGPT's day of July 2025" in beside_words(one.derive(name))
        assert standing(one.derive()).estimate.scenario.name == "gpt-4-and-chatgpt"
        with refused(CalcError, "is missing"):  # what answered was another model
            one.derive("gpt-4-estimate")
    assert not standing(calc.training_energy.derive()).models


def test_a_measured_power_is_not_derated_again():
    with refused(CalcError, "server_power is a measured power in gpt-4-estimate"):
        calc.metered_training_energy.derive("gpt-4-estimate")
    assert calc.metered_training_energy.derive("gpt-4-estimate", server_load=1).value == pytest.approx(
        calc.training_energy.derive("gpt-4-estimate").value
    )


def test_a_what_if_has_no_statement_and_keeps_its_bound():
    found = standing(calc.training_energy.derive(servers=5000))
    assert (found.bound, found.stated, found.estimate) == ("upper", "", None)
    assert not standing(calc.training_energy.derive(server_power="4 kW/server")).bound


def test_the_levers_take_over_what_the_article_states():
    assert standing(calc.training_energy.derive("lever-b200")).stated == scenario("gpt-4").stated
    assert standing(calc.training_energy.derive("lever-b200")).estimate is not None


def test_statements_that_read_as_the_estimate_does_are_not_repeated():
    """GPU-hours differ by a fiftieth of a per cent and are left out; the PUE differs by 1.7 %, and is not."""
    for formula, away in ((calc.server_count, 0), (calc.gpu_hours, 0.0003), (calc.pue, 0.017)):
        estimate, stated = formula.derive("gpt-4-estimate"), formula.derive("gpt-4")
        assert float(abs(stated.exact / estimate.exact - 1)) == pytest.approx(away, rel=0.3)
        found = standing(estimate).theirs
        assert (found is None) == (away < 0.005)


def plain(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_the_words_of_a_value():
    """3,125 servers of 6.5 kW for 90 days are 43.875 GWh; GPT-4's FLOP are stated, and no bound."""
    energy, flop = calc.training_energy.derive("gpt-4"), calc.training_flop.derive("gpt-4")
    assert plain(figure_words(energy)) == f"at most {plain(bare_words(energy, 'GWh'))}" == "at most 43.9 GWh"
    assert plain(value_words(energy)) == "at most 43.9 GWh, from what the article states"
    assert plain(value_words(energy, "TJ")) == "at most 158 TJ, from what the article states"  # 43.875 · 3.6
    assert plain(value_words(flop)) == f"{plain(bare_words(flop))}, from what the article states"
    (short,) = short_words(energy)
    (said,) = beside_words(energy)
    assert plain(said).startswith(plain(short) + ", ")
    assert plain(said).endswith(f", {plain(sure_words(standing(energy).estimate))} (gpt-4-estimate)")
    assert theirs_words(energy) == models_words(energy) == ""
    assert plain(theirs_words(standing(energy).estimate)) == "the article: 43.9 GWh, at most"
    assert short_words(standing(energy).estimate) == ()


@pytest.mark.parametrize(
    ("power", "outside"), [("4", True), ("4.2", True), ("4.3", False), ("8.7", False), ("9", True)]
)
def test_a_value_at_an_end_of_its_own_range_lies_outside_its_band(power, outside):
    """Even draws from 4 to 9 kW have nine in ten between 4.25 and 8.75."""
    own = {"servers": 3000, "training_time": 90, "server_power": f"{power} (4 to 9) kW/server"}
    step = calc.training_energy.derive("gpt-4", **own)
    found = standing(step)
    assert (found.inside, bool(found.outside)) == (not outside, outside)
    assert [words for words in beside_words(step) if words == OUTSIDE] == [OUTSIDE] * outside
    assert "nine draws of ten" in beside_words(step)[0]


def test_without_a_range_there_is_no_band_to_lie_outside_of():
    step = calc.training_energy.derive("gpt-4", servers=3000, training_time=90, server_power=6)
    assert standing(step).inside
    assert (standing(step).outside, sure_words(step), beside_words(step)) == ("", "", ())


def test_beyond_what_was_measured_a_bound_stands_in_place_of_a_value():
    step = calc.gpu_token_energy.derive("served-70b", batch=20_000)
    words = f"at least {shown_limit(step).text}"
    assert plain(bare_words(step)) == plain(figure_words(step)) == plain(value_words(step)) == plain(words)
    assert (sure_words(step), standing(step).is_plain) == ("", False)
    rate = calc.serving_rate.derive("served-70b", batch=20_000)
    assert plain(bare_words(rate)) == f"at most {plain(shown_limit(rate).text)}"


def test_what_may_stand_by_itself():
    own = {"servers": 3000, "training_time": 90, "server_power": "6.5 (4 to 9) kW/server"}
    mine = standing(calc.training_energy.derive("gpt-4", **own))
    assert (mine.is_plain, mine.bound, mine.stated, mine.estimate, mine.theirs) == (True, "", "", None, None)
    most = standing(calc.training_energy.derive("gpt-4", servers=5000))  # of servers rated so, none of which draws it
    assert (most.is_plain, most.bound, most.stated, most.outside) == (False, "upper", "", "")
    stated = standing(calc.training_flop.derive("gpt-4"))
    assert (stated.is_plain, stated.bound, stated.stated) == (False, "", "the article")
    book = standing(calc.training_energy.derive("gpt-4-estimate"))
    assert (book.is_plain, book.bound, book.stated, book.outside) == (True, "", "", "")


@pytest.mark.parametrize(("name", "estimated"), [("server-count", "gpus"), ("gpu-rate", "flop_utilisation")])
def test_one_estimated_input_makes_an_estimate(name, estimated):
    step = calc.formula_by_id(name).derive("gpt-4")
    found = standing(step).estimate
    assert [leaf.quantity.name for leaf in found.leaves if leaf not in step.leaves] == [estimated]


@pytest.mark.parametrize("extends", ["no-such-scenario", "gpt-4 + dgx-h100"])
def test_a_scenario_made_by_hand_may_name_one_that_the_book_does_not_have(extends):
    own = dataclasses.replace(scenario("gpt-4-estimate"), name="mine", extends=extends, origin="yours")
    assert standing(training_energy.derive(own)).stated == ""
