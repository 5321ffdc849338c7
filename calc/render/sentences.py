"""The grammar of sentences as data for ``_static/claim.js``, which reads them as `calc.book.sentences` does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from calc.base.limits import SENTENCE
from calc.base.quantities import quantity
from calc.base.units import parse_unit
from calc.book.sentence_fits import BOUNDS, SHORT, SUBJECTS, known_scenarios
from calc.book.sentence_grammar import FILLERS, Grammar, Reading, grammar
from calc.book.sentence_parts import REFUSED
from calc.book.sentence_text import HIGHEST_POWER, LONGEST_WORD, MOST_DIGITS
from calc.render.claim import ASKED, UNREAD
from calc.render.javascript import safe_json

__all__ = ["browser_grammar", "claim_script"]

_ENTRIES = ("model", "accelerator", "server", "place")  # kinds of the catalogue that are known by their ids
_PARTED = "|"  # stands in no spelling
_FIELDS = (
    "id", "kind", "derived", "result", "own", "unit", "scenario", "named", "by", "say", "period", "dated", "since",
    "until", "given", "default", "per", "per_too", "all", "not_of", "uses", "boundary", "choices", "needs",
)  # fmt: skip
_LISTS = ("per", "per_too", "all", "not_of", "uses", "boundary", "choices", "needs")


def claim_script() -> str:
    """The script that hands the grammar to the pages, one line: ``window.bookClaims = {…};``.

    Examples
    --------
    >>> claim_script()[:22], len(claim_script()) < 60_000
    ('window.bookClaims = {"', True)
    """
    return f"window.bookClaims = {safe_json(browser_grammar())};\n"


def browser_grammar() -> dict[str, Any]:
    """Words, units, names and readings, spellings of one meaning in one text; factors are of base units.

    Examples
    --------
    >>> sorted(browser_grammar())[:4]
    ['ambiguous', 'asked', 'bounds', 'catalogue']
    """
    rules = grammar()
    return {
        "most": {"sentence": SENTENCE, "word": LONGEST_WORD, "digits": MOST_DIGITS, "power": HIGHEST_POWER},
        "refused": dict(REFUSED),
        "asked": ASKED,
        "unreadWords": UNREAD,
        "fillers": FILLERS,
        "numbers": dict(rules.numbers),
        "sizes": dict(rules.sizes),
        "letters": dict(rules.letters),
        "ambiguous": dict(rules.ambiguous),
        "per": list(rules.per),
        "perKinds": list(rules.per_kinds),
        "one": list(rules.one),
        "oneKinds": list(rules.one_kinds),
        "units": _units(rules),
        "words": _words(rules),
        "fields": list(_FIELDS),
        "readings": [_reading(one) for one in rules.readings],
        "given": _given(rules),
        "scenarios": _scenarios(rules),
        "catalogue": list(_ENTRIES),
        "bounds": sorted(BOUNDS),
        "short": dict(SHORT),
        "subjects": dict(SUBJECTS),
    }


def _units(rules: Grammar) -> list[list[Any]]:
    """Of each unit its kind, how the book spells it, how many of it, its factor, and how people write it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for spelling, said in rules.units.items():
        found.setdefault((said.kind, said.unit, str(said.times)), []).append(spelling)
    return [
        [kind, unit, float(rules.units[spellings[0]].times), float(parse_unit(unit).factor), _PARTED.join(spellings)]
        for (kind, unit, _), spellings in found.items()
    ]


def _words(rules: Grammar) -> list[list[Any]]:
    """What words say, and all that say the same; names are spelt with hyphens only, and blanks do for them."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for spelling, said in rules.words.items():
        hyphened = spelling.replace(" ", "-")
        if hyphened != spelling and "-" not in spelling and rules.words.get(hyphened) == said:
            continue  # the script makes the blanks of it
        if len(said) == 1 and said[0][0] in _ENTRIES and said[0][1] == spelling:
            found.setdefault(said, [])  # the script spells an entry's id itself
            continue
        found.setdefault(said, []).append(spelling)
    return [[_PARTED.join(":".join(one) for one in said), _PARTED.join(spelt)] for said, spelt in found.items()]


def _reading(one: Reading) -> list[Any]:
    """Its fields in the order of `_FIELDS`; 0 where it has nothing."""
    made: dict[str, Any] = {
        "id": one.id, "kind": one.kind, "derived": int(bool(one.formula)), "result": one.quantity.name,
        "own": float(one.quantity.parsed_unit.factor),
        "unit": one.quantity.unit, "scenario": one.scenario, "named": one.named, "by": one.by,
        "say": one.say, "period": one.period, "dated": int(one.dated), "since": one.since,
        "until": one.until if one.until < 9999 else 0, "given": dict(one.given), "default": dict(one.default),
    }  # fmt: skip
    made |= {key: _PARTED.join(getattr(one, key)).replace(" | ", "/") for key in _LISTS}
    if one.quantity.name == one.id.replace("-", "_"):
        del made["result"]
    return [made.get(key) or 0 for key in _FIELDS]


def _given(rules: Grammar) -> Mapping[str, float]:
    """The factors of the inputs that sentences give."""
    names = {name for one in rules.readings for name in (*one.given.values(), one.period) if name}
    return {name: float(quantity(name).parsed_unit.factor) for name in sorted(names)}


def _scenarios(rules: Grammar) -> list[str]:
    """The scenarios that a name may call for, of those that are there."""
    patterns = [text for one in rules.readings for text in (one.scenario, one.named) if "{" in text]
    wanted = [re.compile(re.escape(text).replace(r"\{", "{").replace(r"\}", "}")) for text in patterns]
    names = {said for said_all in rules.words.values() for _, said in said_all}
    short = {*names, *SHORT.values()}
    made = {re.sub(r"\{\w+\}", name, one.pattern.replace("\\", "")) for one in wanted for name in short}
    return sorted(made & known_scenarios())
