"""Other ways to foretell the energy of a token at the GPUs, and how far each is off on the same measured rows."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.analysis.measurements import fitted_rows, rows
from calc.analysis.validation import foretold

__all__ = ["METHODS", "Method", "MethodErrors", "method_errors"]


@dataclass(frozen=True)
class Method:
    """A way to foretell the energy of a token.

    Attributes
    ----------
    id, title : its name.
    source : key in references.bib; nothing for the book's own.
    joules : J a token for every row.
    """

    id: str
    title: str
    source: str
    joules: Callable[[], Any]


@dataclass(frozen=True)
class MethodErrors:
    """How far a method is off: half of the rows less than the first, nine in ten less than the second."""

    median: float
    ninth: float


def _ours() -> Any:
    return foretold()["joules_per_token"]


def _epoch() -> Any:
    """A tenth of the peak, and seven tenths of the rating: two operations a parameter and token, and nothing else."""
    r = rows()
    seconds = 2 * r["active_parameters"] / (0.1 * r["peak_flops"] * 1e12)
    return seconds * 0.7 * r["gpu_tdp"]


def _roofline() -> Any:
    """The longer of reading and computing at fixed shares of the data sheet, times the rating."""
    r = rows()
    beta, peak = 0.9 * r["memory_bandwidth"] * 1e12, 0.7 * r["peak_flops"] * 1e12
    share = 1 - (1 - r["experts_per_token"] / r["experts"]) ** r["batch"]
    experts = (r["total_parameters"] - r["active_parameters"]) / (1 - r["experts_per_token"] / r["experts"])
    read = r["weight_bytes"] * (r["total_parameters"] - experts) + r["expert_bytes"] * experts * share
    context = r["prompt_tokens"] + r["response_tokens"] * (1 + r["length_variation"]) / 2
    past = r["batch"] * r["cache_numbers"] * r["number_size"] * r["kv_layers"] * context
    work = 2 * r["active_parameters"] * r["batch"]
    seconds = np.maximum((read + past) / beta, work / peak) / r["instance_gpus"]
    return seconds * r["instance_gpus"] * r["gpu_tdp"] / r["batch"]


def _ecologits() -> Any:
    """A regression over the active parameters, for each of the GPUs; at the batch that was measured."""
    r = rows()
    alpha, beta, gamma = 1.1665e-06, -0.011206, 4.0529e-05  # Wh, of version 0.9
    hours = alpha * np.exp(beta * r["batch"]) * r["active_parameters"] / 1e9 + gamma
    return hours * 3600 * r["instance_gpus"]


METHODS = (
    Method("equations", "the equations of a step, each family left out in turn", "", _ours),
    Method("roofline", "a plain roofline, times the rating", "austin2025scaling", _roofline),
    Method(
        "ecologits",
        "EcoLogits' regression, with the measured batch and GPUs",
        "ecologits2025",
        _ecologits,
    ),
    Method("epoch", "Epoch's way: a tenth of the peak, seven tenths of the rating", "epoch2025chatgpt", _epoch),
)


@functools.cache
def method_errors(name: str) -> tuple[MethodErrors, ...]:
    """How far a method is off: on all rows that are not held up by the host, on dense models, on mixtures of experts.

    Parameters
    ----------
    name : the method's id.
    """
    columns = rows()
    off = np.abs(next(one for one in METHODS if one.id == name).joules() / columns["joules_per_token"] - 1)
    dense = columns["experts_per_token"] == 0
    kinds = (fitted_rows(), fitted_rows() & dense, fitted_rows() & ~dense)
    return tuple(MethodErrors(float(np.median(off[w])), float(np.quantile(off[w], 0.9))) for w in kinds)
