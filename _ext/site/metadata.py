"""What the book says of itself to machines: Highwire and Dublin Core tags, schema.org; all of it from CITATION.cff."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from sphinxext.opengraph import get_tags

from calc.book.citation_file import address, book

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

LICENCES = {
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}


def tags(title: str, url: str, identifier: str = "", summary: str = "") -> str:
    """The head's tags for one page.

    Parameters
    ----------
    title : a chapter's or a derivation's; empty for the whole book.
    identifier : a derivation's id.
    """
    part, released = bool(title), book().released
    about = summary or ("" if part else book().abstract)
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
    context["pageurl"] = url  # what the theme calls canonical
    context["metatags"] = context.get("metatags", "") + tags(title, url)
    # What sphinxext-opengraph, which comes next, is to say in place of what it would find.
    said = {"og:url": url} | ({"og:description": escape(book().abstract)} if first else {})
    context["meta"] = (context.get("meta") or {}) | said


def shared(app: Sphinx, page: str, title: str, url: str, about: nodes.document) -> str:
    """Open Graph tags of a page that Sphinx has not read, as sphinxext-opengraph gives them to all others.

    Parameters
    ----------
    about : holds the description.
    """
    context = {"pagename": page, "title": title, "metatags": "", "meta": {"og:url": url}}
    found: str = get_tags(
        context, about, srcdir=app.srcdir, outdir=app.outdir, config=app.config, builder=app.builder, env=app.env
    )
    return found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("html-page-context", add_tags)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
