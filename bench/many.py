"""A billion scenarios through the chain in Dask, whose memory must not grow with their number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.measure import Row

__all__ = ["rows"]

_ROOT = Path(__file__).resolve().parent.parent
_MEMORY = 1.25
_COUNT, _FEW = 1_000_000_000, 20_000_000

_SWEEP = r"""
import re, resource, sys, time
from pathlib import Path
import dask
import dask.array as da
from calc import training_facility_energy
count = int(sys.argv[1])
random = da.random.default_rng(2026)
chunks = 1_000_000
start = time.perf_counter()
energy = training_facility_energy.sweep(
    "gpt-4",
    gpus=random.integers(1_000, 200_000, count, chunks=chunks),
    server_power=random.uniform(3.0, 15.0, count, chunks=chunks),
    pue=random.uniform(1.05, 1.6, count, chunks=chunks),
)
with dask.config.set(scheduler="threads", num_workers=2):
    mean = float(energy.mean(split_every=8).compute())
seconds, status = time.perf_counter() - start, Path("/proc/self/status")
if status.is_file():  # as Linux counts in what the process had that this one was started from
    peak = int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(seconds, peak, mean)
"""


def _swept(count: int) -> tuple[float, float]:
    """Seconds and the most memory, in bytes, of so many rows."""
    command = [sys.executable, "-c", _SWEEP, str(count)]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
    seconds, peak, _ = map(float, done.stdout.split())
    return seconds, peak


def rows(count: int = _COUNT) -> list[Row]:
    """Peak memory of many rows over that of few, and the rows a second."""
    (_, few), (seconds, peak) = _swept(_FEW), _swept(count)
    detail = (
        f"{count / seconds / 1e6:.1f} million rows a second, peak {peak / 1e6:.0f} MB; {_FEW:,} rows {few / 1e6:.0f} MB"
    )
    return [
        Row(f"{count:,} rows of the chain in Dask: peak memory over {_FEW:,} rows", peak / few, _MEMORY, "", detail)
    ]
