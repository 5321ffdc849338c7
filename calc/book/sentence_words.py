"""A sentence cut into amounts, words that say something, years, and what nobody has read.

`_static/claim.js` does the same, step by step: whoever changes one changes both, and a test holds them together.
"""

from __future__ import annotations

import re
from fractions import Fraction

from calc.base.errors import DataError
from calc.base.limits import SENTENCE
from calc.book.sentence_grammar import FILLERS, Grammar, UnitSaid
from calc.book.sentence_parts import REFUSED, Amount, Scanned, Word, plain
from calc.book.sentence_text import SentenceText

__all__ = ["scan"]

_SKIP = re.compile(r"[ =,;:()\[\]{}\"'“”‘’„«»?!.…*_|]+")
_WORD = re.compile(r"[^ ,;:()\[\]{}\"“”„«»?!…|]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9A-Za-z%]|[.,][0-9])")
_BEFORE_YEAR = re.compile(r"(?:^|[^a-z])(?:in|by|since|during|of|for|from|year|fy|until|early|late|mid)[ -]*$")
_TO = re.compile(r" ?(?:-|–|—) ?| to | and ")
_FROM = re.compile(r"(?:between|from) $")
_HOURS = re.compile(r"[ -]hours?(?![a-z])")
_BELOW_ZERO = re.compile(r"-[0-9.]*[0-9][^ ]*")
_CURRENCY = re.compile(r"(?:US)?\$ ?|USD ?|€ ?|EUR ?")
_OF_IT = re.compile(r" of (?:water|fresh water|freshwater|electricity|energy|power|electric power)(?= |/)")
_CARBON = re.compile(
    r" ?(?:of )?(?:co2(?:-?eq?)?|carbon dioxide|carbon)(?: equivalents?)?(?![a-z0-9])|(?= ?(?:/|per) ?k(?:wh|ilowatt))"
)
# Behind the number that they are of.
_LATE_HEDGES = ("or so", "or more", "or less", "at most", "at least")
_WITHIN = ("in ", "over ", "during ")  # what only times follow: in one server is no share of it
_MILLIONS = re.compile(r" ?m(?![a-z0-9])")


