"""The reference of the command line and of Python, made from the program's own help and docstrings."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import click

import calc
from _ext.elements.piece import Piece
from calc import formulas
from calc.cli.app import PROGRAM, cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_WIDTH = 100
_PART = re.compile(r"^(Parameters|Returns|Raises|Attributes|Examples|Notes)\n-+\n", re.MULTILINE)


def command_line() -> str:
    """Each command's own help, under a heading of its own.

    Examples
    --------
    >>> "## `t2t show`" in command_line()
    True
    """
    group = click.Context(cli, info_name=PROGRAM, max_content_width=_WIDTH, terminal_width=_WIDTH)
    parts = []
    for name in cli.list_commands(group):
        command = cli.get_command(group, name)
        if command is not None:
            own = click.Context(command, group, name, max_content_width=_WIDTH, terminal_width=_WIDTH)
            parts.append(f"## `{PROGRAM} {name}`\n\n````text\n{command.get_help(own)}\n````\n")
    return "\n".join(parts)


def python() -> str:
    """Each public name of `calc` but the formulas, with its signature and docstring; of classes their methods too.

    Examples
    --------
    >>> "## `load_scenario`" in python()
    True
    """
    names = (name for name in calc.__all__ if name not in formulas.__all__)
    return "\n".join(part for name in names for part in _object(name, getattr(calc, name)))


def _object(name: str, found: Any) -> Iterator[str]:
    yield f"## `{name}`\n"
    yield from _documented(name, found)
    if inspect.isclass(found):
        shown = (callable, lambda member: isinstance(member, property))
        for own, member in vars(found).items():
            if not own.startswith("_") and inspect.getdoc(member) and any(test(member) for test in shown):
                yield f"### `{name}.{own}`\n"
                yield from _documented(own, member)


def _documented(name: str, found: Any) -> Iterator[str]:
    """A signature, the words before the first part of the docstring, and each part as it is written."""
    if callable(found) and not inspect.isclass(found):
        yield f"```python\n{name}{inspect.signature(found)}\n```\n"
    said, *parts = _PART.split(inspect.getdoc(found) or "")
    yield f"{said.strip()}\n"
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        language = "pycon" if title == "Examples" else "text"
        yield f"**{title}**\n\n````{language}\n{text.strip()}\n````\n"


PAGES = {"command-line": command_line, "python": python}


class Reference(Piece):
    """``{reference} command-line``: what the program says of itself."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The sections, parsed."""
        name = self.arguments[0]
        if name not in PAGES:
            raise self.refuse(f"{name!r} is no reference; accepted: {', '.join(PAGES)}")
        return self.parse_text_to_nodes(PAGES[name](), allow_section_headings=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("reference", Reference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
