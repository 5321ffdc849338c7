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

__all__ = ["exchange", "sweep", "write_file", "write_folder"]

_AT_FDCWD, _EXCHANGE = -100, 2


def exchange(new: Path, old: Path) -> None:
    """Swap two folders; where there is no `old` yet, move `new` there."""
    sweep(old)
    if not old.exists():
        new.rename(old)
        return
    if _exchange(os.fsencode(new), os.fsencode(old)):
        return
    # A system that cannot swap: for the moment between these two steps there is none.
    aside = _beside(old, "old")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
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
    next_ = _beside(file, "next")
    try:
        sweep(file)
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
    next_ = _beside(folder, "next")
    try:
        sweep(folder)
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


def _beside(place: Path, ending: str) -> Path:
    """A name beside a place, of this process alone."""
    return place.with_name(f".{place.name}.{os.getpid()}.{ending}")


def sweep(place: Path) -> None:
    """Remove what a process that was killed has left beside a file or a folder; an old one that it moved comes back.

    Parameters
    ----------
    place : what that process was writing.
    """
    before = f".{place.name}."
    for left in sorted(place.parent.iterdir()) if place.parent.is_dir() else ():
        found = re.fullmatch(r"([0-9]{1,9})\.(next|old)", left.name.removeprefix(before))
        if not found or not left.name.startswith(before) or _alive(int(found[1])):
            continue
        if found[2] == "old" and not place.exists():
            left.rename(place)
        elif left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    if os.name == "nt":  # where signal 0 would end it
        return True
    with contextlib.suppress(OSError):
        os.kill(process, 0)
        return True
    return False
