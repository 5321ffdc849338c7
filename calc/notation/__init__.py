# ruff: noqa: I001  # the order is the book's, and the order of the notation page
"""The symbols of the book, one module a subject. Importing this package defines them all."""

from calc.notation import compute, parallelism, scaling, power, training, serving, facility, levers, grid

__all__ = ["compute", "facility", "grid", "levers", "parallelism", "power", "scaling", "serving", "training"]
