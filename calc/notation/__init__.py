# ruff: noqa: I001  # the order is the book's, and the order of the notation page
"""The symbols of the book, one module a subject. Importing this package defines them all."""

from calc.notation import (
    compute,
    parallelism,
    power,
    training,
    serving,
    facility,
    campus,
    grid,
    china,
    city,
    mining,
)

__all__ = [
    "campus",
    "china",
    "city",
    "compute",
    "facility",
    "grid",
    "mining",
    "parallelism",
    "power",
    "serving",
    "training",
]
