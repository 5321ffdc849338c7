"""What the book says of itself to machines: Highwire and Dublin Core tags, schema.org; all of it from CITATION.cff."""

from __future__ import annotations

import functools
import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from _ext.fresh import ROOT

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

LICENCES = {
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}


@functools.cache
def citation(folder: Path = ROOT) -> dict[str, Any]:
    """CITATION.cff; its dates are strings."""
    found: dict[str, Any] = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    return found | {"date-released": str(found["date-released"])}


def authors() -> list[str]:
    """The authors as they are cited."""
    return [
        who.get("name") or ", ".join(part for part in (who.get("family-names"), who.get("given-names")) if part)
        for who in citation()["authors"]
    ]


def tags(title: str, address: str, kind: str = "Chapter", identifier: str = "", summary: str = "") -> str:
    """The head's tags for one page; without a title of its own, those of the whole book."""
    book, whole = citation(), not title
    released = book["date-released"]
    about = summary or (book["abstract"].strip() if whole else "")
    highwire = [
        ("citation_title", title or book["title"]),
        *(("citation_author", name) for name in authors()),
        ("citation_publication_date", released.replace("-", "/")),
        ("citation_language", "en"),
        *([] if whole else [("citation_inbook_title", book["title"])]),
        *([("citation_technical_report_number", identifier)] if identifier else []),
        *([("citation_public_url", address)] if address else []),
        *(("citation_keywords", word) for word in book["keywords"]),
    ]
    core = [
        ("DC.title", title or book["title"]),
        *(("DC.creator", name) for name in authors()),
        ("DC.date", released),
        ("DC.language", "en"),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        *(("DC.rights", LICENCES.get(name, name)) for name in licences() if name.startswith("CC")),
        *([("DC.identifier", address)] if address else []),
        *([] if whole else [("DC.relation.isPartOf", book["title"])]),
        *([("DC.description", about)] if about else []),
    ]
    meta = "".join(
        f'<meta name="{name}" content="{escape(text, quote=True)}" />\n' for name, text in [*highwire, *core]
    )
    described = schema(title, address, kind, identifier, about)
    return f'{meta}<script type="application/ld+json">{safe(described)}</script>\n'


def schema(title: str, address: str, kind: str, identifier: str, about: str) -> dict[str, Any]:
    """The same in the words of schema.org."""
    book = citation()
    shared: dict[str, Any] = {
        "author": [{"@type": "Organization", "name": name} for name in authors()],
        "datePublished": book["date-released"],
        "version": str(book["version"]),
        "inLanguage": "en-GB",
        "license": [LICENCES.get(name, name) for name in licences()],
    }
    whole: dict[str, Any] = {"@type": "Book", "name": book["title"]}
    if not title:
        found = {"@context": "https://schema.org", **whole, **shared, "keywords": book["keywords"]}
    else:
        found = {"@context": "https://schema.org", "@type": kind, "name": title, **shared, "isPartOf": whole}
    found |= {"url": address} if address else {}
    found |= {"identifier": identifier} if identifier else {}
    return found | ({"description": about} if about else {})


def licences() -> list[str]:
    """The licences' SPDX names."""
    given = citation()["license"]
    return [given] if isinstance(given, str) else list(given)


def safe(value: Any) -> str:
    """JSON that can stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, indent=None).replace("<", "\\u003c")


def add_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the tags of a chapter, or of the whole book on its first page, into the head."""
    if app.builder.name != "html" or doctree is None:
        return
    title = "" if pagename == app.config.root_doc else app.env.titles[pagename].astext()
    context["metatags"] = context.get("metatags", "") + tags(title, context.get("pageurl") or "")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("html-page-context", add_tags)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
