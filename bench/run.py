"""``make bench``: how fast the calculators are, as ratios, and whether the targets are met."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# Run as a file, so that only this folder would be searched; bench and calc lie beside each other above it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import many, serving, sure
from bench.calls import call_row, command_rows
from bench.measure import table
from bench.sweeps import rows


def main() -> int:
    """Measure, print, and say by the exit code whether a target was missed, if that is asked for."""
    parser = argparse.ArgumentParser(description="Measure the calculators against what they replace.")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument("--rounds", type=int, default=31, help="timed pairs of each sweep (31)")
    parser.add_argument("--commands", type=int, default=9, help="timed pairs of commands (9)")
    parser.add_argument(
        "--rows", type=int, default=1_000_000_000, help="rows of the sweep in Dask (a billion); 0 for none"
    )
    options = parser.parse_args()
    found = [*rows(options.rounds), *serving.rows(max(3, options.rounds // 4)), *sure.rows(options.rounds), call_row()]
    found += command_rows(options.commands)
    found += many.rows(options.rows) if options.rows else []
    print(table(found))
    return 1 if options.strict and not all(row.met for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
