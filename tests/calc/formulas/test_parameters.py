"""Parameters from the architecture, against those that makers of models print."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from calc import formula_by_id

_LINES = Path(__file__).with_name("architectures.csv").read_text(encoding="utf-8").splitlines()
MODELS = list(csv.DictReader(line for line in _LINES if not line.startswith("#")))

# Printed figures that count more, or less, than the matrices of this architecture.
OTHERWISE = {
    "gopher-280b": "its relative positions have parameters of their own in each layer",
    "chinchilla-70b": "its relative positions have parameters of their own in each layer",
    "llama2-70b": "sold as 70 billion, and 69 by every other count",
}


def computed(model: dict[str, str]) -> float:
    formula = formula_by_id("parameter-count")
    return float(formula(**{q.name: int(model[q.name]) for q in formula.inputs})) / 1e9


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one["id"])
def test_the_architecture_has_the_parameters_that_are_printed(model):
    error = abs(computed(model) / float(model["total"]) - 1)
    assert error <= 0.01 or (model["id"] in OTHERWISE and error <= 0.08)


def test_forty_models_are_within_one_per_cent():
    near = [one for one in MODELS if abs(computed(one) / float(one["total"]) - 1) <= 0.01]
    assert len(near) >= 40
