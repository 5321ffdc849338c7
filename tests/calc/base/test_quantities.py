"""The notation: each symbol once."""

from __future__ import annotations

import pytest

from calc import all_quantities, quantity
from calc.base import quantities
from calc.base.domains import COUNT
from calc.base.errors import DefinitionError, UnitError
from calc.base.quantities import Quantity, alias, define
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


@pytest.mark.parametrize(
    ("unit", "basis", "counted"),
    [
        ("MW", "1", ""), ("MW", "at_it", "at the IT equipment"), ("day", "at_site", ""), ("GWh", "at_site",
        "at the site's meter"),
        ("FLOP/s", "sparse", "with structured sparsity"), ("L", "on_site", "consumed, on the site"),
        ("L", "withdrawn*at_plant", "withdrawn, at power stations"), ("L", "at_plant", "consumed, at power stations"),
        ("L/kWh", "on_site/at_site", "consumed, on the site"), ("gCO2e/kWh", "marginal/at_site", "marginal"),
        ("USD", "capital*real", "capital, in money of one year"), ("kWh/L", "at_site/on_site", ""),
    ],
)  # fmt: skip
def test_where_a_quantity_is_counted(unit, basis, counted):
    """Of a time a basis says what it leads to; of a rate, where what it is of is counted is said in its meaning."""
    assert Quantity("new_one", "n", unit, "new", basis=basis).counted == counted


def test_a_basis_is_part_of_what_is_checked():
    plain, at_it = Quantity("a", "a", "MW", "a"), Quantity("b", "b", "MW", "b", basis="at_it")
    assert plain.checked_unit == plain.parsed_unit
    assert dict(at_it.checked_unit.dimensions) == {**dict(plain.parsed_unit.dimensions), "[counted_at_it]": 1}


def test_a_new_quantity_is_there(sandbox):
    new = define("new_one", "n_x", "GPU", "new", COUNT)
    assert quantity("new_one") is new is all_quantities()[-1]
    alias("newer", "new_one")
    alias("newer", "new_one")  # twice the same is the same
    alias("gpus", "new_one")  # a quantity's own name goes before
    assert quantity("newer") is new
    assert quantity("gpus").name == "gpus"


def test_one_of_the_books_own_that_is_wrong_is_noted_with_its_place(sandbox, monkeypatch):
    noted = []
    monkeypatch.setattr(quantities, "note_broken", noted.append)
    space = {"__name__": "calc.notation.mine", "define": define}
    source = compile('\n\nnew = define("gpus", "g", "GPU", "again")', "/somewhere/mine.py", "exec")
    exec(source, space)
    assert (space["new"].name, space["new"].latex) == ("gpus", "g")
    assert [str(one) for one in noted] == ["mine.py:3: quantity 'gpus': quantity 'gpus' is defined twice"]
    assert quantity("gpus").latex != "g"
