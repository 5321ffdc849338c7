"""A derivation as plain data: what a report cites."""

from __future__ import annotations

import json

import pytest

from calc import __version__, training_energy
from calc.model.source_keys import source_keys
from tests.calc.support import DERIVATIONS

KEYS = {
    "id",
    "title",
    "scenario",
    "value",
    "unit",
    "low",
    "median",
    "high",
    "latex",
    "substituted",
    "inputs",
    "sources",
    "version",
}
INPUT_KEYS = {"name", "value", "unit", "kind", "source", "locator"}


@pytest.mark.parametrize("derivation", DERIVATIONS)
def test_keys_and_types(derivation):
    record = derivation.to_dict()
    assert set(record) >= KEYS  # those that DESIGN.md promises; the schema holds the rest
    assert all(set(given) >= INPUT_KEYS for given in record["inputs"])
    assert json.loads(json.dumps(record)) == record
    assert record["value"] == derivation.value
    assert record["version"] == __version__
    assert set(record["sources"]) <= source_keys()
    assert [given["name"] for given in record["inputs"]] == [q.name for q in derivation.formula.inputs]


def test_values_are_in_own_units_in_full_precision():
    record = training_energy.derive("gpt-4", server_power="6543.21 W/server", servers=3).to_dict()
    assert record["unit"] == "GWh"
    assert record["value"] == pytest.approx(6.54321 * 3 * 90 * 24 / 1e6, rel=1e-15)
    power, servers, time = record["inputs"]
    assert (power["value"], power["unit"], power["kind"]) == (6.54321, "kW/server", "given")
    assert (power["source"], power["locator"]) == (None, None)
    assert servers["value"] == 3
    assert isinstance(servers["value"], int)
    assert (time["kind"], time["source"]) == ("estimate", "mohit2026")
