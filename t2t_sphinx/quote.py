"""What an author asks for in the role's text, and what the published records say to it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Asked", "Quote", "QuoteError", "asked", "found"]

_SYNTAX = "ID@SCENARIO in UNIT with band == NOTED, of which only the ID is needed"
_ASKED = re.compile(
    r"(?P<id>[a-z][a-z0-9-]*)(?:@(?P<scenario>\S+))?(?:\s+in\s+(?P<unit>[^\s=]+))?(?P<band>\s+with\s+band)?"
    r"(?:\s*==\s*(?P<noted>.*\S))?"
)
_BOUNDS = re.compile(r"^(at most|at least) ")


class QuoteError(ValueError):
    """What cannot be quoted; one line says what was given, and what is accepted."""


@dataclass(frozen=True)
class Asked:
    """What an author asks for.

    Attributes
    ----------
    id, scenario, unit : the derivation, and where it matters the scenario and the unit; empty where it does not.
    band : whether the nine-in-ten band is quoted too.
    noted : the figure as the author noted it; empty where there is none.
    """

    id: str
    scenario: str = ""
    unit: str = ""
    band: bool = False
    noted: str = ""

    @property
    def key(self) -> str:
        """By which the lock has it."""
        return f"{self.id}@{self.scenario}" if self.scenario else self.id


@dataclass(frozen=True)
class Quote:
    """A figure of the book in words.

    Attributes
    ----------
    text : the value in the unit that was asked for, with at most or at least before a bound.
    band : its nine-in-ten band in the same unit; empty where it has none.
    data : all that the records say of it.
    """

    text: str
    band: str
    data: Mapping[str, Any]

    def is_still(self, noted: str) -> bool:
        """Whether a figure that was noted, in any unit, reads as the book has it.

        Examples
        --------
        >>> quote = Quote("at most 43.9 GWh", "", {"texts": {"GWh": "at most 43.9 GWh", "MWh": "at most 43,900 MWh"}})
        >>> quote.is_still("43900 MWh"), quote.is_still("44 GWh")
        (True, False)
        """
        return _plain(noted) in {_plain(text) for text in self.data["texts"].values()}


def asked(text: str) -> Asked:
    """Read the role's text.

    Raises
    ------
    QuoteError : it is none.

    Examples
    --------
    >>> asked("training-energy@gpt-4 in MWh with band == 43,900 MWh")
    Asked(id='training-energy', scenario='gpt-4', unit='MWh', band=True, noted='43,900 MWh')
    """
    match = _ASKED.fullmatch(text.strip())
    if not match:
        raise QuoteError(f"{text!r} asks for no figure; accepted: {_SYNTAX}")
    return Asked(match["id"], match["scenario"] or "", match["unit"] or "", bool(match["band"]), match["noted"] or "")


def found(wanted: Asked, quotes: Mapping[str, Any]) -> Quote:
    """What the records say to it.

    Raises
    ------
    QuoteError : they have no such derivation, scenario or unit, or no band.

    Examples
    --------
    >>> quotes = {"pue": [{"scenario": "gpt-4", "shown": "1", "texts": {"1": "1.2"}, "bands": {}}]}
    >>> found(Asked("pue"), quotes).text
    '1.2'
    >>> found(Asked("pu"), quotes)
    Traceback (most recent call last):
    ...
    t2t_sphinx.quote.QuoteError: 'pu' is not a derivation of the records; did you mean 'pue'?
    """
    if wanted.id not in quotes:
        raise QuoteError(f"{wanted.id!r} is not a derivation of the records{_nearest(wanted.id, quotes)}")
    scenarios = {one["scenario"]: one for one in reversed(quotes[wanted.id])}
    name = wanted.scenario or quotes[wanted.id][0]["scenario"]
    if name not in scenarios:
        near = _nearest(name, scenarios)
        raise QuoteError(
            f"{wanted.id} is not in the records in scenario {name!r}; accepted: {', '.join(sorted(scenarios))}{near}"
        )
    data = scenarios[name]
    unit = wanted.unit or data["shown"]
    if unit not in data["texts"]:
        raise QuoteError(f"{wanted.id} is not in the records in {unit!r}; accepted: {', '.join(data['texts'])}")
    if wanted.band and unit not in data["bands"]:
        raise QuoteError(f"{wanted.id} has no band in scenario {name}: none of its inputs has a range")
    return Quote(data["texts"][unit], data["bands"].get(unit, ""), data)


def _plain(text: str) -> str:
    """A figure without what does not matter: thousands' commas, kinds of spaces, and the words of a bound."""
    return _BOUNDS.sub("", " ".join(text.split()).replace(",", ""))


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
