"""Figures, tables and equations are numbered from outlines of the pages, and not from all that is on them.

Sphinx numbers them when all pages are read, in one process, and for that loads every page and goes through each node of
it. Of a page it only needs the sections, what they hold that has a number, and which pages come below. Whoever reads a
page notes that much of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from _ext.elements.rows import table

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

NOTE = "outline"
# What is numbered, and by which words some of it is known to be.
_KEPT = (nodes.section, addnodes.toctree, nodes.figure, nodes.table, nodes.container, nodes.math_block)
_NAMES = (nodes.title, nodes.caption, nodes.literal_block)


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the outline of a page that has been read with the page."""
    outline = nodes.Element()
    outline += _outline(doctree)
    app.env.metadata[app.env.docname][NOTE] = outline


def _outline(node: nodes.Node) -> list[nodes.Node]:
    """What is numbered within a node, in its order; what is not numbered gives way to what it holds."""
    found: list[nodes.Node] = []
    for child in node.children:
        if isinstance(child, nodes.Text) or (isinstance(child, table) and child.kinds):
            continue  # words; and a table of nothing but words, which has no title
        below = _outline(child)
        if isinstance(child, _KEPT):
            made: nodes.Element = child.copy()
            made += [type(name)("", name.astext()) for name in child.children if isinstance(name, _NAMES)]
            made += below
            found.append(made)
        else:
            found += below
    return found


def lend(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give Sphinx the outlines while it numbers what is on the pages."""
    env.get_doctree = lambda name: env.metadata[name][NOTE]  # type: ignore[method-assign,assignment]
    return []


def take_back(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give it whole pages again."""
    del env.get_doctree
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners around Sphinx's own."""
    app.connect("doctree-read", note, priority=900)
    app.connect("env-get-updated", lend, priority=499)
    app.connect("env-get-updated", take_back, priority=501)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
