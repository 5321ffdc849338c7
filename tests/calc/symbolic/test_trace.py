# ruff: noqa: ARG005, PLW0108  # a formula's parameters are looked up by their names, used or not
"""From a function to an expression whose units are checked: what is refused when a formula is defined."""

from __future__ import annotations

import pytest
import sympy as sp

from calc import all_formulas, formula, quantity
from calc.base.domains import COUNT
from calc.base.errors import CalcError, DataError, DefinitionError, UnknownNameError
from calc.base.quantities import define
from calc.symbolic.trace import ceil, coefficient, floor, trace
from tests.calc.support import FORMULAS, refused
from tests.together import each

SOURCE = {"source": "mohit2026", "locator": "anywhere"}


def define_formula(function, result, **more):
    """A formula of a plain function, with a docstring."""
    function.__doc__ = "A test."
    function.__name__ = "tried"
    return formula(result=result, **{**SOURCE, **more})(function)


@pytest.fixture
def free_result(sandbox):
    """Results that no formula of the book yields."""
    define("a_count", "x_1", "server", "a count", COUNT)
    define("a_peak", "x_2", "TFLOP/s/GPU", "a dense peak")
    define("a_site_energy", "x_3", "GWh", "an energy at the site", basis="at_site")
    define("an_it_energy", "x_4", "GWh", "an energy at the servers", basis="at_it")
    define("an_it_power", "x_5", "MW", "a power of the servers", basis="at_it")
    define("a_time", "x_6", "day", "a time")
    define("a_ratio", "x_7", "1", "a ratio")


@pytest.mark.parametrize(
    ("function", "result", "parts"),
    [
        (lambda gpus, servers: gpus + servers, "a_count", ["gpus + servers adds or compares accelerator to server"]),
        (lambda gpus, servers: sp.Max(gpus, servers), "a_count", ["compares"]),
        (lambda gpus: gpus, "a_count", ["gpus is accelerator, and a_count is server"]),
        (lambda peak_flops, sparse_peak_flops: peak_flops + sparse_peak_flops, "a_peak", ["structured sparsity"]),
        (lambda sparse_peak_flops: sparse_peak_flops, "a_peak", ["structured sparsity"]),
        (lambda it_power, facility_power: it_power + facility_power, "an_it_power", ["at it", "at site"]),
        (lambda gpu_power: gpu_power, "an_it_power", ["at chip"]),
        (lambda training_energy: training_energy, "a_site_energy", ["at it", "at site"]),
        (lambda pue, training_facility_energy: pue * training_facility_energy, "a_site_energy", ["at site^2"]),
        (lambda pue, training_energy: pue * pue * training_energy, "a_site_energy", ["at site^2"]),
        (lambda pue, gpu_power, a_time: pue * gpu_power * a_time, "a_site_energy", ["at chip"]),
        (lambda a_time: ceil(a_time), "a_time", ["rounds time; only counts and pure numbers are rounded"]),
        (lambda a_time: a_time**2, "a_time", ["is time^2"]),
        (lambda a_ratio, a_time: a_time**a_ratio, "a_time", ["needs pure numbers"]),
        (lambda a_time: sp.exp(a_time), "a_ratio", ["needs pure numbers"]),
        (lambda a_ratio: sp.sin(a_ratio), "a_ratio", ["sin has no rule for its units"]),
        (lambda gpus, servers: servers, "a_count", ["takes gpus and does not use it"]),
        (lambda servers: "servers; import os", "a_count", ["returns str, not an expression"]),
        (lambda servers: None, "a_count", ["returns NoneType, not an expression"]),
        (lambda servers, a_count: floor(servers - a_count), "a_count", ["may round a negative number"]),
    ],
    ids=[
        "gpus-plus-servers",
        "max-of-unlike",
        "wrong-unit",
        "dense-plus-sparse",
        "sparse-for-dense",
        "it-plus-site",
        "chips-for-it",
        "it-for-site",
        "pue-on-site-energy",
        "pue-twice",
        "pue-on-chips",
        "rounded-time",
        "squared",
        "power-of-time",
        "exp-of-time",
        "unknown-function",
        "unused",
        "text",
        "nothing",
        "negative-rounding",
    ],
)
def test_refused_at_definition(free_result, function, result, parts):
    known = all_formulas()
    with refused(CalcError, *parts):
        define_formula(function, result)
    assert all_formulas() == known


def test_unknown_quantities(free_result):
    with refused(UnknownNameError, "'serverz'", "did you mean 'server"):
        define_formula(lambda serverz: serverz, "a_count")
    with refused(UnknownNameError, "'a_cuont'", "did you mean 'a_count'?"):
        define_formula(lambda servers: servers, "a_cuont")


@pytest.mark.parametrize("source", ["", "mohit2025", "MOHIT2026"])
def test_a_formula_needs_a_source(free_result, source):
    with refused(DataError, repr(source), "references.bib"):
        define_formula(lambda servers: servers, "a_count", source=source)


def test_a_formula_needs_a_sentence(free_result):
    with refused(DefinitionError, "no docstring"):
        formula(result="a_count", **SOURCE)(lambda servers: servers)


def test_two_formulas_for_one_quantity(sandbox):
    with refused(DefinitionError, "servers has two formulas: 'server-count' and 'tried'"):
        define_formula(lambda gpus, gpus_per_server: gpus / gpus_per_server, "servers")


def test_an_id_twice(free_result):
    define_formula(lambda servers: servers, "a_count")
    with refused(DefinitionError, "'tried'"):
        define_formula(lambda a_ratio: a_ratio, "a_ratio")


def test_what_is_defined_computes(free_result):
    new = define_formula(
        lambda servers, gpus, gpus_per_server: sp.Max(servers, ceil(gpus / gpus_per_server)), "a_count"
    )
    assert new(servers=5, gpus=100, gpus_per_server=8) == 13
    assert list(new(servers=[5, 50], gpus=100, gpus_per_server=8)) == [13, 50]
    assert new.derive(servers=20, gpus=100).value == 20


@each("one", FORMULAS)
def test_a_formula_of_the_book(one):
    again = trace(one.function, one.inputs, one.result)
    assert again.expression == one._trace.expression
    assert sp.simplify(again.written.doit() - again.expression) == 0
    assert {str(s) for s in one.expression.free_symbols} == {q.name for q in one.inputs}


def test_equal_coefficients_are_equal():
    assert coefficient(6, "FLOP/(parameter*token)") == coefficient("6", "FLOP/(parameter*token)")
    assert coefficient("0.1", "1").amount == sp.Rational(1, 10)


def test_rounding_stays_unevaluated_in_print():
    written = trace(
        lambda gpus, gpus_per_server: ceil(gpus / gpus_per_server),
        (quantity("gpus"), quantity("gpus_per_server")),
        quantity("servers"),
    ).written
    assert isinstance(written, sp.ceiling)
