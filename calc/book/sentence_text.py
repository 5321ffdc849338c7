"""Words and numbers where they stand in a sentence: the longest that is known, 25 000, 2.1×10²⁵, half a million."""

from __future__ import annotations

import re
from collections.abc import Iterable

from calc.base.errors import DataError
from calc.book.sentence_grammar import Grammar
from calc.book.sentence_parts import REFUSED

__all__ = ["HIGHEST_POWER", "LONGEST_WORD", "MOST_DIGITS", "SentenceText"]

_NUMBER = re.compile(
    r"(?P<commas>[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?)"
    r"|(?P<blanks>[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])(?:\.[0-9]+)?)"
    r"|(?P<comma>[0-9]+,[0-9]+)|(?P<plain>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
)
_POWER = re.compile(r"(?:[eE]([+-]?[0-9]{1,2})|\s?[x×⋅·*]\s?10\^?([+-]?[0-9]{1,2}))(?![0-9A-Za-z])")
_TEN = re.compile(r"10\^([0-9]{1,2})(?![0-9])")
_INSIDE = re.compile(r"[a-z0-9]|-(?!hours?(?![a-z]))[a-z0-9]|\.[a-z0-9]")
_OF_A = re.compile(r"(?: of)? an?(?= )")
LONGEST_WORD, MOST_DIGITS, HIGHEST_POWER = 44, 40, 99


class SentenceText:
    """A sentence, and what stands where in it.

    Attributes
    ----------
    text, low : the sentence, and with small letters.
    grammar : the words that are known.
    """

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text, self.grammar = text, grammar
        self.low = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)

    def whole(self, end: int) -> int | None:
        """Where a word that ends here really ends: behind a plural's or a genitive's s; None within a word."""
        rest = self.low[end : end + 3]
        for tail in ("'s", "’s", "s", ""):
            if rest.startswith(tail) and not _INSIDE.match(self.low, end + len(tail)):
                return end + len(tail)
        return None

    def longest(self, at: int, known: Iterable[str]) -> tuple[str, int] | None:
        """The longest of some spellings that stands here as a word, and where it ends."""
        for length in range(min(LONGEST_WORD, len(self.text) - at), 0, -1):
            for said in (self.text, self.low):
                one = said[at : at + length]
                end = self.whole(at + length) if one in known else None
                if end is not None and (end == at + length or length > 2):
                    return one, end
        return None

    def skip(self, at: int) -> int:
        """Behind blanks and a hyphen."""
        return at + (self.text[at : at + 1] in (" ", "-"))

    def number(self, at: int) -> tuple[str, int, int] | None:
        """The digits of a number that stands here, its power of ten, and where it ends."""
        if ten := _TEN.match(self.text, at):
            return "1", int(ten[1]), ten.end()
        met = _NUMBER.match(self.text, at)
        if met is None:
            return self._number_in_words(at)
        if len(met[0]) > MOST_DIGITS:
            raise DataError(REFUSED["digits"].format(count=len(met[0]), most=MOST_DIGITS))
        digits = met[0].replace(",", ".") if met["comma"] else met[0].replace(",", "").replace(" ", "")
        end, power = met.end(), 0
        if exponent := _POWER.match(self.text, end):
            end, power = exponent.end(), int(exponent[1] or exponent[2])
        letter = self.grammar.letters.get(self.text[end : end + 1])
        if letter and not re.match(r"[A-Za-z0-9/]", self.text[end + 1 :]):
            return digits, power + letter, end + 1
        return digits, *self._sized(end, power)

    def _number_in_words(self, at: int) -> tuple[str, int, int] | None:
        met = self.longest(at, self.grammar.numbers)
        if met is None:
            return None
        of = _OF_A.match(self.low, met[1])
        end = of.end() if of and met[0] in ("half", "quarter", "third") else met[1]
        digits, _, power = self.grammar.numbers[met[0]].partition("e")
        return digits, *self._sized(end, int(power or 0))

    def _sized(self, end: int, power: int) -> tuple[int, int]:
        """A power of ten with the words for further ones behind it, and where they end."""
        while size := self.longest(self.skip(end), self.grammar.sizes):
            power, end = power + self.grammar.sizes[size[0]], size[1]
        if abs(power) > HIGHEST_POWER:
            raise DataError(REFUSED["power"].format(count=power, most=HIGHEST_POWER))
        return power, end
