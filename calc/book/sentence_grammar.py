"""The words, units, names and readings by which a sentence with a claim is understood, as plain data.

They stand in ``data/sentences.toml`` and ``data/readings.toml``; names of models, accelerators, servers and places are
the catalogue's. The same data is handed to the pages (`calc.render.sentences`), so that a browser reads as Python does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.base.quantities import Quantity, quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, Table, read
from calc.base.units import parse_unit, parse_value
from calc.book.stated import WORDS
from calc.model.catalogue import entries
from calc.model.registry import formula_by_id
from calc.model.series import series_names

__all__ = ["FILLERS", "Grammar", "Reading", "UnitSaid", "grammar", "read_grammar", "read_readings"]

FILLERS = 3  # words between a number and what it counts: 100,000 Nvidia H100 GPUs
_TEXTS = Key("table", needed=True, of={ANY: Key("texts", needed=True)})
_WORDS = Key("table", needed=True, of={"words": Key("texts", needed=True), "kinds": Key("texts")})
_FILE = {
    **dict.fromkeys(("numbers", "ambiguous", "every"), Key("table", needed=True, of={ANY: Key(needed=True)})),
    **dict.fromkeys(("sizes", "letters"), Key("table", needed=True, of={ANY: Key("whole number", needed=True)})),
    **dict.fromkeys(("units", "names"), Key("table", needed=True, of={ANY: _TEXTS})),
    **dict.fromkeys(("hedges", "tags"), _TEXTS),
    **dict.fromkeys(("per", "one", "verbs", "ignored"), _WORDS),
}
_LISTS = ("per", "per_too", "all", "not_of", "uses", "boundary", "choices", "needs", "earlier")
_READING = {
    "id": Key(needed=True),
    "kind": Key(needed=True),
    **dict.fromkeys(("quantity", "by", "say", "period", "named"), Key()),
    "scenario": Key(needed=True),
    **dict.fromkeys(_LISTS, Key("texts")),
    **dict.fromkeys(("given", "default", "through"), Key("table", of={ANY: Key(needed=True)})),
    "dated": Key("true"),
    **dict.fromkeys(("since", "until"), Key("whole number")),
}
_NATIONS, _SITES = "nation", "site"


@dataclass(frozen=True)
class UnitSaid:
    """A unit as people say it.

    Attributes
    ----------
    kind : such as ``energy``, which a reading asks for.
    unit : as the book spells it.
    times : how many of it: a gallon is so many litres.
    """

    kind: str
    unit: str
    times: Fraction

    @property
    def factor(self) -> Fraction:
        """In base units."""
        return self.times * parse_unit(self.unit).factor


@dataclass(frozen=True)
class Reading:
    """What a sentence may be a claim of; ``data/readings.toml`` says what each attribute is."""

    id: str
    kind: str
    formula: str
    quantity: Quantity
    scenario: str
    named: str
    by: str
    say: str
    period: str
    per: tuple[str, ...]
    per_too: tuple[str, ...]
    all: tuple[str, ...]
    not_of: tuple[str, ...]
    uses: tuple[str, ...]
    boundary: tuple[str, ...]
    choices: tuple[str, ...]
    needs: tuple[str, ...]
    earlier: tuple[str, ...]
    given: Mapping[str, str]
    default: Mapping[str, str]
    through: Mapping[str, str]
    dated: bool
    since: int
    until: int


@dataclass(frozen=True)
class Grammar:
    """All of it, each by how people write it, in small letters but for symbols of units.

    Attributes
    ----------
    numbers, sizes, letters : words for numbers; powers of ten.
    units : by spelling.
    ambiguous : what may mean two units.
    per, per_kinds : what stands before a unit that something is counted by, and which kinds may stand there.
    one, one_kinds : what stands for one of a unit, and of which kinds.
    words : by spelling, what it says: pairs such as ``("tag", "prompt")``, ``("model", "deepseek-v3")``.
    readings : in the order of the file.
    """

    numbers: Mapping[str, str]
    sizes: Mapping[str, int]
    letters: Mapping[str, int]
    units: Mapping[str, UnitSaid]
    ambiguous: Mapping[str, str]
    per: tuple[str, ...]
    per_kinds: tuple[str, ...]
    one: tuple[str, ...]
    one_kinds: tuple[str, ...]
    words: Mapping[str, tuple[tuple[str, str], ...]]
    readings: tuple[Reading, ...]


@functools.cache
def grammar() -> Grammar:
    """The grammar of the two files and the catalogue.

    Raises
    ------
    DataError : one of the files is wrong; names line and key.

    Examples
    --------
    >>> g = grammar()
    >>> g.words["h100"], g.units["gallon"].unit
    ((('accelerator', 'h100-sxm'),), 'L')
    """
    return read_grammar(packaged_text("sentences.toml"), read_readings(packaged_text("readings.toml")))


def read_grammar(text: str, readings: tuple[Reading, ...] = ()) -> Grammar:
    """Read words, units and names from TOML; the catalogue's names come on top.

    Raises
    ------
    DataError : naming line and key.
    """
    file = read(text, "sentences.toml", _FILE)
    for number in file["numbers"]:
        if not re.fullmatch(r"[0-9.]*[0-9](e[0-9]{1,2})?", file["numbers"][number]):
            raise file["numbers"].wrong("write a number such as '0.5' or '1e6'", number)
    words: dict[str, list[tuple[str, str]]] = {}
    for spelling, kind, said in (*_said(file), *_named(file["names"])):
        if (kind, said) not in words.setdefault(spelling, []):
            words[spelling].append((kind, said))
    for spelling in [one for one in words if "-" in one]:  # a hyphen may be left out
        words.setdefault(spelling.replace("-", " "), words[spelling])
    return Grammar(
        file["numbers"], file["sizes"], file["letters"], dict(_units(file["units"])), file["ambiguous"],
        tuple(file["per"]["words"]), tuple(file["per"].get("kinds", ())),
        tuple(file["one"]["words"]), tuple(file["one"].get("kinds", ())),
        {spelling: tuple(said) for spelling, said in words.items()}, readings,
    )  # fmt: skip


def _units(kinds: Table) -> Iterator[tuple[str, UnitSaid]]:
    for kind, units in kinds.items():
        for unit, spellings in units.items():
            with units.blamed(unit):
                times, parsed = parse_value(unit) if re.match(r"\d", unit) else (Fraction(1), parse_unit(unit))
            said = UnitSaid(kind, parsed.text if parsed else "1", times)
            yield from ((spelling, said) for spelling in spellings)


def _said(file: Table) -> Iterator[tuple[str, str, str]]:
    """The words that are no names: spelling, what kind it is, what it says."""
    for hedge in file["hedges"]:
        if hedge not in WORDS:
            raise file["hedges"].wrong(f"{hedge!r} is none of {', '.join(WORDS)}", hedge)
    for unit in file["every"].values():
        with file.blamed("every"):
            parse_unit(unit)
    for kind, table in (("tag", "tags"), ("hedge", "hedges")):
        for said, spellings in file[table].items():
            yield from ((spelling, kind, said) for spelling in spellings)
    yield from ((spelling, "every", unit) for spelling, unit in file["every"].items())
    yield from ((spelling, "verb", "verb") for spelling in file["verbs"]["words"])
    yield from ((spelling, "ignored", "") for spelling in file["ignored"]["words"])


def _named(names: Table) -> Iterator[tuple[str, str, str]]:
    for kind, table in names.items():
        for one, spellings in table.items():
            yield from ((spelling, "place" if kind == _NATIONS else kind, one) for spelling in spellings)
    for one in series_names():
        site, _, what = one.rpartition("-")
        if what in ("announced", "permitted", "seen", "own", "metered"):
            yield site, _SITES, site
    for entry in entries("price"):
        if "output_price" in entry.inputs:
            name = entry.title.partition(",")[0].lower()
            yield from ((one, "price", entry.id) for one in (name, re.sub(r"([0-9])-([0-9])", r"\1.\2", name)))
    for kind in ("model", "accelerator", "server", "place"):
        for entry in entries(kind):
            title = entry.title.partition(" (")[0].lower()
            short = title.removeprefix("nvidia ").removeprefix("google ").removeprefix("instinct ")
            said = [title, short, *entry.aliases] + ([] if kind == "place" and len(entry.id) < 4 else [entry.id])
            spelt = {form for one in said for form in (one, one.replace("-", " "), one.replace(" ", "-"))}
            yield from ((spelling, kind, entry.id) for spelling in sorted(spelt))


def read_readings(text: str) -> tuple[Reading, ...]:
    """Read from TOML what a sentence may be a claim of.

    Raises
    ------
    DataError : naming line, reading and key.
    """
    file = read(text, "readings.toml", {"reading": Key("tables", needed=True, of=_READING)})
    return tuple(_reading(table) for table in file["reading"])


def _reading(table: Table) -> Reading:
    formula, given = "", dict(table.get("given", {}))
    with table.blamed("quantity" if "quantity" in table else "id"):
        if "quantity" in table:
            result = quantity(table["quantity"])
        else:
            formula, result = table["id"], formula_by_id(table["id"]).result
    with table.blamed("given"):
        for name in given.values():
            quantity(name)
    with table.blamed("through"):
        for name, one in table.get("through", {}).items():
            formula_by_id(one), quantity(name)
    if "period" in table:
        with table.blamed("period"):
            quantity(table["period"])
    if set(table.get("needs", ())) - set(given):
        raise table.wrong("it needs what it does not take in `given`", "needs")
    words: dict[str, Any] = {key: table.text(key) for key in ("scenario", "named", "by", "say", "period")}
    lists: dict[str, Any] = {key: tuple(table.get(key, ())) for key in _LISTS}
    return Reading(
        id=table["id"], kind=table["kind"], formula=formula, quantity=result, given=given,
        default=dict(table.get("default", {})), through=dict(table.get("through", {})),
        dated=bool(table.get("dated")), since=int(table.get("since") or 0), until=int(table.get("until") or 9999),
        **words, **lists,
    )  # fmt: skip
