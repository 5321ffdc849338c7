"""An arithmetic expression as statements that reuse their own intermediate results.

``a*b*c/d`` makes a new array for each operation; ``t = a*b; t *= c; t /= d`` makes one. The operations and
their order are the same, and so are the results, to the last bit.
"""

from __future__ import annotations

import ast
from collections import Counter

__all__ = ["UFUNCS", "statements"]

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_COMMUTE = (ast.Add, ast.Mult)
# NumPy's names for the same, which can write into an array that is there already.
UFUNCS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power"}


def statements(expression: str, out: str = "") -> list[str]:
    """The statements of a function body that returns an expression of names, numbers, calls and arithmetic.

    Parameters
    ----------
    out : the name of an array for the result, if there is one to write into.

    Examples
    --------
    >>> statements("(3*a*ceil(b/c))/(125000)")
    ['_0 = 3 * a', '_1 = b / c', '_1 = ceil(_1)', '_0 *= _1', '_0 /= 125000', 'return _0']
    >>> statements("a*b/c", out="block")
    ['_0 = multiply(a, b, block)', '_0 /= c', 'return _0']
    >>> statements("a*b + c/(a*b)")
    ['_0 = a * b', '_1 = c / _0', '_1 += _0', 'return _1']
    """
    lines: list[str] = []
    made: set[str] = set()  # names that may be written into
    kept: dict[str, str] = {}  # names of what occurs again, which may not
    tree = ast.parse(expression, mode="eval").body
    again = _repeated(tree)
    count = 0

    def name() -> str:
        nonlocal count
        # No quantity's name begins so.
        made.add(f"_{count}")
        count += 1
        return f"_{count - 1}"

    def visit(node: ast.expr) -> str:
        key = ast.unparse(node) if isinstance(node, (ast.BinOp, ast.Call)) else ""
        if key in kept:
            return kept[key]
        found = work_out(node)
        if key in again:
            kept[key] = found
            made.discard(found)
        return found

    def work_out(node: ast.expr) -> str:
        if isinstance(node, ast.BinOp):
            left, right, sign = visit(node.left), visit(node.right), _SIGNS[type(node.op)]
            if left in made:
                lines.append(f"{left} {sign}= {right}")
                return left
            if right in made and isinstance(node.op, _COMMUTE):
                lines.append(f"{right} {sign}= {left}")
                return right
            lines.append(f"{(new := name())} = {left} {sign} {right}")
            return new
        if isinstance(node, ast.Call):
            arguments = [visit(argument) for argument in node.args]
            held = next((argument for argument in arguments if argument in made), None) or name()
            lines.append(f"{held} = {ast.unparse(node.func)}({', '.join(arguments)})")
            return held
        return f"({ast.unparse(node)})" if isinstance(node, ast.UnaryOp) else ast.unparse(node)

    result = visit(tree)
    if out and result in made:
        first = next(i for i, line in enumerate(lines) if line.startswith(f"{result} = "))
        lines[first] = _into(lines[first], out)
    return [*lines, f"return {result}"]


def _repeated(tree: ast.expr) -> set[str]:
    """The parts of an expression that occur more than once, as text: each is worked out once."""
    counted: Counter[str] = Counter()

    def look(node: ast.AST) -> None:
        if isinstance(node, (ast.BinOp, ast.Call)):
            text = ast.unparse(node)
            counted[text] += 1
            if counted[text] > 1:  # what is in it is not worked out again
                return
        for child in ast.iter_child_nodes(node):
            look(child)

    look(tree)
    return {text for text, times in counted.items() if times > 1}


def _into(line: str, out: str) -> str:
    """The statement with its result written into an array."""
    name, _, text = line.partition(" = ")
    node = ast.parse(text, mode="eval").body
    if isinstance(node, ast.BinOp):
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        return f"{name} = {UFUNCS[_SIGNS[type(node.op)]]}({left}, {right}, {out})"
    return f"{name} = {text.removesuffix(')')}, {out})"
