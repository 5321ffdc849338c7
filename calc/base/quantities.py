"""What a symbol of the book is; each is defined once, in calc/notation.

The notation page, the tables on the pages, the domains that are enforced and the units that are checked are
all read from here.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from calc.base.broken import Broken, find_broken, note_broken, place_of, tolerates
from calc.base.domains import POSITIVE, Domain
from calc.base.errors import CalcError, DefinitionError, UnknownNameError, name_given, nearest
from calc.base.units import Unit, parse_unit
from calc.base.visible import said

if TYPE_CHECKING:
    import sympy as sp

__all__ = ["Quantity", "alias", "all_quantities", "define", "quantity"]


@dataclass(frozen=True)
class Quantity:
    """One symbol of the book.

    Attributes
    ----------
    name : its name in Python, on the command line and in data files.
    latex : its symbol.
    unit : its own unit; plain numbers are taken in it. ``1`` is a pure number.
    meaning : what it is, in one clause.
    domain : which numbers it may take.
    basis : where a power or energy is counted (``at_chip``, ``at_it``, ``at_site``), what a peak assumes, or within
        which boundary carbon, water and money are counted.

    Examples
    --------
    >>> quantity("server_power").unit, quantity("server_power").basis
    ('kW/server', 'at_it')
    """

    name: str
    latex: str
    unit: str
    meaning: str
    domain: Domain = POSITIVE
    basis: str = "1"

    @cached_property
    def symbol(self) -> sp.Symbol:
        """The sympy symbol, with what its domain lets sympy assume."""
        import sympy

        return sympy.Symbol(self.name, **self.domain.assumptions)

    @cached_property
    def parsed_unit(self) -> Unit:
        """Its own unit, without the basis."""
        return parse_unit(self.unit)

    @cached_property
    def checked_unit(self) -> Unit:
        """Its own unit times its basis: what a formula's check works with."""
        return self.parsed_unit if self.basis == "1" else self.parsed_unit * parse_unit(self.basis)

    @property
    def counted(self) -> str:
        """Where it is counted, in words, or nothing."""
        if self.parsed_unit.dimensions == parse_unit("s").dimensions:  # of a time a basis says what it leads to
            return ""
        above = self.basis.partition("/")[0].split("*")
        if "/" in self.basis:  # a rate, as litres for each kWh: where the kWh are counted is said in its meaning
            above = [part for part in above if part not in _PLACES]
        words = [_BASES[part] for part in above if part in _BASES]
        if {"on_site", "at_plant"} & set(above) and "withdrawn" not in above:
            words.insert(0, "consumed")
        return ", ".join(words)


_PLACES = {
    "at_chip": "at the chips alone",
    "at_it": "at the IT equipment",
    "at_site": "at the site's meter",
    "at_station": "as power stations send it out",
    "behind_meter": "generated behind the meter",
    "bought": "bought through the meter",
}
_BASES = _PLACES | {
    "sparse": "with structured sparsity",
    "recomputed": "with what is done again",
    "embodied": "embodied, before it is spread over a life",
    "direct": "direct, at the stacks alone",
    "marginal": "marginal",
    "contracted": "market-based",
    "withdrawn": "withdrawn",
    "on_site": "on the site",
    "at_plant": "at power stations",
    "capital": "capital",
    "real": "in money of one year",
}

_QUANTITIES: dict[str, Quantity] = {}
_ALIASES: dict[str, str] = {}
_SYMBOLS: dict[str, str] = {}  # each with the name of the quantity that last had it
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def define(name: str, latex: str, unit: str, meaning: str, domain: Domain = POSITIVE, basis: str = "1") -> Quantity:
    """Add a quantity to the notation. One of the book's own that is wrong is noted, and what needs it fails.

    Raises
    ------
    DefinitionError : the name or the symbol is taken, or the name is not a Python identifier.
    UnitError : the unit or basis is unknown.

    Examples
    --------
    >>> define("gpus", "g", "GPU", "again")
    Traceback (most recent call last):
    ...
    calc.base.errors.DefinitionError: quantity 'gpus' is defined twice
    """
    new = Quantity(name, latex, unit, meaning, domain, basis)
    try:
        _check(new)
    except CalcError as error:
        caller = sys._getframe(1)
        if not tolerates(caller.f_globals.get("__name__", "")):
            raise
        note_broken(Broken("quantity", name, place_of(caller.f_code.co_filename, caller.f_lineno), str(error)))
        return new
    _QUANTITIES[name] = new
    _SYMBOLS[new.latex] = name
    return new


def _check(new: Quantity) -> None:
    name = new.name
    if name in _QUANTITIES or name in _ALIASES:
        raise DefinitionError(f"quantity {name!r} is defined twice")
    if not _NAME.fullmatch(name):
        raise DefinitionError(f"{name!r} cannot name a quantity; use lower-case letters, digits and _")
    other = _QUANTITIES.get(_SYMBOLS.get(new.latex, ""))
    if other is not None and other.latex == new.latex:
        raise DefinitionError(f"{new.latex} is the symbol of both {other.name!r} and {name!r}")
    _ = new.checked_unit  # an unknown unit fails here, not at first use


def alias(name: str, target: str) -> None:
    """Let a second name stand for a quantity, as ``mfu`` does for ``flop_utilisation``."""
    if name not in _QUANTITIES and _ALIASES.setdefault(name, target) != target:
        raise DefinitionError(f"{name!r} is an alias of both {_ALIASES[name]!r} and {target!r}")


def quantity(name: str) -> Quantity:
    """Look a quantity up by name or alias; hyphens count as underscores.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.
    BrokenError : it is one of the book's that cannot be defined.

    Examples
    --------
    >>> quantity("mfu").name
    'flop_utilisation'
    >>> quantity("server_pwer")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: 'server_pwer' is not a quantity; did you mean 'server_power'?
    """
    key = name_given(name, "a quantity").replace("-", "_")
    found = _QUANTITIES.get(key) or _QUANTITIES.get(_ALIASES.get(key, ""))
    if found is None:
        if broken := find_broken("quantity", name=key):
            raise broken.error()
        raise UnknownNameError(f"{said(name)} is not a quantity{nearest(name, [*_QUANTITIES, *_ALIASES])}")
    return found


def all_quantities() -> tuple[Quantity, ...]:
    """All quantities, in the order of their definition."""
    return tuple(_QUANTITIES.values())
