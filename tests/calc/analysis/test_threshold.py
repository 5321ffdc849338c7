"""Limits: how likely they are passed, and where each input turns the answer over."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc import breakeven_time, server_count, total_facility_energy, training_energy, training_facility_energy
from calc.analysis.threshold import probability, threshold
from calc.base.errors import CalcError, UnitError
from tests.calc.support import refused


@pytest.mark.parametrize(
    ("formula", "limit"),
    [(training_energy, {"above": 40}), (breakeven_time, {"below": 30}), (total_facility_energy, {"above": 150})],
)
def test_at_its_flip_each_input_takes_the_result_to_the_limit(formula, limit):
    found = threshold(formula.derive("gpt-4"), **limit)
    (wanted,) = limit.values()
    for flip in found.flips:
        name = flip.input.quantity.name
        there = formula.derive("gpt-4", **{name: flip.value}).exact
        if not flip.input.quantity.domain.whole:
            assert float(there) == pytest.approx(wanted, rel=1e-9), name
            continue
        beyond = there > wanted if found.above else there < wanted
        assert beyond != found.holds, name
        back = 1 if flip.value < flip.input.value else -1
        before = formula.derive("gpt-4", **{name: flip.value + back}).exact
        assert (before > wanted if found.above else before < wanted) == found.holds, name


def test_probabilities_of_both_sides_make_one():
    d = training_energy.derive("gpt-4")
    assert probability(d, above=35) + probability(d, below=35) == pytest.approx(1)
    assert d.probability(above="100 GWh") == 0
    assert d.probability(below="100 GWh") == 1
    assert d.probability(above=d.median) == pytest.approx(0.5, abs=1e-3)
    assert d.probability(below=d.low) == pytest.approx(0.05, abs=1e-3)


def test_in_words():
    found = threshold(training_energy.derive("gpt-4"), above="100 GWh")
    said = str(found).replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "None of the draws put the IT energy of the run above 100 GWh. The value itself, 43.9 GWh, is not above it."
    )
    assert found.limit == Fraction(100)
    assert "text/markdown" in found._repr_mimebundle_()


def test_where_no_value_does_it_the_reason_is_said():
    (flip,) = threshold(server_count.derive("gpt-4"), above="3125 server").flips
    assert flip.value is not None
    d = breakeven_time.derive("gpt-4", servers=3125)
    assert "gpus" not in [one.input.quantity.name for one in threshold(d, below=30).flips]


def test_refused():
    d = training_energy.derive("gpt-4")
    with refused(CalcError, "either as above or as below"):
        d.probability()
    with refused(CalcError, "either as above or as below"):
        d.probability(above=1, below=2)
    with refused(UnitError, "training_energy"):
        d.probability(above="3 kW")


def test_an_input_that_stands_in_a_rounding_and_outside_it_is_tried():
    """Of a run whose days follow from its GPUs, their number cancels, but for the last server."""
    found = threshold(training_energy.derive("gpt-4-estimate"), above="32 GWh")
    flip = next(one for one in found.flips if one.input.quantity.name == "gpus")
    assert flip.value is None
    said = flip.reason.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "all through its range it makes 30.4 GWh"
    ends = {round(float(training_energy.derive("gpt-4-estimate", gpus=gpus).to("GWh")), 1) for gpus in (20_000, 25_000)}
    assert ends == {30.4}


def test_trying_finds_where_it_turns():
    """A limit between what two numbers of GPUs make: on the other side of it the answer is another."""
    d = training_energy.derive("gpt-4-estimate")
    limit = float(d.exact) * 1.0001
    flip = next(one for one in threshold(d, above=limit).flips if one.input.quantity.name == "gpus")
    assert flip.value is not None
    assert d.exact < limit < training_energy.derive("gpt-4-estimate", gpus=flip.value).exact


def test_a_factor_turns_it_over_where_it_is_as_many_times_as_the_limit_is():
    """The energy is a product: each input that it rises with has to be as many times itself, unless it cannot be."""
    d = training_facility_energy.derive("gpt-4-estimate")
    flips = {one.input.quantity.name: one for one in threshold(d, below="10 GWh").flips}
    for name in ("active_parameters", "server_power"):
        flip = flips[name]
        assert float(flip.value / flip.input.value) == pytest.approx(10 / float(d.exact))
        assert (flip.inside, flip.reason) == (flip.input.low <= flip.value <= flip.input.high, "")
    for name, domain in (("pue", "at least 1"), ("flop_utilisation", "above 0 and at most 1")):
        assert (flips[name].value, flips[name].inside) == (None, False)
        assert flips[name].reason.endswith(domain)
    higher = {one.input.quantity.name: one for one in threshold(d, above=float(d.exact) * 1.01).flips}
    assert float(higher["pue"].value / higher["pue"].input.value) == pytest.approx(1.01)
    assert higher["pue"].inside


def test_the_words_of_a_threshold():
    step = training_energy.derive("gpt-4", servers=3000, training_time=90, server_power="4 to 9 kW/server")
    limit = Fraction("43.74")  # of 6.75 kW
    above, below = threshold(step, above=limit), threshold(step, below=limit)
    assert (above.probability, below.probability) == pytest.approx((2.25 / 5, 2.75 / 5), abs=1e-3)
    assert (above.holds, below.holds) == (False, True)
    assert [flip.value for flip in (*above.flips, *below.flips)] == [Fraction("6.75")] * 2
    assert repr(above).startswith("<training-energy above 43.74 GWh: 0.4")
    assert repr(below).startswith("<training-energy below 43.74 GWh: 0.5")
    exact = threshold(step, above=step.exact)
    assert not exact.holds
    assert not threshold(step, below=step.exact).holds
