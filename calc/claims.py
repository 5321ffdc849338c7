"""What the articles say, held against derivations.

``data/claims.toml`` has one table a claim: the value as the article states it, where it does, the derivation
that it is held against, and why the two differ. The verdict is stated there too, and must follow from the numbers.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from types import MappingProxyType
from typing import Any

from calc.derivation import Derivation
from calc.errors import CalcError, DataError, UnknownNameError, nearest
from calc.formula import formula_by_id
from calc.reference import given_value
from calc.render.numbers import Shown, show
from calc.sources import check_source
from calc.units import convert, parse_value

__all__ = ["VERDICTS", "Claim", "all_claims", "claim"]

VERDICTS = MappingProxyType(
    {
        "reproduced": "the derivation gives the stated figure, to its digits",
        "contradicted": "the derivation gives another figure",
        "incomplete": "the figure follows only with something that the article leaves out or counts differently",
    }
)
_KEYS = ("id", "source", "locator", "says", "value", "derivation", "set", "verdict", "why")


@dataclass(frozen=True)
class Claim:
    """One figure of an article, and the derivation that it is held against.

    Attributes
    ----------
    id : hyphenated noun.
    source, locator : key in references.bib, and the article's section.
    says : what the article says, in the book's words.
    stated : the figure as stated, with its unit, as text.
    value : the same in the unit of the derivation's result.
    tolerance : half a unit in the last digit stated, in that unit.
    derivation : what it is held against.
    verdict : one of `VERDICTS`.
    why : why they differ, in MyST.
    """

    id: str
    source: str
    locator: str
    says: str
    stated: str
    value: Fraction
    tolerance: Fraction
    derivation: Derivation
    verdict: str
    why: str

    @property
    def agrees(self) -> bool:
        """Whether the derivation, rounded to the digits stated, is the figure stated."""
        return abs(self.derivation.exact - self.value) <= self.tolerance

    @property
    def difference(self) -> Fraction:
        """Stated over derived, less one.

        Examples
        --------
        >>> float(claim("matmul-product").difference)
        0.25
        """
        return self.value / self.derivation.exact - 1

    @property
    def shown(self) -> Shown:
        """The figure stated, as the book prints it."""
        return show(self.value, self.derivation.formula.result, None, 7)

    @property
    def follows(self) -> bool:
        """Whether the verdict follows from the numbers."""
        return self.verdict == "incomplete" or self.agrees == (self.verdict == "reproduced")


@functools.cache
def all_claims() -> tuple[Claim, ...]:
    """Every claim, in the order of the file.

    Raises
    ------
    DataError : the file is wrong; names the claim and the key.
    """
    text = resources.files("calc").joinpath("data/claims.toml").read_text(encoding="utf-8")
    return read_claims(text)


def read_claims(text: str) -> tuple[Claim, ...]:
    """Read claims from TOML.

    Raises
    ------
    DataError : naming the claim and the key.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"claims.toml: {error}") from None
    found = [_read(table, number) for number, table in enumerate(data.get("claim", []), 1)]
    for one in found:
        if [other.id for other in found].count(one.id) > 1:
            raise DataError(f"claims.toml: claim {one.id!r} stands there twice")
    return tuple(found)


def claim(name: str) -> Claim:
    """Look a claim up.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

    Examples
    --------
    >>> claim("matmul-product").verdict
    'contradicted'
    """
    names = {c.id: c for c in all_claims()}
    if name not in names:
        raise UnknownNameError(f"{name!r} is not a claim{nearest(name, names)}")
    return names[name]


def _read(table: dict[str, Any], number: int) -> Claim:
    where = f"claims.toml: claim {table.get('id', number)!r}"
    for key in table:
        if key not in _KEYS:
            raise DataError(f"{where}: unknown key {key!r}; accepted: {', '.join(_KEYS)}{nearest(key, _KEYS)}")
    missing = [key for key in _KEYS if key != "set" and not str(table.get(key, "")).strip()]
    if missing:
        raise DataError(f"{where} has no {', '.join(missing)}")
    if table["verdict"] not in VERDICTS:
        raise DataError(
            f"{where}: {table['verdict']!r} is not a verdict; accepted: {', '.join(VERDICTS)}"
            f"{nearest(str(table['verdict']), VERDICTS)}"
        )
    check_source(table["source"], where)
    try:
        changed = {name: given_value(value) for name, value in table.get("set", {}).items()}
        derivation = formula_by_id(table["derivation"]).derive(**changed)
        value, tolerance = _stated(table["value"], derivation)
    except CalcError as error:
        raise DataError(f"{where}: {error}") from None
    return Claim(
        table["id"], table["source"], table["locator"], table["says"], table["value"], value, tolerance,
        derivation, table["verdict"], table["why"].strip(),
    )  # fmt: skip


def _stated(text: str, derivation: Derivation) -> tuple[Fraction, Fraction]:
    """The value and half a unit in its last digit: 43.9 stands for 43.85 to 43.95."""
    number, unit = parse_value(text)
    digits = Decimal(re.match(r"\s*([\d._]+(?:[eE][+-]?\d+)?)", text)[1].replace("_", ""))  # type: ignore[index]
    half = Fraction(Decimal(1).scaleb(int(digits.as_tuple().exponent))) / 2
    result = derivation.formula.result
    own = result.parsed_unit
    return convert(number, unit or own, own, result.name), convert(half, unit or own, own, result.name)
