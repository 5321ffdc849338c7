"""A page of its own for each derivation, at an address that stays: ``d/training-energy/``.

It holds the chapter's card, calculator and all. The derivation's id belongs to the chapter, where the book's own links
lead; here the card is ``#card``. Addresses of ids that were renamed lead on, as redirects.toml says.
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.util.osutil import relative_uri

from _ext.elements.cards import card
from _ext.elements.cite_box import citing
from _ext.site.metadata import open_graph, picture, shared, tags
from _ext.state import ROOT, homes
from calc.analysis.results import band_text
from calc.analysis.standing import figure_words
from calc.api import all_formulas, formula_by_id
from calc.base.errors import nearest
from calc.base.text_files import file_text
from calc.base.toml_tables import ANY, Key, read
from calc.book.home import home
from calc.book.releases import find, release_names
from calc.render.citation_parts import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FOLDER = "d"
WRITTEN = "page-written"  # by `_ext.build.side_by_side`: a page of the book, with its tree
_REDIRECTS = {
    "published": Key("texts", needed=True), "renamed": Key("table", of={ANY: Key()}),
    "pages": Key("table", of={ANY: Key()}),
}  # fmt: skip


def page_name(name: str) -> str:
    """The name of a derivation's page."""
    return f"{FOLDER}/{name}/index"


def published(folder: Path = ROOT) -> tuple[list[str], dict[str, str]]:
    """Every id that was ever published, in this file or in a release, and what renamed ones are called now.

    Raises
    ------
    DataError : redirects.toml is wrong; names line and key.
    """
    listed, renamed = read_redirects(file_text(folder / "redirects.toml", "redirects.toml"))
    released = {name for release in release_names() for name in find(release).results}
    return sorted({*listed, *released}), renamed


def read_redirects(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The published ids, and what renamed ones are called now, from a text in TOML.

    Raises
    ------
    DataError : an id stands there twice, or a renamed one leads to none or is a formula's still; names line and key.
    """
    file = read(text, "redirects.toml", _REDIRECTS)
    listed, renamed = file["published"], file.get("renamed", {})
    known = [formula.id for formula in all_formulas()]
    for name in listed:
        if listed.count(name) > 1:
            raise file.wrong(f"{name!r} stands there twice", "published")
    for old, new in renamed.items():
        if old in known:
            raise renamed.wrong(f"{old!r} is a formula's id still", old)
        if new not in known:
            raise renamed.wrong(f"{old} leads to {new!r}, which is not a formula's id{nearest(new, known)}", old)
    return listed, dict(renamed)


def moved_pages(folder: Path = ROOT) -> dict[str, str]:
    """The pages of chapters that have another name now."""
    text = file_text(folder / "redirects.toml", "redirects.toml")
    return dict(read(text, "redirects.toml", _REDIRECTS).get("pages", {}))


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Pages that lead on: from ids and from chapters that have another name now."""
    if app.builder.name != "html":
        return
    found = homes(app.env)
    for old, new in published()[1].items():
        if new in found:
            yield page_name(old), {"title": formula_by_id(new).title, "new": new}, "moved.html"
    for old, new in moved_pages().items():
        if new in app.env.titles:
            told = {"title": app.env.titles[new].astext(), "old": posixpath.basename(old)}
            yield old, told | {"new": relative_uri(f"{old}.html", f"{new}.html")}, "moved-page.html"


def write(app: Sphinx, chapter: str, doctree: nodes.document) -> None:
    """Write a page for each card of a chapter that has just been written: all links in it have been looked up."""
    builder: Any = app.builder
    known = homes(app.env)
    for shown in list(doctree.findall(card)):
        for name in shown["ids"]:
            if known.get(name) == chapter:
                builder.handle_page(page_name(name), _context(app, chapter, name, shown), "derivation.html")


def _context(app: Sphinx, chapter: str, name: str, shown: card) -> dict[str, Any]:
    formula, here = formula_by_id(name), page_name(name)
    shown["ids"], shown["title_id"], shown["permanent"] = ["card"], "card-title", True
    for heading in shown.findall(nodes.rubric):
        if heading["ids"] == [f"{name}-title"]:
            heading["ids"], heading["heading-level"] = ["card-title"], 2
            for raw in list(heading.findall(nodes.raw)):  # the link to itself
                heading.replace(
                    raw, nodes.raw("", raw.astext().replace(f'href="#{name}"', 'href="#card"'), format="html")
                )
    for part in shown.findall(citing):
        part["open"] = True
    builder: Any = app.builder
    for link in shown.findall(nodes.reference):
        uri = f"#{link['refid']}" if "refid" in link else link["refuri"]
        if link.get("internal"):
            link["refuri"] = _from(builder.get_target_uri(here), builder.get_target_uri(chapter), uri)
            link.attributes.pop("refid", None)
    document = new_document(here, builder.docsettings)
    document += shown
    builder.secnumbers = app.env.toc_secnumbers.get(chapter, {})
    builder.fignumbers = app.env.toc_fignumbers.get(chapter, {})
    builder.current_docname = here
    visitor = builder.create_translator(document, builder)
    document.walkabout(visitor)
    number = builder.fignumbers.get("displaymath", {}).get(f"equation-{name}", ())
    section = app.env.toc_secnumbers.get(chapter, {}).get("", ())
    return {
        "title": formula.title,
        "body": "".join(visitor.fragment),
        "id": name,
        "chapter": chapter,
        "chapter_title": escape(app.env.titles[chapter].astext()),
        "chapter_number": ".".join(map(str, section)),
        "equation": ".".join(map(str, number)),
        "pageurl": place(name),
        "metatags": _head(app, document, name),
        "cards": [shown["data"]] if shown["data"] else [],
    }


def _head(app: Sphinx, document: nodes.document, name: str) -> str:
    """What the page says of itself, with its picture drawn."""
    formula = formula_by_id(name)
    step, head = home(formula), tags(formula.title, place(name), formula.summary, name)
    meta = open_graph(formula.title, place(name), formula.summary)
    figures = figure_words(step), band_text(step)
    meta |= picture(app, page_name(name), formula.title, figures, formula.summary)
    return head + shared(app, document, meta, formula.title, head)


def _from(here: str, there: str, uri: str) -> str:
    """Where a link on the page `there` leads from the page `here`."""
    path, mark, fragment = uri.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(there), path)) if path else there
    return relative_uri(here, target) + mark + fragment


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.add_event(WRITTEN)
    app.connect(WRITTEN, write)
    app.connect("html-collect-pages", pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
