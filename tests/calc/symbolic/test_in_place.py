"""Statements that write over what they no longer need: against the expression as Python itself reads it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from calc.symbolic.in_place import UFUNCS, over, statements, together

EXPRESSIONS = [
    "a", "2.5", "a*b", "a - b", "b - a*c", "a/b - c", "a + b*c", "a - 1*b", "1*a", "2*a", "a/(b*c)", "(a*b)/(b*c)",
    "a**b", "(a*b)**2", "a**(b*c)", "-3*a", "a*-3", "40*10**30*a", "2**70 + a", "2**-1 * a", "(a + b)*(a - b)",
    "a*b + c/(a*b)", "(a*b - c)/(a*b + c) - a*b", "ceil(a)", "ceil(a/b)", "ceil(a/b)*c - ceil(a/b)", "a/ceil(b/c)",
    "maximum(a*b, c)", "maximum(a, maximum(b, c))", "maximum(c, a*b) - minimum(a*b, c)", "sqrt(a) + sqrt(a + b)",
    "exp(log(a))", "ceil(2.5)*a", "5/2 - a", "(3*a*ceil(b/c))/(125000)", "1/(a)",
    "floor(a*b) - floor(b/a)/(floor(a*b) + 1)",
]  # fmt: skip
FUNCTIONS: dict[str, Any] = {
    name: getattr(np, name) for name in ("ceil", "floor", "exp", "log", "sqrt", "maximum", "minimum", *UFUNCS.values())
}


def values() -> dict[str, np.ndarray]:
    return {"a": np.array([1.5, 2, 7.25]), "b": np.array([4, 0.5, 3.0]), "c": np.array([2.0, 8, 5])}


def function(lines: list[str], **more: Any) -> Callable[..., Any]:
    body = "".join(f"    {line}\n" for line in lines)
    space = {**FUNCTIONS, "over": over, **more}
    exec(f"def function(a, b, c, block=None):\n{body}", space)
    made: Callable[..., Any] = space["function"]
    return made


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.parametrize("out", ["", "block"])
def test_the_value_is_the_expression_s_and_nothing_given_is_written_over(expression: str, out: str) -> None:
    given, block = values(), np.full(3, np.nan)
    wanted = eval(expression, dict(FUNCTIONS), {**values(), "block": block})
    found = function(statements(expression, out))(**given, block=block)
    np.testing.assert_allclose(found, wanted, rtol=4e-16)
    assert all((given[name] == one).all() for name, one in values().items())
    assert np.isnan(block).all() or found is block


@pytest.mark.parametrize(
    "expression", ["a*b", "a - b*c", "a/ceil(b/c)", "ceil(a/b)*c", "maximum(a*b, c)", "2*a", "ceil(a)"]
)
def test_a_result_lies_in_the_array_for_it(expression: str) -> None:
    block = np.empty(3)
    assert function(statements(expression, "block"))(**values(), block=block) is block


@pytest.mark.parametrize(("a", "b", "c"), [(1.5, np.array([4, 0.5, 3.0]), 2.0), (1.5, 4.0, 2.0)], ids=["one", "none"])
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_numbers_among_arrays_are_no_arrays_to_write_into(expression: str, a: float, b: Any, c: float) -> None:
    wanted = eval(expression, dict(FUNCTIONS), {"a": a, "b": b, "c": c})
    np.testing.assert_allclose(function(statements(expression))(a, b, c), wanted, rtol=4e-16)


@pytest.mark.parametrize("numbers", [("a",), ("c",), ("a", "c"), ("b", "c")], ids="".join)
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_numbers_that_are_known_give_what_arrays_full_of_them_give(expression: str, numbers: tuple[str, ...]) -> None:
    given, block = values() | dict.fromkeys(numbers, 1.7), np.full(3, np.nan)
    wanted = eval(expression, dict(FUNCTIONS), dict(given))
    found = function(statements(expression, "block", numbers))(**given, block=block)
    np.testing.assert_allclose(found, wanted, rtol=4e-16)
    assert np.isnan(block).all() or found is block
    held: list[Any] = []
    found = function(together([expression, expression + " + 1"], "held", "block", numbers), held=[held.append])(**given)
    np.testing.assert_allclose(held[0], wanted, rtol=4e-16)
    np.testing.assert_allclose(found, wanted + 1, rtol=4e-16)


def test_no_pass_is_spent_on_a_product_of_numbers() -> None:
    """Of five factors and a divisor but one is an array: one pass multiplies it, and one divides."""
    lines = statements("(3*a*sqrt(c)*pi*b)/(125000*a)", "block", ["a", "c"])
    assert sum("out=" in line or "= b" in line or "/= " in line for line in lines) == 2
    block = np.empty(3)
    found = function(lines, pi=np.pi)(1.5, np.array([4, 0.5, 3.0]), 2.0, block=block)
    assert found is block
    np.testing.assert_allclose(found, np.array([4, 0.5, 3.0]) * 3 * np.pi * 2**0.5 / 125000, rtol=1e-15)


def test_a_power_of_numbers_stays_as_it_is() -> None:
    """NumPy takes a square of an array where the exponent is a number, and so another last bit."""
    assert statements("a**(b + 1)", "block", ["b"]) == statements("a**(b + 1)", "block")
    assert together(["exp(b*2)*a"], "held", "block", ["b"]) == together(["exp(b*2)*a"], "held", "block")


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_part_that_occurs_again_is_worked_out_once(expression: str) -> None:
    """Of each call that reads the same, and of each product, there is one."""
    made = [line for line in statements(expression) if line.startswith("_")]
    calls = {ast.unparse(node) for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Call)}
    assert sum(f"{name}(" in line for line in made for name in ("ceil", "floor", "sqrt", "maximum")) == sum(
        call.startswith(("ceil", "floor", "sqrt", "maximum")) for call in calls
    )
    assert sum("a * b" in line for line in made) == min(expression.count("a*b"), 1)


def test_several_expressions_share_what_they_have_in_common() -> None:
    """Each is handed over as it is worked out, but the last, which is returned."""
    expressions = ["a/b", "ceil(a/b)", "c*ceil(a/b) - a/b", "a/b + c"]
    handed: list[np.ndarray] = []
    block = np.empty(3)
    lines = together(expressions, "held", "block")
    held = [lambda value: handed.append(np.array(value))] * 3
    found = function(lines, held=held)(**values(), block=block)
    for one, expression in zip([*handed, found], expressions, strict=True):
        np.testing.assert_allclose(one, eval(expression, dict(FUNCTIONS), dict(values())), rtol=4e-16)
    assert found is block
    assert sum("a / b" in line for line in lines) == 1
    assert sum("ceil" in line for line in lines) == 1


def test_a_last_one_that_was_handed_over_before_is_not_written_into_the_array_for_it() -> None:
    lines = together(["a*b", "c*2", "a*b"], "held", "block")
    kept: list[Any] = []
    block = np.empty(3)
    found = function(lines, held=[kept.append, kept.append])(**values(), block=block)
    assert found is kept[0]
    assert found is not block
    assert kept[0].tolist() == [6, 1, 21.75]


def test_nothing_is_multiplied_by_1() -> None:
    assert not any("1" in line for line in statements("1*a - 1*b") if not line.startswith("return"))


def test_what_works_out_nothing_returns_what_was_given() -> None:
    assert together(["a"], "held", "block") == statements("a", "block") == ["return a"]


def test_with_arrays_of_its_own_a_function_writes_over_what_it_takes() -> None:
    """Of three functions one after the other, on one array, there is no second one."""
    lines = together(["sqrt(ceil(exp(a)))*b"], "held", "")
    assert {line.partition(" ")[0] for line in lines[:-1]} == {"_0"}
    assert sum("out=_0" in line for line in lines) == 2
