"""The words, units, names and readings by which a sentence with a claim is understood, as plain data.

They stand in ``data/sentences.toml`` and ``data/readings.toml``; names of models, accelerators, servers and places are the
catalogue's. The same data is handed to the pages (`calc.render.sentences`), so that a browser reads as Python does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.errors import DataError
from calc.base.quantities import Quantity, quantity
from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, Table, read
from calc.base.units import parse_unit, parse_value
from calc.model.catalogue import entries
from calc.model.registry import formula_by_id

__all__ = ["FILLERS", "Grammar", "Reading", "UnitSaid", "grammar"]

FILLERS = 3  # words between a number and what it counts: 100,000 Nvidia H100 GPUs
_TEXTS = Key("table", of={ANY: Key("texts", needed=True)})
_WORDS = Key("table", of={"words": Key("texts", needed=True), "kinds": Key("texts")})
_FILE = {
    **dict.fromkeys(("numbers", "ambiguous", "every"), Key("table", of={ANY: Key(needed=True)})),
    **dict.fromkeys(("sizes", "letters"), Key("table", of={ANY: Key("whole number", needed=True)})),
    **dict.fromkeys(("units", "names"), Key("table", of={ANY: _TEXTS})),
    **dict.fromkeys(("hedges", "tags"), _TEXTS),
    **dict.fromkeys(("per", "verbs", "ignored"), _WORDS),
}
_READING = {
    "id": Key(needed=True),
    "kind": Key(needed=True),
    **dict.fromkeys(("quantity", "by", "say", "period", "named"), Key()),
    "scenario": Key(needed=True),
    **dict.fromkeys(("per", "per_too", "all", "none", "uses", "boundary", "choices", "needs", "earlier"), Key("texts")),
    **dict.fromkeys(("given", "default"), Key("table", of={ANY: Key(needed=True)})),
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
    none: tuple[str, ...]
    uses: tuple[str, ...]
    boundary: tuple[str, ...]
    choices: tuple[str, ...]
    needs: tuple[str, ...]
    earlier: tuple[str, ...]
    given: Mapping[str, str]
    default: Mapping[str, str]
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
    file = read(packaged_text("sentences.toml"), "sentences.toml", _FILE)
    units = dict(_units(file["units"]))
    words: dict[str, list[tuple[str, str]]] = {}
    for spelling, kind, said in (*_said(file), *_named(file["names"])):
        if (kind, said) not in words.setdefault(spelling, []):
            words[spelling].append((kind, said))
    for spelling in [one for one in words if "-" in one]:  # a hyphen may be left out
        words.setdefault(spelling.replace("-", " "), words[spelling])
    return Grammar(
        file["numbers"], file["sizes"], file["letters"], units, file["ambiguous"],
        tuple(file["per"]["words"]), tuple(file["per"]["kinds"]),
        {spelling: tuple(said) for spelling, said in words.items()}, _readings(),
    )  # fmt: skip


def _units(kinds: Table) -> Iterator[tuple[str, UnitSaid]]:
    for kind, units in kinds.items():
        for unit, spellings in units.items():
            times, parsed = parse_value(unit) if re.match(r"\d", unit) else (Fraction(1), parse_unit(unit))
            said = UnitSaid(kind, parsed.text if parsed else "1", times)
            yield from ((spelling, said) for spelling in spellings)


def _said(file: Table) -> Iterator[tuple[str, str, str]]:
    """The words that are no names: spelling, what kind it is, what it says."""
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
    for kind in ("model", "accelerator", "server", "place"):
        for entry in entries(kind):
            title = entry.title.partition(" (")[0].lower()
            short = title.removeprefix("nvidia ").removeprefix("google ").removeprefix("instinct ")
            said = [title, short, *entry.aliases] + ([] if kind == "place" and len(entry.id) < 4 else [entry.id])
            spelt = {form for one in said for form in (one, one.replace("-", " "), one.replace(" ", "-"))}
            yield from ((spelling, kind, entry.id) for spelling in sorted(spelt))


@functools.cache
def _readings() -> tuple[Reading, ...]:
    file = read(packaged_text("readings.toml"), "readings.toml", {"reading": Key("tables", needed=True, of=_READING)})
    return tuple(_reading(table) for table in file["reading"])


def _reading(table: Table) -> Reading:
    with table.blamed("id"):
        formula = "" if "quantity" in table else formula_by_id(table["id"]).id
        result = quantity(table["quantity"]) if not formula else formula_by_id(formula).result
    given = dict(table.get("given", {}))
    for name in (*given.values(), *filter(None, [table.text("period")])):
        with table.blamed("given"):
            quantity(name)
    if set(table.get("needs", ())) - set(given):
        raise DataError(f"readings.toml: {table['id']} needs what it does not take in `given`")
    lists = ("per", "per_too", "all", "none", "uses", "boundary", "choices", "needs", "earlier")
    return Reading(
        table["id"], table["kind"], formula, result, table["scenario"],
        *(table.text(key) for key in ("named", "by", "say", "period")),
        *(tuple(table.get(key, ())) for key in lists), given, dict(table.get("default", {})), bool(table.get("dated")),
        int(table.get("since") or 0), int(table.get("until") or 9999),
    )  # fmt: skip
