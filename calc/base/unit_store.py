"""The units that the book uses, as pint parsed them, so that a command that needs no others starts without pint.

They are kept in ``data/units.json``. That file is ignored when it was made from other definitions than those of
``data/units.txt``; ``make units`` writes it anew.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from importlib import resources
from pathlib import Path

from calc.base.unit import Unit

__all__ = ["definitions", "digest", "known_units", "store"]


def definitions() -> str:
    """The text of ``data/units.txt``."""
    return resources.files("calc").joinpath("data/units.txt").read_text(encoding="utf-8")


@functools.cache
def known_units() -> dict[str, Unit]:
    """The units of ``data/units.json``, if pint parsed them from the present definitions."""
    file = resources.files("calc").joinpath("data/units.json")
    if not file.is_file():
        return {}
    stored = json.loads(file.read_text(encoding="utf-8"))
    if stored["definitions"] != digest():
        return {}
    return {
        text: Unit(text, Fraction(factor), tuple((name, Fraction(power)) for name, power in dimensions))
        for text, (factor, dimensions) in stored["units"].items()
    }


def store(file: Path, units: Mapping[str, Unit]) -> None:
    """Write units, as pint parses them, for `calc.base.units.parse_unit` to find.

    Parameters
    ----------
    units : by their text.
    """
    rows = {
        text: [str(unit.factor), [[name, str(power)] for name, power in unit.dimensions]]
        for text, unit in units.items()
    }
    stored = {"definitions": digest(), "units": rows}
    file.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def digest() -> str:
    """The SHA-256 of the unit definitions."""
    return hashlib.sha256(definitions().encode()).hexdigest()
