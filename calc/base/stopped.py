"""How a command is stopped: by Ctrl-C, by a signal, or by its time.

Ctrl-C while the package itself is being loaded, which takes longer than most commands, is no traceback either.
"""

from __future__ import annotations

import sys
from types import FrameType, TracebackType

__all__ = ["OutOfTime", "end_in_order", "no_time"]


class OutOfTime(BaseException):
    """A command has taken all of its time; no error, so that nothing goes on past it."""

    def __init__(self) -> None:
        from calc.base.limits import TIME

        super().__init__(f"this takes more than {TIME} seconds of a processor; ask for fewer rows or draws")


def end_in_order() -> None:
    """Let a signal, and the end of the time, leave this process as an error does, so that nothing half-written stays.

    Only where the signal would have ended it at once: who starts a command with ``nohup`` has it ignore SIGHUP.
    """
    import signal  # here and below: what this module imports at its top could not be stopped quietly

    from calc.base.limits import TIME

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGPROF, _out_of_time)
        signal.setitimer(signal.ITIMER_PROF, TIME)


def no_time() -> None:
    """Let this process run for as long as it likes: a server that answers one call after the other."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


def _leave(number: int, _frame: FrameType | None) -> None:
    import signal

    signal.signal(number, signal.SIG_IGN)  # what cleans up is not to be stopped in its turn
    raise SystemExit(128 + number)


def _out_of_time(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTime


def _without_a_word(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


# While the package is loaded this is -m, or the path of the installed command. A shell sees 130 then.
_PROGRAM = sys.argv[0].replace("\\", "/").rpartition("/")[2] if sys.argv else ""
if _PROGRAM == "-m" or _PROGRAM.partition(".")[0] == "t2t":
    sys.excepthook = _without_a_word
