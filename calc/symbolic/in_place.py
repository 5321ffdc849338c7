"""An arithmetic expression as statements that reuse their own intermediate results.

``a*b*c/d`` makes a new array for each operation; ``t = a*b; t *= c; t /= d`` makes one. The operations and
their order are the same, and so are the results, to the last bit. A function writes over what it takes in the same way:
``t = over(ceil, t, out=t)``. What is made of numbers alone stays a number, on which no pass over an array is spent.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

__all__ = ["UFUNCS", "over", "statements", "together"]

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_COMMUTE = (ast.Add, ast.Mult)
# What is rounded rightly, and so alike of numbers and of arrays, which powers and logarithms are not.
_ALIKE = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_ALIKE_FUNCTIONS = ("ceil", "floor", "sqrt")
_CONSTANTS = ("pi", "e")
# NumPy's names for the same, which can write into an array that is there already.
UFUNCS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power"}


def statements(expression: str, out: str = "", numbers: Collection[str] = ()) -> list[str]:
    """The statements of a function body that returns an expression of names, numbers, calls and arithmetic.

    Parameters
    ----------
    out : the name of an array for the result, if there is one to write into.
    numbers : names that stand for numbers, among arrays.

    Examples
    --------
    >>> statements("(3*a*ceil(b/c))/(125000)")
    ['_0 = 3 * a', '_1 = b / c', '_1 = ceil(_1)', '_0 *= _1', '_0 /= 125000', 'return _0']
    >>> statements("a*b/c", out="block")
    ['_0 = multiply(a, b, out=block)', '_0 /= c', 'return _0']
    >>> statements("a/ceil(b/c)", out="block")
    ['_0 = divide(b, c, out=block)', '_0 = over(ceil, _0, out=_0)', '_0 = over(divide, a, _0, out=_0)', 'return _0']
    >>> statements("3*a*b", out="block", numbers=["a"])
    ['_0 = multiply(3, a)', '_1 = multiply(_0, b, out=block)', 'return _1']
    >>> statements("40*10**30*a", out="block")
    ['_0 = power(float(10), 30, out=block)', '_0 *= 40', '_0 *= a', 'return _0']
    >>> statements("a - 1*b")
    ['_0 = a - b', 'return _0']
    >>> statements("a*b + c/(a*b)")
    ['_0 = a * b', '_1 = c / _0', '_1 += _0', 'return _1']
    """
    tree = ast.parse(expression, mode="eval").body
    keys = _Keys()
    writer = _Writer(keys, _repeated([tree], keys), bool(out), _fixed([tree], numbers) if out else None)
    result, lines = writer.visit(tree), writer.lines
    if out and result in writer.made:
        first = next(i for i, line in enumerate(lines) if line.startswith(f"{result} = "))
        lines[first] = _into(lines[first], out)
    return [*lines, f"return {result}"]


def together(expressions: Sequence[str], held: str, out: str, numbers: Collection[str] = ()) -> list[str]:
    """The statements of a function body that works out several expressions, what they share once, and returns the last.

    Parameters
    ----------
    held : the name of a sequence of functions, of which each is called with the value of its expression, but the last.
    out : the name of an array for the last, if it can be written there.
    numbers : names that stand for numbers, among arrays.

    Examples
    --------
    >>> together(["ceil(a/b)", "c*ceil(a/b)"], "check", "block")
    ['_0 = a / b', '_0 = over(ceil, _0, out=_0)', 'check[0](_0)', '_1 = multiply(c, _0, out=block)', 'return _1']
    """
    trees = [ast.parse(one, mode="eval").body for one in expressions]
    keys = _Keys()
    writer = _Writer(keys, _repeated(trees, keys), True, _fixed(trees, numbers))
    for at, tree in enumerate(trees[:-1]):
        writer.lines.append(f"{held}[{at}]({writer.visit(tree)})")
    begun = len(writer.lines)
    result, lines = writer.visit(trees[-1]), writer.lines
    first = next((i for i, line in enumerate(lines) if line.startswith(f"{result} = ")), 0)
    if result in writer.made and first >= begun:  # what is shared with one before stands in an array of its own
        lines[first] = _into(lines[first], out)
    return [*lines, f"return {result}"]


def over(function: Callable[..., Any], *values: Any, out: Any) -> Any:
    """What one of NumPy's functions yields, written over an array that is no longer needed, unless that is a number.

    Examples
    --------
    >>> import numpy as np
    >>> made = np.array([1.5, 2.5])
    >>> over(np.ceil, made, out=made) is made, float(over(np.ceil, 2.5, out=2.5))
    (True, 3.0)
    """
    import numpy as np

    return function(*values, out=out) if isinstance(out, np.ndarray) else function(*values)


class _Keys:
    """A number for each part of an expression, the same for parts that read the same.

    Each is made of its parts' numbers: to compare whole texts would take the square of an expression's length.
    """

    def __init__(self) -> None:
        self.found: dict[ast.AST, int] = {}
        self.known: dict[tuple[object, ...], int] = {}

    def of(self, node: ast.expr) -> int:
        """The number of a part, and of all that is in it."""
        if node not in self.found:
            self.found[node] = self.known.setdefault(self._made_of(node), len(self.known))
        return self.found[node]

    def _made_of(self, node: ast.expr) -> tuple[object, ...]:
        if isinstance(node, ast.BinOp):
            return type(node.op), self.of(node.left), self.of(node.right)
        if isinstance(node, ast.Call):
            return (ast.Call, ast.unparse(node.func), *map(self.of, node.args))
        return (ast.unparse(node),)


class _Writer:
    """Statements as they are written, and the names that they make.

    Attributes
    ----------
    lines : the statements.
    made : names that may be written into.
    kept : by its key, the name of a part that occurs again, which may not.
    over : whether functions can be told where to write.
    numbers : names of what is a number, and stays one.
    """

    def __init__(self, keys: _Keys, again: set[int], over: bool, numbers: set[str] | None) -> None:
        self.keys = keys
        self.again = again
        self.over = over
        self.numbers = numbers
        self.lines: list[str] = []
        self.made: set[str] = set()
        self.kept: dict[int, str] = {}
        self.count = 0

    def name(self) -> str:
        """A new one; no quantity's name begins so."""
        new = f"_{self.count}"
        self.count += 1
        self.made.add(new)
        return new

    def number(self, text: str, parts: Sequence[ast.expr], names: Sequence[str]) -> str:
        """The name of what stays a number, as all its parts are, or nothing."""
        if self.numbers is None or not all(
            name in self.numbers or _is_written(part) for part, name in zip(parts, names, strict=True)
        ):
            return ""
        new = self.name()
        self.made.discard(new)
        self.numbers.add(new)
        self.lines.append(f"{new} = {text}")
        return new

    def visit(self, node: ast.expr) -> str:
        """The name of a part, once it is worked out."""
        if not isinstance(node, (ast.BinOp, ast.Call)):
            return self.work_out(node)
        key = self.keys.of(node)
        if key in self.kept:
            return self.kept[key]
        found = self.work_out(node)
        if key in self.again:
            self.kept[key] = found
            self.made.discard(found)
        return found

    def work_out(self, node: ast.expr) -> str:
        """The same, for one that is not."""
        if isinstance(node, ast.BinOp):
            if isinstance(node.op, ast.Mult) and isinstance(node.left, ast.Constant) and node.left.value == 1:
                return self.visit(node.right)  # a difference is printed as "- 1*a"
            left, right, sign = self.visit(node.left), self.visit(node.right), _SIGNS[type(node.op)]
            if _is_whole(node.left) and _is_whole(node.right):  # NumPy's whole numbers end at 64 bits, and say nothing
                left = f"float({left})"
            if number := self.number(f"{UFUNCS[sign]}({left}, {right})", [node.left, node.right], [left, right]):
                return number
            if left in self.made:
                self.lines.append(f"{left} {sign}= {right}")
                return left
            if right in self.made and isinstance(node.op, _COMMUTE):
                self.lines.append(f"{right} {sign}= {left}")
                return right
            if right in self.made and self.over:
                self.lines.append(f"{right} = over({UFUNCS[sign]}, {left}, {right}, out={right})")
                return right
            self.lines.append(f"{(new := self.name())} = {left} {sign} {right}")
            return new
        if isinstance(node, ast.Call):
            arguments = [self.visit(argument) for argument in node.args]
            name, given = ast.unparse(node.func), ", ".join(arguments)
            if number := self.number(f"{name}({given})", node.args, arguments):
                return number
            held = next((argument for argument in arguments if argument in self.made), None)
            text = f"over({name}, {given}, out={held})" if held and self.over else f"{name}({given})"
            held = held or self.name()
            self.lines.append(f"{held} = {text}")
            return held
        return f"({ast.unparse(node)})" if isinstance(node, ast.UnaryOp) else ast.unparse(node)


