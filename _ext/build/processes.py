"""Keeps builds, and what is left of one, from getting in each other's way."""

from __future__ import annotations

import contextlib
import filecmp
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# The signals that have asked this process to stop.
STOPS: list[int] = []


class Aside:
    """What is done in a process beside this one while this one goes on; at once, where none can be forked."""

    def __init__(self, do: Callable[[], Any]) -> None:
        def send() -> None:
            try:
                sending.send((do(), None))
            except KeyboardInterrupt:
                os._exit(130)  # who waits for it is stopped too
            except Exception as error:
                sending.send((None, error))

        self._process: multiprocessing.process.BaseProcess | None = None
        self._result: Any = None
        if not hasattr(os, "fork"):
            self._result = do()
            return
        fork = multiprocessing.get_context("fork")
        self._receiving, sending = fork.Pipe(duplex=False)
        self._process = fork.Process(target=send)
        self._process.start()
        sending.close()

    def result(self) -> Any:
        """Wait for what comes of it.

        Raises
        ------
        ChildProcessError : it was killed.
        Whatever failed there.
        """
        if self._process is not None:
            try:
                self._result, error = self._receiving.recv()
            except EOFError:
                self._result, error = None, ChildProcessError("a process beside this one was killed")
            self._process.join()
            self._process = None
            if error is not None:
                raise error
        return self._result


def keep_times(old: Path, new: Path) -> None:
    """Give files that are what they were their old time, so that what copies by time copies no more than it must."""
    for file in new.rglob("*") if old.is_dir() else ():
        before = old / file.relative_to(new)
        if file.is_file() and before.is_file() and filecmp.cmp(before, file, shallow=False):
            was = before.stat()
            os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other build works in this folder, nor a process that one left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as file:
        with contextlib.suppress(ImportError):  # Windows: nobody waits
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def note_stops() -> None:
    """Let Ctrl-C and SIGTERM interrupt what is done, and note each in `STOPS`.

    An interruption may be lost: what cleans up after it can raise another exception in its place, and one in a callback
    of Python's is printed and forgotten.
    """

    def stop(number: int, _: object) -> None:
        STOPS.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # and not ignored, as after nohup
        signal.signal(signal.SIGINT, stop)


def end_with_parent() -> None:
    """Let every process that is forked from now on end soon after its parent, also after one that was killed.

    Sphinx's own would wait for ever to be listened to, and hold the lock.
    """
    forking = [0]

    def watch() -> None:
        parent = forking[0]  # which this process will change when it forks in its turn

        def look(*_: object) -> None:
            if os.getppid() != parent:
                os._exit(1)

        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lambda: forking.__setitem__(0, os.getpid()), after_in_child=watch)