class _Scanner(SentenceText):
    def __init__(self, text: str, grammar: Grammar) -> None:
        super().__init__(text, grammar)
        self.found = Scanned(text, [], [], [], [])
        self.hedge = ""
        self.last_end = -9

    def run(self) -> Scanned:
        at = 0
        while at < len(self.text):
            if skipped := _SKIP.match(self.text, at):
                if "." not in skipped[0] or not re.match(r"[0-9]", self.text[skipped.end() :]):
                    at = skipped.end()
                    continue
                at = skipped.end() - (1 if self.text[skipped.end() - 1] == "." else 0)
            if (below := _BELOW_ZERO.match(self.text, at)) and (at == 0 or self.text[at - 1] == " "):
                raise DataError(REFUSED["below"].format(number=below[0]))
            at = self._year(at) or self._amount(at) or self._phrase(at) or self._unread(at)
        return self.found

    def _phrase(self, at: int) -> int | None:
        met = self.longest(at, self.grammar.words)
        if met is None:
            if self.text[at] in "~≈<>≥≤" and (sign := self.grammar.words.get(self.text[at])):
                self.hedge = next(what for kind, what in sign if kind == "hedge")
                return at + 1
            return None
        said = self.grammar.words[met[0]]
        hedge = next((what for kind, what in said if kind == "hedge"), "")
        if hedge and met[0] in _LATE_HEDGES and at <= self.last_end + 2 and not self.number(self.skip(met[1])):
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
        if meanings := self.grammar.ambiguous.get(word.lower()):
            raise DataError(REFUSED["ambiguous"].format(word=word, meanings=meanings))
        self.hedge = ""
        if word:
            self.found.unread.append(word)
        return met.end()

    def _year(self, at: int) -> int | None:
        met = _YEAR.match(self.text, at)
        if met is None or _CURRENCY.search(self.text[max(0, at - 4) : at]):
            return None
        if not _BEFORE_YEAR.search(self.low[:at]) and (self.hedge or self.unit(met.end())):
            return None
        self.found.years.append(int(met[0]))
        return met.end()

    def _amount(self, at: int) -> int | None:
        currency = _CURRENCY.match(self.text, at)
        first = self.number(currency.end() if currency else at)
        if first is None:
            return self._one(at)
        digits, power, end = first
        amount = Amount((digits, digits), power, at, end, hedge=self.hedge)
        kept = len(self.found.words)
        if currency:
            letter = _MILLIONS.match(self.text, end)
            amount.power, end = (power + 6, letter.end()) if letter else (power, end)
            money = self.grammar.units["euro" if currency[0][0] in "€E" else "dollar"]
            end = self._range(amount, end, at)
            amount.unit = money
        else:
            end = self._range(amount, end, at)
            if met := self.unit(end):
                amount.unit, end = met[0], self._range(amount, met[1], at)
                if again := self.unit(end) if end != met[1] else None:
                    amount.unit, end = again
            elif not (re.match(r"[0-9.]", self.text[at])):
                del self.found.words[kept:]
                return None  # one, two: a word that counts nothing here
        amount.end = self._counted_by(amount, end)
        self.found.amounts.append(amount)
        self.hedge, self.last_end = "", amount.end
        return amount.end

    def _one(self, at: int) -> int | None:
        """One of a unit that no number stands before: a kWh emits."""
        article = self.longest(at, self.grammar.one)
        unit = self.longest(self.skip(article[1]), self.grammar.units) if article else None
        if unit is None or self.grammar.units[unit[0]].kind not in self.grammar.one_kinds:
            return None
        self.found.amounts.append(Amount(("1", "1"), 0, at, unit[1], self.grammar.units[unit[0]]))
        return unit[1]

    def _range(self, amount: Amount, end: int, at: int) -> int:
        """A second end: 3 to 6, 3-6, between 3 and 6."""
        to = _TO.match(self.low, end)
        if to is None or (to[0] == " and " and not _FROM.search(self.low[:at])):
            return end
        again = _CURRENCY.match(self.text, to.end())
        start = again.end() if again else to.end()
        second = self.number(start)
        if second is None or amount.digits[0] != amount.digits[1] or not re.match(r"[0-9.]", self.text[start]):
            return end
        digits, power, stop = second
        if amount.power in (0, power):
            amount.digits, amount.power = (amount.digits[0], digits), power
        else:
            amount.digits = (amount.digits[0], f"{digits}e{power - amount.power}")
        return stop

    def unit(self, at: int) -> tuple[UnitSaid, int] | None:
        """The unit that stands here, or behind a few words that say something; these are kept then."""
        start, words = at, list[Word]()
        for _ in range(FILLERS + 1):
            here = self.skip(at)
            if met := self._unit_here(here, words):
                self.found.words.extend(words)
                self._tagged(here, met[1])
                return met
            phrase = self.longest(here, self.grammar.words)
            if phrase is None or self.number(here) or (here == at and at != start):
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
        if met is None:
            return None
        unit = self.grammar.units[met[0]]
        carbon = _CARBON.match(self.low, met[1]) if unit.kind == "mass" else None
        return (self.grammar.units[f"{unit.unit}CO2e"], carbon.end()) if carbon else (unit, met[1])

    def _counted_by(self, amount: Amount, end: int) -> int:
        """What an amount is counted by: / prompt, per million tokens, a day."""
        while True:
            of = _OF_IT.match(self.low, end)
            at = of.end() if of else end
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
            within = word.startswith(_WITHIN) and unit is not None and unit[0].kind != "time"
            if unit is None or within or unit[0].kind not in self.grammar.per_kinds:
                del self.found.words[kept:]
                return end
            amount.per.append((unit[0], times))
            end = unit[1]

    def _tagged(self, at: int, end: int) -> None:
        """The noun of a unit says what the sentence is about, too."""
        met = self.longest(at, self.grammar.words)
        if met and met[1] <= end:
            self.found.words.append(Word(self.grammar.words[met[0]], at, met[1]))


def scan(text: str, grammar: Grammar) -> Scanned:
    """Cut a sentence into its parts.

    Raises
    ------
    DataError : it is longer than `SENTENCE`, a unit in it may mean two, or a number is below zero.

    Examples
    --------
    >>> from calc.book.sentence_grammar import grammar
    >>> found = scan("Training took about 1.2 million kWh, a neighbour thinks.", grammar())
    >>> [(one.digits, one.power, one.unit.unit, one.hedge) for one in found.amounts], found.unread
    ([(('1.2', '1.2'), 6, 'kWh', 'about')], ['neighbour', 'thinks'])
    """
    said = plain(text[: 4 * SENTENCE])
    if len(text) > SENTENCE or len(said) > SENTENCE:
        raise DataError(REFUSED["long"].format(count=len(text), most=SENTENCE))
    return _Scanner(said, grammar).run()
