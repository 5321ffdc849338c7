"""What every command writes with: text, tables, colours on a terminal, and how far it is."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from calc.base import tables
from calc.base.errors import CalcError
from calc.base.text_files import STEERING, visible

__all__ = ["as_json", "as_table", "paint", "progress", "warning", "write", "write_all", "written"]

T = TypeVar("T")
_PATIENCE = 1.0  # seconds before anybody is told how far it is
_OFTEN = 0.1  # seconds between


def write(text: str) -> int:
    """Write to standard output, without colours where that is no terminal; 0.

    A reader who has enough, such as `head`, is no error.
    """
    return write_all([text, "\n"])


def written(made: Path, text: str) -> int:
    """Say that a file or folder was made; 0.

    Raises
    ------
    CalcError : that cannot be said on standard output; what was made stays, and is whole.
    """
    try:
        return write(text)
    except OSError as error:
        why = error.strerror or error
        raise CalcError(f"{made} is written and whole; only standard output cannot say so: {why}") from None


def warning(line: str) -> None:
    """Say a line beside the answer, on standard error."""
    click.echo(f"warning: {visible(line)}", err=True)


def write_all(parts: Iterable[str]) -> int:
    """Write one part after the other, as they are made; 0.

    Whatever is a folder's or a file's name, or stands in a reader's own file, steers no terminal.
    """
    colours = _colours()
    try:
        for part in map(_coloured if colours else _without_colours, parts):
            try:
                sys.stdout.write(part)
            except UnicodeEncodeError:
                sys.stdout.flush()
                sys.stdout.buffer.write(part.encode("utf-8"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # keeps Python from complaining at exit
    return 0


_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")  # what click.style makes


def _without_colours(text: str) -> str:
    return visible(_COLOUR.sub("", text) if "\x1b" in text else text)


def _coloured(text: str) -> str:
    """A text made visible between its colours."""
    return "".join(part if place % 2 else visible(part) for place, part in enumerate(_COLOUR.split(text)))


def _colours() -> bool:
    """Whether colours are seen and wanted; NO_COLOR is what other programs heed too."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


_PAINT: tuple[tuple[re.Pattern[str], dict[str, Any]], ...] = (
    (re.compile(r"\A.+"), {"bold": True}),
    (re.compile(r"(?m)^(Beside it|Inputs|Source|Chain)\b"), {"fg": "cyan"}),
    (re.compile(r"\byours\b|(?m:^Not the book's figure)"), {"fg": "yellow"}),
    (re.compile(r"\bcontradicted\b"), {"fg": "red"}),
)


def paint(text: str) -> str:
    """Text with its title, headings and what is not the book's marked; `write` takes the colours off again."""
    if not _colours():
        return text
    for pattern, look in _PAINT:
        text = pattern.sub(lambda match, look=look: click.style(match[0], **look), text)  # type: ignore[misc]
    return text


def as_json(data: Any) -> str:
    """Plain data as JSON that a person can read too."""
    # What steers a terminal is written as JSON writes it, so that it is read back as it was.
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, ensure_ascii=False, indent=2))


def as_table(head: Sequence[str], rows: Iterable[Sequence[str]], form: str) -> str:
    """Rows as aligned text, with a heading (``text``) or without (``plain``), as Markdown, or as CSV.

    Examples
    --------
    >>> print(as_table(("id", "value"), [("pue", "1.2")], "markdown"))
    | id | value |
    | --- | --- |
    | pue | 1.2 |
    """
    if form == "csv":
        import csv

        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([head, *rows])
        return text.getvalue().removesuffix("\n")
    if form == "markdown":
        return tables.markdown(head, rows).replace("\N{NO-BREAK SPACE}", " ")
    return tables.aligned([head, *rows] if form == "text" else rows)


class Progress(Protocol):
    """A step to pass items through."""

    def __call__(self, items: Iterable[T], count: int | None = None, /) -> Iterator[T]:
        """The items; how many there are, where they are made one after the other."""


def progress(label: str) -> Progress:
    """A step to pass items through: past a second it says on a terminal how many of them are done."""

    def counted(items: Iterable[T], count: int | None = None, /) -> Iterator[T]:
        if count is None:
            items = list(items)
            count = len(items)
        seen = sys.stderr is not None and sys.stderr.isatty()
        last, said = time.monotonic() + _PATIENCE, False
        for number, item in enumerate(items):
            if seen and time.monotonic() > last:
                sys.stderr.write(f"\r{label}: {number} of {count}")
                sys.stderr.flush()
                last, said = time.monotonic() + _OFTEN, True
            yield item
        if said:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    return counted
