"""The planner: a page on which readers fix two ends of a chain, and its script, data and formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode

from _ext.elements.piece import Piece, Word, add_node
from _ext.elements.trimmed import trimmed_script
from _ext.state import LIBRARY
from calc.base.errors import CalcError
from calc.book.planner import question, questions
from calc.render.pages.planner import planner as static_page
from calc.render.planner import planner_data, planner_library

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

    from _ext.elements.piece import RoleResult

_PAGE, _ASK = "chapters/planner", "calc-ask"


class planner(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """The place of the planner."""


class Planner(Piece):
    """``{planner}``: questions and answers; without scripts, the book's case of each as tables."""

    def run(self) -> list[nodes.Node]:
        """The tables, which the script replaces."""
        place = planner()
        place += self.parse_text_to_nodes(static_page())
        return [place]


class Ask(Word):
    """``{ask}`Is this claim right? <claim>```: the planner with one of its questions asked, by the question's id."""

    def run(self) -> RoleResult:
        """A link with these words, or with the question's own where the id stands alone."""
        words, _, name = self.text.rpartition("<")
        try:
            asked = question(name.removesuffix(">").strip())
        except CalcError as error:
            return self.refuse(error)
        return self.link(_ASK, asked.id, nodes.inline("", words.strip() or asked.title), refwarn=True)


def resolve_ask(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.Element
) -> nodes.reference | None:
    """Link to the planner's page; the question stands in the address where a script can read it."""
    if node["reftype"] != _ASK or _PAGE not in env.titles:
        return None
    made = make_refnode(app.builder, node["refdoc"], _PAGE, "", content)
    if app.builder.name == "html":
        made["refuri"] += f"?ask={node['reftarget']}"
    return made


def visit_html(self: HTML5Translator, node: planner) -> None:
    """A section of its own for the script to find."""
    self.body.append(self.starttag(node, "div", CLASS="planner"))


def depart_html(self: HTML5Translator, node: planner) -> None:
    """Close it, with its data."""
    if self.builder.name != "epub":
        templates: Any = self.builder.templates
        self.body.append(templates.render("book-planner-page.html", {"questions": questions()}))
        self.body.append(f'<script type="application/json" class="planner-data">{planner_data()}</script>\n')
    self.body.append("</div>\n")


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """The page's formulas as a classic script, which a page opened as a file may load."""
    if app.builder.name == "epub" or doctree is None or not next(doctree.findall(planner), None):
        return
    context["book_script"] = "planner"
    library = Path(app.outdir) / "_static" / LIBRARY / f"{pagename.replace('/', '-')}.js"
    library.parent.mkdir(parents=True, exist_ok=True)
    library.write_text(trimmed_script(planner_library()), encoding="utf-8")
    app.add_js_file(f"{LIBRARY}/{library.name}", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register directive and listeners."""
    app.add_directive("planner", Planner)
    app.add_role("ask", Ask())
    app.connect("missing-reference", resolve_ask)
    add_node(app, planner, html=(visit_html, depart_html))  # other formats get the tables alone
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
