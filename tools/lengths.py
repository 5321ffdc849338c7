"""``python tools/lengths.py``: files of calc, _ext and t2t_sphinx, and functions in them, longer than the house allows.

A function is counted without its docstring and without the decorators above it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MOST_IN_FILE, MOST_IN_FUNCTION = 300, 40
ROOMS = ("calc", "_ext", "t2t_sphinx")


def findings(root: Path) -> Iterator[str]:
    """A line for each: file, line, what it is, how long, and how long it may be."""
    for file in sorted(file for room in ROOMS for file in (root / room).rglob("*.py")):
        text, name = file.read_text(encoding="utf-8"), file.relative_to(root).as_posix()
        if (lines := len(text.splitlines())) > MOST_IN_FILE:
            yield f"{name}:1: the file has {lines} lines; at most {MOST_IN_FILE}"
        for node in ast.walk(ast.parse(text, name)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (lines := length(node)) > MOST_IN_FUNCTION:
                what = f"{node.name} has {lines} lines without its docstring"
                yield f"{name}:{node.lineno}: {what}; at most {MOST_IN_FUNCTION}"


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function, from its ``def`` to its end, without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


if __name__ == "__main__":
    found = list(findings(Path(__file__).resolve().parents[1]))
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))
