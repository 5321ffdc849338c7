"""One call with plain numbers, and one command."""

from __future__ import annotations

import sys
import timeit
from pathlib import Path

from bench.measure import Row, processes_in_turns
from calc import training_energy

__all__ = ["call_row", "command_rows"]

_ROOT = Path(__file__).resolve().parent.parent
_CALL_MICROSECONDS, _COMMAND = 20.0, 1.5


def call_row() -> Row:
    """Microseconds of one call with plain numbers: the best of many, which other work disturbs least."""

    def call() -> object:
        return training_energy(server_power=6.5, servers=3125, training_time=90)

    count = 10_000
    best = min(timeit.repeat(call, number=count, repeat=7)) / count
    return Row("a call with plain numbers", best * 1e6, _CALL_MICROSECONDS, " µs", "")


def command_rows(rounds: int) -> list[Row]:
    """The command line beside the import of sympy that it cannot do without."""
    ours, sympy = processes_in_turns(
        [
            [sys.executable, "-m", "calc", "show", "training-energy"],
            [sys.executable, "-c", "import sympy"],
        ],
        str(_ROOT),
        rounds,
    )
    return [
        Row(
            "calc show training-energy: time over import sympy",
            ours.wall / sympy.wall,
            _COMMAND,
            "",
            f"{ours.wall:.2f} s, sympy {sympy.wall:.2f} s",
        ),
        Row(
            "calc show training-energy: CPU time over import sympy",
            ours.cpu / sympy.cpu,
            None,
            "",
            f"{ours.cpu:.2f} s, sympy {sympy.cpu:.2f} s",
        ),
    ]
