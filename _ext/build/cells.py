"""Runs a chapter's cells in a process of its own, forked from this one, which has everything imported.

It knows nothing of Sphinx. Whatever the cells define, patch or break dies with their process; only what they show
comes back. A cell that raises, takes too long, writes to standard error or ends its process is a `CellError`.
"""

from __future__ import annotations

import base64
import contextlib
import io
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["CellError", "Output", "Run"]

Output = dict[str, Any]
# Seconds that a process may take to end once it has said that it does.
_GRACE = 5


class CellError(Exception):
    """Why a cell failed: its place in the list, the line in it (from 1), and the reason."""

    def __init__(self, place: int, line: int, reason: str) -> None:
        super().__init__(place, line, reason)
        self.place, self.line, self.reason = place, line, reason


@dataclass(frozen=True)
class _Failure:
    line: int
    reason: str


class Run:
    """A chapter's cells at work, from now on; `limit` is in seconds, for each cell.

    Attributes
    ----------
    seconds : how long its cells took, once their results are there.
    """

    def __init__(self, cells: Sequence[str], folder: Path, limit: float) -> None:
        self.limit, self.count, self.seconds = limit, len(cells), 0.0
        self._scratch = tempfile.TemporaryDirectory(prefix="cells-")
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._child = context.Process(target=_child, args=(theirs, cells, folder, Path(self._scratch.name), limit))
        self._child.start()
        theirs.close()

    def results(self) -> list[list[Output]]:
        """What each cell shows, as notebook outputs, when all have ended; or a `CellError`."""
        try:
            return [self._result(place) for place in range(self.count)]
        finally:
            self.end()

    def end(self) -> None:
        """Stop what is still at work, and leave nothing behind."""
        # Its group with it: what a cell has started must not outlive the chapter.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid or 0, signal.SIGKILL)
        self._child.kill()
        self._child.join()
        self._pipe.close()
        self._scratch.cleanup()

    def _result(self, place: int) -> list[Output]:
        if not self._pipe.poll(self.limit):
            raise CellError(place, 1, f"took longer than its limit of {self.limit:g} s")
        try:
            found: list[Output] | _Failure
            seconds, found = self._pipe.recv()
        except EOFError:
            self._child.join(_GRACE)
            words = (Path(self._scratch.name) / "err").read_text(encoding="utf-8", errors="replace")
            reason = f"ended its process (exit code {self._child.exitcode})\n{words}".rstrip()
            raise CellError(place, 1, reason) from None
        self.seconds += seconds
        if isinstance(found, _Failure):
            raise CellError(place, found.line, found.reason)
        return found


class _Publisher(DisplayPublisher):
    """Collects what `display` is called with."""

    shell: Any

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        self.shell.shown.append(_bundle("display_data", data, metadata))

    def clear_output(self, wait: bool = False) -> None:
        self.shell.shown.clear()


class _Hook(DisplayHook):
    """Collects the value of a cell's last expression."""

    shell: Any

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        if format_dict:
            result = _bundle("execute_result", format_dict, md_dict)
            self.shell.shown.append(result | {"execution_count": self.shell.number})

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Stream(io.TextIOBase):
    """Standard output, kept in order with what is displayed."""

    def __init__(self, shown: list[Output]) -> None:
        self.shown = shown

    def write(self, text: str) -> int:
        if text and self.shown and self.shown[-1]["output_type"] == "stream":
            self.shown[-1]["text"] += text
        elif text:
            self.shown.append({"output_type": "stream", "name": "stdout", "text": text})
        return len(text)


class _Shell(InteractiveShell):
    """IPython as a notebook has it, without history, profile or terminal."""

    shown: list[Output]
    number: int
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Show none: the build says what failed, once."""

    showsyntaxerror = showindentationerror = showtraceback


def _bundle(kind: str, data: dict[str, Any], metadata: Any) -> Output:
    encoded = {
        mime: base64.b64encode(value).decode() if isinstance(value, bytes) else value for mime, value in data.items()
    }
    return {"output_type": kind, "data": encoded, "metadata": metadata or {}}


def _child(pipe: Connection, cells: Sequence[str], folder: Path, scratch: Path, limit: float) -> None:
    os.setsid()
    # The build's own files, its lock among them, are no business of a cell.
    os.closerange(3, pipe.fileno())
    os.closerange(pipe.fileno() + 1, 1024)
    os.chdir(folder)
    with (scratch / "out").open("w+b") as out, (scratch / "err").open("w+b") as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        settings = Config({"HistoryManager": {"enabled": False}})
        shell = _Shell.instance(config=settings, ipython_dir=str(scratch))
        sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="replace", buffering=1)
        for source in cells:
            begun = time.perf_counter()
            found = _run(shell, source, out, err)
            pipe.send((time.perf_counter() - begun, found))
            if isinstance(found, _Failure):
                return


def _run(shell: Any, source: str, out: IO[bytes], err: IO[bytes]) -> list[Output] | _Failure:
    shown: list[Output] = []
    shell.shown = shown
    sys.stdout = _Stream(shown)
    shell.number = number = shell.execution_count
    result = shell.run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    sys.stderr.flush()
    if error is not None:
        return _failure(error, number)
    if printed := _written(err).strip():
        return _Failure(1, f"printed to standard error: {printed}")
    _Stream(shown).write(_written(out))  # what a subprocess printed, past sys.stdout
    return shown


def _written(file: IO[bytes]) -> str:
    """What has been written to a file since the last look."""
    end = os.fstat(file.fileno()).st_size
    text = os.pread(file.fileno(), end, 0).decode(errors="replace")
    os.ftruncate(file.fileno(), 0)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    return text


def _failure(error: BaseException, number: int) -> _Failure:
    """The error with the innermost line of the cell, and where below the cell it was raised."""
    reason = "".join(traceback.format_exception_only(error)).strip().rpartition("\n")[2]
    frames: list[types.SimpleNamespace] = [
        types.SimpleNamespace(file=frame.filename, line=frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    in_cell = [frame.line for frame in frames if frame.file.startswith(f"<ipython-input-{number}-")]
    line = (error.lineno or 1) if isinstance(error, SyntaxError) else (in_cell or [1])[-1]
    if in_cell and not frames[-1].file.startswith("<"):
        reason += f"\n    raised in {frames[-1].file}, line {frames[-1].line}"
    return _Failure(line, reason)
