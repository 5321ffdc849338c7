"""A kill before any step of what writes: each call that changes what lies on a disk is one.

An audit hook of Python's counts the steps, whoever takes them: opening a file to write, renaming, removing, making a
folder, calling the system past Python. `os.fsync` is one too, at which half has been written.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["killed_at_each", "killed_before", "kills"]

_STEPS = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.utime", "os.chmod",
    "ctypes.dlsym", "subprocess.Popen",
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FAILED = 3


def killed_before(step: int, work: Callable[[], Any]) -> bool:
    """Whether some work was killed before the step of that number, counted from 0; it may end before there is one.

    Raises
    ------
    AssertionError : it failed by itself.
    """
    child = os.fork()
    if not child:
        code = _FAILED
        try:
            kills(step, lambda: os.kill(os.getpid(), signal.SIGKILL))
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed by itself"
    return False


def killed_at_each(work: Callable[[], Any]) -> Iterator[int]:
    """Kill some work before its first step, then before its second, and so on, until it ends."""
    step = 0
    while killed_before(step, work):
        yield step
        step += 1


def kills(last: int, kill: Callable[[], Any]) -> None:
    """Let this process, and each that it forks, kill before the step of that number from now on."""
    left = [last]

    def step() -> None:
        if left[0] == 0:
            kill()
        left[0] -= 1

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if event in _STEPS or (event == "open" and isinstance(given[2], int) and given[2] & _WRITING):
            step()

    flush = os.fsync

    def flushed(descriptor: int) -> None:
        os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2) if left[0] == 0 else None  # half of it lies there
        step()
        flush(descriptor)

    os.fsync = flushed
    sys.addaudithook(heard)
