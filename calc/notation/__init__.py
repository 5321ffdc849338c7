# ruff: noqa: I001  # the order is the book's, and the order of the notation page
"""The symbols of the book, one module a subject. Importing this package defines them all."""

from calc.notation import (
    compute,
    parallelism,
    scaling,
    power,
    training,
    serving,
    prompt,
    fleet,
    facility,
    water,
    levers,
    grid,
)

__all__ = [
    "compute",
    "facility",
    "fleet",
    "grid",
    "levers",
    "parallelism",
    "power",
    "prompt",
    "scaling",
    "serving",
    "training",
    "water",
]
