"""Scripts for the pages that have a calculator: the book's formulas as a classic script, and what works with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from _ext.derivations import card
from calc.formula import all_formulas
from calc.quantities import all_quantities
from calc.render.javascript import library

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

LIBRARY = "formulas.js"


def write_library(app: Sphinx) -> None:
    """Write the formulas beside the other static files, before any page asks for their checksum."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LIBRARY).write_text(library(all_formulas(), all_quantities()), encoding="utf-8")


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Classic scripts, which a page opened as a file may load; only where there is a card."""
    if doctree is None or not any(True for _ in doctree.findall(card)):
        return
    for name in (LIBRARY, "numbers.js", "chain.js", "calculator.js"):
        app.add_js_file(name, loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners."""
    app.connect("builder-inited", write_library)
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
