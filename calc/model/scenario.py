"""Scenarios: named sets of inputs. `calc.model.scenario_file` reads them from TOML."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from calc.base.display import Displayed
from calc.base.errors import UnknownNameError
from calc.base.moved import Gone
from calc.base.quantities import Quantity, quantity
from calc.model.correlation import Correlation
from calc.model.input import Input

__all__ = ["DEFAULT", "Choice", "Scenario"]

DEFAULT = "gpt-4"


@dataclass(frozen=True)
class Choice:
    """An entry of the catalogue that somebody has laid over a scenario.

    Attributes
    ----------
    kind, id, title : which, such as ``accelerator``, ``h100-sxm``, ``Nvidia H100``.
    brings : what came with it, such as the server of an accelerator.
    """

    kind: str
    id: str
    title: str
    brings: tuple[Choice, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Its own id, and those of what it brings."""
        return frozenset((self.id, *(one.id for one in self.brings)))


@dataclass(frozen=True)
class Scenario(Displayed):
    """A named set of inputs.

    Attributes
    ----------
    name, title, about : what it is called, and what it is.
    inputs : the inputs by quantity name.
    extends : the scenario of the book that it builds on, or several, parted by commas; or nothing.
    origin : ``book``, or ``yours`` where somebody else has changed or written it.
    correlations : which inputs go together.
    short : a short title, for charts.
    first_year, last_year : the years of which it tells, where it tells of some.
    choices : the entries of the catalogue that somebody has laid over it; none in a scenario of the book.
    stated : who states its values, where they are somebody's statements and not the book's estimate; else empty.
    stated_in : the key of the source that they state them in; without it, every value of it is theirs.
    estimates : the scenarios with the book's own estimates of the same things; that with most of a result's own inputs
        counts.
    barred : quantities that must not be worked out here, each with the reason.
    as_of : the day whose values it has of each series, where it has not the newest.

    Examples
    --------
    >>> from calc import scenario
    >>> s = scenario("gpt-4")
    >>> s["gpus"].value, s["gpus"].kind
    (Fraction(25000, 1), 'estimate')
    """

    name: str
    title: str
    about: str
    inputs: Mapping[str, Input]
    extends: str = ""
    origin: str = "book"
    correlations: tuple[Correlation, ...] = ()
    short: str = ""
    first_year: int | None = None
    last_year: int | None = None
    choices: tuple[Choice, ...] = ()
    stated: str = ""
    estimates: tuple[str, ...] = ()
    stated_in: str = ""
    barred: tuple[tuple[str, str], ...] = ()
    as_of: datetime.date | None = None
    with_values = Gone("calc.Scenario")

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", MappingProxyType(dict(self.inputs)))

    def __repr__(self) -> str:
        return f"<scenario {self.name}: {self.title}; {len(self.inputs)} inputs>"

    def __reduce__(self) -> tuple[Any, ...]:
        # A read-only view does not travel to another process; its content does.
        values = {one.name: getattr(self, one.name) for one in fields(self)} | {"inputs": dict(self.inputs)}
        return Scenario, tuple(values.values())

    @property
    def bases(self) -> tuple[str, ...]:
        """The scenarios of the book that it builds on; where two of them fix a quantity, the first named counts."""
        return tuple(self.extends.split(", ")) if self.extends else ()

    @property
    def book_name(self) -> str:
        """The scenario of the book that it is, or alone builds on; nothing where there is none or are several."""
        if self.origin == "book" and not self.choices:
            return self.name
        return self.extends if len(self.bases) == 1 else ""

    def __getitem__(self, name: str) -> Input:
        """The input of a quantity.

        Raises
        ------
        UnknownNameError : the name is unknown, or the scenario does not fix that quantity.
        """
        wanted = quantity(name).name
        if wanted not in self.inputs:
            raise UnknownNameError(f"scenario {self.name!r} has no {wanted}; it has {', '.join(self.inputs)}")
        return self.inputs[wanted]

    def get(self, wanted: Quantity) -> Input | None:
        """The input of a quantity, or None."""
        return self.inputs.get(wanted.name)
