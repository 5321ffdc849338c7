# ruff: noqa: I001  # the order is the book's, and the order of the notation page
"""The symbols of the book, one module a subject. Importing this package defines them all."""

from calc.notation import (
    compute,
    parallelism,
    power,
    training,
    serving,
    prompt,
    fleet,
    facility,
    estimates,
    water,
    grid,
)

__all__ = [
    "compute",
    "estimates",
    "facility",
    "fleet",
    "grid",
    "parallelism",
    "power",
    "prompt",
    "serving",
    "training",
    "water",
]
