"""Time for one piece of work among others in a process that goes on: a question to a server."""

from __future__ import annotations

import contextlib
import ctypes
import threading
import time
from collections.abc import Callable
from types import TracebackType

from calc.base.stopped import OutOfTime

__all__ = ["TimeLimit"]

_AGAIN = 1.0  # seconds until what swallowed the stop is stopped once more
_MOMENT, _ENTERING = 0.001, 1000  # seconds, and how many of them it takes at most until a thread is inside


class TimeLimit:
    """Seconds of a processor for what a thread does inside; past them, or once it is stopped, OutOfTime leaves it.

    It comes between steps of Python, as that of a command does: one long operation of another library ends first.
    Where the system does not tell the time of one thread, it is that of the clock on the wall.

    Examples
    --------
    >>> try:
    ...     with TimeLimit(0.05):
    ...         while True:
    ...             pass
    ... except OutOfTime:
    ...     print("over")
    over
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._thread = 0
        self._inside = self._stopped = self._done = False
        self._news = threading.Event()
        self._lock = threading.Lock()

    def stop(self) -> None:
        """End it at once, or before it begins; from another thread, and no matter how often."""
        self._stopped = True
        self._news.set()

    def over(self) -> None:
        """Send no more; for whoever catches OutOfTime, which may have come as the first thing of leaving."""
        self._done = True
        with contextlib.suppress(OutOfTime), self._lock:  # one that was under way may come while it is called off
            _leave(self._thread, None)
        self._news.set()

    def __enter__(self) -> None:
        if self._stopped:
            raise OutOfTime
        self._thread = threading.get_ident()
        now = _clock(self._thread)
        threading.Thread(target=self._watch, args=(now, now() + self._seconds), daemon=True).start()
        self._inside = True  # and nothing after it: one that came here would never be called off

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over()

    def _watch(self, now: Callable[[], float], end: float) -> None:
        with contextlib.suppress(OSError):  # the thread is no more
            for _ in range(_ENTERING):
                if self._inside:
                    break
                time.sleep(_MOMENT)
            while self._inside and not self._done:
                left = 0.0 if self._stopped else end - now()
                if left <= 0:
                    with self._lock:
                        if not self._done:
                            _leave(self._thread, OutOfTime)
                    left = _AGAIN
                self._news.wait(left)
                self._news.clear()


def _clock(thread: int) -> Callable[[], float]:
    """The processor's time of a thread, in seconds."""
    if not hasattr(time, "pthread_getcpuclockid"):  # Windows, and some others
        return time.monotonic
    own = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(own)


def _leave(thread: int, error: type[BaseException] | None) -> None:
    """Raise an error in a thread at its next step; none takes one back that has not come yet."""
    given = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), given)
