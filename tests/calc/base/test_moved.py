"""Names of 0.1.0: each is still there, or says in a line where it went, as CHANGELOG.md does."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import sympy as sp

import calc
from calc import formula_by_id, quantity, scenario, training_energy
from calc.analysis.budget import propagate
from calc.analysis.sampling import Draws
from calc.base.moved import moved

ROOT = Path(calc.__file__).parents[1]
DATA = tomllib.loads((ROOT / "calc/data/moved.toml").read_text(encoding="utf-8"))
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
# Every module that calc had in release 0.1.0, without the formulas', the notation's and the charts' subjects.
OLD = """
bibliography budget chain charts charts.base charts.style charts.sure checks choices citation claims codegen command
command.app command.compare command.files command.options command.output command.show command.solve command.sweep
command.tables correlation coverage derivation distributions domains errors evaluate export files fingerprint formula
formulas gaps glossary history home in_place interval inverse kernel notation own preimage quantities reference render
render.cite render.copies render.gaps render.glossary render.history render.javascript render.latex render.ledger
render.markdown render.mathml render.myst render.numbers render.record render.spread render.svg render.tables
render.text render.tree sampling scenario solve sources spread tables template threshold trace unit_table units values
"""


def find(place: str) -> object:
    """What a dotted name leads to: a module, or something in one."""
    parts = place.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return found
    raise AssertionError(f"{place} leads nowhere")


@pytest.mark.parametrize("name", OLD.split())
def test_a_module_of_the_last_release_is_there_or_says_where_it_went(name):
    old = f"calc.{name}"
    parent = old.rpartition(".")[0]
    old = parent if parent in DATA["modules"] else old  # Python asks for a package before what is in it
    if old not in DATA["modules"]:
        importlib.import_module(old)
        return
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module(f"calc.{name}")
    assert str(caught.value) == f"{old} is now {' and '.join(DATA['modules'][old])}"


@pytest.mark.parametrize("new", sorted({new for places in DATA["modules"].values() for new in places}))
def test_a_new_module_exists(new):
    assert importlib.import_module(new).__doc__


@pytest.mark.parametrize("name", DATA["names"])
def test_what_does_the_same_exists(name):
    assert find(DATA["names"][name]["now"]) is not None


def test_the_changelog_has_the_same_table():
    section = CHANGELOG.partition("\n## 0.2.0")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `(calc\.[^`]+)` \| (.+) \|$", section, re.MULTILINE))
    modules = {old: ", ".join(f"`{new}`" for new in places) for old, places in DATA["modules"].items()}
    names = {old: f"`{one['now']}`: `{one['how']}`" for old, one in DATA["names"].items()}
    assert rows == modules | names


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("from calc.threshold import threshold", "calc.threshold"),
        ("import calc.render.numbers", "calc.render.numbers"),
        ("from calc.command.app import main", "calc.command"),
        ("from calc.scenario import scenario", "calc.scenario"),  # calc.scenario is a function by now
        ("from calc import derive", "calc.derive"),
        ("from calc import budget", "calc.budget"),
        ("from calc import scenario; scenario('gpt-4').with_values('mine', pue=1.5)", "calc.Scenario.with_values"),
    ],
)
def test_a_program_ends_with_the_line(statement, name):
    done = subprocess.run([sys.executable, "-c", statement], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].partition(": ")[2] == moved()[name]


def test_what_was_never_there_is_as_python_says_it():
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'calc\.nonsense'$"):
        importlib.import_module("calc.nonsense")
    with pytest.raises(ImportError, match="cannot import name 'nonsense' from 'calc'"):
        exec("from calc import nonsense", {})
    with pytest.raises(AttributeError, match=r"^module 'calc' has no attribute 'nonsense'$"):
        _ = calc.nonsense
    assert not hasattr(calc, "derive")


def test_methods_that_are_gone_say_what_does_the_same():
    draws = Draws(scenario("gpt-4"), 8)
    held = (("Formula.differentiate", training_energy), ("Scenario.with_values", scenario("gpt-4")))
    named = [(f"calc.{name}", holder) for name, holder in held]
    power = scenario("gpt-4-estimate")["server_power"].distribution
    named += [("calc.sampling.Draws.dask", draws), ("calc.distributions.Distribution.scipy", power)]
    for name, holder in named:
        with pytest.raises(AttributeError) as caught:
            getattr(holder, name.rpartition(".")[2])
        assert str(caught.value) == moved()[name]
    a = sp.Symbol("a")
    with pytest.raises(TypeError, match=re.escape(moved()["calc.budget.propagate(order)"])):
        propagate(a, {a: 1}, {a: 0.1}, order=2)
    with pytest.raises(TypeError, match="takes no 'ordre'"):
        propagate(a, {a: 1}, {a: 0.1}, ordre=2)


def test_what_is_said_to_do_the_same_does():
    """Each line of code in the table is run; what the old one gave is known by another way."""
    import dask.array

    names = {"sympy": sp, "dask": dask, "quantity": quantity, "scenario": scenario("gpt-4")}
    names |= {"formula": training_energy, "draws": Draws(scenario("gpt-4"), 8)}
    slope = eval(DATA["names"]["calc.Formula.differentiate"]["how"], names)
    assert slope == formula_by_id("training-energy").numeric / quantity("servers").symbol  # a product: its slope
    for name in ("calc.derive", "calc.Scenario.with_values"):
        assert eval(DATA["names"][name]["how"], names).value == 5000 * 6.5 * 90 * 24 / 1e6
    assert eval(DATA["names"]["calc.sampling.Draws.dask"]["how"], names).shape == (8,)
    names["distribution"] = scenario("gpt-4-estimate")["server_power"].distribution
    share = (4.5 - 3.8) / (5.3 - 3.8)  # of a triangle's area before its peak
    assert eval(DATA["names"]["calc.distributions.Distribution.scipy"]["how"], names) == pytest.approx(share)
