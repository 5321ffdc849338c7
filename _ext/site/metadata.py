"""What the book says of itself: Highwire, Dublin Core and Open Graph tags, schema.org; all of it from CITATION.cff."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _ext.site.picture import SIZE, draw
from _ext.site.without_cards import get_tags
from calc.book.citation_file import address, book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

SHOWN = 200  # characters
LICENCES = {
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}


def tags(title: str, url: str, about: str, identifier: str = "") -> str:
    """The head's tags for one page.

    Parameters
    ----------
    title : a chapter's or a derivation's; empty for the whole book.
    about : what the page says, in a few sentences.
    identifier : a derivation's id.
    """
    part, released = bool(title), book().released
    named = [
        ("citation_title", title or book().title),
        *(("citation_author", name) for name in book().authors),
        ("citation_publication_date", f"{released:%Y/%m/%d}"),
        ("citation_language", "en"),
        ("citation_inbook_title", book().title if part else ""),
        ("citation_public_url", url),
        *(("citation_keywords", word) for word in book().keywords),
        ("DC.title", title or book().title),
        *(("DC.creator", name) for name in book().authors),
        ("DC.date", released.isoformat()),
        ("DC.language", "en"),
        ("DC.type", "Text"),
        *(("DC.rights", LICENCES.get(name, name)) for name in book().licences if name.startswith("CC")),
        ("DC.identifier", url),
        ("DC.relation.isPartOf", book().title if part else ""),
        ("DC.description", about),
        ("description", _short(about)),
        ("twitter:card", "summary_large_image"),
    ]
    meta = "".join(f'<meta name="{name}" content="{escape(text, quote=True)}" />\n' for name, text in named if text)
    described = json.dumps(schema(title, url, identifier, about), ensure_ascii=False).replace("<", "\\u003c")
    return f'{meta}<script type="application/ld+json">{described}</script>\n'


def schema(title: str, url: str, identifier: str = "", about: str = "") -> dict[str, Any]:
    """The same in the words of schema.org."""
    whole = {"@type": "Book", "name": book().title, "url": address()}
    kind = {"@type": "CreativeWork" if identifier else "Chapter", "name": title, "isPartOf": whole} if title else whole
    found = {
        "@context": "https://schema.org",
        **kind,
        "author": [{"@type": "Organization", "name": name} for name in book().authors],
        "datePublished": book().released.isoformat(),
        "version": book().version,
        "inLanguage": "en-GB",
        "license": [LICENCES.get(name, name) for name in book().licences],
        "keywords": list(book().keywords),
        "url": url,
        "identifier": identifier,
        "description": about,
    }
    return {key: value for key, value in found.items() if value}


def add_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the tags of a chapter, or of the whole book on its first page, into the head."""
    if app.builder.name != "html" or doctree is None:
        return
    first = pagename == app.config.root_doc
    title = "" if first else app.env.titles[pagename].astext()
    url = address() if first else address(f"{pagename}.html")
    answer = doctree if first else _answer(doctree)
    about = book().abstract if first else _said(answer)
    context["pageurl"] = url  # what the theme calls canonical
    context["metatags"] = context.get("metatags", "") + tags(title, url, about)
    shown = picture(
        app,
        pagename,
        _first_question(doctree) if first else title,
        headline([one.astext() for one in _values(answer)]),
        about,
    )
    context["meta"] = (context.get("meta") or {}) | open_graph(title, url, about) | shown


def _answer(page: nodes.document) -> nodes.Element:
    """A chapter's answer to its question, right under it; on a page without, its first paragraph."""
    for box in page.findall(nodes.container):
        if "lede" in box["classes"]:
            return box
    return next((one for one in page.findall(nodes.paragraph) if isinstance(one.parent, nodes.section)), page)


def _first_question(page: nodes.document) -> str:
    """What the first figure of the landing page answers."""
    boxes = (box for box in page.findall(nodes.container) if "answers" in box["classes"])
    return next((one.astext() for box in boxes for one in box.findall(nodes.paragraph)), book().title)


def _said(part: nodes.Element) -> str:
    return " ".join(part.astext().split())


def _values(part: nodes.Element) -> Iterator[nodes.inline]:
    return (one for one in part.findall(nodes.inline) if "calc-value" in one["classes"])


def headline(values: list[str]) -> tuple[str, str]:
    """Of the values that an answer has, in its order, the main one and its band, as far as it has them.

    The first band tells: what stands before it, in its unit, is what it is the band of. Where nothing does, the band is
    itself the answer; and where there is no band, no value is known to be the main one.

    Examples
    --------
    >>> headline(["200 MW", "30.4 GWh", "27 to 34 GWh"]), headline(["200 MW", "8 to 15 years"]), headline(["200 MW"])
    (('30.4 GWh', '27 to 34 GWh'), ('8 to 15 years', ''), ('', ''))
    """
    values = [" ".join(one.split()) for one in values]
    at = next((n for n, one in enumerate(values) if " to " in one), -1)
    if at < 0:
        return "", ""
    band, before = values[at], values[at - 1] if at else ""
    of_it = before and before.split(" ")[-1] == band.split(" ")[-1]
    return (before, band) if of_it else (band, "")


def picture(app: Sphinx, pagename: str, title: str, figures: tuple[str, str], about: str) -> dict[str, str]:
    """Draw a page's picture beside it; what Open Graph is to say of that."""
    asked = title.endswith("?")
    file = Path(app.outdir) / f"{pagename}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(draw(title, *figures, about))
    words = f"{title}{'' if asked or not any(figures) else ':'} {', '.join(filter(None, figures))}".strip()
    found = {
        "og:image": address(f"{pagename}.png"),
        "og:image:alt": words,
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
    }
    return {name: escape(text) for name, text in found.items()}


def open_graph(title: str, url: str, about: str) -> dict[str, str]:
    """What sphinxext-opengraph is to say of a page in place of what it would find itself."""
    found = {"og:title": title or book().title, "og:url": url, "og:description": _short(about)}
    return {name: escape(text) for name, text in found.items() if text}


def _short(text: str) -> str:
    """As much of it as a search or a shared link shows."""
    return shorten(text, SHOWN, placeholder=" …")


def shared(app: Sphinx, page: nodes.document, meta: dict[str, str], title: str, metatags: str) -> str:
    """Open Graph tags of a page that Sphinx has not read, as sphinxext-opengraph gives them to all others."""
    context = {"pagename": "", "title": title, "metatags": metatags, "meta": meta}
    found: str = get_tags(
        context, page, srcdir=app.srcdir, outdir=app.outdir, config=app.config, builder=app.builder, env=app.env
    )
    return found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("html-page-context", add_tags)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
