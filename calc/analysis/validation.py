"""What the equations of a step of serving foretell for each measured row, and how far they are off.

Every family of models is foretold with constants that were fitted without it, so that nothing is held against what it
was fitted to. All rows are worked out at once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from calc.analysis.measurements import CONSTANTS, FIT_BATCH, FIT_WITHOUT, MEASURED, fitted_rows, left_out, rows, setting
from calc.model.compiled import sweep
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario

__all__ = [
    "FAR",
    "GROUPS",
    "Errors",
    "Failing",
    "Interval",
    "errors",
    "foretold",
    "interval",
    "missed",
    "ratios",
    "worst",
]

FAR = 1.5  # times: a row that is foretold so much too high or too low counts as one that fails
_ONLY_POWER = frozenset(
    {"gpu_tdp", "floor_power_share", "byte_energy", "operation_energy_share", "expert_power_share", "power_cap_share"}
)


@dataclass(frozen=True)
class Errors:
    """How far some rows are off: shares of what was measured.

    Attributes
    ----------
    rows : how many.
    median, ninth : the error that half of the rows, and nine in ten, stay below, by name of what was measured.
    """

    rows: int
    median: Mapping[str, float]
    ninth: Mapping[str, float]


@dataclass(frozen=True)
class Interval:
    """Between which multiples of the foretold energy nine measured rows in ten lie."""

    low: float
    high: float


@functools.cache
def foretold() -> Mapping[str, Any]:
    """Time of a step in ms, power in W and J a token for each row, each with the constants fitted without its family.

    Examples
    --------
    >>> sorted(foretold())
    ['joules_per_token', 'power_w', 'step_ms']
    """
    columns, base = rows(), scenario("typical")
    given = setting() | {name: np.full(len(columns["batch"]), float(base[name].value)) for name in _ASSUMED}
    given = {name: np.asarray(column, dtype=float) for name, column in given.items()}
    sets = [left_out()[family] for family in columns["family"].tolist()]
    given |= {name: np.array([one[name] for one in sets]) for name in CONSTANTS}
    time = sweep(formula_by_id("decode-step-time"), base, {k: v for k, v in given.items() if k not in _ONLY_POWER})
    power = sweep(formula_by_id("instance-power"), base, given)
    return MappingProxyType(
        {"step_ms": time, "power_w": power, "joules_per_token": time / 1000 * power / columns["batch"]}
    )


_ASSUMED = ("cached_share", "power_cap_share")


@functools.cache
def ratios(name: str) -> Any:
    """Foretold over measured, for each row.

    Parameters
    ----------
    name : one of ``step_ms``, ``power_w``, ``joules_per_token``.
    """
    return foretold()[name] / rows()[name]


@functools.cache
def missed(dense: bool) -> Mapping[str, Any]:
    """Measured over foretold, of the time of a step and of power, for each row that the equations claim to describe.

    Parameters
    ----------
    dense : of dense models, or of mixtures of experts.

    Examples
    --------
    >>> sorted(missed(True))
    ['decode-step-time', 'instance-power']
    """
    where = GROUPS["dense" if dense else "mixtures of experts"]()
    return MappingProxyType(
        {"decode-step-time": 1 / ratios("step_ms")[where], "instance-power": 1 / ratios("power_w")[where]}
    )


def _few_experts() -> Any:
    return rows()["experts_per_token"] == 0


GROUPS: Mapping[str, Callable[[], Any]] = MappingProxyType(
    {
        "all within reach": fitted_rows,
        "dense": lambda: fitted_rows() & _few_experts(),
        "mixtures of experts": lambda: fitted_rows() & ~_few_experts(),
        "on H100": lambda: fitted_rows() & (rows()["gpu"] == "H100"),
        "on B200": lambda: fitted_rows() & (rows()["gpu"] == "B200"),
        "in bf16": lambda: fitted_rows() & (rows()["fp8_arithmetic"] == 0),
        "in FP8": lambda: fitted_rows() & (rows()["fp8_arithmetic"] == 1),
        "batch up to 32": lambda: fitted_rows() & (rows()["batch"] <= 32),
        "batch of 33 to 256": lambda: fitted_rows() & (rows()["batch"] > 32) & (rows()["batch"] <= 256),
        "batch of 257 to 768": lambda: fitted_rows() & (rows()["batch"] > 256),
        "batch above 768": lambda: (rows()["batch"] > FIT_BATCH) & (rows()["stalled"] == 0),
        "layers with a state": lambda: np.isin(rows()["family"], FIT_WITHOUT) & (rows()["stalled"] == 0),
        "held up by the host": lambda: rows()["stalled"] > 0,
    }
)
"""Which rows a group has: those that the equations claim to describe and parts of these, and three kinds of others."""


def errors(where: Any) -> Errors:
    """How far rows are off.

    Parameters
    ----------
    where : which rows.
    """
    off = {name: np.abs(ratios(name)[where] - 1) for name in MEASURED}
    return Errors(
        int(np.count_nonzero(where)),
        {name: float(np.median(one)) for name, one in off.items()},
        {name: float(np.quantile(one, 0.9)) for name, one in off.items()},
    )


@functools.cache
def interval(dense: bool) -> Interval:
    """Between which multiples of the foretold energy of a token nine measured rows in ten lie.

    Parameters
    ----------
    dense : for dense models, or for mixtures of experts.

    Examples
    --------
    >>> interval(True).low < 1 < interval(True).high
    True
    """
    where = GROUPS["dense" if dense else "mixtures of experts"]()
    low, high = np.quantile(1 / ratios("joules_per_token")[where], [0.05, 0.95])
    return Interval(float(low), float(high))


@dataclass(frozen=True)
class Failing:
    """Rows of one model on one kind of GPU whose energy is foretold far too high or too low.

    Attributes
    ----------
    model, gpu : whose.
    rows : how many.
    low, high : foretold over measured, of those rows.
    why : what is known of the reason.
    """

    model: str
    gpu: str
    rows: int
    low: float
    high: float
    why: str


def worst() -> tuple[Failing, ...]:
    """Models with rows that are off by more than `FAR` times, those with most of them first."""
    columns, off = rows(), ratios("joules_per_token")
    far = (off > FAR) | (off < 1 / FAR)
    found = []
    for model, gpu in sorted(set(zip(columns["model"][far].tolist(), columns["gpu"][far].tolist(), strict=True))):
        where = far & (columns["model"] == model) & (columns["gpu"] == gpu)
        low, high = float(off[where].min()), float(off[where].max())
        found.append(Failing(model.rpartition("/")[2], gpu, int(where.sum()), low, high, _why(where)))
    return tuple(sorted(found, key=lambda one: -one.rows))


def _why(where: Any) -> str:
    """What is known of the reason: that of most of the rows."""
    columns = rows()
    reasons = {
        "held up by the host": columns["stalled"] > 0,
        "large batches, whose prompts repeat": columns["batch"] > FIT_BATCH,
        "layers with a state": np.isin(columns["family"], FIT_WITHOUT),
        "few tokens meet in an expert": columns["experts_per_token"] > 0,
        "a small model on a fast GPU, fed too slowly": (columns["total_parameters"] < 20e9)
        & (columns["gpu"] == "B200"),
    }
    for reason, holds in reasons.items():
        if np.count_nonzero(where & holds) > np.count_nonzero(where) / 2:
            return reason
    return "not known"
