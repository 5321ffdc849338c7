"""The text of files that people give, and of those that come with the package; and `calc.base.visible` beside it.

Whatever lies behind a name, no more of it is read than a limit allows: a device has no end.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from calc.base import limits
from calc.base.errors import DataError
from calc.base.visible import STEERING, visible

__all__ = ["STEERING", "file_text", "kept_json", "packaged_text", "visible"]


def file_text(file: Path | Traversable, name: str = "", most: int = limits.FILE) -> str:
    """The text of a file.

    Parameters
    ----------
    name : what messages call it, where that is not its path.
    most : bytes that are read.

    Raises
    ------
    DataError : it is not there, is no text in UTF-8, or is longer; names the file.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(most + 1)
        text = content.decode()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "reason", None) or str(error)
        raise DataError(f"{name or file}: cannot be read: {reason}") from None
    if len(content) > most:
        raise DataError(f"{name or file}: cannot be read: it has more than {most} bytes")
    # An editor may have put a byte order mark before it; and line ends are those of any system.
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def packaged_text(name: str) -> str:
    """The text of a file in ``calc/data``, by its path there.

    Raises
    ------
    DataError : it is not there, or is no text in UTF-8; names the file.
    """
    return file_text(resources.files("calc").joinpath(f"data/{name}"), name.rpartition("/")[2])


def kept_json(name: str, command: str) -> Any:
    """What a command of the book's own keeps in a JSON file of ``calc/data``; None where that is not there.

    Parameters
    ----------
    command : the one that writes it, such as ``make bands``.

    Raises
    ------
    DataError : it is no JSON, or no text in UTF-8; names the file.
    """
    import json  # here, as what needs none starts sooner

    if not (file := resources.files("calc").joinpath(f"data/{name}")).is_file():
        return None
    text = file_text(file, name)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        at = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise DataError(f"{name}{at}: is not JSON; `{command}` writes it anew") from None
