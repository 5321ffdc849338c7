"""Scripts for the pages that have a calculator: the book's formulas as a classic script, and what works with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError

from _ext.elements.cards import card
from _ext.elements.charts import picture
from _ext.elements.trimmed import trimmed_script
from _ext.state import LIBRARY, homes, this_build
from calc.api import formula_by_id
from calc.book.home import home
from calc.render import javascript
from calc.render.case_bases import case_bases
from calc.render.coverage import is_covered

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata


# A page with cards of serving asks for the script that says how far a what-if lies from what was measured (coverage.js)
# once there is one. Scripts that are deferred have all run when the document is ready.
_COVERED = """document.addEventListener("DOMContentLoaded", () => {
const { book } = window, draw = book.redraw;
const cover = (card) => (card.changed || book.cover) && book.fetched("coverage").then(() => book.cover(card, draw));
book.redraw = (card) => { card.far = null; draw(card); cover(card); };
book.cards.forEach(cover);
});
"""


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Classic scripts, which a page opened as a file may load; only where something uses them.

    Raises
    ------
    ExtensionError : a page has the planner too, and one script would have to be both.
    """
    if app.builder.name == "epub":
        return
    charts, drawn = list[picture](), list[dict[str, Any]]()
    if doctree is None:
        cards = context.get("cards", [])
    else:
        cards = [found["data"] for found in doctree.findall(card) if found["data"]]
        charts = list(doctree.findall(picture))
        drawn = [found["needs"] for found in charts if found["needs"]]
    if not cards and not charts:
        return
    if context.get("book_script") == "planner":
        raise ExtensionError(f"{pagename} has {{planner}} and cards; accepted: each on a page of its own")
    context["book_script"] = "cards"  # which _ext/site/shipped.py gives the script of
    # A file for each page, of what the page computes with, before it is asked for its checksum.
    library = Path(app.outdir) / "_static" / LIBRARY / f"{pagename.replace('/', '-')}.js"
    library.parent.mkdir(parents=True, exist_ok=True)
    known = [json.loads(one) for one in cards]
    covered = any(is_covered(one["formula"], frozenset(one["values"])) for one in known)
    library.write_text(
        trimmed_script(javascript.library(known, drawn=drawn) + (_COVERED if covered else "")), encoding="utf-8"
    )
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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners."""
    app.connect("write-started", prepare, priority=600)  # after the records have been begun beside it
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
