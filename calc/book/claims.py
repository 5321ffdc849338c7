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
   approximate and it is off by no more than `ROUGHLY`: then *rounded*. A range agrees with a value that lies in it, and
   with a range whose ends round to its own; a bound agrees with what lies on its side.
3. Agreeing, with a second figure given as ``with``, counted more fully or in another way that the article leaves
   open, from which the stated one is off: *incomplete*.
4. Agreeing otherwise: *reproduced*.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from types import MappingProxyType
from typing import Any

from calc.base.errors import CalcError, DataError, UnknownNameError, nearest
from calc.base.numbers import show_given, show_range
from calc.base.quantities import Quantity
from calc.base.units import convert, parse_value
from calc.book.checks import half_a_unit
from calc.book.lookup import refer
from calc.model.registry import all_formulas
from calc.model.scenario_file import scenario
from calc.model.source_keys import check_source

__all__ = ["ROUGHLY", "VERDICTS", "Claim", "Held", "Stated", "all_claims", "claim", "read_claims"]

# The most that rounding to two digits changes a number: 1.05 becomes 1.0 or 1.1.
ROUGHLY = Fraction(1, 20)
VERDICTS = MappingProxyType(
    {
        "reproduced": "what it is held against gives the stated figure, to its digits",
        "rounded": "it is off by a twentieth at most, and the article says that it is approximate",
        "contradicted": "what it is held against gives another figure",
        "incomplete": "it follows counted in one way, and not counted in another that the article leaves open",
        "unsourced": "nothing that the book could find gives the figure",
    }
)
_KEYS = ("id", "source", "locator", "says", "quote", "value", "against", "with", "verdict", "why")
_OPTIONAL = ("against", "with")
_FIGURE_KEYS = ("figure", "source", "locator")
_LONGEST_QUOTE = 14  # words
_LEAST, _MOST = ("more than", "over", "at least"), ("up to", "at most", "under")
_WORDS = ("about", *_LEAST, *_MOST)
_NUMBER = r"[\d._]+(?:[eE][+-]?\d+)?"
_STATED = re.compile(rf"(?:({'|'.join(_WORDS)})\s+)?({_NUMBER})(?:\s+to\s+({_NUMBER}))?\s*(.*)")


@dataclass(frozen=True)
class Stated:
    """A figure as somebody states it: a value, a range, or a bound.

    Attributes
    ----------
    word : ``about``, a bound such as ``more than``, or nothing.
    low, high : its ends, equal for a value, in the unit of `quantity`.
    half : half a unit in the last digit of each end.
    quantity : what it is a value of.
    unit : the unit in which it is stated.
    """

    word: str
    low: Fraction
    high: Fraction
    half: tuple[Fraction, Fraction]
    quantity: Quantity
    unit: str

    @property
    def text(self) -> str:
        """As the book prints it."""
        if self.low != self.high:
            number = show_range(self.low, self.high, self.quantity, self.unit)
        else:
            number = show_given(self.low, self.quantity, self.unit).text
        return f"{self.word} {number}".lstrip()

    @property
    def is_value(self) -> bool:
        """Whether it is one value, and neither a range nor a bound."""
        return self.low == self.high and self.word not in (*_LEAST, *_MOST)

    def agrees(self, low: Fraction, high: Fraction, roughly: bool = False) -> bool:
        """Whether it agrees with a value, or with a range.

        Parameters
        ----------
        low, high : the ends of the other, equal for a value.
        roughly : within `ROUGHLY` too, where the figure is marked as approximate.
        """
        spare = ROUGHLY if roughly and self.word == "about" else Fraction(0)
        if self.word in _LEAST:
            return low >= self.low
        if self.word in _MOST:
            return high <= self.high
        if (self.low == self.high) != (low == high):  # one is a value, which must lie in the other
            return low <= self.high * (1 + spare) and high >= self.low * (1 - spare)
        return self._rounds(low, 0, spare) and self._rounds(high, 1, spare)

    def _rounds(self, other: Fraction, end: int, spare: Fraction) -> bool:
        """Whether another figure is this end once it is rounded, or within a share of it."""
        apart, half = other - (self.low, self.high)[end], self.half[end]
        return -half <= apart < half or abs(apart) <= spare * abs(other)

    def off(self, low: Fraction, high: Fraction) -> Fraction:
        """Stated over the other, less one, at the end where that is most; 0 where one lies in the other."""
        if self.word in _LEAST:
            return max(self.low / low - 1, Fraction(0))
        if self.word in _MOST:
            return min(self.high / high - 1, Fraction(0))
        if (self.low == self.high) != (low == high):
            above, below = self.low / high - 1, self.high / low - 1
            return above if above > 0 else min(below, Fraction(0))
        return max(self.low / low - 1, self.high / high - 1, key=abs)


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
    DataError : the file is wrong; names the claim and the key.
    """
    text = resources.files("calc").joinpath("data/claims.toml").read_text(encoding="utf-8")
    return read_claims(text)


def read_claims(text: str) -> tuple[Claim, ...]:
    """Read claims from TOML.

    Raises
    ------
    DataError : naming the claim and the key.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"claims.toml: {error}") from None
    found = [_read(table, number) for number, table in enumerate(data.get("claim", []), 1)]
    for one in found:
        if [other.id for other in found].count(one.id) > 1:
            raise DataError(f"claims.toml: claim {one.id!r} stands there twice")
    return tuple(found)


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


