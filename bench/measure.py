"""Times and memory of rivals, taken in turns so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Process", "Row", "in_turns", "peak_memory", "processes_in_turns", "table"]


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, how it came out, and what is wanted."""

    what: str
    measured: float
    target: float | None
    unit: str
    detail: str

    @property
    def met(self) -> bool:
        """Whether the target is met; a row without one is there for information."""
        return self.target is None or self.measured <= self.target


@dataclass(frozen=True)
class Process:
    """Medians of one command: seconds by the clock, and of processor time."""

    wall: float
    cpu: float


def in_turns(rivals: Sequence[Callable[[], object]], rounds: int) -> list[list[float]]:
    """Seconds of every call, one list a rival; each goes first in every second round."""
    seconds: list[list[float]] = [[] for _ in rivals]
    for rival in rivals:
        rival()  # compiles, and touches the memory
    order = list(range(len(rivals)))
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for i in order:
                start = time.perf_counter()
                rivals[i]()
                seconds[i].append(time.perf_counter() - start)
            order.reverse()
    finally:
        gc.enable()
    return seconds


def peak_memory(call: Callable[[], object]) -> int:
    """Bytes at the highest point of a call, above what was held before; NumPy reports its arrays."""
    call()
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        kept = call()
        _, peak = tracemalloc.get_traced_memory()
        del kept
    finally:
        tracemalloc.stop()
    return peak - before


def processes_in_turns(commands: Sequence[Sequence[str]], folder: str, rounds: int) -> list[Process]:
    """Run commands in turns; the first round, which reads files into memory, is not counted.

    It also compiles what is not compiled yet, as what is installed is: where that is switched off, as it often is in
    containers, each command would compile all of calc again, and find SymPy compiled.
    """
    wall: list[list[float]] = [[] for _ in commands]
    cpu: list[list[float]] = [[] for _ in commands]
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for counted in [False] + [True] * rounds:
        for i, command in enumerate(commands):
            before, start = _children(), time.perf_counter()
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=surroundings)
            end, after = time.perf_counter(), _children()
            if counted:
                wall[i].append(end - start)
                cpu[i].append(after - before)
    return [Process(statistics.median(w), statistics.median(c)) for w, c in zip(wall, cpu, strict=True)]


def _children() -> float:
    """Processor time of all commands so far, to the microsecond, which `os.times` has to the hundredth of a second."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(rows: Sequence[Row]) -> str:
    """The rows, aligned for a terminal."""
    head = ("what", "measured", "target", "", "absolute")
    lines = [head]
    for row in rows:
        wanted = "" if row.target is None else f"≤ {row.target:.2f}{row.unit}"
        verdict = "" if row.target is None else ("met" if row.met else "MISSED")
        lines.append((row.what, f"{row.measured:.2f}{row.unit}", wanted, verdict, row.detail))
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < i < 3 else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
