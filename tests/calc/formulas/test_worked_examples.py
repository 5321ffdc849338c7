"""Worked examples that others have published, each computed by a formula of the book."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from calc import formula_by_id
from calc.base.units import convert, parse_unit, parse_value

EXAMPLES = tomllib.loads(Path(__file__).with_name("worked_examples.toml").read_text(encoding="utf-8"))["example"]

# What no formula of the book computes, and why.
NOT_COMPUTED = {
    "gpt3-pfd": "a change of units, from petaFLOP/s-days",
    "patterson-carbon-meena": "carbon is of another subject",
    "patterson-carbon-switch": "carbon is of another subject",
    "patterson-carbon-gpt3": "carbon is of another subject",
    "deepseek-serving-cost": "money is of another subject",
    "semianalysis-100k": "money is of another subject",
    "maxtext-tier-llama2-70b-v6e": "printed without what it is computed from",
    "sb-step": "a step of answering is of another subject",
    "sb-fill": "a step of answering is of another subject",
}


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one["id"])
def test_a_published_sum_comes_out(one):
    formula = formula_by_id(one["formula"])
    number, unit = parse_value(one["value"])
    published = convert(number, unit or parse_unit("1"), formula.result.parsed_unit, formula.result.name)
    assert float(formula(**one["inputs"])) == pytest.approx(float(published), rel=one["tolerance"])


def test_nine_in_ten_are_computed_by_a_formula():
    named = [one["id"] for one in EXAMPLES]
    assert len(named) == len(set(named))
    assert not set(named) & set(NOT_COMPUTED)
    assert len(named) >= 0.9 * (len(named) + len(NOT_COMPUTED))
