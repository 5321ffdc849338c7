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
    estimates,
    facility,
    water,
    levers,
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
    "estimates",
    "facility",
    "fleet",
    "grid",
    "levers",
    "mining",
    "parallelism",
    "power",
    "prompt",
    "scaling",
    "serving",
    "training",
    "water",
]
