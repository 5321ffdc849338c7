"""What a search finds on a page of the book: itself, its sections, terms, models, inputs and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from calc.publish.search_entries import Entry

__all__ = ["page_entries"]

# What a page says elsewhere, or not in words.
_LEFT_OUT = {"script", "style", "svg", "annotation", "article", "section", "nav", "button", "summary", "thead"}
_HIDDEN = {"headerlink", "fold-cite", "cell_input", "tag_hide-input", "toctree-wrapper", "book-parts", "eqno"}
_BLOCKS = {"p", "li", "dt", "dd", "td", "th", "div", "figcaption", "tr", "h1", "h2", "h3", "h4"}
# Pages of tables, of which each row is found by itself or by its card.
_BY_ROW, _BY_CARD = {"inputs", "bibliography"}, {"results", "notation", "ledger", "history", "coverage"}
_LISTS = (
    _BY_ROW
    | _BY_CARD
    | {
        "due",
        "status",
        "licences",
        "glossary",
        "catalogue",
        "how-to-cite",
        "index",
        "python",
        "command-line",
        "extend",
    }
)
_PARSER = lxml.html.HTMLParser(encoding="utf-8")
_MOST = 4_000  # characters of one entry


def page_entries(html: str, name: str) -> Iterator[Entry]:
    """What one page of the book has to find: itself, its sections, terms, models and rows.

    Examples
    --------
    >>> page = '<article class="bd-article"><section id="a"><h1>1. Water?<a class="headerlink">#</a></h1><p>Two litres.'
    >>> next(page_entries(page, "chapters/water"))
    Entry(kind='chapter', title='Water?', text='Two litres.', place='chapters/water.html', words='')
    """
    page = lxml.html.document_fromstring(html.encode(), parser=_PARSER)
    article = next((one for one in page.iter("article") if "bd-article" in one.get("class", "").split()), None)
    if article is None:
        return
    leaf = name.rpartition("/")[2]
    for section in article.iter("section"):
        yield from _section(section, name, leaf)
    for term in article.iter("dt"):
        meaning = term.getnext()
        if term.get("id") and meaning is not None:
            yield Entry("term", _text(term), _text(meaning), f"{name}.html#{term.get('id')}")
    if leaf == "inputs":
        yield from _inputs(article, name)
    elif leaf == "bibliography":
        for one in article.find_class("citation"):
            text = _text(one)
            yield Entry("source", text[:70].rpartition(" ")[0], text, f"{name}.html#{one.get('id')}")


def _section(section: Any, name: str, leaf: str) -> Iterator[Entry]:
    heading = section.find("./h1")
    top = heading is not None
    for level in ("./h2", "./h3", "./h4"):
        heading = section.find(level) if heading is None else heading
    if heading is None:
        return
    title = re.sub(r"^[\d.]+\s+", "", _text(heading))
    tables = leaf not in _BY_ROW | _BY_CARD
    parts = [_text(part, tables) for part in section if part is not heading and _is_shown(part)]
    text = " ".join(filter(None, parts))[:_MOST]
    place = f"{name}.html" + ("" if top else f"#{section.get('id')}")
    named = section.get("id", "") if section.get("id", "").startswith("entry-") else ""
    priced = re.match(r"entry-(rent|buy)-|.*-price$", named)
    kind = "price" if priced else "catalogue" if named else "lists" if leaf in _LISTS else "section"
    kind = "chapter" if top and kind == "section" else kind
    if leaf == "faq" and not top:
        kind = "question"
    if title != "What to read next":
        yield Entry(kind, title, text, place, named.replace("-", " "))


def _inputs(article: Any, name: str) -> Iterator[Entry]:
    for row in article.iter("tr"):
        cells = row.findall("./td")
        marks = [one.get("id") for one in row.iter("p") if (one.get("id") or "").startswith("input-")]
        if marks and len(cells) > 2:
            section = next(row.iterancestors("section"))
            heading = next((one for one in section if one.tag in ("h1", "h2", "h3")), None)
            texts = [_text(one) for one in cells[1].findall("./p")]
            said = f"{_text(cells[2])}. {'' if heading is None else _text(heading)}."
            yield Entry("input", texts[-1], said, f"{name}.html#{marks[0]}", texts[0].replace("_", " "))


def _is_shown(part: Any) -> bool:
    return isinstance(part.tag, str) and part.tag not in _LEFT_OUT and not _HIDDEN & set(part.get("class", "").split())


def _text(part: Any, tables: bool = True) -> str:
    return " ".join("".join(_pieces(part, tables)).replace("\N{SOFT HYPHEN}", "").split())


def _pieces(part: Any, tables: bool) -> Iterator[str]:
    if not tables and part.tag == "table":
        return
    yield part.text or ""
    for child in part:
        if _is_shown(child):
            yield from _pieces(child, tables)
        yield child.tail or ""
    if part.tag in _BLOCKS or part.tag in ("mi", "mo", "mn"):
        yield " "
