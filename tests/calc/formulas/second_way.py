"""A second evaluator of the formulas: slow, and independent of how calc evaluates them.

It reads the source of a formula as Python's own parser has it, walks it with fractions, and carries units as pint does.
None of it passes through sympy, calc's trace or calc's units. Of calc it knows a formula's file, the names of its
inputs, and the text of their units.
"""

from __future__ import annotations

import ast
import functools
import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pint

_GUARDS = re.compile(
    r"\b(at_\w+|behind_meter|bought|contracted|direct|embodied|marginal|on_site|recomputed|withdrawn)\b"
)
FOLDER = Path(__file__).parents[3] / "calc"
_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


@functools.cache
def registry() -> Any:
    """A registry of pint's on fractions, with the definitions of the book's units, which pint reads by itself."""
    made: Any = pint.UnitRegistry(None, non_int_type=Fraction)
    made.load_definitions((FOLDER / "data" / "units.txt").read_text(encoding="utf-8").splitlines())
    return made


@functools.cache
def sources() -> dict[str, tuple[ast.FunctionDef, dict[str, ast.expr]]]:
    """Every function of the formulas by its name, with the constants of its file."""
    found = {}
    for file in sorted((FOLDER / "formulas").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = [one for one in tree.body if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)]
        constants = {one.targets[0].id: one.value for one in named if isinstance(one.targets[0], ast.Name)}
        found |= {one.name: (one, constants) for one in tree.body if isinstance(one, ast.FunctionDef)}
    return found


def in_base(number: Fraction, unit: str) -> Any:
    """A value in base units, so that no sum has to convert."""
    return registry().Quantity(number, _plain_unit(unit)).to_base_units()


def _plain_unit(unit: str) -> str:
    """A unit as pint reads it, without where something is counted, which is no unit but a guard of calc's own."""
    return _GUARDS.sub("dimensionless", "" if unit == "1" else unit.replace("·", "*"))


def value(name: str, given: Mapping[str, tuple[Fraction, str]], unit: str) -> Fraction | float | None:
    """What a formula yields, in a unit; None where it has no value, and infinity where that is too large here."""
    function, constants = sources()[name]
    known = {key: in_base(*one) for key, one in given.items()}
    assert [argument.arg for argument in function.args.args] == list(known)
    inside = [node for line in function.body for node in ast.walk(line)]  # and nothing of its decorator
    used = {node.id for node in inside if isinstance(node, ast.Name)} & constants.keys()
    known |= {key: _value(constants[key], {}) for key in used}
    try:
        for line in function.body:
            if isinstance(line, ast.Assign):
                (target,) = line.targets
                assert isinstance(target, ast.Name)
                known[target.id] = _value(line.value, known)
            elif isinstance(line, ast.Return) and line.value is not None:
                made = registry().Quantity(1, "") * _value(line.value, known)
                found: Fraction | float = made.to(_plain_unit(unit)).magnitude
                return found
    except ZeroDivisionError:
        return None
    except OverflowError:  # calc may divide by what is multiplied here, and get by
        return math.inf
    raise AssertionError(f"{name} returns nothing")


def _value(node: ast.expr, known: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))
        case ast.Name(id=name):
            return known[name]
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return -_value(inside, known)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left, known), _plain(_value(right, known)))
        case ast.BinOp(left=left, op=sign, right=right):
            return _BINARY[type(sign)](_value(left, known), _value(right, known))
        case ast.Constant(value=str() as text):
            return text
        case ast.Tuple(elts=parts):
            return [_value(one, known) for one in parts]
        case ast.Subscript(value=inside, slice=ast.Constant(value=int() as place)):
            return _value(inside, known)[place]
        case ast.Call(func=ast.Name(id="coefficient"), args=[ast.Constant(value=number), unit]):
            return in_base(Fraction(str(number)), _value(unit, known))
        case ast.Call(func=ast.Name(id="rational"), args=[ast.Call(func=ast.Name(id="Fraction"), args=parts)]):
            return Fraction(*(int(_value(part, known)) for part in parts))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _called(name, [_value(one, known) for one in arguments])
    raise AssertionError(f"no formula has had a {ast.unparse(node)} before: say here what it means")


def _called(name: str, arguments: list[Any]) -> Any:
    if name in ("ceil", "ceiling", "floor"):
        (inside,) = arguments
        rounded = Fraction((math.floor if name == "floor" else math.ceil)(getattr(inside, "magnitude", inside)))
        return registry().Quantity(rounded, getattr(inside, "units", ""))
    if name in ("Min", "Max"):
        return (min if name == "Min" else max)(arguments)
    if name in ("exp", "log"):
        (inside,) = arguments
        return getattr(math, name)(float(_plain(inside)))
    raise AssertionError(f"no formula has called {name} before: say here what it means")


def _plain(number: Any) -> Any:
    """A pure number without its wrapping."""
    if not hasattr(number, "to_base_units"):
        return number
    assert number.dimensionless
    return number.to_base_units().magnitude


def _power(base: Any, exponent: Any) -> Any:
    if exponent == int(exponent) and abs(exponent) < 400:
        return base ** int(exponent)
    if hasattr(base, "dimensionless") and not base.dimensionless:
        return registry().Quantity(float(base.magnitude) ** float(exponent), base.units ** float(exponent))
    return float(_plain(base)) ** float(exponent)
