"""Which scripts a page loads: those that something on it uses. `_templates/layout.html` makes them wait for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from _ext.site.joined import script_name, trimmed_script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# In place of its three. The others: icons, which icons.css draws, and Bootstrap, which page.js makes good for.
THEME = "scripts/pydata-sphinx-theme.js"
# What stands in a page that needs one of Sphinx's or an extension's.
NEEDED_BY = {
    "clipboard.min.js": "<pre>",
    "copybutton.js": "<pre>",
    "design-tabs.js": "data-sync-id",  # tabs that follow each other; the book's need no script
}
# Not ours, on every chapter, half of them comments.
WORDY = ("doctools.js", "sphinx_highlight.js", "copybutton.js")
# From English into English, with the counts of search results left empty.
NEVER = "translations.js"


def choose(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add what every page of the site has, and leave out what this one has no use for."""
    if app.builder.name == "epub":
        return
    for name in (THEME, script_name(context.get("book_script", "page"))):
        app.add_js_file(name, loading_method="defer")
    scripts = context["script_files"]
    scripts[:] = [script for script in scripts if _wanted(script, context.get("body") or "")]


def _wanted(script: Any, body: str) -> bool:
    if not script.filename:
        # Settings for a search while typing and a choice of versions, which the book does not have.
        return not script.attributes.get("body", "").startswith("DOCUMENTATION_OPTIONS.")
    name = str(script.filename).rpartition("/")[2]
    return name != NEVER and NEEDED_BY.get(name, "") in body


def trim(app: Sphinx, exception: Exception | None) -> None:
    """Leave comments and spaces to where these scripts come from."""
    if exception or app.builder.format != "html" or app.builder.name == "epub":
        return
    for name in WORDY:
        file = Path(app.outdir) / "_static" / name
        file.write_text(trimmed_script(file.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners, the first of them after all that add scripts."""
    app.connect("html-page-context", choose, priority=900)
    app.connect("build-finished", trim)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
