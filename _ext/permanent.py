"""A page of its own for each derivation, at an address that stays: ``d/training-energy/``.

It holds the chapter's card, calculator and all. The derivation's id belongs to the chapter, where the book's own links
lead; here the card is ``#card``. Addresses of ids that were renamed lead on, as redirects.toml says.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from _ext.about import tags
from _ext.cite import citing
from _ext.derivations import card
from _ext.fresh import ROOT, this_build
from calc.formula import all_formulas, formula_by_id
from calc.history import find, release_names
from calc.render.copies import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

FOLDER = "d"


def page_name(name: str) -> str:
    """The name of a derivation's page."""
    return f"{FOLDER}/{name}/index"


def published(folder: Path = ROOT) -> tuple[list[str], dict[str, str]]:
    """Every id that was ever published, in this file or in a release, and what renamed ones are called now."""
    found = tomllib.loads((folder / "redirects.toml").read_text(encoding="utf-8"))
    released = {name for release in release_names() for name in find(release).results}
    return sorted({*found["published"], *released}), found["renamed"]


def homes(env: BuildEnvironment) -> dict[str, str]:
    """The chapter with the card of each derivation that has one."""
    shown = {name: page for page in sorted(env.found_docs) for name in env.metadata[page].get("derivations", ())}
    return {formula.id: shown[formula.id] for formula in all_formulas() if formula.id in shown}


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each card of the book, and one for each id that has another name now."""
    if app.builder.name != "html":
        return
    chapters: dict[str, list[str]] = defaultdict(list)
    for name, chapter in homes(app.env).items():
        chapters[chapter].append(name)
    for chapter, names in chapters.items():
        if this_build().alone and chapter not in this_build().again:
            continue
        doctree = app.env.get_doctree(chapter)
        cards = {name: found for found in doctree.findall(card) for name in found["ids"]}
        for name in names:
            yield page_name(name), _context(app, chapter, name, cards[name], doctree), "derivation.html"
    there = homes(app.env)
    for old, new in published()[1].items():
        if new in there:
            yield page_name(old), {"title": formula_by_id(new).title, "new": new}, "moved.html"


def _context(app: Sphinx, chapter: str, name: str, shown: card, whole: nodes.document) -> dict[str, Any]:
    formula, here = formula_by_id(name), page_name(name)
    copied = shown.deepcopy()
    copied["ids"], copied["title_id"], copied["permanent"] = ["card"], "card-title", True
    for heading in copied.findall(nodes.rubric):
        if heading["ids"] == [f"{name}-title"]:
            heading["ids"], heading["heading-level"] = ["card-title"], 2
            for raw in list(heading.findall(nodes.raw)):  # the link to itself
                heading.replace(
                    raw, nodes.raw("", raw.astext().replace(f'href="#{name}"', 'href="#card"'), format="html")
                )
    for part in copied.findall(citing):
        part["open"] = True
    for link in copied.findall(addnodes.pending_xref):
        link["refdoc"] = here
    document = new_document(here, app.builder.docsettings)  # type: ignore[attr-defined]
    document += copied
    app.env.apply_post_transforms(document, here)
    builder: Any = app.builder
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
        "metatags": tags(formula.title, place(name), name, formula.summary),
        "cards": [shown["data"]] if shown["data"] else [],
    }


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("html-collect-pages", pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
