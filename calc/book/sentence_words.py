"""A sentence cut into amounts, words that say something, years, and what nobody has read.

`_static/claim.js` does the same, step by step: whoever changes one changes both, and a test holds them together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from calc.base.errors import DataError
from calc.book.sentence_grammar import FILLERS, Grammar, UnitSaid

__all__ = ["LONGEST", "Amount", "Scanned", "Word", "scan"]

LONGEST = 400  # characters
_BLANK = r"[ \t\n\r\f\v\x1c-\x1f\x85\ufeff]"
_SKIP = re.compile(r"[ ,;:()\[\]{}\"'“”‘’„«»?!.…*_|]+")
_WORD = re.compile(r"[^ ,;:()\[\]{}\"“”„«»?!…|]+")
_NUMBER = re.compile(
    r"(?P<parted>[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])(?:\.[0-9]+)?)"
    r"|(?P<comma>[0-9]+,[0-9]+)|(?P<plain>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
)
_POWER = re.compile(r"(?:[eE]([+-]?[0-9]{1,2})|\s?[x×⋅·*]\s?10\^?([+-]?[0-9]{1,2}))(?![0-9A-Za-z])")
_TEN = re.compile(r"10\^([0-9]{1,2})(?![0-9])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9A-Za-z,%]|\.[0-9])")
_BEFORE_YEAR = re.compile(r"(?:^|[^a-z])(?:in|by|since|during|of|for|from|year|fy|until|early|late|mid)[ -]*$")
_TO = re.compile(r" ?(?:-|–|—) ?| to | and ")
_FROM = re.compile(r"(?:between|from) $")
_HOURS = re.compile(r"[ -]hours?(?![a-z])")
_INSIDE = re.compile(r"[a-z0-9]|-(?!hours?(?![a-z]))[a-z0-9]|\.[a-z0-9]")
_BELOW_ZERO = re.compile(r"-[0-9.]*[0-9][^ ]*")
_CURRENCY = re.compile(r"(?:US)?\$ ?|USD ?|€ ?|EUR ?")
_LATE_HEDGES = ("at most", "at least", "about")


@dataclass
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
        low, high = (Fraction(one) * Fraction(10) ** self.power for one in self.digits)
        return low, high


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


class _Scanner:
    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text, self.grammar = text, grammar
        self.low = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)
        self.found = Scanned(text, [], [], [], [])
        self.hedge = ""
        self.last_end = -1

    def run(self) -> Scanned:
        at = 0
        while at < len(self.text):
            if skipped := _SKIP.match(self.text, at):
                if "." not in skipped[0] or not re.match(r"[0-9]", self.text[skipped.end() :]):
                    at = skipped.end()
                    continue
                at = skipped.end() - (1 if self.text[skipped.end() - 1] == "." else 0)
            if (below := _BELOW_ZERO.match(self.text, at)) and (at == 0 or self.text[at - 1] == " "):
                raise DataError(f"{below[0]} is below zero; a claim is of a number above 0")
            at = self._year(at) or self._amount(at) or self._phrase(at) or self._unread(at)
        return self.found

    # ---- words

    def whole(self, end: int) -> int | None:
        """Where a word that ends here really ends: behind a plural's or a genitive's s; None within a word."""
        rest = self.low[end : end + 3]
        for tail in ("'s", "’s", "s", ""):
            if rest.startswith(tail) and not _INSIDE.match(self.low, end + len(tail)):
                return end + len(tail)
        return None

    def longest(self, at: int, known: Iterable[str]) -> tuple[str, int] | None:
        """The longest of some spellings that stands here as a word, and where it ends."""
        for length in range(min(44, len(self.text) - at), 0, -1):
            for said in (self.text, self.low):
                one = said[at : at + length]
                if one in known and (end := self.whole(at + length)) is not None:
                    if end == at + length or length > 2:
                        return one, end
        return None

    def _phrase(self, at: int) -> int | None:
        met = self.longest(at, self.grammar.words)
        if met is None:
            if self.text[at] in "~≈<>≥≤" and (sign := self.grammar.words.get(self.text[at])):
                self.hedge = next(what for kind, what in sign if kind == "hedge")
                return at + 1
            return None
        said = self.grammar.words[met[0]]
        hedge = next((what for kind, what in said if kind == "hedge"), "")
        if hedge and hedge in _LATE_HEDGES and at <= self.last_end + 2 and not self.number(self.skip(met[1])):
            self.found.amounts[-1].hedge = self.found.amounts[-1].hedge or hedge
        elif hedge:
            self.hedge = hedge
        elif all(kind != "ignored" for kind, _ in said):
            self.hedge = ""
        self.found.words.append(Word(said, at, met[1]))
        return met[1]

    def _unread(self, at: int) -> int:
        met = _WORD.match(self.text, at)
        if met is None:
            return at + 1
        word = met[0].strip(".'’-–—/*")
        if word.lower() in self.grammar.ambiguous:
            raise DataError(f"{word!r} may mean {self.grammar.ambiguous[word.lower()]}; write which")
        self.hedge = ""
        if word:
            self.found.unread.append(word)
        return met.end()

    def skip(self, at: int) -> int:
        """Behind blanks and a hyphen."""
        met = re.compile(r"[ -]?").match(self.text, at)
        return met.end() if met else at

    # ---- numbers

    def _year(self, at: int) -> int | None:
        met = _YEAR.match(self.text, at)
        if met is None or _CURRENCY.search(self.text[max(0, at - 4) : at]):
            return None
        if not _BEFORE_YEAR.search(self.low[:at]) and (self.hedge or self.unit(met.end())):
            return None
        self.found.years.append(int(met[0]))
        return met.end()

    def number(self, at: int) -> tuple[str, int, int] | None:
        """The digits of a number that stands here, its power of ten, and where it ends."""
        if ten := _TEN.match(self.text, at):
            return "1", int(ten[1]), ten.end()
        met = _NUMBER.match(self.text, at)
        if met is None:
            return self._number_in_words(at)
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
        of = re.compile(r"(?: of)? an?(?= )").match(self.low, met[1])
        end = of.end() if of and met[0] in ("half", "quarter", "third") else met[1]
        digits, _, power = self.grammar.numbers[met[0]].partition("e")
        return digits, *self._sized(end, int(power or 0))

    def _sized(self, end: int, power: int) -> tuple[int, int]:
        """A power of ten with the words for further ones behind it, and where they end."""
        while size := self.longest(self.skip(end), self.grammar.sizes):
            power, end = power + self.grammar.sizes[size[0]], size[1]
        return power, end

    def _amount(self, at: int) -> int | None:
        currency = _CURRENCY.match(self.text, at)
        first = self.number(currency.end() if currency else at)
        if first is None:
            return None
        digits, power, end = first
        amount = Amount((digits, digits), power, at, end, hedge=self.hedge)
        kept = len(self.found.words)
        if currency:
            letter = re.compile(r" ?m(?![a-z0-9])").match(self.text, end)
            amount.power, end = (power + 6, letter.end()) if letter else (power, end)
            money = self.grammar.units["euro" if currency[0][0] in "€E" else "dollar"]
            end = self._range(amount, end, at)
            amount.unit = money
        else:
            end = counted = self._range(amount, end, at)
            if met := self.unit(end):
                amount.unit, end = met[0], self._range(amount, met[1], at)
                if again := self.unit(end) if end != met[1] else None:
                    amount.unit, end = again
            elif not (re.match(r"[0-9.]", self.text[at])):
                del self.found.words[kept:]
                return None  # one, two: a word that counts nothing here
        if not currency:
            self._tagged(counted, end)
        amount.end = self._counted_by(amount, end)
        self.found.amounts.append(amount)
        self.hedge, self.last_end = "", amount.end
        return amount.end

    def _range(self, amount: Amount, end: int, at: int) -> int:
        """A second end: 3 to 6, 3-6, between 3 and 6."""
        to = _TO.match(self.low, end)
        if to is None or (to[0] == " and " and not _FROM.search(self.low[:at])):
            return end
        second = self.number(to.end())
        if second is None or amount.digits[0] != amount.digits[1] or not re.match(r"[0-9.]", self.text[to.end()]):
            return end
        digits, power, stop = second
        if amount.power in (0, power):
            amount.digits, amount.power = (amount.digits[0], digits), power
        else:
            amount.digits = (amount.digits[0], f"{digits}e{power - amount.power}")
        return stop

    # ---- units

    def unit(self, at: int) -> tuple[UnitSaid, int] | None:
        """The unit that stands here, or behind a few words that say something; these are kept then."""
        start, words = at, list[Word]()
        for _ in range(FILLERS + 1):
            here = self.skip(at)
            if met := self._unit_here(here, words):
                self.found.words.extend(words)
                return met
            phrase = self.longest(here, self.grammar.words)
            if phrase is None or self.number(here) or here == at and at != start:
                return None
            said = self.grammar.words[phrase[0]]
            if any(kind in ("hedge", "verb") or what in ("", "site") for kind, what in said):
                return None
            words.append(Word(said, here, phrase[1]))
            at = phrase[1]
        return None

    def _unit_here(self, at: int, words: list[Word]) -> tuple[UnitSaid, int] | None:
        if self.text[at : at + 1] == "%":
            return self.grammar.units["%"], at + 1
        met = self.longest(at, self.grammar.units)
        named = self.longest(at, self.grammar.words)
        kinds = {"accelerator": "gpu", "server": "server"}
        machine = next((kinds[kind] for kind, _ in self.grammar.words[named[0]] if kind in kinds), "") if named else ""
        if named and machine and (met is None or named[1] > met[1]):
            words.append(Word(self.grammar.words[named[0]], at, named[1]))
            noun = self.longest(self.skip(named[1]), self.grammar.units)
            end = noun[1] if noun and self.grammar.units[noun[0]].kind in (machine, "gputime") else named[1]
            hours = noun and self.grammar.units[noun[0]].kind == "gputime" and machine == "gpu"
            if machine == "gpu" and (ran := _HOURS.match(self.low, end)):
                hours, end = True, ran.end()
            return self.grammar.units["gpu-hour" if hours else machine], end
        return (self.grammar.units[met[0]], met[1]) if met else None

    def _counted_by(self, amount: Amount, end: int) -> int:
        """What an amount is counted by: / prompt, per million tokens, a day."""
        while True:
            at = end
            while at < len(self.text) and self.text[at] in " (":
                at += 1
            word = "/" if self.text[at : at + 1] == "/" else ""
            if not word:
                met = self.longest(at, self.grammar.per)
                if met is None:
                    return end
                word, at = met[0], met[1]
            at = self.skip(at + 1 if word == "/" else at)
            times, number = Fraction(1), self.number(at)
            if number:
                times, at = Fraction(number[0]) * Fraction(10) ** number[1], number[2]
            elif size := self.longest(at, self.grammar.sizes):
                times, at = Fraction(10) ** self.grammar.sizes[size[0]], size[1]
            kept = len(self.found.words)
            unit = self.unit(at)
            if unit is None or unit[0].kind not in self.grammar.per_kinds:
                del self.found.words[kept:]
                return end
            amount.per.append((unit[0], times))
            end = unit[1]
            self._tagged(at, end)

    def _tagged(self, at: int, end: int) -> None:
        """The noun of a unit says what the sentence is about, too."""
        met = self.longest(self.skip(at), self.grammar.words)
        if met and met[1] <= end:
            self.found.words.append(Word(self.grammar.words[met[0]], at, met[1]))


def scan(text: str, grammar: Grammar) -> Scanned:
    """Cut a sentence into its parts.

    Raises
    ------
    DataError : it is longer than `LONGEST`, a unit in it may mean two, or a number is below zero.

    Examples
    --------
    >>> from calc.book.sentence_grammar import grammar
    >>> found = scan("Training took about 1.2 million kWh, or so they say.", grammar())
    >>> [(one.digits, one.power, one.unit.unit, one.hedge) for one in found.amounts], found.unread
    ([(('1.2', '1.2'), 6, 'kWh', 'about')], ['say'])
    """
    said = plain(text[: 4 * LONGEST])
    if len(text) > LONGEST or len(said) > LONGEST:
        raise DataError(f"the sentence has {len(text)} characters; up to {LONGEST} are read")
    return _Scanner(said, grammar).run()
