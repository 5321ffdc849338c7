"""Files and folders put in place whole or not at all: killed at any moment, the old or the new is there."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from calc.base.errors import DataError

__all__ = ["exchange", "write_file", "write_folder"]

_AT_FDCWD, _EXCHANGE = -100, 2


def exchange(new: Path, old: Path) -> None:
    """Swap two folders; where there is no `old` yet, move `new` there."""
    if not old.exists():
        new.rename(old)
        return
    if _exchange(os.fsencode(new), os.fsencode(old)):
        return
    # A system that cannot swap: for the moment between these two steps there is none.
    aside = old.with_name(f"{old.name}.old")
    shutil.rmtree(aside, ignore_errors=True)  # from one that was killed between the two
    old.rename(aside)
    new.rename(old)
    aside.rename(new)


def _exchange(new: bytes, old: bytes) -> bool:
    """The system's own call to swap two names, if it has one: renameat2 on Linux, renamex_np on macOS."""
    with contextlib.suppress(AttributeError, OSError):
        if sys.platform == "linux":
            return bool(ctypes.CDLL(None).renameat2(_AT_FDCWD, new, _AT_FDCWD, old, _EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(new, old, _EXCHANGE) == 0)
    return False


def write_file(file: Path, content: bytes) -> None:
    """Write a file beside its place, and move it there in one step.

    Raises
    ------
    DataError : it cannot be written; what was there before still is.
    """
    next_ = file.with_name(f".{file.name}.{os.getpid()}.next")
    try:
        _flushed(next_, content)
        next_.replace(file)
    except OSError as error:
        raise DataError(f"{file}: cannot be written: {error.strerror or error}") from None
    finally:
        next_.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder beside its place, and let the two change places in one step.

    Parameters
    ----------
    folder : where it is to be; its parent must be there.
    files : content by path within it. What the folder held before is gone after it.

    Raises
    ------
    DataError : it cannot be written; what was there before still is.
    """
    folder = folder.resolve()
    _sweep(folder)
    next_ = folder.with_name(f".{folder.name}.{os.getpid()}.next")
    try:
        for name, content in files.items():
            file = next_ / name
            file.parent.mkdir(parents=True, exist_ok=True)
            _flushed(file, content)
        exchange(next_, folder)
    except OSError as error:
        raise DataError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(next_, ignore_errors=True)


def _flushed(file: Path, content: bytes) -> None:
    """Write, and wait until it lies on the disk: the name must not come before the content."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sweep(folder: Path) -> None:
    """Remove what a process that was killed has left beside a folder."""
    for left in folder.parent.glob(f".{folder.name}.*.next"):
        number = re.fullmatch(r"(\d+)\.next", left.name.removeprefix(f".{folder.name}."))
        if number and left.is_dir() and not _alive(int(number[1])):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    if os.name == "nt":  # where signal 0 would end it
        return True
    with contextlib.suppress(OSError):
        os.kill(process, 0)
        return True
    return False
