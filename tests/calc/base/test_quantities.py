"""The notation: each symbol once."""

from __future__ import annotations

import pytest

from calc import all_quantities, quantity
from calc.base.domains import COUNT
from calc.base.errors import DefinitionError, UnitError
from calc.base.quantities import alias, define
from tests.calc.support import refused
from tests.together import each

QUANTITIES = [pytest.param(q, id=q.name) for q in all_quantities()]


def test_names_and_symbols_are_unique():
    for attribute in ("name", "latex"):
        values = [getattr(q, attribute) for q in all_quantities()]
        assert len(values) == len(set(values))


@each("q", QUANTITIES)
def test_a_quantity_says_what_it_is(q):
    assert q.meaning
    assert not q.meaning.endswith(".")
    assert q.latex.count("{") == q.latex.count("}")
    assert q.checked_unit.factor == q.parsed_unit.factor
    assert q.symbol.is_real


@each("q", QUANTITIES)
def test_hyphens_count_as_underscores(q):
    assert quantity(q.name.replace("_", "-")) is q


def test_aliases():
    assert quantity("mfu").name == "flop_utilisation"


def test_an_alias_of_two(sandbox):
    with refused(DefinitionError, "'mfu' is an alias of both"):
        alias("mfu", "pue")


@pytest.mark.parametrize(
    ("name", "latex", "parts"),
    [
        ("gpus", "g", ["'gpus' is defined twice"]),
        ("mfu", "g", ["'mfu' is defined twice"]),
        ("Gpus", "g", ["'Gpus' cannot name a quantity"]),
        ("new_one", r"N_\mathrm{GPU}", [r"N_\mathrm{GPU}", "'gpus'", "'new_one'"]),
    ],
    ids=["twice", "alias", "capital", "symbol"],
)
def test_refused_quantities(sandbox, name, latex, parts):
    with refused(DefinitionError, *parts):
        define(name, latex, "GPU", "again", COUNT)


def test_a_quantity_of_no_unit(sandbox):
    with refused(UnitError, "'GPUz'", "did you mean 'GPU'?"):
        define("new_one", "g", "GPUz", "again")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("peak_flops", "sparse_peak_flops"),
        ("it_power", "facility_power"),
        ("gpu_power", "it_power"),
        ("training_energy", "training_facility_energy"),
    ],
)
def test_one_unit_and_two_bases(one, other):
    first, second = quantity(one), quantity(other)
    assert first.parsed_unit.dimensions == second.parsed_unit.dimensions
    assert first.checked_unit.dimensions != second.checked_unit.dimensions
