"""What the articles say, held against derivations, inputs and published figures.

``data/claims.toml`` has one table a claim. ``value`` is the figure as the article states it::

    value = "43.9 GWh"                     # to the digits stated
    value = "about 50_000 person"          # the article itself says that it is rounded
    value = "3 to 6 kW/server"             # a range
    value = "more than 2.5e9 prompt/day"   # a bound; also over, at least, up to, at most, under

``against`` is what it is held against: a reference, as in the book's prose, or a published figure with its source.
Without it, the claim is held against nothing::

    against = "training-energy; server_power=(server_power; low)"
    against = "server_power; high"
    against = { figure = "6.7 to 12 %", source = "shehabi2024lbnl", locator = "Executive summary" }

The verdict is stated in the file too, and must be the one that follows from the numbers (`Claim.follows`):

1. Held against nothing: *unsourced*.
2. Off by more than half a unit in the last digit stated: *contradicted*, unless the article marks its figure as
   approximate and it is off by no more than `calc.book.stated.ROUGHLY`: then *rounded*. A range agrees with a value
   that lies in it, and with a range whose ends round to its own; a bound agrees with what lies on its side.
3. Agreeing, with a second figure given as ``with``, counted more fully or in another way that the article leaves
   open, from which the stated one is off: *incomplete*.
4. Agreeing otherwise: *reproduced*.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from calc.base.errors import UnknownNameError, nearest
from calc.base.quantities import Quantity
from calc.base.toml_tables import Key, Table, packaged_text, read
from calc.book.lookup import refer
from calc.book.stated import Stated, read_stated
from calc.model.registry import all_formulas
from calc.model.scenario import DEFAULT
from calc.model.scenario_file import scenario
from calc.model.source_keys import check_source

__all__ = ["VERDICTS", "Claim", "Held", "all_claims", "claim", "read_claims"]

VERDICTS = MappingProxyType(
    {
        "reproduced": "what it is held against gives the stated figure, to its digits",
        "rounded": "it is off by a twentieth at most, and the article says that it is approximate",
        "contradicted": "what it is held against gives another figure",
        "incomplete": "it follows counted in one way, and not counted in another that the article leaves open",
        "unsourced": "nothing that the book could find gives the figure",
    }
)
_FIGURE: Mapping[str, Key] = {key: Key(needed=True) for key in ("figure", "source", "locator")}
_HELD = Key("text or table", of=_FIGURE, words=f"a reference or a table with {', '.join(_FIGURE)}")
_KEYS: Mapping[str, Key] = {
    "id": Key(needed=True),
    "source": Key(needed=True),
    "locator": Key(needed=True),
    "says": Key(needed=True),
    "quote": Key(needed=True),
    "value": Key(needed=True),
    "against": _HELD,
    "with": _HELD,
    "verdict": Key(needed=True, choices=tuple(VERDICTS)),
    "why": Key(needed=True),
}
_FILE: Mapping[str, Key] = {"claim": Key("tables", needed=True, of=_KEYS, unique=True)}
_LONGEST_QUOTE = 14  # words


@dataclass(frozen=True)
class Held:
    """What a claim is held against.

    Attributes
    ----------
    low, high : its ends, equal for a value, in the unit of `quantity`.
    quantity : what it is a value of.
    reference : the text that names it, for the role ``value``; empty for a published figure.
    formula : the id of the formula that it is derived by; empty for an input and for a published figure.
    text : as the book prints it.
    source, locator : of a published figure; empty otherwise.
    """

    low: Fraction
    high: Fraction
    quantity: Quantity
    reference: str
    formula: str
    text: str
    source: str
    locator: str


@dataclass(frozen=True)
class Claim:
    """One figure of an article, and what it is held against.

    Attributes
    ----------
    id : hyphenated noun.
    source, locator : key in references.bib, and the article's section; several are parted by semicolons.
    says : what the article says, in the book's words.
    quote : the figure in the article's words, a few of them.
    stated : the figure, in the unit of what it is held against.
    against : what it is held against, if anything.
    fuller : the figure that another way of counting gives, for `incomplete`; ``with`` in the file.
    verdict : one of `VERDICTS`.
    why : why they differ, in MyST.
    """

    id: str
    source: str
    locator: str
    says: str
    quote: str
    stated: Stated
    against: Held | None
    fuller: Held | None
    verdict: str
    why: str

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of the article that state it.

        Examples
        --------
        >>> claim("server-power").sections[1]
        'GPT-4 training energy demand'
        """
        return tuple(self.locator.split("; "))

    @property
    def found(self) -> str:
        """The verdict that follows from the numbers.

        Examples
        --------
        >>> claim("gpu-power").found
        'incomplete'
        """
        if self.against is None:
            return "unsourced"
        ends = self.against.low, self.against.high
        if not self.stated.agrees(*ends, roughly=True):
            return "contradicted"
        if self.fuller is not None and not self.stated.agrees(self.fuller.low, self.fuller.high, roughly=True):
            return "incomplete"
        return "reproduced" if self.stated.agrees(*ends) else "rounded"

    @property
    def follows(self) -> bool:
        """Whether the verdict in the file is the one that follows from the numbers."""
        return self.verdict == self.found

    @property
    def difference(self) -> Fraction | None:
        """Stated over what it is held against, less one; None where it is held against nothing.

        Examples
        --------
        >>> float(claim("matmul-product").difference)
        0.25
        """
        return None if self.against is None else self.stated.off(self.against.low, self.against.high)


