"""Which readings fit a sentence, and how much of it each accounts for."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from calc.book.sentence_grammar import Grammar, Reading
from calc.book.sentence_parts import Amount, Scanned
from calc.model.scenario_file import scenario_names
from calc.model.series import series_names

__all__ = ["BOUNDS", "SHORT", "SUBJECTS", "TELLING", "Fit", "Names", "fits", "idle", "known_scenarios", "names_in"]

_NAMES = ("model", "accelerator", "server", "place", "price", "run", "service", "owner", "site")
TELLING = ("tag", *_NAMES)  # kinds of words that say what a sentence is about
BOUNDS = frozenset({
    "chips", "it", "site", "onsite", "plant", "both", "withdrawn", "embodied", "marginal", "direct", "contract",
    "average", "rated", "measured", "announced", "seen", "permitted", "active",
})  # fmt: skip
SHORT = {"usa": "us", "chn": "china", "eu27": "eu", "irl": "ireland"}
SUBJECTS = {
    "prompt": "prompt", "image": "prompt", "video": "prompt", "token": "token", "gpu": "GPU", "server": "server",
    "household": "household",
}  # fmt: skip
_OWN_NAMES = ("place", "accelerator")  # of which a scenario may be
_GROUPS = ("gpu", "server")
_SINGLE = (*_GROUPS, "energy", "gputime")  # of which only one counts: what is of a hundred is held against a hundred
_MEANT = {"gpu": {"gpu", "accelerator"}, "server": {"server", "rack"}, "household": {"home"}}
_AMOUNT, _TAG, _BOUNDARY = 4, 2, 3  # how much of a sentence each accounts for
_A_YEAR = "year"
_NAME_LIKE = re.compile(r"[A-Z0-9]")  # a name that nobody has read: another model, perhaps


@dataclass(frozen=True)
class Fit:
    """A reading that fits, what it takes of the sentence, and how much of it that accounts for."""

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
    stated: bool
    score: int


@dataclass(frozen=True)
class Names:
    """What the words of a sentence say: tags, names by kind, a period, and where the first verb stands."""

    tags: frozenset[str]
    named: Mapping[str, str]
    every: str
    verb: int


def names_in(found: Scanned) -> Names:
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
    return Names(frozenset(tags), named, every, verb)


def fits(found: Scanned, rules: Grammar) -> list[Fit]:
    """Every reading that fits a sentence, with each of its amounts that may be what is claimed."""
    names = names_in(found)
    behind = [one for one in found.amounts if one.start > names.verb]
    found_all = []
    for reading in rules.readings:
        for amount in found.amounts:
            if amount.kind == reading.kind and (fit := _fit(reading, amount, found, names)):
                first = amount in behind or not behind
                found_all.append(fit if first else replace(fit, score=fit.score - _AMOUNT))
    return found_all


def _fit(reading: Reading, amount: Amount, found: Scanned, names: Names) -> Fit | None:
    """How a reading fits, where it does, with one of the amounts as what is claimed."""
    if not all(names.tags & set(wanted.split(" | ")) for wanted in reading.all):
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
        name = reading.given.get("/".join([other.kind, *(unit.kind for unit, _ in other.per)]))
        if other.kind in _GROUPS and max(other.values) <= 1:
            continue
        if name and other is not amount and other not in used and name not in given:
            given[name] = other
    if any(reading.given[kind] not in given for kind in reading.needs):
        return None
    known = {kind for kind in _OWN_NAMES if names.named.get(kind) in reading.uses}
    scenario = "" if names.tags & set(reading.not_of) - known else _scenario(reading, names)
    if scenario is None:
        return None
    used = (amount, *used, *given.values())
    run = names.named.get(reading.by)  # which has its own model
    choices = {
        kind: one for kind, one in names.named.items() if kind in reading.choices and not (run and kind == "model")
    }
    as_of = str(year) if reading.dated and year else ""
    score = _score(reading, names, len(used), len(found.amounts), choices) - (not scenario)
    stated = not reading.boundary or bool(names.tags & set(reading.boundary))
    return Fit(
        reading, amount, used, divisor, per, tuple(given.items()), period, choices, scenario, as_of, stated, score
    )


def _counted(
    reading: Reading, amount: Amount, found: Scanned, names: Names, year: int
) -> tuple[tuple[Fraction, Fraction], tuple[str, ...], str, tuple[Amount, ...]] | None:
    """By what an amount is counted: how many of it, in which units, the period, and what else was used up for it."""
    low, high, units, period, used = Fraction(1), Fraction(1), list[str](), "", list[Amount]()
    left, plain = list(amount.per), [one for one in found.amounts if one is not amount and not one.per]
    for kind in reading.per:
        if met := next((one for one in left if one[0].kind == kind), None):
            left.remove(met)
            unit, low, high = met[0].unit, low * met[1], high * met[1]
        elif other := next((one for one in plain if one.kind == kind), None):
            ends = other.values
            if min(ends) <= 0 or (kind in _SINGLE and max(ends) != 1):
                return None
            unit, low, high = other.unit.unit if other.unit else "1", low * min(ends), high * max(ends)
            used.append(other)
        elif kind == "time":
            unit = names.every or (_A_YEAR if year else "")
        else:
            unit = SUBJECTS.get(kind, "") if names.tags & _MEANT.get(kind, {kind}) else ""
        if not unit:
            return None
        if kind == "time" and reading.period:
            period = unit
        else:
            units.append(unit)
    left = [one for one in left if one[0].kind not in reading.per_too]
    if left or low <= 0:
        return None
    extra = [SUBJECTS[kind] for kind in reading.per_too if kind in SUBJECTS]
    return (low, high), (*units, *extra), period, tuple(used)


def _scenario(reading: Reading, names: Names) -> str | None:
    """The scenario of a reading; empty where the book has none of what is named, None where nothing is named."""
    if "{" in reading.scenario:
        kind = reading.scenario.partition("{")[2].partition("}")[0]
        name = reading.scenario.replace(f"{{{kind}}}", SHORT.get(names.named.get(kind, ""), names.named.get(kind, "")))
        return None if kind not in names.named else name if name in known_scenarios() else ""
    if reading.by and (named := names.named.get(reading.by)):
        if not reading.named:
            return named
        name = reading.named.replace(f"{{{reading.by}}}", SHORT.get(named, named))
        return name if name in known_scenarios() else ""
    return reading.scenario


@functools.cache
def known_scenarios() -> frozenset[str]:
    """The ids of scenarios and of series, each of which stands for one."""
    return frozenset((*scenario_names(), *series_names()))


def _score(reading: Reading, names: Names, used: int, amounts: int, choices: Mapping[str, str]) -> int:
    """How much of a sentence a reading accounts for, less what it does not."""
    own = {part for wanted in reading.all for part in wanted.split(" | ")}
    own |= {*reading.uses, *reading.boundary, *choices, reading.by, *reading.given, *reading.per}
    own |= {names.named.get("place", "")} if "place" in own else set()
    met = names.tags & own
    bounds = names.tags & BOUNDS
    score = _AMOUNT * (2 * used - amounts) + _TAG * sum(1 for one in reading.all if names.tags & set(one.split(" | ")))
    score += len(met) - len(names.tags - own) + (_BOUNDARY if names.tags & set(reading.boundary) else 0)
    return score - _BOUNDARY * len(bounds - own)


def idle(found: Scanned, readings: Sequence[Reading]) -> tuple[str, ...]:
    """The names in a sentence that none of its readings makes use of."""
    used = {kind for one in readings for kind in _kinds(one)}
    said: dict[str, None] = {}
    for word in found.words:
        kinds = {kind for kind, _ in word.said if kind in _NAMES}
        if kinds and not kinds & used:
            said[found.text[word.start : word.end]] = None
    return tuple(said)


def _kinds(reading: Reading) -> set[str]:
    """The kinds of names that a reading makes use of."""
    of = {part for wanted in reading.all for part in wanted.split(" | ")}
    return (
        of
        | {*reading.uses, *reading.choices, reading.by, *reading.not_of}
        | set(re.findall(r"{(\w+)}", reading.scenario))
    )
