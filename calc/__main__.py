"""``python -m calc``, installed also as ``t2t``: the book's formulas on the command line."""

from __future__ import annotations

import gc

# A short-lived process: sympy's import makes many objects, and searching them for garbage finds none.
gc.disable()

import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    The exit code: 0 done, 1 the answer is no, 2 bad input, 130 interrupted.
    """
    from calc.cli.app import main as run_command

    return run_command(arguments)


def run() -> None:
    """Run as the installed command, ``t2t``."""
    from calc.cli.app import PROGRAM
    from calc.cli.app import main as run_command

    sys.exit(run_command(None, PROGRAM))


if __name__ == "__main__":
    sys.exit(main())
