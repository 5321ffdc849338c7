"""What a PDF has in another place than the page that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.latex import LaTeXTranslator


class elsewhere(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """What was moved, and keeps the name of its page, as ``docname``, for what it links to and what links into it."""


def page_of(node: nodes.Element) -> str:
    """The document that a node of an assembled book comes from, which its sections name."""
    found: nodes.Element | None = node
    while found is not None and not found.get("docname"):
        found = found.parent
    return str(found["docname"]) if found is not None else ""


def visit_latex(self: LaTeXTranslator, node: elsewhere) -> None:
    """What it holds has the names of the page that it was taken from."""
    self.curfilestack.append(node["docname"])
    self.body.append("\n\\par\\medskip\n")


def depart_latex(self: LaTeXTranslator, _node: elsewhere) -> None:
    """Back on the page where it stands."""
    self.curfilestack.pop()


def _as_it_is(_self: Any, _node: Element) -> None:
    """Neither opens nor closes anything."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node."""
    app.add_node(elsewhere, html=(_as_it_is, _as_it_is), latex=(visit_latex, depart_latex))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
