"""The docstring of a function or module, also under ``python -OO``, which leaves docstrings out of what it compiles."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from typing import Any

__all__ = ["docstring"]


def docstring(described: Any) -> str:
    """What a function or module says of itself, with its indentation as Python has it; nothing where it says nothing.

    Examples
    --------
    >>> docstring(docstring).splitlines()[0][:32]
    'What a function or module says o'
    """
    if described.__doc__ is not None or sys.flags.optimize < 2:
        return described.__doc__ or ""
    try:
        source = ast.parse(textwrap.dedent(inspect.getsource(described)))
    except (OSError, SyntaxError):  # it has no file
        return ""
    holder = source if inspect.ismodule(described) else source.body[0]
    return (ast.get_docstring(holder, clean=False) if isinstance(holder, (ast.Module, ast.FunctionDef)) else None) or ""
