"""A case: what a reader changed, as it travels in addresses, files, links and citations.

It has the scenario that it starts from, entries of the catalogue, values and ranges of inputs, and of the planner what
is asked. `address` writes it as the pages do, `calc.model.case_address` reads that, and `calc.model.case_file` writes
and reads it as a scenario's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from calc.base.errors import DataError, name_given
from calc.base.limits import ADDRESS
from calc.base.quantities import Quantity
from calc.base.shortest import shortest
from calc.base.values import between_ends
from calc.base.visible import said
from calc.model.catalogue import KINDS
from calc.model.scenario import Scenario
from calc.model.step import Given

__all__ = ["WORDS", "Case", "value_in_address", "value_in_words"]

# What may stand in an address beside quantities, in the order in which it is written; no quantity has such a name.
WORDS = ("scenario", *KINDS.values(), "ask", "sure", "claim")
_SAFE = "!'()*"  # what JavaScript's encodeURIComponent leaves as it is, beside what Python does


@dataclass(frozen=True)
class Case:
    """What a reader changed.

    Attributes
    ----------
    scenario : the scenario of the book that it starts from; empty for that of the page, or of the formula.
    choices : entries of the catalogue, kind and id, in the order of `calc.model.catalogue.KINDS`.
    values : values and ranges of quantities, exact and in own units, in the order in which they were changed.
    sought : the name of the quantity that is asked for; else empty.
    ask : the planner's question, one word; else empty.
    sure : the confidence at which the sought one is asked for, between 0 and 1; None where none is given.
    claim : a sentence that is held against the book; else empty.
    page : the id of the derivation on whose page it was made, where an address says so; no part of the case itself.
    own : a scenario of a reader's own that says more than an address can, such as a source; else None.

    Examples
    --------
    >>> from calc import load_case
    >>> case = load_case("scenario=gpt-4&accelerator=h100&servers=5000&server_power=9~11")
    >>> case.choices, [(one.quantity.name, float(one.value)) for one in case.values]
    ((('accelerator', 'h100-sxm'),), [('servers', 5000.0), ('server_power', 10.0)])
    >>> case.address
    'scenario=gpt-4&accelerator=h100-sxm&servers=5000&server_power=9~11'
    """

    scenario: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    values: tuple[Given, ...] = ()
    sought: str = ""
    ask: str = ""
    sure: Fraction | None = None
    claim: str = ""
    page: str = field(default="", compare=False)
    own: Scenario | None = None

    def __post_init__(self) -> None:
        for name in ("scenario", "sought", "ask", "claim", "page"):
            name_given(getattr(self, name), f"a case's {name}")
        pairs = f"a tuple of pairs, a kind ({', '.join(KINDS.values())}) and an id"
        for name, accepted, what in (("values", _is_given, "a tuple of Given"), ("choices", _is_choice, pairs)):
            found = getattr(self, name)
            if not isinstance(found, tuple) or not all(map(accepted, found)):
                raise DataError(f"{said(found)} are no {name} of a case; accepted: {what}; `load_case` reads addresses")
        if self.sure is not None and not isinstance(self.sure, Fraction):
            raise DataError(f"{said(self.sure)} is not how sure a case may be; accepted: a fraction, or None")
        if self.own is not None and not isinstance(self.own, Scenario):
            raise DataError(f"{said(self.own)} is no scenario of a case's own; accepted: a scenario, or None")

    def __repr__(self) -> str:
        return f"<case {self.own.name if self.own else self.address}>"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed by it."""
        return self == Case()

    @property
    def address(self) -> str:
        """What stands behind the "?" of an address, in a fixed order; empty where nothing is changed.

        Raises
        ------
        DataError : an address cannot say it: it is from a file with sources of its own or another distribution, or
            longer than `calc.base.limits.ADDRESS`.
        """
        if self.own is not None:
            raise DataError(
                f"{self.own.name} says more than an address carries, such as a source, a distribution of its own or "
                "several bases; accepted: the file itself"
            )
        words: Mapping[str, str] = {
            "scenario": self.scenario, **dict(self.choices), "ask": self.ask,
            "sure": "" if self.sure is None else shortest(self.sure), "claim": quote(self.claim, safe=_SAFE),
        }  # fmt: skip
        parts = [f"{word}={words[word]}" for word in WORDS if words.get(word)]
        parts += [f"{one.quantity.name}={value_in_address(one)}" for one in self.values]
        parts += [f"{self.sought}="] if self.sought else []
        text = "&".join(parts)
        if len(text) > ADDRESS:
            raise DataError(
                f"the address of this case has {len(text)} characters; accepted: up to {ADDRESS}, or a file"
            )
        return text

    @property
    def has_address(self) -> bool:
        """Whether an address can say it."""
        try:
            return self.address is not None
        except DataError:
            return False

    def starting_from(self, name: str) -> Case:
        """The same case with its scenario named, where it names none."""
        return self if self.scenario or self.own else replace(self, scenario=name)


def _is_given(one: Any) -> bool:
    return isinstance(one, Given) and all(map(isinstance, (one.quantity, one.value), (Quantity, Fraction)))


def _is_choice(one: object) -> bool:
    return isinstance(one, tuple) and len(one) == 2 and one[0] in list(KINDS.values())


def value_in_address(one: Given) -> str:
    """A value or a range as an address has it: ``6.5``, ``3~6.5`` or ``5.4~6~6.6``, in the quantity's own unit.

    Raises
    ------
    DataError : it is drawn otherwise than an address says.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> value_in_address(Given(quantity("pue"), Fraction(6, 5), (Fraction(11, 10), Fraction(7, 5))))
    '1.1~1.2~1.4'
    """
    if one.ends is None:
        return shortest(one.value)
    low, high = map(shortest, one.ends)
    alone = between_ends(one.quantity, *one.ends)
    if (alone.value, alone.kind) == (one.value, one.drawn):
        return f"{low}~{high}"
    if replace(one, drawn="").distribution != one.distribution:
        raise DataError(
            f"{one.quantity.name} is drawn from a {one.distribution.kind} distribution around {shortest(one.value)}, "
            "which an address does not say; accepted: a file"
        )
    return f"{low}~{shortest(one.value)}~{high}"


def value_in_words(one: Given) -> str:
    """A value or a range as somebody would type it, in the quantity's own unit.

    Examples
    --------
    >>> from calc import load_case
    >>> [value_in_words(one) for one in load_case("server_power=3~6.5&pue=1.1~1.2~1.4&gpus=5000").values]
    ['3 to 6.5 kW/server', '1.2 (1.1 to 1.4)', '5000 GPU']
    """
    parts = value_in_address(one).split("~")
    text = parts[0]
    if len(parts) > 1:
        text = f"{parts[0]} to {parts[-1]}"
    if len(parts) > 2:
        text = f"{parts[1]} ({text})"
    return text if one.quantity.unit == "1" else f"{text} {one.quantity.unit}"
