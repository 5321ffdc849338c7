"""What other packages' values mean, where it is not what stands here by the same name."""

from __future__ import annotations

import math
from typing import Any

from calc.base.errors import DomainError, UnitError, an
from calc.base.units import parse_unit

__all__ = ["NUMBERS", "check_array", "check_units", "scalar"]

NUMBERS = "iuf"  # the kinds of NumPy's types that are taken
# What each dimension is compared in.
_BASES = {"[time]": "second", "[energy]": "joule", "[mass]": "kilogram", "[volume]": "liter", "[length]": "meter"}


def check_units(value: Any) -> None:
    """Refuse a pint quantity of another registry whose units are of another size there, as a year of 365.25 days is.

    Raises
    ------
    UnitError : with both sizes.
    """
    registry, items = getattr(value, "_REGISTRY", None), getattr(value, "unit_items", None)
    if registry is None or items is None:
        return
    for name, _ in items():
        try:
            here = parse_unit(name)
            ((dimension, power),) = here.dimensions
            base = _BASES[dimension]
            theirs = float(registry.Quantity(1, name).to(base).magnitude)
        except Exception:  # it is not known there, or here: what reads it next says so
            continue
        ours = float(here.factor / parse_unit(base).factor)
        if power == 1 and not math.isclose(theirs, ours, rel_tol=1e-9):
            raise UnitError(
                f"one {name} is {theirs:.12g} {base} where it comes from, and {ours:.12g} here; give {base}s"
            )


def check_array(value: Any, name: str) -> None:
    """Refuse an array of something else than numbers, and one some of whose values are masked: nobody meant those.

    Raises
    ------
    DomainError : with what it holds, or how many are masked.
    """
    kind = getattr(getattr(value, "dtype", None), "kind", "f")
    if kind not in NUMBERS:  # dates, truth values and complex numbers would turn into numbers without a word
        raise DomainError(f"{name} takes numbers, not an array of {value.dtype}")
    masked = getattr(value, "mask", None)
    if hasattr(value, "filled") and masked is not None and (count := int(masked.sum())):
        raise DomainError(f"{name} was given an array with {count} masked values; accepted: numbers without a mask")


def scalar(value: Any) -> Any:
    """A NumPy scalar or an array without an axis as a Python number.

    Raises
    ------
    DomainError : it is masked, or a date or a length of time: NumPy would turn the first into 0, and these into a
        whole number.
    """
    if not hasattr(value, "item") or getattr(value, "ndim", 1) != 0:
        return value
    if getattr(getattr(value, "dtype", None), "kind", "") in "mM":
        raise DomainError(f"{value!r} is {an(type(value).__name__)}; give a number or text such as '90 day'")
    if hasattr(value, "filled") and bool(getattr(value, "mask", False)):
        raise DomainError("a masked value was given; accepted: numbers without a mask")
    return value.item()
