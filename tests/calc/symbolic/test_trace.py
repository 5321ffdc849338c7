# ruff: noqa: ARG005, PLW0108  # a formula's parameters are looked up by their names, used or not
"""From a function to an expression whose units are checked: what is refused when a formula is defined."""

from __future__ import annotations

import pytest
import sympy as sp

from calc import all_formulas, formula, formula_by_id, quantity
from calc.base.domains import COUNT
from calc.base.errors import CalcError, DataError, DefinitionError, UnknownNameError
from calc.base.quantities import define
from calc.symbolic.trace import _numeric, ceil, coefficient, compose, dimensions_of, floor, put_in, trace
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


A, B, C = sp.symbols("a b c", positive=True)


@pytest.mark.parametrize(
    "expr", [A * B + C, A / B - 2, A**2 * B, sp.Max(A, B) * 2, sp.Min(A, 3), sp.ceiling(A / B),
             sp.exp(A) + sp.log(B), C],
    ids=str,
)  # fmt: skip
def test_composing_is_putting_in_parts_and_then_numbers(expr):
    """Against sympy's own, at numbers; a Max of chains stays one."""
    parts = {A: B + 2 * C, B: C / 3}
    numbers = {B: sp.Rational(7, 2), C: sp.Rational(9)}
    assert compose(expr, parts).subs(numbers).doit() == expr.xreplace(parts).subs(numbers).doit()
    assert put_in(expr, {A: sp.Rational(5), **numbers}) == expr.xreplace({A: sp.Rational(5), **numbers})


def test_what_composing_leaves_as_it_is():
    parts = {A: B + C}
    assert compose(A, parts) is parts[A]
    for expr in (C * B, sp.Max(B, C), sp.Integer(2)):
        assert compose(expr, parts) is expr
    assert compose(sp.Max(A, B), parts) == sp.Max(B + C, B, evaluate=False)
    assert compose(sp.Max(A, B), {A: sp.Integer(2), B: sp.Integer(3)}) == 3


def test_a_power_whose_exponent_is_a_number_put_in_is_left_as_it_is_written():
    numbers = {A: sp.Rational(45, 22), B: sp.Rational("7.0134978123"), C: sp.Rational(3)}
    found = put_in((A * C) ** B + C, numbers)
    assert sp.Pow(sp.Rational(135, 22), numbers[B], evaluate=False) in found.args
    assert float(found) == pytest.approx((45 / 22 * 3) ** 7.0134978123 + 3)
    nested = put_in((A**B) ** C, numbers)
    assert float(nested) == pytest.approx((45 / 22) ** (7.0134978123 * 3))
    assert put_in(A**2 * B, numbers) == numbers[A] ** 2 * numbers[B]  # no symbol stands in that exponent


def test_units_are_folded_into_numbers_by_hand():
    """Kilowatts for days as gigawatt-hours: 24 h/day over 10⁶ kW/GW; and 6 FLOP for each parameter and token."""
    energy, flop = formula_by_id("training-energy"), formula_by_id("training-flop")
    values = {"servers": 3125, "server_power": sp.Rational("6.5"), "training_time": 90}
    assert energy.numeric.subs({q.symbol: values[q.name] for q in energy.inputs}) == sp.Rational("43.875")
    assert flop.numeric.subs({q.symbol: 10 for q in flop.inputs}) == 600


@pytest.mark.parametrize(
    "order", [("gpus", "gpus", "servers"), ("gpus", "servers", "gpus"), ("servers", "gpus", "gpus")]
)
def test_each_part_of_a_sum_is_held_against_the_first(order):
    with sp.evaluate(False):
        added = sp.Add(*(quantity(name).symbol for name in order))
    units = {quantity(name).symbol: quantity(name).checked_unit for name in order}
    with refused(DefinitionError, "adds or compares"):
        dimensions_of(added, units)
    alike = dimensions_of(2 * quantity("gpus").symbol + 5 * quantity("gpus").symbol, units)
    assert alike.dimensions == units[quantity("gpus").symbol].dimensions


def test_a_coefficient_is_above_0():
    six = coefficient(6, "FLOP/(parameter*token)")
    assert (six.amount, six.is_positive, six.unit.text) == (6, True, "FLOP/(parameter*token)")
    assert coefficient("0.5", "kW").amount == sp.Rational(1, 2)


def test_a_coefficient_s_unit_is_folded_in_too():
    """Two kilowatts a server are 0.002 megawatts."""
    servers = quantity("servers")
    power = coefficient(2, "kW/server") * servers.symbol
    assert _numeric(power, {servers.symbol: servers}, quantity("it_power")) == servers.symbol / 500


def test_what_a_docstring_says_in_its_parts(free_result):
    def a_tried_ratio(gpus, servers):
        """GPUs for each server.

        And a second paragraph.

        Assumes   that all servers
        are alike.

        Holds for
        one kind.

        >>> 1 + 1
        2

        >>> 2 + 2
        4
        """
        return gpus / servers * coefficient(1, "server/GPU")

    one = formula(result="a_ratio", **SOURCE)(a_tried_ratio)
    assert (one.id, one.title, one.unit) == ("a-tried-ratio", "A tried ratio", "1")
    assert one.summary == "GPUs for each server. And a second paragraph."
    assert (one.assumptions, one.holds) == ("Assumes that all servers are alike.", "Holds for one kind.")
    assert one.example == ">>> 1 + 1\n2\n>>> 2 + 2\n4"
    said = one.__doc__
    parts = [one.summary, one.assumptions, one.holds, "Parameters", "Returns", "Equation", "Source", "Examples"]
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
    assert "mohit2026, anywhere" in said


def test_a_title_of_its_own_goes_before_the_name(free_result):
    one = define_formula(
        lambda gpus, servers: gpus / servers * coefficient(1, "server/GPU"), "a_ratio", title="A Title"
    )
    assert (one.title, one.assumptions, one.holds, one.example) == ("A Title", "", "", "")
    assert one.summary == "A test."
    assert "Examples" not in one.__doc__
