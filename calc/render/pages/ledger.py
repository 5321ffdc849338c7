"""The ledger of claims and the map of both articles, as MyST tables with the book's own roles."""

from __future__ import annotations

from collections import Counter

from calc.book.claims import VERDICTS, Claim, all_claims
from calc.book.coverage import all_parts, articles
from calc.render.myst_markup import plain, table
from calc.render.pages.audit import apart, held_value

__all__ = ["coverage", "in_order", "ledger", "summary"]


def summary() -> str:
    """How many figures of each article came to which verdict, and what each verdict means."""
    count = Counter((one.source, one.verdict) for one in all_claims())
    rows = [
        [f"**{verdict}**\n\n{meaning}", *(str(count[article, verdict]) for article in articles())]
        for verdict, meaning in VERDICTS.items()
    ]
    rows.append(["**in all**", *(str(sum(count[article, v] for v in VERDICTS)) for article in articles())])
    head = ["verdict, and what it means", *(f"{{cite:t}}`{article}`" for article in articles())]
    return table(head, rows, "ledger-summary", [50, 20, 30])


def in_order(source: str) -> list[Claim]:
    """The claims of one article, in the order of its sections, and in each as the file has them."""
    order = [part.heading for part in all_parts() if part.source == source]
    return sorted((one for one in all_claims() if one.source == source), key=lambda one: order.index(one.sections[0]))


def ledger(source: str) -> str:
    """A table of the claims of one article."""
    rows = [
        [
            f"{plain(one.says)}: “{plain(one.quote)}”\n\n{plain('; '.join(one.sections))}",
            plain(one.said).replace("\N{NO-BREAK SPACE}", " "),
            _ours(one),
            f"**{one.verdict}**\n\n{one.why}\n\nin {{page}}`{_places(one)}`",
        ]
        for one in in_order(source)
    ]
    head = ["the article says", "stated", "held against", "verdict, why, and where"]
    return table(head, rows, "results ledger", [25, 18, 27, 30])


def _places(one: Claim) -> str:
    """Where the book treats a claim: in a box, else at the card of its formula, else where its section is treated."""
    pages = [f"/{part.places[0].page}" for part in all_parts() if part.heading == one.sections[0]]
    formula = [one.against.formula] if one.against and one.against.formula else []
    return "; ".join([f"claim-{one.id}", *formula, *pages])


def _ours(one: Claim) -> str:
    """What a claim is held against, how far it is from it, and what another counting gives."""
    if one.against is None:
        return "nothing"
    parts = [held_value(one.against), apart(one)]
    if one.since is not None:
        parts.append(f"since then: {held_value(one.since)}")
    if one.fuller is not None:
        parts.append(f"counted otherwise: {held_value(one.fuller)}")
    return "\n\n".join(parts)


def coverage(source: str) -> str:
    """A table of one article's sections, tables and questions, and where the book treats each."""
    rows = [
        [
            plain(part.heading) + (f" ({part.kind})" if part.kind != "section" else ""),
            "\n\n".join(_link(place.page, place.heading) for place in part.places),
        ]
        for part in all_parts()
        if part.source == source
    ]
    return table(["in the article", "in the book"], rows, "results coverage", [50, 50])


def _link(page: str, heading: str) -> str:
    return f"{{doc}}`/{page}`" + (f": [](/{page}.md#{heading})" if heading else "")
