"""An arithmetic expression as statements that reuse their own intermediate results.

``a*b*c/d`` makes a new array for each operation; ``t = a*b; t *= c; t /= d`` makes one. The operations and
their order are the same, and so are the results, to the last bit.
"""

from __future__ import annotations

import ast

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
    """
    lines: list[str] = []
    made: set[str] = set()

    def name() -> str:
        # No quantity's name begins so.
        made.add(f"_{len(made)}")
        return f"_{len(made) - 1}"

    def visit(node: ast.expr) -> str:
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
            kept = next((argument for argument in arguments if argument in made), None) or name()
            lines.append(f"{kept} = {ast.unparse(node.func)}({', '.join(arguments)})")
            return kept
        return f"({ast.unparse(node)})" if isinstance(node, ast.UnaryOp) else ast.unparse(node)

    result = visit(ast.parse(expression, mode="eval").body)
    if out and result in made:
        first = next(i for i, line in enumerate(lines) if line.startswith(f"{result} = "))
        lines[first] = _into(lines[first], out)
    return [*lines, f"return {result}"]


def _into(line: str, out: str) -> str:
    """The statement with its result written into an array."""
    name, _, text = line.partition(" = ")
    node = ast.parse(text, mode="eval").body
    if isinstance(node, ast.BinOp):
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        return f"{name} = {UFUNCS[_SIGNS[type(node.op)]]}({left}, {right}, {out})"
    return f"{name} = {text.removesuffix(')')}, {out})"
