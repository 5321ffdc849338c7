"""Published runs, and what the book foretells of them."""

from __future__ import annotations

import math
import statistics

import pytest

from calc import scenario
from calc.analysis.bands import percentiles
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
        assert percentiles(one.energy["site"]) is not None


def test_olmo_is_foretold_as_its_makers_metered_it():
    """Energy of its GPUs alone, 257 MWh by its paper as it is remembered; at their rating it is more."""
    olmo = next(one for one in peers() if one.scenario.name == "run-olmo-2-13b")
    low, _, high = (1000 * point for point in percentiles(olmo.energy["chip"]))
    assert low < 257 < high
    assert 1000 * float(olmo.energy["chip"].exact) > 257


def test_nine_in_ten_lie_inside_the_stated_band():
    told = [one for one in foretold() if not one.run.why]
    assert sum(one.inside for one in told) >= 0.9 * len(told)


def test_the_ways_to_foretell_are_those_of_the_textbooks():
    from scipy import stats

    from calc.book.run_methods import METHODS, Expected, chance_of_so_few

    seen = [(run.generation, math.log(run.utilisation)) for run in runs() if not run.why]
    values = [value for _, value in seen]
    for name, large in (("common", True), ("together", False)):
        groups = [[v for g, v in seen if g == one] for one in ("Ampere", "Hopper")] if large else []
        rest = [v for g, v in seen if not large or g not in ("Ampere", "Hopper")]
        middle = statistics.fmean(values)
        squares = sum((v - statistics.fmean(group)) ** 2 for group in groups for v in group)
        squares += sum((v - middle) ** 2 for v in rest)
        freedom = len(values) - len(groups) - 1
        base = groups[0] if large else values
        wanted = stats.t.ppf(0.95, freedom) * math.sqrt(squares / freedom * (1 + 1 / len(base)))
        assert METHODS[name].expect(seen, "Ampere").reach == pytest.approx(wanted, rel=1e-3)
        assert METHODS[name].expect(seen, "Ampere").middle == pytest.approx(statistics.fmean(base))
    assert Expected(0.5, 2, 7).score(3) == pytest.approx(stats.t.logpdf(3, 7, loc=0.5, scale=2))
    assert chance_of_so_few(24, 28) == pytest.approx(stats.binom.cdf(24, 28, 0.9))


def test_a_way_to_foretell_holds_what_it_states_where_runs_are_drawn():
    import numpy as np

    from calc.book.run_methods import METHODS

    random = np.random.default_rng(17)
    sizes = {"older": 2, "Ampere": 9, "other": 1, "Hopper": 17, "Blackwell": 1}
    inside: dict[str, list[bool]] = {"common": [], "own": [], "together": []}
    for _ in range(300):
        drawn = {name: random.normal(-1.3, 0.15) + random.normal(0, 0.3, size) for name, size in sizes.items()}
        seen = [(name, float(value)) for name, values in drawn.items() for value in values]
        for at, (name, value) in enumerate(seen):
            for way, found in inside.items():
                told = METHODS[way].expect(seen[:at] + seen[at + 1 :], name)
                found.append(abs(value - told.middle) <= told.reach)
    shares = {way: statistics.fmean(found) for way, found in inside.items()}
    assert all(share == pytest.approx(0.9, abs=0.02) for share in shares.values()), shares
