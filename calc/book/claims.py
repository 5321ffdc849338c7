"""What the articles say, held against derivations, inputs and published figures.

``data/claims.toml`` has one table a claim. ``value`` is the figure as the article states it::

    value = "43.9 GWh"                     # to the digits stated
    value = "about 50_000 person"          # the article itself says that it is rounded: zeros at its end are no digits
    value = "3 to 6 kW/server"             # a range
    value = "more than 2.5e9 prompt/day"   # a bound; also over, at least, up to, at most, under

``against`` is what it is held against: a reference, as in the book's prose, or a published figure with its source.
Without it, the claim is held against nothing. ``drawn = true`` marks what something draws, which is never held against
what its plate says that it may draw::

    against = "server_power; high"
    against = { figure = "6.7 to 12 %", source = "shehabi2024lbnl", locator = "Executive summary" }

The verdict is stated in the file too, and must be the one that follows from the numbers (`Claim.follows`):

1. Words without a number, so without a ``value``: *not judged*.
2. Held against nothing: *unsourced*.
3. Off by more than half a unit in the last digit stated: *contradicted*, unless the article marks its figure as
   approximate and it is off by no more than `calc.book.stated.ROUGHLY`: then *rounded*. A range agrees with a value
   that lies in it, and with a range whose ends round to its own; a bound agrees with what lies on its side.
4. Agreeing, with a later figure given as ``since``, from which the stated one is off: *outdated*.
5. Agreeing, with a second figure given as ``with``, counted more fully or in another way that the article leaves
   open, from which the stated one is off: *incomplete*.
6. Agreeing otherwise: *reproduced*.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from calc.base.errors import UnknownNameError, nearest
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, read
from calc.book.held import HELD, Held, read_held, refuse_unlike
from calc.book.stated import Stated, read_stated
from calc.model.source_keys import check_source

__all__ = ["VERDICTS", "Claim", "Held", "all_claims", "claim", "read_claims"]

VERDICTS = MappingProxyType(
    {
        "reproduced": "what it is held against gives the stated figure, to its digits",
        "rounded": "it is off by a twentieth at most, and is said to be approximate",
        "contradicted": "what it is held against gives another figure",
        "incomplete": "it follows counted in one way, and not counted in another that is left open",
        "outdated": "it was right when it was counted, and a later count has another figure",
        "unsourced": "nothing that the book could find gives the figure",
        "not judged": "the article uses words and gives no number, which nothing can be held against",
    }
)
_KEYS: Mapping[str, Key] = {
    "id": Key(needed=True),
    "source": Key(needed=True),
    "locator": Key(needed=True),
    "says": Key(needed=True),
    "quote": Key(needed=True),
    "value": Key(),
    "drawn": Key("true"),
    "against": HELD,
    "with": HELD,
    "since": HELD,
    "verdict": Key(needed=True, choices=tuple(VERDICTS)),
    "why": Key(needed=True),
}
_FILE: Mapping[str, Key] = {"claim": Key("tables", needed=True, of=_KEYS, unique=True)}
_LONGEST_QUOTE = 14  # words


@dataclass(frozen=True)
class Claim:
    """One figure of an article, and what it is held against.

    Attributes
    ----------
    id : hyphenated noun.
    source, locator : key in references.bib, and the article's section; several are parted by semicolons.
    says : what the article says, in the book's words.
    quote : the figure in the article's words, a few of them.
    stated : the figure, in the unit of what it is held against; None where there are only words.
    against : what it is held against, if anything.
    fuller : the figure that another way of counting gives, for `incomplete`; ``with`` in the file.
    since : the later figure, for `outdated`.
    verdict : one of `VERDICTS`.
    why : why they differ, in MyST.
    """

    id: str
    source: str
    locator: str
    says: str
    quote: str
    stated: Stated | None
    against: Held | None
    fuller: Held | None
    since: Held | None
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
        >>> claim("training-flop").found, claim("matmul-one-gpu").found
        ('incomplete', 'not judged')
        """
        if self.stated is None:
            return "not judged"
        if self.against is None:
            return "unsourced"
        ends = self.against.low, self.against.high
        if not self.stated.agrees(*ends, roughly=True):
            return "contradicted"
        if self.since is not None and not self.stated.agrees(self.since.low, self.since.high, roughly=True):
            return "outdated"
        if self.fuller is not None and not self.stated.agrees(self.fuller.low, self.fuller.high, roughly=True):
            return "incomplete"
        return "reproduced" if self.stated.agrees(*ends) else "rounded"

    @property
    def said(self) -> str:
        """The figure as the book prints it, or that there is none."""
        return self.stated.text if self.stated else "words, no number"

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
        if self.stated is None or self.against is None:
            return None
        return self.stated.off(self.against.low, self.against.high)


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
    _fits(table, verdict)
    if len(table["quote"].split()) > _LONGEST_QUOTE:
        raise table.wrong(f"the quote is longer than {_LONGEST_QUOTE} words", "quote")
    with table.blamed("source"):
        check_source(source)
    against, fuller, since = (read_held(table, key) for key in ("against", "with", "since"))
    stated = None
    if "value" in table:
        with table.blamed("value"):
            stated = read_stated(table["value"], against.quantity if against else None)
    # A second figure must be one of the same kind, in the same unit, so that the two can be compared.
    for key, other in (("with", fuller), ("since", since)):
        if other and stated and other.quantity.parsed_unit != stated.quantity.parsed_unit:
            both = f"{key} is in {other.quantity.unit}, and against in {stated.quantity.unit}"
            raise table.wrong(f"{both}; give both in the same unit", key)
    refuse_unlike(against, table)
    return Claim(
        table["id"], source, table["locator"], table["says"], table["quote"], stated, against, fuller, since, verdict,
        table.text("why"),
    )  # fmt: skip


def _fits(table: Table, verdict: str) -> None:
    """Refuse a verdict without the key that it rests on, and the key without its verdict."""
    for key, one, what in (
        ("with", "incomplete", "the figure that another counting gives"),
        ("since", "outdated", "the later figure"),
    ):
        if (key in table) != (verdict == one):
            needs = "needs" if verdict == one else "takes no"
            raise table.wrong(f"the verdict {verdict!r} {needs} `{key}`, {what}", "verdict")
    if ("value" in table) == (verdict == "not judged"):
        needs = "takes no `value`: it is for words" if "value" in table else "needs `value`, the figure stated"
        raise table.wrong(f"the verdict {verdict!r} {needs}", "verdict")
    if verdict == "not judged" and "against" in table:
        raise table.wrong("words without a number are held against nothing", "against")
