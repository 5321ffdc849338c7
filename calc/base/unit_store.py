"""The units that the book uses, as pint parsed them, so that a command that needs no others starts without pint.

They are kept in ``data/units.json``. That file is ignored when it was made from other definitions than those of
``data/units.txt``; ``make units`` writes it anew.
"""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

from calc.base.text_files import kept_json
from calc.base.unit import Unit

__all__ = ["definitions", "digest", "known_units", "store"]


def definitions() -> str:
    """The text of ``data/units.txt``."""
    return resources.files("calc").joinpath("data/units.txt").read_text(encoding="utf-8")


@functools.cache
def known_units() -> Mapping[str, Unit]:
    """The units of ``data/units.json``, if pint parsed them from the present definitions."""
    stored = kept_json("units.json", "make units")
    return _Units(stored["units"] if stored and stored["definitions"] == digest() else {})


class _Units(Mapping[str, Unit]):
    """Units by their text, each made when it is asked for: a command needs some, and there are hundreds."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self.rows = rows

    def __getitem__(self, text: str) -> Unit:
        factor, dimensions = self.rows[text]
        return Unit(text, Fraction(factor), tuple((name, Fraction(power)) for name, power in dimensions))

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def store(file: Path, units: Mapping[str, Unit]) -> None:
    """Write units, as pint parses them, for `calc.base.units.parse_unit` to find.

    Parameters
    ----------
    units : by their text.
    """
    from calc.base.atomic_files import write_file  # no other command needs it at its start

    rows = {
        text: [str(unit.factor), [[name, str(power)] for name, power in unit.dimensions]]
        for text, unit in units.items()
    }
    stored = {"definitions": digest(), "units": rows}
    write_file(file, (json.dumps(stored, ensure_ascii=False, indent=1) + "\n").encode())


def digest() -> str:
    """A checksum of the unit definitions; one by ``hashlib`` would load OpenSSL with every command."""
    return f"crc32 {zlib.crc32(definitions().encode()):08x}"
