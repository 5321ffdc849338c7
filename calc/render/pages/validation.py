"""How good the equations of a step of serving are, as MyST: errors by group and by method."""

from __future__ import annotations

from calc.analysis.measurements import MEASURED
from calc.analysis.validation import GROUPS, errors, interval, worst
from calc.base.decimals import bare, percentage, whole
from calc.book.validation_methods import METHODS, method_errors
from calc.render.myst_markup import table

__all__ = ["error_table", "failing", "interval_table", "methods"]


def error_table() -> str:
    """How far the rows of each group are off: half of them by less than the first, nine in ten than the second."""
    body = []
    for name, where in GROUPS.items():
        found = errors(where())
        cells = [f"{percentage(found.median[key])}, {percentage(found.ninth[key])}" for key in MEASURED]
        body.append([name, whole(found.rows), *cells])
    head = ["rows", "how many", "time of a step", "power", "energy of a token"]
    return table(head, body, "serving-errors", [30, 10, 20, 20, 20])


def interval_table() -> str:
    """Between which multiples of the foretold energy nine rows in ten lie."""
    body = [
        [name, f"{bare(one.low, 2)} to {bare(one.high, 2)}"]
        for name, one in (("dense", interval(True)), ("mixtures of experts", interval(False)))
    ]
    return table(["models", "measured over foretold, nine in ten"], body, "serving-interval", [40, 60])


def failing() -> str:
    """The models with rows that are foretold too high or too low by more than `FAR` times."""
    body = [
        [one.model, one.gpu, whole(one.rows), f"{bare(one.low, 2)} to {bare(one.high, 2)}", one.why] for one in worst()
    ]
    head = ["model", "GPU", "rows", "foretold over measured", "why"]
    return table(head, body, "serving-failing", [34, 8, 8, 20, 30])


def methods() -> str:
    """Each way to foretell the energy of a token, and how far it is off on the same rows."""
    body = []
    for one in METHODS:
        cells = [f"{percentage(found.median)}, {percentage(found.ninth)}" for found in method_errors(one.id)]
        body.append([one.title, *cells, f"{{cite:t}}`{one.source}`" if one.source else "{doc}`one-token`"])
    head = ["method", "all", "dense", "mixtures of experts", "from"]
    return table(head, body, "serving-methods", [34, 15, 15, 18, 18])
