"""Claims against the book: what an article says, what it is compared with, and how far apart they are."""

from __future__ import annotations

from calc.base.decimals import percent
from calc.book.claims import Claim, Held
from calc.render.myst_markup import cited, plain

__all__ = ["apart", "audit", "held_value"]


def audit(found: Claim) -> str:
    """What an article says, what it is held against, how far apart they are, and why."""
    said = f"{{cite:t}}`{found.source}`, {plain(found.locator)}: {plain(found.says)} (“{plain(found.quote)}”)."
    parts = [f"**Article** {plain(found.said)}.", _held(found)]
    if found.since is not None:
        parts.append(f"**Since then** {held_value(found.since)}.")
    if found.fuller is not None:
        parts.append(f"**Counted otherwise** {held_value(found.fuller)}.")
    return "\n\n".join([said, " ".join(parts), found.why])


def _held(found: Claim) -> str:
    """What a claim is held against, and how far it is from it."""
    if found.stated is None:
        return "**Book** a word is not judged as a number."
    if found.against is None or found.difference is None:
        return "**Book** nothing to hold it against."
    who = "Source" if found.against.source else "Book"
    return f"**{who}** {held_value(found.against)}: {apart(found)}."


def apart(found: Claim) -> str:
    """How far a claim is from what it is held against, in words."""
    if found.stated is None or found.against is None or found.difference is None:
        return "nothing to compare"
    if found.stated.agrees(found.against.low, found.against.high):
        same = found.stated.is_value and found.against.low == found.against.high
        return "the same figure" if same else "it holds"
    word = "above" if found.difference > 0 else "below"
    return f"the article is {percent(abs(found.difference)).removeprefix('+')} {word} it"


def held_value(held_against: Held) -> str:
    """A figure with the link to where it is derived, listed or published."""
    if held_against.source:
        text = plain(held_against.text).replace("\N{NO-BREAK SPACE}", " ")
        return f"{text}, {cited(held_against.source, held_against.locator)}"
    by = f", by {{eq}}`{held_against.formula}`" if held_against.formula else ", an input"
    return f"{{value}}`{held_against.reference}`{by}"
