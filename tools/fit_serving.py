"""``python tools/fit_serving.py``: fit the constants of a step of serving to the measured rows, and write them down.

Every family of models weighs the same. Time, power and energy of a row all count, as logarithms of predicted over
measured, and energy twice over, for it is what the book states. The constants go into
``calc/data/scenarios/serving-constants.toml``, with the least and the greatest that come out when each family is left
out in turn, and all these sets into ``calc/data/measurements/left-out.csv``, from which the errors are computed.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy.optimize import least_squares

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from calc.analysis.measurements import CONSTANTS, FIT_WITHOUT, fitted_rows, rows, setting  # noqa: E402
from calc.api import formula_by_id  # noqa: E402
from calc.base.units import parse_unit  # noqa: E402

SOFTWARE = "vLLM 0.11.1"
CAP, CACHED = 0.985, 0.3
START = (0.75, 0.48, 0.055, 1.3, 60, 150, 2, 40, 0.35, 0.1, 1.1, 0.3)
LOWEST = (0.3, 0.2, 0.01, 1, 1, 1, 0.01, 0.1, 0.05, 0.005, 0.2, 0.02)
HIGHEST = (1, 0.9, 0.5, 2, 500, 500, 20, 300, 0.7, 0.5, 3, 1)
WEIGHTS = {"step_ms": 0.5, "power_w": 0.5, "joules_per_token": 2}

# What else is known of each: a sentence for the note.
ELSEWHERE = {
    "bandwidth_reached": "Tests that only copy memory reach 0.8 to 0.93 of the data sheet.",
    "arithmetic_reached": "Training runs reach 0.38 to 0.43 of the peak for all that they do.",
    "expert_arithmetic_reached": "No other value is known: few tokens meet in an expert. It belongs to the software.",
    "fp8_gain": "The data sheet says 2. Badly determined, as few rows are computed in FP8.",
    "expert_layer_wait": "No other value is known. It belongs to the software.",
    "fp8_layer_wait": "No other value is known. It belongs to the software.",
    "host_step_overhead": "vLLM of mid 2024 let a GPU with a small model wait for 62 % of the time.",
    "host_answer_overhead": "No other value is known. It belongs to the software.",
    "floor_power_share": "An idle GPU draws 0.10 to 0.16 of its rating; awake, with its clocks up, it draws more.",
    "byte_energy": "The memory alone takes about 0.031 J/GB; the rest of the GPU moves the bytes on.",
    "operation_energy_share": "By the data sheet 1: the rating over the peak.",
    "expert_power_share": "No other value is known.",
}


def predicted(constants: Any, where: Any) -> tuple[Any, Any]:
    """Time of a step in ms and power in W for some of the rows.

    Parameters
    ----------
    constants : in the order of `CONSTANTS`, in own units.
    where : which rows.
    """
    given = setting(where)
    one = np.ones(len(given["batch"]))
    values = given | {"cached_share": CACHED * one} | dict(zip(CONSTANTS, (float(c) for c in constants), strict=True))
    waits = {k: v for k, v in values.items() if k not in _ONLY_POWER}
    time, power = formula_by_id("decode-step-time"), formula_by_id("instance-power")
    return time.sweep("typical", **waits), power.sweep("typical", power_cap_share=CAP, **values)


_ONLY_POWER = {"gpu_tdp", "floor_power_share", "byte_energy", "operation_energy_share", "expert_power_share"}


def fit(where: Any) -> Any:
    """The constants that fit some of the rows best, in the order of `CONSTANTS`."""
    columns = rows()
    family = columns["family"][where]
    names, counts = np.unique(family, return_counts=True)
    weight = 1 / np.sqrt(counts[np.searchsorted(names, family)])
    measured = {name: columns[name][where] for name in WEIGHTS}

    def misses(logarithms: Any) -> Any:
        time, power = predicted(np.exp(logarithms), where)
        slow, hot = np.log(time / measured["step_ms"]), np.log(power / measured["power_w"])
        parts = {"step_ms": slow, "power_w": hot, "joules_per_token": slow + hot}
        return np.concatenate([WEIGHTS[name] * weight * part for name, part in parts.items()])

    limits = (np.log(LOWEST), np.log(HIGHEST))
    return np.exp(least_squares(misses, np.log(START), bounds=limits).x)


def written(constants: Any, others: dict[str, Any], day: datetime.date, count: int) -> str:
    """The scenario's file."""
    from calc import quantity

    lines = [
        f"# Written by tools/fit_serving.py (make fit), with SciPy {scipy.__version__}: edit that, not this.",
        'title = "Constants of serving"',
        f'about = "What a GPU reaches and draws while it serves, as fitted to {count} measurements with {SOFTWARE}."',
    ]
    families = len(others)
    for number, name in enumerate(CONSTANTS):
        parse_unit(quantity(name).unit)
        values = [float(one[number]) for one in others.values()] + [float(constants[number])]
        lines += [
            "",
            f"[inputs.{name}]",
            f"value = {constants[number]:.4g}",
            f"low = {min(float(f'{v:.4g}') for v in values):.4g}",
            f"high = {max(float(f'{v:.4g}') for v in values):.4g}",
            'range_from = "source"',
            *([f'unit = "{quantity(name).unit}"'] if quantity(name).unit != "1" else []),
            'kind = "fitted"',
            'source = "chung2025mlenergy"',
            f'locator = "leaderboard v3, {count} rows of {families} families, {SOFTWARE}"',
            f"checked = {day.isoformat()}",
            f'note = "Range: with each family left out in turn. {ELSEWHERE[name]}"',
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit with all families, and without each, and write both files."""
    where, family = fitted_rows(), rows()["family"]
    every = fit(where)
    others = {name: fit(where & (family != name)) for name in sorted(set(family[where].tolist()))}
    text = written(every, others, datetime.date.today(), int(where.sum()))
    (ROOT / "calc/data/scenarios/serving-constants.toml").write_text(text, encoding="utf-8")
    sets = {"": every, **others, **dict.fromkeys(FIT_WITHOUT, every)}  # families that are in no fit are left out of all
    table = [",".join(f"{value:.6g}" for value in one) for one in sets.values()]
    body = "\n".join(f"{name},{line}" for name, line in zip(sets, table, strict=True))
    head = "# Written by tools/fit_serving.py: the constants fitted without each family; first with all.\n"
    (ROOT / "calc/data/measurements/left-out.csv").write_text(
        f"{head}family,{','.join(CONSTANTS)}\n{body}\n", encoding="utf-8"
    )
    print(f"{int(where.sum())} rows, {len(others)} families")


if __name__ == "__main__":
    main()
