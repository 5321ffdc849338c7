"""Sentences with a claim in them: what they claim of what, with what given, and what is left to ask.

``read_sentence("100,000 H100 draw 150 MW at the site")`` finds the power of a site, with GPUs and accelerator
given. Where two readings account for as much of a sentence, it is not guessed: `Sentence.ask` has them, and the words
that decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.base.errors import DataError, UnknownNameError, nearest
from calc.base.quantities import Quantity, quantity
from calc.base.units import parse_unit
from calc.book.sentence_fits import TELLING, Fit, fits, idle
from calc.book.sentence_grammar import Grammar, Reading, grammar
from calc.book.sentence_parts import REFUSED, Amount, Scanned
from calc.book.sentence_words import scan
from calc.book.stated import Stated, half_a_unit

__all__ = ["Claimed", "Sentence", "data", "read_sentence"]

_MOST_NEAR = 6  # things that are offered


@dataclass(frozen=True)
class Claimed:
    """One thing that a sentence may claim.

    Attributes
    ----------
    reading : what it is a claim of.
    stated : the figure, with the unit in which it is said; its ends are in the own unit of the quantity.
    unit : as the book spells it, with what it is counted by.
    given : inputs that the sentence gives, in their own units.
    choices : entries of the catalogue that it names, by kind.
    scenario : the scenario that it is held against; empty where the book has none of what the sentence names.
    as_of : the year whose value it is held against, or nothing.
    taken : the kinds of those choices that the sentence does not name.
    is_stated : whether the sentence says where it is counted.
    """

    reading: Reading
    stated: Stated
    unit: str
    given: Mapping[str, Fraction]
    choices: Mapping[str, str]
    scenario: str
    as_of: str
    taken: tuple[str, ...]
    is_stated: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence as it was understood.

    Attributes
    ----------
    text : as it was read.
    claims : what it claims: one, or those among which a reader must choose.
    unread : words that were not understood, and amounts that play no part.
    """

    text: str
    claims: tuple[Claimed, ...]
    unread: tuple[str, ...]

    @property
    def ask(self) -> tuple[Claimed, ...]:
        """Those among which a reader must choose; none where it is clear."""
        return self.claims if len(self.claims) > 1 else ()


def read_sentence(text: str, choose: str = "") -> Sentence:
    r"""Read a sentence.

    Parameters
    ----------
    text : a sentence with one claim in it.
    choose : the id of a reading, where several fit.

    Raises
    ------
    DataError : nothing is found in it: says what was understood, what is missing, and what is accepted.
    UnknownNameError : the reading that was chosen is none of those that fit.

    Examples
    --------
    >>> found = read_sentence("100,000 H100 draw 150 MW at the site")
    >>> found.claims[0].reading.id, found.claims[0].stated.text, dict(found.claims[0].choices)
    ('facility-power', '150\xa0MW', {'accelerator': 'h100-sxm'})
    >>> [one.reading.say for one in read_sentence("a prompt uses 2.9 Wh").ask]
    ['at the site', 'at the servers', 'in the chips alone']
    """
    rules = grammar()
    found = scan(text, rules)
    met = fits(found, rules)
    if not met:
        raise _nothing(found, rules)
    if choose:
        met = _chosen(met, choose)
    best = max(one.score for one in met)
    top: dict[str, Fit] = {}
    for one in met:
        if one.score == best:
            top.setdefault(one.reading.id, one)
    used = [amount for fit in top.values() for amount in fit.used]
    left = [found.text[one.start : one.end] for one in found.amounts if one not in used]
    unread = (*found.unread, *idle(found, [one.reading for one in top.values()]), *left)
    return Sentence(found.text, tuple(_claimed(one) for one in top.values()), unread)


def _chosen(met: list[Fit], choose: str) -> list[Fit]:
    known = list(dict.fromkeys(one.reading.id for one in met))
    if choose not in known:
        accepted = ", ".join(known)
        raise UnknownNameError(f"{choose!r} does not fit this sentence; accepted: {accepted}{nearest(choose, known)}")
    return [one for one in met if one.reading.id == choose]


def _claimed(fit: Fit) -> Claimed:
    q = fit.reading.quantity
    unit = fit.amount.unit
    spelled = "/".join([unit.unit if unit else "1", *(f"({one})" if "*" in one else one for one in fit.per)])
    own = q.parsed_unit
    said = parse_unit(spelled)
    if said.dimensions != own.dimensions:
        raise DataError(f"{fit.reading.id} is in {q.unit}, and {spelled} was read")
    scale = said.factor * (unit.times if unit else 1) / own.factor
    ends = fit.amount.values
    fewest, most = fit.divisor
    low, high = min(ends) * scale / most, max(ends) * scale / fewest
    rough = fit.amount.hedge == "about"
    halves = [half_a_unit(one, rough) * scale / most for one in fit.amount.written]
    given = {name: _own(quantity(name), amount) for name, amount in fit.given}
    if fit.period:
        period = quantity(fit.reading.period)
        given[period.name] = parse_unit(fit.period).factor / period.parsed_unit.factor
    shown = unit is None or unit.times == 1
    stated = Stated(fit.amount.hedge, low, high, (halves[0], halves[1]), q, spelled if shown else q.unit)
    choices = {**fit.reading.default, **fit.choices}
    taken = tuple(kind for kind in choices if kind not in fit.choices)
    return Claimed(fit.reading, stated, spelled, given, choices, fit.scenario, fit.as_of, taken, fit.stated)


def _own(q: Quantity, amount: Amount) -> Fraction:
    """An amount that is given, in the own unit of its input: the middle of a range."""
    low, high = amount.values
    factor = amount.unit.factor if amount.unit else Fraction(1)
    for unit, times in amount.per:
        factor /= unit.factor * times
    return (low + high) / 2 * factor / q.parsed_unit.factor


def _nothing(found: Scanned, rules: Grammar) -> DataError:
    """What was understood of a sentence in which nothing is claimed that the book has, and what is missing."""
    amounts = [found.text[one.start : one.end] for one in found.amounts]
    told = [found.text[one.start : one.end] for one in found.words if any(kind in TELLING for kind, _ in one.said)]
    understood = ", ".join(dict.fromkeys([*amounts, *told])) or "nothing"
    kinds = {one.kind for one in found.amounts} - {"number"}
    near = dict.fromkeys(one.quantity.meaning for one in rules.readings if one.kind in kinds)
    if not found.amounts:
        missing, accepted = REFUSED["no number"], REFUSED["sentences"]
    elif not near:
        missing, accepted = REFUSED["no unit"], REFUSED["units"]
    else:
        accepted = "; ".join(list(near)[:_MOST_NEAR])
        missing = REFUSED["no subject"].format(amount=amounts[0]) if len(amounts) == 1 else REFUSED["no subjects"]
    return DataError(REFUSED["nothing"].format(understood=understood, missing=missing, accepted=accepted))


def data(sentence: Sentence) -> list[dict[str, Any]]:
    """What a sentence claims, as plain data, in own units: the same that the pages' script yields."""
    return [
        {
            "id": one.reading.id,
            "formula": one.reading.formula,
            "result": one.reading.quantity.name,
            "low": float(one.stated.low),
            "high": float(one.stated.high),
            "unit": one.reading.quantity.unit,
            "spelled": one.unit,
            "bound": one.stated.word,
            "given": {name: float(value) for name, value in one.given.items()},
            "choices": dict(one.choices),
            "scenario": one.scenario,
            "asOf": one.as_of,
            "say": one.reading.say,
        }
        for one in sentence.claims
    ]
