"""What a claim is held against: a value of the book, or a figure that somebody else published with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.quantities import Quantity
from calc.base.toml_tables import Key, Table
from calc.book.lookup import refer
from calc.book.stated import read_stated
from calc.model.input import Input
from calc.model.registry import all_formulas
from calc.model.scenario import DEFAULT
from calc.model.scenario_file import scenario
from calc.model.source_keys import check_source

__all__ = ["HELD", "Held", "read_held", "refuse_unlike"]

_FIGURE: Mapping[str, Key] = {key: Key(needed=True) for key in ("figure", "source", "locator")}
HELD = Key("text or table", of=_FIGURE, words=f"a reference or a table with {', '.join(_FIGURE)}")


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


def read_held(table: Table, key: str) -> Held | None:
    """What a claim is held against, or counted otherwise; None where the key is left out.

    Raises
    ------
    DataError : naming line, claim and key.
    """
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


def refuse_unlike(against: Held | None, table: Table) -> None:
    """Refuse an article held against itself, which proves nothing, and what is drawn against a nameplate.

    Raises
    ------
    DataError : naming line, claim and key.
    """
    if against is None or against.formula:
        return
    rated = _input_of(against.reference) if against.reference else None
    if table.get("drawn") and rated is not None and (rated.kind == "specification" or rated.bound == "upper"):
        raise table.wrong(
            f"{against.text} is a nameplate, and the claim is of what is drawn; name a reading", "against"
        )
    source = table["source"]
    if source == (against.source or _source_of(against.reference)):
        raise table.wrong(f"it is held against a figure of {source} itself; name another source, or none", "against")


def _input_of(reference: str) -> Input:
    """The input that a reference names."""
    name, *settings = [part.strip() for part in reference.split(";")]
    base = next((part.removeprefix("scenario ") for part in settings if part.startswith("scenario ")), DEFAULT)
    return scenario(base)[name]


def _source_of(reference: str) -> str:
    """The source of the input that a reference names; nothing for one end of its range, which comes from elsewhere."""
    if {"low", "high"} & {part.strip() for part in reference.split(";")}:
        return ""
    return _input_of(reference).source or ""
