"""Published runs, and what the book foretells of them."""

from __future__ import annotations

import math
import statistics

import pytest

from calc import scenario
from calc.book.peers import BOUNDARIES, peers
from calc.book.runs import energies, foretold, runs, summaries
from calc.model.source_keys import check_source


def test_every_row_cites_a_source_of_the_book():
    for one in (*runs(), *energies()):
        check_source(one.source)
        assert one.locator


def test_no_run_is_named_twice():
    names = [one.id for one in runs()]
    assert len(names) == len(set(names)) >= 28


def test_a_run_does_not_foretell_itself():
    one = next(told for told in foretold() if told.run.id == "bloom-176b")
    others = [run.utilisation for run in runs() if run.generation == "Ampere" and not run.why and run is not one.run]
    assert one.middle == pytest.approx(one.run.hours_at(statistics.geometric_mean(others)), rel=1e-9)


def test_runs_left_out_of_the_errors_say_why():
    told = sum(one.count for one in summaries() if one.generation != "all")
    assert told + sum(bool(run.why) for run in runs()) == len(runs())


def test_utilisation_as_others_reckoned_it():
    published = {"gpt3-175b": 0.197, "dots-llm1": 0.181, "deepseek-v2": 0.205, "llama3.1-405b": 0.345}
    for run in runs():
        if run.id in published:
            assert run.utilisation == pytest.approx(published[run.id], abs=0.0006)


def test_the_typical_utilisation_is_that_of_the_runs():
    found = [math.log(run.utilisation) for run in runs() if not run.why]
    given = scenario("typical")["flop_utilisation"]
    assert float(given.value) == pytest.approx(math.exp(statistics.median(found)), rel=0.03)
    assert float(given.low) < math.exp(statistics.fmean(found)) < float(given.high)
    inside = [float(given.low) <= math.exp(one) <= float(given.high) for one in found]
    assert statistics.fmean(inside) >= 0.9


def test_published_energies_close():
    for one in energies():
        assert one.computed == pytest.approx(one.published, rel=0.002)


def test_each_run_among_the_peers_takes_more_at_each_boundary():
    assert len(peers()) >= 9
    for one in peers():
        chip, server, site = (one.energy[name].exact for name in BOUNDARIES)
        assert chip < server < site