@functools.cache
def all_claims() -> tuple[Claim, ...]:
    """Every claim, in the order of the file.

    Raises
    ------
    DataError : the file is wrong; names line, claim and key.
    """
    return read_claims(packaged_text("claims.toml"))


def read_claims(text: str) -> tuple[Claim, ...]:
    """Read claims from TOML.

    Raises
    ------
    DataError : naming line, claim and key.
    """
    return tuple(_read(table) for table in read(text, "claims.toml", _FILE)["claim"])


def claim(name: str) -> Claim:
    """Look a claim up.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

    Examples
    --------
    >>> claim("matmul-product").verdict
    'contradicted'
    """
    names = {c.id: c for c in all_claims()}
    if name not in names:
        raise UnknownNameError(f"{name!r} is not a claim{nearest(name, names)}")
    return names[name]


def _read(table: Table) -> Claim:
    verdict, source = table["verdict"], table.text("source")
    if ("with" in table) != (verdict == "incomplete"):
        needs = "needs" if verdict == "incomplete" else "takes no"
        raise table.wrong(f"the verdict {verdict!r} {needs} `with`, the figure that another counting gives", "verdict")
    if len(table["quote"].split()) > _LONGEST_QUOTE:
        raise table.wrong(f"the quote is longer than {_LONGEST_QUOTE} words", "quote")
    with table.blamed("source"):
        check_source(source)
    against, fuller = _held(table, "against"), _held(table, "with")
    with table.blamed("value"):
        stated = read_stated(table["value"], against.quantity if against else None)
    # A second figure must be one of the same kind, in the same unit, so that the two can be compared.
    if fuller is not None and fuller.quantity.parsed_unit != stated.quantity.parsed_unit:
        both = f"with is in {fuller.quantity.unit}, and against in {stated.quantity.unit}"
        raise table.wrong(f"{both}; give both in the same unit", "with")
    _not_itself(against, table)
    return Claim(
        table["id"], source, table["locator"], table["says"], table["quote"], stated, against, fuller, verdict,
        table.text("why"),
    )  # fmt: skip


def _held(table: Table, key: str) -> Held | None:
    """What a claim is held against, or counted otherwise; None where the key is left out."""
    given = table.get(key)
    if given is None:
        return None
    if isinstance(given, Table):
        with given.blamed("source"):
            source = check_source(given.text("source"))
        with given.blamed("figure"):
            figure = read_stated(given["figure"])
        found = Held(figure.low, figure.high, figure.quantity, "", "", figure.text, source, given["locator"])
    else:
        name = given.partition(";")[0].strip()
        formula = name if name in {formula.id for formula in all_formulas()} else ""
        reference = given + ("" if not formula or "digits" in given else "; digits 4")
        with table.blamed(key):
            value = refer(reference)
        found = Held(value.low, value.high, value.quantity, reference, formula, value.text, "", "")
    if not (found.low and found.high):
        raise table.wrong(f"{key} is {found.text}; from 0 nothing differs by a share", key)
    return found


def _not_itself(against: Held | None, table: Table) -> None:
    """Refuse an article held against itself: an input that was taken from it proves nothing."""
    if against is None or against.formula:
        return
    source = table["source"]
    if source == (against.source or _source_of(against.reference)):
        raise table.wrong(f"it is held against a figure of {source} itself; name another source, or none", "against")


def _source_of(reference: str) -> str:
    """The source of the input that a reference names; nothing for one end of its range, which comes from elsewhere."""
    name, *settings = [part.strip() for part in reference.split(";")]
    if {"low", "high"} & set(settings):
        return ""
    base = next((part.removeprefix("scenario ") for part in settings if part.startswith("scenario ")), DEFAULT)
    return scenario(base)[name].source or ""
