"""Measured servings that the equations of a step are fitted to and held against, in ``data/measurements``.

A file is CSV, with its source, commit and licence in the lines that begin with ``#``. Columns whose names are
quantities are in these quantities' own units.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from calc.base.quantities import all_quantities
from calc.base.text_files import packaged_text

__all__ = ["CONSTANTS", "FIT_BATCH", "FIT_WITHOUT", "MEASURED", "fitted_rows", "left_out", "rows", "setting"]

FILE = "measurements/ml-energy-v3.csv"
LEFT_OUT = "measurements/left-out.csv"
MEASURED = ("step_ms", "power_w", "joules_per_token")
CONSTANTS = (
    "bandwidth_reached", "arithmetic_reached", "expert_arithmetic_reached", "fp8_gain", "expert_layer_wait",
    "fp8_layer_wait", "host_step_overhead", "host_answer_overhead", "floor_power_share", "byte_energy",
    "operation_energy_share", "expert_power_share",
)  # fmt: skip
FIT_BATCH = 768  # above, the benchmark's prompts repeat, and are at hand in the cache
FIT_WITHOUT = ("Nemotron Nano 2",)  # most of its layers keep a state and no cache, whose reading is not as fast
_TEXTS = ("model", "family", "gpu", "task", "precision")


@functools.cache
def rows() -> Mapping[str, Any]:
    """The measured rows, a column an array.

    Examples
    --------
    >>> columns = rows()
    >>> len(columns["model"]), sorted(set(columns["gpu"].tolist()))
    (419, ['B200', 'H100'])
    """
    lines = [line for line in packaged_text(FILE).splitlines() if not line.startswith("#")]
    table = list(csv.DictReader(lines))
    return MappingProxyType(
        {
            name: np.array([row[name] if name in _TEXTS else float(row[name]) for row in table])
            for name in table[0]
        }
    )  # fmt: skip


def setting(where: Any = slice(None)) -> dict[str, Any]:
    """The columns that are quantities, as `Formula.sweep` takes them.

    Parameters
    ----------
    where : which rows, as an index of an array.
    """
    known = {q.name for q in all_quantities()}
    return {name: column[where] for name, column in rows().items() if name in known}


def fitted_rows() -> Any:
    """Which rows the constants are fitted to: those that the equations claim to describe."""
    columns = rows()
    held_up = columns["stalled"] > 0
    return ~held_up & (columns["batch"] <= FIT_BATCH) & ~np.isin(columns["family"], FIT_WITHOUT)


@functools.cache
def left_out() -> Mapping[str, Mapping[str, float]]:
    """The constants fitted without each family in turn, by that family; those of all rows by an empty name.

    Examples
    --------
    >>> 0 < left_out()["Llama 3"]["bandwidth_reached"] < 1
    True
    """
    lines = [line for line in packaged_text(LEFT_OUT).splitlines() if not line.startswith("#")]
    return MappingProxyType(
        {row["family"]: {name: float(row[name]) for name in CONSTANTS} for row in csv.DictReader(lines)}
    )
