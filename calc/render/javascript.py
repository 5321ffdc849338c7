"""A formula as a JavaScript function, printed from the expression that Python computes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calc.codegen import JAVASCRIPT, source

if TYPE_CHECKING:
    from calc.formula import Formula

__all__ = ["function"]


def function(formula: Formula) -> str:
    """The formula as a JavaScript function of its inputs, in their own units, to its result's own unit.

    Raises
    ------
    PrintError : the expression holds a node that JavaScript has no word for.

    Examples
    --------
    >>> from calc import server_count
    >>> function(server_count)
    'function server_count(gpus, gpus_per_server) { return Math.ceil((gpus)/(gpus_per_server)*0.9999999999999991); }'
    """
    names = ", ".join(q.name for q in formula.inputs)
    return f"function {formula.name}({names}) {{ return {source(formula.numeric, JAVASCRIPT)}; }}"
