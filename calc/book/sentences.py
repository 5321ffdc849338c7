"""Sentences with a claim in them: what they claim of what, with what given, and what is left to ask.

``read_sentence("100,000 H100 draw 150 MW at the site")`` finds the power of a site, with GPUs and accelerator given. Where
two readings account for as much of a sentence, it is not guessed: `Sentence.ask` has them, and the words that decide.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from calc.base.errors import DataError, UnknownNameError, nearest
from calc.base.quantities import Quantity, quantity
from calc.base.units import parse_unit
from calc.book.sentence_grammar import Grammar, Reading, grammar
from calc.book.sentence_words import Amount, Scanned, scan
from calc.book.stated import Stated, half_a_unit
from calc.model.scenario_file import scenario_names
from calc.model.series import series_names

__all__ = ["BOUNDS", "SHORT", "SUBJECTS", "Claimed", "Sentence", "data", "known_scenarios", "read_sentence"]

_NAMES = ("model", "accelerator", "server", "place", "price", "run", "service", "owner", "site")
BOUNDS = frozenset({"chips", "it", "site", "onsite", "plant", "both", "withdrawn", "embodied", "marginal", "direct",
                     "contract", "average", "rated", "measured", "announced", "seen", "permitted", "active"})  # fmt: skip
_AMOUNT, _TAG, _BOUNDARY = 4, 2, 3  # how much of a sentence each accounts for
_A_YEAR = "year"
_NAME_LIKE = re.compile(r"[A-Z0-9]")  # a name that nobody has read: another model, perhaps


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
    scenario : the scenario that it is held against.
    as_of : the year whose value it is held against, or nothing.
    taken : the kinds of those choices that the sentence does not name.
    """

    reading: Reading
    stated: Stated
    unit: str
    given: Mapping[str, Fraction]
    choices: Mapping[str, str]
    scenario: str
    as_of: str
    taken: tuple[str, ...] = ()


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
    """Read a sentence.

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
    ('facility-power', '150\\xa0MW', {'accelerator': 'h100-sxm'})
    >>> [one.reading.say for one in read_sentence("a prompt uses 2.9 Wh").ask]
    ['at the site', 'at the servers', 'in the GPUs']
    """
    rules = grammar()
    found = scan(text, rules)
    fits = _fits(found, rules)
    if not fits:
        raise _nothing(found, rules)
    if choose:
        chosen = [one for one in fits if one.reading.id == choose]
        if not chosen:
            known = list(dict.fromkeys(one.reading.id for one in fits))
            accepted = ", ".join(known)
            raise UnknownNameError(f"{choose!r} does not fit this sentence; accepted: {accepted}{nearest(choose, known)}")
        fits = chosen
    best = max(one.score for one in fits)
    top: dict[str, _Fit] = {}
    for one in fits:
        if one.score == best:
            top.setdefault(one.reading.id, one)
    claims = tuple(_claimed(one) for one in top.values())
    left = [found.text[one.start : one.end] for one in found.amounts if all(one not in fit.used for fit in top.values())]
    return Sentence(found.text, claims, (*found.unread, *left))


@dataclass(frozen=True)
class _Fit:
    reading: Reading
    amount: Amount
    used: tuple[Amount, ...]
    divisor: tuple[Fraction, Fraction]
    per: tuple[str, ...]
    given: tuple[tuple[str, Amount], ...]
    period: str
    choices: Mapping[str, str]
    scenario: str
    as_of: str
    score: int


@dataclass(frozen=True)
class _Names:
    tags: frozenset[str]
    named: Mapping[str, str]
    every: str
    verb: int


def _names(found: Scanned) -> _Names:
    tags: dict[str, None] = {}
    named: dict[str, str] = {}
    every, verb = "", -1
    for word in found.words:
        for kind, said in word.said:
            if kind == "tag":
                tags[said] = None
            elif kind in _NAMES:
                named.setdefault(kind, said)
                tags["named_site" if kind == "site" else kind] = None
            elif kind == "every":
                every = said
            elif kind == "verb" and verb < 0:
                verb = word.start
    if "place" in named:
        tags[named["place"]] = None
    if any(_NAME_LIKE.search(word) for word in found.unread):
        tags["name"] = None
    return _Names(frozenset(tags), named, every, verb)


