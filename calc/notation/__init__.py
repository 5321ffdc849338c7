# ruff: noqa: F401, I001  # imported for what they define; the order is the book's, and the order of the notation page
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
    training_model,
    carbon,
    water_model,
    money,
    place,
    serving_model,
    training_plan,
)
