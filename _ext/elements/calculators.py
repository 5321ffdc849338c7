"""Scripts for the pages that have a calculator: the book's formulas as a classic script, and what works with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ExtensionError

from _ext.elements.cards import card
from _ext.elements.charts import picture
from _ext.elements.piece import Piece, add_node
from _ext.state import LIBRARY, homes, this_build
from calc.api import all_formulas, formula_by_id
from calc.book.home import home
from calc.render import javascript
from calc.render.case_bases import case_bases
from calc.render.javascript import safe_json
from calc.render.pages.own import own as own_table

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

    from calc.api import Formula


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Classic scripts, which a page opened as a file may load; only where something uses them.

    Raises
    ------
    ExtensionError : a page has both kinds of calculator, and one script would have to be both.
    """
    if app.builder.name == "epub":
        return
    if doctree is None:
        cards = context.get("cards", [])
        formulas: tuple[Formula, ...] = ()
    else:
        cards = [found["data"] for found in doctree.findall(card) if found["data"]]
        drawn = [found["follows"]["wide"] for found in doctree.findall(picture) if found["follows"]["wide"]]
        cards += [safe_json(one) for text in drawn for one in json.loads(text)["cards"]] if cards else []
        formulas = all_formulas() if next(doctree.findall(own), None) else ()
    if not cards and not formulas:
        return
    if cards and formulas:
        raise ExtensionError(f"{pagename} has {{build-your-own}} and cards; accepted: each on a page of its own")
    context["book_script"] = "cards" if cards else "build-your-own"  # which _ext/scripts.py gives the script of
    # A file for each page, of what the page computes with, before it is asked for its checksum.
    library = Path(app.outdir) / "_static" / LIBRARY / f"{pagename.replace('/', '-')}.js"
    library.parent.mkdir(parents=True, exist_ok=True)
    library.write_text(javascript.library(map(json.loads, cards), formulas), encoding="utf-8")
    app.add_js_file(f"{LIBRARY}/{library.name}", loading_method="defer")


def prepare(app: Sphinx, builder: Builder) -> None:
    """Before pages are shared out to processes: what chapters and permanent pages compute with is worked out once."""
    if builder.name == "html":
        pages = this_build().again if this_build().alone else app.env.found_docs
        shown = [home(formula_by_id(name)) for name, page in homes(app.env).items() if page in pages]
        formulas = {step.formula for one in shown for step in one.chain}
        javascript.prepare(formulas, {one.scenario.name for one in shown})
        folder = Path(app.outdir) / "_static" / LIBRARY
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in case_bases():
            (folder / f"{name}.js").write_text(text, encoding="utf-8")


class own(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """The place of the calculator of the whole chain."""


class BuildYourOwn(Piece):
    """``{build-your-own}``: the whole chain; without scripts, its results in the book's own scenario."""

    def run(self) -> list[nodes.Node]:
        """The table, and what the script starts from."""
        place = own()
        place += self.parse_text_to_nodes(own_table())
        return [place]


def visit_own_html(self: HTML5Translator, node: own) -> None:
    """A section of its own for the script to find."""
    self.body.append(self.starttag(node, "div", CLASS="own"))


def depart_own_html(self: HTML5Translator, node: own) -> None:
    """Close it, with its data."""
    if self.builder.name == "epub":
        self.body.append("</div>\n")
        return
    self.body.append(f'<script type="application/json" class="own-data">{javascript.own()}</script>\n</div>\n')


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners."""
    app.add_directive("build-your-own", BuildYourOwn)
    add_node(app, own, html=(visit_own_html, depart_own_html))  # other formats get the table alone
    app.connect("write-started", prepare, priority=600)  # after the records have been begun beside it
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