def _fits(found: Scanned, rules: Grammar) -> list[_Fit]:
    names = _names(found)
    behind = [one for one in found.amounts if one.start > names.verb]
    fits = []
    for reading in rules.readings:
        for amount in found.amounts:
            if amount.kind == reading.kind and (fit := _fit(reading, amount, found, names)):
                first = amount in behind or not any(one.kind == reading.kind for one in behind)
                fits.append(fit if first else replace(fit, score=fit.score - _AMOUNT))
    return fits


def _fit(reading: Reading, amount: Amount, found: Scanned, names: _Names) -> _Fit | None:
    """How a reading fits, where it does, with one of the amounts as what is claimed."""
    if not all(names.tags & set(wanted.split(" | ")) for wanted in reading.all):
        return None
    if names.tags & set(reading.none):
        return None
    year = max(found.years, default=0)
    if year and not reading.since <= year <= reading.until:
        return None
    if reading.since and not year and "future" not in names.tags:
        return None
    counted = _counted(reading, amount, found, names, year)
    if counted is None:
        return None
    divisor, per, period, used = counted
    given = {}
    for other in found.amounts:
        name = reading.given.get(other.kind)
        if other.kind in _GROUPS and max(other.values) <= 1:
            continue
        if name and other is not amount and other not in used and name not in given and not other.per:
            given[name] = other
    if any(reading.given[kind] not in given for kind in reading.needs):
        return None
    scenario = _scenario(reading, names)
    if scenario is None:
        return None
    used = (amount, *used, *given.values())
    choices = {kind: one for kind, one in names.named.items() if kind in reading.choices}
    as_of = str(year) if reading.dated and year else ""
    score = _score(reading, names, len(used), len(found.amounts), {**choices})
    return _Fit(reading, amount, used, divisor, per, tuple(given.items()), period, choices, scenario, as_of, score)


def _counted(
    reading: Reading, amount: Amount, found: Scanned, names: _Names, year: int
) -> tuple[tuple[Fraction, Fraction], tuple[str, ...], str, tuple[Amount, ...]] | None:
    """By what an amount is counted: how many of it, in which units, the period, and what else was used up for it."""
    low, high, units, period, used = Fraction(1), Fraction(1), list[str](), "", list[Amount]()
    left = list(amount.per)
    for kind in reading.per:
        if met := next((one for one in left if one[0].kind == kind), None):
            left.remove(met)
            unit, low, high = met[0].unit, low * met[1], high * met[1]
        elif other := next((one for one in found.amounts if one is not amount and one.kind == kind and not one.per), None):
            ends = other.values
            if min(ends) <= 0 or (kind in _GROUPS and max(ends) != 1):
                return None  # a hundred GPUs are held against a hundred
            unit, low, high = other.unit.unit if other.unit else "1", low * min(ends), high * max(ends)
            used.append(other)
        elif kind == "time":
            unit = names.every or (_A_YEAR if year else "")
        else:
            unit = SUBJECTS[kind] if names.tags & _MEANT.get(kind, {kind}) else ""
        if not unit:
            return None
        if kind == "time" and reading.period:
            period = unit
        else:
            units.append(unit)
    left = [one for one in left if one[0].kind not in reading.per_too]
    if left or low <= 0:
        return None
    extra = [SUBJECTS[kind] for kind in reading.per_too]
    return (low, high), (*units, *extra), period, tuple(used)


SUBJECTS = {"prompt": "prompt", "image": "prompt", "video": "prompt", "token": "token", "gpu": "GPU", "server": "server",
            "household": "household"}  # fmt: skip
_GROUPS = ("gpu", "server")
_MEANT = {"gpu": {"gpu", "accelerator"}, "server": {"server"}, "household": {"home"}}


def _scenario(reading: Reading, names: _Names) -> str | None:
    """The scenario that a reading is held against; None where what a name calls for is not there."""
    if "{" in reading.scenario:
        kind = reading.scenario.partition("{")[2].partition("}")[0]
        name = reading.scenario.replace(f"{{{kind}}}", SHORT.get(names.named.get(kind, ""), names.named.get(kind, "")))
        return name if name in known_scenarios() else None
    if reading.by and (named := names.named.get(reading.by)):
        if not reading.named:
            return named
        name = reading.named.replace(f"{{{reading.by}}}", SHORT.get(named, named))
        return name if name in known_scenarios() else None
    return reading.scenario


@functools.cache
def known_scenarios() -> frozenset[str]:
    """The ids of scenarios and of series, each of which stands for one."""
    return frozenset((*scenario_names(), *series_names()))


