"""Other ways to foretell the energy of a token at the GPUs, and how far each is off on the same measured rows."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from calc.analysis.measurements import fitted_rows, rows, setting
from calc.analysis.validation import foretold
from calc.model.chain import needed_quantities
from calc.model.compiled import sweep
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario

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
    r, base = rows(), scenario("epoch-query")
    given = {name: r[name] for name in ("active_parameters", "response_tokens", "peak_flops")}
    given["gpu_share_power"] = float(base["server_load"].value) * r["gpu_tdp"]
    return _joules(sweep(formula_by_id("prompt-energy"), base, given))


def _roofline() -> Any:
    """The longer of reading and computing at fixed shares of the data sheet, times the rating."""
    return _joules(_swept("roofline-answer-energy"))


def _ecologits() -> Any:
    """A regression over the active parameters, for each of the GPUs; at the batch that was measured."""
    return _JOULES * _swept("ecologits-gpu-energy") * rows()["instance_gpus"]


_JOULES = 3600  # of a Wh


def _joules(prompts: Any) -> Any:
    """J a token of Wh a prompt."""
    return _JOULES * prompts / rows()["response_tokens"]


def _swept(name: str) -> Any:
    """A formula over all rows, with the constants of the prompt on which the methods are compared."""
    formula, base = formula_by_id(name), scenario("epoch-query-served")
    played = {q.name for q in needed_quantities(formula, base)}
    return sweep(formula, base, {one: column for one, column in setting().items() if one in played})


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
