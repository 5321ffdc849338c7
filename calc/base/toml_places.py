"""Places in a TOML text: the line on which a key or a table stands, and messages that name it.

The standard library's parser says lines only where the text is no TOML at all.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from calc.base.errors import DataError
from calc.base.limits import SHOWN as _LONGEST

__all__ = ["Place", "line_of", "shown"]

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]++)\]")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=(.*)""")
_PART = re.compile(r"\"[^\"]*\"|'[^']*'|[\w-]+")
_OPENED = re.compile(r"""(?:^|[=\[,])\s*(\"{3}|'{3})""")
_CONTROLS = re.compile(r"(?:[\x00-\x1f\x7f-\x9f]|[\u2028\u2029])+")  # in two, or Python tables all Unicode


@dataclass(frozen=True)
class Place:
    r"""A table of a file, as messages name it.

    Attributes
    ----------
    file, text : the file's name and its content.
    path : the keys, and the numbers in lists of tables, that lead to the table; none at the top of the file.
    name : what the table is called: ``inputs.gpus``, or ``claim 3 'tokens'``; nothing at the top of the file.

    Examples
    --------
    >>> str(Place("mine.toml", "title = 'x'\n[inputs.gpus]\nvalue = 3").of("inputs").of("gpus"))
    'mine.toml, line 2: inputs.gpus'
    """

    file: str
    text: str
    path: tuple[str | int, ...] = ()
    name: str = ""

    def __str__(self) -> str:
        return self.at()

    @property
    def dotted(self) -> str:
        """The keys that lead to it, as a header has them."""
        return ".".join(shown(part, True) for part in self.path if isinstance(part, str))

    def of(self, key: str) -> Place:
        """The place of a table in this one."""
        between = "" if not self.name else ": " if isinstance(self.path[-1], int) else "."
        return replace(self, path=(*self.path, key), name=f"{self.name}{between}{shown(key, True)}")

    def item(self, key: str, number: int, name: object) -> Place:
        """The place of one of several tables, counted from 0, by number and, where it has one, by name."""
        here = self.of(key)
        named = f" {shown(name)}" if isinstance(name, str) and name.strip() else ""
        return replace(here, path=(*here.path, number), name=f"{here.name} {number + 1}{named}")

    def at(self, key: str = "") -> str:
        """File, line and name; the line is that of a key of the table, where one is named and found."""
        line = line_of(self.text, *self.path, *((key,) if key else ()))
        where = f"{self.file}, line {line}" if line else self.file
        return f"{where}: {self.name}" if self.name else where

    def wrong(self, message: str, key: str = "") -> DataError:
        """The error, on one line, whatever the file has in it; the message follows the name without a blank."""
        return DataError(_CONTROLS.sub(" ", f"{self.at(key)}{message}"))

    def syntax(self, message: str) -> DataError:
        """The error of a text that is no TOML, with the line that the parser names."""
        lines = self.text.replace("\r\n", "\n").rstrip("\n").split("\n")
        match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
        if match is None:
            return self.wrong(f": is not TOML: {message}")
        said, number, column = match[1], int(match[2] or len(lines)), int(match[3] or len(lines[-1]) + 1)
        line = lines[number - 1].strip() if number <= len(lines) else ""
        if twice := re.fullmatch(r"Cannot declare \((.*?),?\) twice", said):
            said = f"the table {'.'.join(_names(twice[1]))} stands there twice"
        elif said == "Cannot overwrite a value":
            said = "the key stands there twice"
        else:
            said = f"is not TOML: {said}"
        return DataError(_CONTROLS.sub(" ", f"{self.file}, line {number}: {said} (column {column}): {shown(line)}"))

    def deepest(self, message: str, part: str) -> DataError:
        """The error of a text that the parser gives up on, with the line that has most of a part, by its pattern."""
        lines = self.text.split("\n")
        line = max(range(len(lines)), key=lambda number: len(re.findall(part, lines[number])))
        return DataError(f"{self.file}, line {line + 1}: {message}")


def line_of(text: str, *path: str | int) -> int:
    r"""The line on which a key or a table stands, or 0; of the deepest part that stands on a line of its own.

    Parameters
    ----------
    text : TOML that the parser accepts.
    path : keys, and the numbers of tables among several, counted from 0.

    Examples
    --------
    >>> text = "[inputs.gpus]\nvalue = 3\n[[term]]\nname = 'PUE'\n[[term]]\nname = 'rack'\n"
    >>> line_of(text, "inputs", "gpus", "value"), line_of(text, "term", 1, "name"), line_of(text, "term", 1, "text")
    (2, 6, 5)
    """
    lines = _lines(text)
    for depth in range(len(path), 0, -1):
        if path[:depth] in lines:
            return lines[path[:depth]]
    return 0


def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of every key and table that stands on a line of its own."""
    found: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    quotes = ""  # what ends the text of several lines in which one is
    for number, line in enumerate(text.split("\n"), 1):
        if quotes:
            quotes = "" if quotes in line else quotes
            continue
        if header := _HEADER.match(line):
            table = ()
            names = _names(header[2])
            for place, name in enumerate(names, 1):
                table = (*table, name)
                if header[1] == "[[" and place == len(names):
                    found.setdefault(table, number)
                    counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table]) if table in counts else table
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            names = _names(key[1])
            for depth in range(1, len(names) + 1):
                found.setdefault((*table, *names[:depth]), number)
            opened = _OPENED.search(key[2])
            quotes = opened[1] if opened and key[2].count(opened[1]) == 1 else ""
    return found


def _names(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def shown(value: Any, bare: bool = False) -> str:
    """A value as the file has it, cut where it is long.

    Parameters
    ----------
    value : as the parser yields it.
    bare : without quotes, where it is a key that needs none.

    Examples
    --------
    >>> shown(True), shown("a"), shown([1, {"b": 2}]), shown("a", bare=True), shown("a b", bare=True)
    ('true', "'a'", '[1, {b = 2}]', 'a', "'a b'")
    """
    if bare and isinstance(value, str) and re.fullmatch(r"[\w-]{1,60}", value):
        return value
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return "a very large number"  # which Python may refuse to write
    text = _written(value, 3)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _written(value: Any, depth: int) -> str:
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, list):
        return f"[{', '.join(_written(one, depth - 1) for one in value)}]" if depth else "[…]"
    if isinstance(value, dict):
        parts = ", ".join(f"{shown(key, True)} = {_written(one, depth - 1)}" for key, one in value.items())
        return f"{{{parts}}}" if depth else "{…}"
    if isinstance(value, str):
        return repr(value[: 2 * _LONGEST])
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return "a very large number"
    return str(value)