SHORT = {"usa": "us", "chn": "china", "eu27": "eu", "irl": "ireland"}


def _score(reading: Reading, names: _Names, used: int, amounts: int, choices: Mapping[str, str]) -> int:
    """How much of a sentence a reading accounts for, less what it does not."""
    own = {part for wanted in reading.all for part in wanted.split(" | ")}
    own |= {*reading.uses, *reading.boundary, *choices, reading.by, *reading.given, *reading.per}
    own |= {names.named.get("place", "")} if "place" in own else set()
    met = names.tags & own
    bounds = names.tags & BOUNDS
    score = _AMOUNT * (2 * used - amounts) + _TAG * sum(1 for one in reading.all if names.tags & set(one.split(" | ")))
    score += len(met) - len(names.tags - own) + (_BOUNDARY if names.tags & set(reading.boundary) else 0)
    return score - _BOUNDARY * len(bounds - own)


def _claimed(fit: _Fit) -> Claimed:
    q = fit.reading.quantity
    unit = fit.amount.unit
    spelled = "/".join([unit.unit if unit else "1", *fit.per])
    own = q.parsed_unit
    said = parse_unit(spelled)
    if said.dimensions != own.dimensions:
        raise DataError(f"{fit.reading.id} is in {q.unit}, and {spelled} was read")
    scale = said.factor * (unit.times if unit else 1) / own.factor
    ends = fit.amount.values
    fewest, most = fit.divisor
    low, high = min(ends) * scale / most, max(ends) * scale / fewest
    rough = fit.amount.hedge == "about"
    halves = [half_a_unit(f"{digits}e{fit.amount.power}" if "e" not in digits else digits, rough) * scale / most
              for digits in fit.amount.digits]  # fmt: skip
    given = {name: _own(quantity(name), amount) for name, amount in fit.given}
    if fit.period:
        period = quantity(fit.reading.period)
        given[period.name] = parse_unit(fit.period).factor / period.parsed_unit.factor
    shown = unit is None or unit.times == 1
    stated = Stated(fit.amount.hedge, low, high, (halves[0], halves[1]), q, spelled if shown else q.unit)
    choices = {**fit.reading.default, **fit.choices}
    taken = tuple(kind for kind in choices if kind not in fit.choices)
    return Claimed(fit.reading, stated, spelled, given, choices, fit.scenario, fit.as_of, taken)


def _own(q: Quantity, amount: Amount) -> Fraction:
    """An amount that is given, in the own unit of its input: the middle of a range."""
    low, high = amount.values
    factor = amount.unit.factor if amount.unit else Fraction(1)
    return (low + high) / 2 * factor / q.parsed_unit.factor


def _nothing(found: Scanned, rules: Grammar) -> DataError:
    """What was understood of a sentence in which nothing is claimed that the book has, what is missing, what is accepted."""
    names = _names(found)
    amounts = [found.text[one.start : one.end] for one in found.amounts]
    understood = ", ".join([*amounts, *sorted(names.tags - set(names.named.values()))]) or "nothing"
    kinds = {one.kind for one in found.amounts}
    near = [one for one in rules.readings if one.kind in kinds]
    if not found.amounts:
        missing = "a number with its unit"
        accepted = "a sentence such as 'a prompt uses 2.9 Wh' or '100,000 H100 draw 150 MW'"
    elif not near:
        missing = "a unit that the book counts in"
        accepted = "energy, power, water, CO2, dollars, FLOP, GPUs, tokens, prompts, homes"
    else:
        missing = f"what uses {amounts[0]}" if len(amounts) == 1 else "what the numbers are of"
        of = dict.fromkeys(one.quantity.meaning for one in near)
        accepted = "; ".join(list(of)[:6])
    return DataError(f"understood: {understood}; missing: {missing}; accepted: {accepted}")


def data(sentence: Sentence) -> list[dict[str, Any]]:
    """What a sentence claims, as plain data: the same that the pages' script yields."""
    return [
        {
            "id": one.reading.id,
            "formula": one.reading.formula,
            "result": one.reading.quantity.name,
            "low": float(one.stated.low),
            "high": float(one.stated.high),
            "unit": one.unit,
            "bound": one.stated.word,
            "given": {name: float(value) for name, value in one.given.items()},
            "choices": dict(one.choices),
            "scenario": one.scenario,
            "asOf": one.as_of,
            "say": one.reading.say,
        }
        for one in sentence.claims
    ]
