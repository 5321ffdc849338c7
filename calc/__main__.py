"""``python -m calc``, installed also as ``t2t``: the book's formulas on the command line."""

from __future__ import annotations

import gc

# A short-lived process: sympy's import makes many objects, and searching them for garbage finds none.
gc.disable()

import os  # noqa: E402
import sys  # noqa: E402
import warnings  # noqa: E402
from collections.abc import Sequence  # noqa: E402

_INTERRUPTED = 130  # as shells have it: 128 and the signal's number


def main(arguments: Sequence[str] | None = None, program: str = "python -m calc") -> int:
    """Run the command line.

    Returns
    -------
    The exit code: 0 done, 1 the answer is no, 2 bad input, 70 a fault of calc's own, 130 interrupted. A signal leaves
    by SystemExit, with 128 and its number.
    """
    try:
        from calc.cli.app import main as run_command

        return run_command(arguments, program)
    except KeyboardInterrupt:  # while modules were loaded
        return _INTERRUPTED


def run(program: str = "t2t") -> None:
    """Run as a process of its own, such as the installed command ``t2t``."""
    # What other packages have deprecated among themselves is no news to who runs a command, and no error.
    warnings.simplefilter("ignore")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed before the start
            setattr(sys, name, _Closed() if name == "stdout" else open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    from calc.base.stopped import end_in_order

    end_in_order()
    code = main(None, program)
    try:
        sys.stdout.flush()
    except OSError:  # a full disk, of which has been told
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    gc.freeze()  # all of it goes with the process, and to search it for garbage once more takes a sixth of the start
    sys.exit(code)


class _Closed:
    """Standard output where there is none: the first who writes is told."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Refuse, as a closed file descriptor does.

        Raises
        ------
        OSError : always, where there is anything to write.
        """
        if text:
            raise OSError(9, "standard output is closed")
        return 0

    def flush(self) -> None:
        """Do nothing."""

    def isatty(self) -> bool:
        """No."""
        return False


if __name__ == "__main__":
    run("python -m calc")