def _fixed(trees: Sequence[ast.expr], numbers: Collection[str]) -> set[str] | None:
    """The names of numbers, or None where a number is not taken as each of an array would be, to the last bit."""
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.BinOp) and not isinstance(node.op, _ALIKE):
            return None
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in _ALIKE_FUNCTIONS:
            return None
    return {*_CONSTANTS, *numbers}


def _is_written(node: ast.expr) -> bool:
    return isinstance(node.operand if isinstance(node, ast.UnaryOp) else node, ast.Constant)


def _is_whole(node: ast.expr) -> bool:
    number = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(number, ast.Constant) and isinstance(number.value, int)


def _repeated(trees: Sequence[ast.expr], keys: _Keys) -> set[int]:
    """The keys of the parts of some expressions that occur more than once: each is worked out once."""
    counted: Counter[int] = Counter()

    def look(node: ast.AST) -> None:
        if isinstance(node, (ast.BinOp, ast.Call)):
            key = keys.of(node)
            counted[key] += 1
            if counted[key] > 1:  # what is in it is not worked out again
                return
        for child in ast.iter_child_nodes(node):
            look(child)

    for tree in trees:
        look(tree)
    return {key for key, times in counted.items() if times > 1}


def _into(line: str, out: str) -> str:
    """The statement with its result written into an array."""
    name, _, text = line.partition(" = ")
    node = ast.parse(text, mode="eval").body
    if isinstance(node, ast.BinOp):
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        return f"{name} = {UFUNCS[_SIGNS[type(node.op)]]}({left}, {right}, out={out})"
    return f"{name} = {text.removesuffix(')')}, out={out})"