def _read(table: dict[str, Any], number: int) -> Claim:
    where = f"claims.toml: claim {table.get('id', number)!r}"
    _only(table, _KEYS, where)
    missing = [key for key in _KEYS if key not in _OPTIONAL and not str(table.get(key, "")).strip()]
    if missing:
        raise DataError(f"{where} has no {', '.join(missing)}")
    verdict = str(table["verdict"])
    if verdict not in VERDICTS:
        raise DataError(
            f"{where}: {verdict!r} is not a verdict; accepted: {', '.join(VERDICTS)}{nearest(verdict, VERDICTS)}"
        )
    if ("with" in table) != (verdict == "incomplete"):
        needs = "needs" if verdict == "incomplete" else "takes no"
        raise DataError(f"{where}: the verdict {verdict!r} {needs} `with`, the figure that another counting gives")
    if len(table["quote"].split()) > _LONGEST_QUOTE:
        raise DataError(f"{where}: the quote is longer than {_LONGEST_QUOTE} words")
    check_source(table["source"], where)
    try:
        against = _held(table["against"], f"{where}: against") if "against" in table else None
        fuller = _held(table["with"], f"{where}: with") if "with" in table else None
        stated = _stated(table["value"], against.quantity if against else None)
        _same_unit(stated, fuller)
    except DataError:
        raise
    except CalcError as error:
        raise DataError(f"{where}: {error}") from None
    _not_itself(against, table["source"], where)
    return Claim(
        table["id"], table["source"], table["locator"], table["says"], table["quote"], stated, against, fuller,
        verdict, table["why"].strip(),
    )  # fmt: skip


def _stated(text: str, quantity: Quantity | None) -> Stated:
    """Read a figure; without a quantity it is one of its own, in the unit stated."""
    match = _STATED.fullmatch(text.strip())
    if match is None:
        raise DataError(
            f"{text!r} is not a figure; write '43.9 GWh', '3 to 6 kW/server', or one of "
            f"{', '.join(_WORDS)} before a number"
        )
    word, first, last, unit = match[1] or "", match[2], match[3] or match[2], match[4]
    ends, half = [], []
    for number in (first, last):
        value, given = parse_value(f"{number} {unit}".strip())
        quantity = quantity or Quantity("figure", "", given.text if given else "1", "a published figure")
        own = quantity.parsed_unit
        ends.append(convert(value, given or own, own, quantity.name))
        half.append(convert(half_a_unit(number), given or own, own, quantity.name))
    assert quantity is not None
    if ends[0] > ends[1]:
        raise DataError(f"{text!r} is not a range; write the lower end first")
    if word in (*_LEAST, *_MOST) and match[3]:
        raise DataError(f"{text!r} is a bound and a range; write one of the two")
    return Stated(word, ends[0], ends[1], (half[0], half[1]), quantity, unit or quantity.unit)


def _held(given: Any, where: str) -> Held:
    if isinstance(given, dict):
        _only(given, _FIGURE_KEYS, where)
        missing = [key for key in _FIGURE_KEYS if not str(given.get(key, "")).strip()]
        if missing:
            raise DataError(f"{where} has no {', '.join(missing)}")
        figure = _stated(given["figure"], None)
        source = check_source(given["source"], where)
        return Held(figure.low, figure.high, figure.quantity, "", "", figure.text, source, given["locator"])
    if not isinstance(given, str):
        raise DataError(f"{where} must be a reference or a table with {', '.join(_FIGURE_KEYS)}, not {given!r}")
    derived = given.partition(";")[0].strip() in {formula.id for formula in all_formulas()}
    more = "" if not derived or "digits" in given else "; digits 4"
    found = refer(given + more)
    formula = given.partition(";")[0].strip() if derived else ""
    return Held(found.low, found.high, found.quantity, given + more, formula, found.text, "", "")


def _same_unit(stated: Stated, fuller: Held | None) -> None:
    """A second figure must be one of the same kind, in the same unit, so that the two can be compared."""
    if fuller is not None and fuller.quantity.parsed_unit != stated.quantity.parsed_unit:
        raise DataError(
            f"with is in {fuller.quantity.unit}, and against in {stated.quantity.unit}; give both in the same unit"
        )


def _not_itself(against: Held | None, source: str, where: str) -> None:
    """Refuse an article held against itself: an input that was taken from it proves nothing."""
    if against is None or against.formula:
        return
    taken_from = against.source or _source_of(against.reference)
    if taken_from == source:
        raise DataError(f"{where}: it is held against a figure of {source} itself; name another source, or none")


def _source_of(reference: str) -> str:
    """The source of the input that a reference names; nothing for one end of its range, which comes from elsewhere."""
    name, *settings = [part.strip() for part in reference.split(";")]
    if {"low", "high"} & set(settings):
        return ""
    base = next((part.removeprefix("scenario ") for part in settings if part.startswith("scenario ")), "gpt-4")
    return scenario(base)[name].source or ""


def _only(table: dict[str, Any], accepted: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in accepted:
            raise DataError(f"{where}: unknown key {key!r}; accepted: {', '.join(accepted)}{nearest(key, accepted)}")
