"""The parts of a sentence: amounts, words that say something, years, what nobody has read; and its text made plain."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction

from calc.book.sentence_grammar import UnitSaid

__all__ = ["REFUSED", "Amount", "Scanned", "Word", "plain"]

# What is said of a sentence that is not read, here and in the pages' script.
REFUSED = {
    "long": "the sentence has {count} characters; up to {most} are read",
    "ambiguous": "'{word}' may mean {meanings}; write which",
    "below": "{number} is below zero; a claim is of a number above 0",
    "digits": "a number of {count} digits was given; up to {most} are read",
    "power": "a number with the power {count} of ten was given; up to {most} are read",
    "nothing": "understood: {understood}; missing: {missing}; accepted: {accepted}",
    "no number": "a number with its unit",
    "no unit": "a unit that the book counts in",
    "no subject": "what uses {amount}",
    "no subjects": "what the numbers are of",
    "sentences": "a sentence such as 'a prompt uses 2.9 Wh' or '100,000 H100 draw 150 MW'",
    "units": "energy, power, water, CO2, dollars, FLOP, GPUs, tokens, prompts, homes",
}
_BLANK = r"[ \t\n\r\f\v\x1c-\x1f\x85\ufeff]"


@dataclass(frozen=True)
class Word:
    """What a word says: pairs of kind and what, and where it stands."""

    said: tuple[tuple[str, str], ...]
    start: int
    end: int


@dataclass
class Amount:
    """A number in a sentence with its unit.

    Attributes
    ----------
    digits : of the lower and the upper end, as written, before their powers of ten.
    power : of ten.
    unit, kind : None and ``number`` where it has no unit.
    spelled : the unit as the book spells it with what it is counted by.
    per : what it is counted by: a unit, and so many of it.
    hedge : such as ``about``, or nothing.
    """

    digits: tuple[str, str]
    power: int
    start: int
    end: int
    unit: UnitSaid | None = None
    per: list[tuple[UnitSaid, Fraction]] = field(default_factory=list)
    hedge: str = ""

    @property
    def kind(self) -> str:
        """Of its unit."""
        return self.unit.kind if self.unit else "number"

    @property
    def values(self) -> tuple[Fraction, Fraction]:
        """Its ends as written."""
        low, high = map(Fraction, self.written)
        return low, high

    @property
    def written(self) -> tuple[str, str]:
        """Both ends with their powers of ten, as Python writes a number."""
        low, high = (one.partition("e") for one in self.digits)
        return f"{low[0]}e{self.power + int(low[2] or 0)}", f"{high[0]}e{self.power + int(high[2] or 0)}"


@dataclass
class Scanned:
    """A sentence in its parts; `text` is what was read, blanks and signs made plain."""

    text: str
    amounts: list[Amount]
    words: list[Word]
    years: list[int]
    unread: list[str]


def plain(text: str) -> str:
    """Blanks and signs made plain: CO₂ is CO2, a narrow blank is a blank, and so is a line's end."""
    said = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").replace("⁄", "/")
    return re.sub(r" +", " ", re.sub(_BLANK, " ", said)).strip(" ")
