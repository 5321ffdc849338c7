"""Formulas: called, derived, and described."""

from __future__ import annotations

import doctest
import math
from fractions import Fraction
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calc
from calc import all_formulas, formula_by_id, registry, training_energy
from calc.base.errors import ChainError
from calc.base.units import convert, parse_unit, scaled
from calc.base.values import exact
from calc.model.registry import formula_for
from tests.calc.support import FORMULAS, PAIRS, inputs_of, outcome, refused
from tests.sampling import cases
from tests.together import each

IDS = [
    "matmul-flop",
    "training-flop",
    "flop-utilisation",
    "gpu-power",
    "server-count",
    "cluster-power",
    "layers-per-stage",
    "gpus-per-replica",
    "replica-count",
    "training-energy",
    "daily-serving-energy",
    "serving-energy",
    "serving-power",
    "breakeven-time",
    "facility-power",
    "pue",
    "training-facility-energy",
    "serving-facility-energy",
    "total-facility-energy",
    "energy-per-resident",
    "national-demand",
]


@pytest.mark.parametrize("name", IDS)
def test_a_permalink_is_kept(name):
    assert formula_by_id(name).id == name
    assert getattr(calc, name.replace("-", "_")) is formula_by_id(name)


@each("one", FORMULAS)
@settings(max_examples=cases(30, 10))
@given(data=st.data())
def test_exact_and_compiled_agree(one, data):
    values, domain = data.draw(inputs_of(one)), one.result.domain
    compiled = outcome(one, **values)
    # A double is read as it is written, for roundings, or as it is: 1 - 0.9999999999999999 differs by a tenth.
    doubles = {name: Fraction(value) if isinstance(value, float) else value for name, value in values.items()}
    both = [outcome(lambda given=given: one.derive("gpt-4", **given).value) for given in (values, doubles)]
    if isinstance(compiled, type):  # or the nearest double of what is just inside is the bound, which is not
        assert compiled in both or any(not isinstance(one, type) and one not in domain for one in both)
    else:
        # Where doubles come to a whole number that is rounded up, it may be so by an ulp: 1 / 0.3333333333333333 is 3.
        beside = (outcome(lambda given=given: one.derive("gpt-4", **given).value) for given in nudged(values))
        near = (value for value in chain(both, beside) if value == pytest.approx(compiled, rel=1e-12, abs=0))
        assert next(near) in domain


def nudged(values):
    """The same values with one double that is the next one, up or down."""
    for name, value in values.items():
        if isinstance(value, float):
            for way in (math.inf, -math.inf):
                yield {**values, name: Fraction(math.nextafter(value, way))}


@each(("one", "q"), PAIRS)
@settings(max_examples=cases(10, 5))
@given(data=st.data())
def test_the_unit_of_an_input_changes_nothing(one, q, data):
    values = data.draw(inputs_of(one))
    unit = data.draw(st.sampled_from(list(scaled(q.unit))))
    number = convert(exact(values[q.name]), q.parsed_unit, parse_unit(unit), q.name)
    plain = outcome(lambda: one.derive("gpt-4", **values).exact)
    pint = registry().Quantity(number, unit if unit != "1" else "")
    assert outcome(lambda: one.derive("gpt-4", **{**values, q.name: pint}).exact) == plain
    if number.denominator == 1:
        text = f"{number} {unit}" if unit != "1" else str(number)
        assert outcome(lambda: one.derive("gpt-4", **{**values, q.name: text}).exact) == plain
        if not isinstance(plain, type):
            assert one(**{**values, q.name: text}) == one(**values)


@each(("one", "q"), PAIRS)
def test_every_input_matters(one, q):
    assert q.symbol in one.numeric.free_symbols
    assert one in producer.used_by if (producer := formula_for(q)) else True


@each("one", FORMULAS)
def test_the_documentation_says_all(one):
    text = one.__doc__
    assert one.summary.endswith(".")
    assert one.assumptions.startswith("Assumes ")
    for part in ("Parameters", "Returns", "Equation", "Source", "Examples", *(q.name for q in one.inputs)):
        assert part in text
    assert one.id in repr(one)


@each("one", FORMULAS)
def test_the_example_runs(one):
    assert one.example.startswith(">>> ")
    test = doctest.DocTestParser().get_doctest(one.example + "\n", {one.name: one}, one.id, None, None)
    runner = doctest.DocTestRunner(verbose=False)
    output: list[str] = []
    runner.run(test, out=output.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(output)


def test_used_by_is_the_inverse_of_inputs():
    for one in all_formulas():
        for user in one.used_by:
            assert one.result in user.inputs
    assert formula_by_id("training-facility-energy") in training_energy.used_by


def test_names_that_find_a_formula():
    for name in ("training-energy", "training_energy"):
        assert formula_by_id(name) is training_energy
    assert formula_by_id("mfu").id == "flop-utilisation"
    assert formula_by_id("servers").id == "server-count"


def test_hyphens_and_aliases_in_a_call():
    assert training_energy(**{"server-count": 3125}, server_power=6.5, training_time=90) == 43.875
    with refused(ChainError, "servers was given twice"):
        training_energy.derive("gpt-4", servers=1, **{"server-count": 2})
