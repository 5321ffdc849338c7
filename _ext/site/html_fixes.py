"""What other packages write that assistive technology, or a page opened as a file, trips over, put right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

REPLACEMENTS = {
    # Deprecated in ARIA 1.3, and never allowed on a list's own level: links stand between the entries.
    ' role="doc-biblioentry"': "",
    '<div role="list" class="citation-list">': '<div class="citation-list">',
    # The corner of a table with headings on two sides heads nothing.
    '<th class="head"><p></p></th>': "<td></td>",
    '<th class="head"></th>': "<td></td>",
    '<th class="head stub"><p></p></th>': "<td></td>",
}
# A name in a narrow column goes on in the next line after one of its underscores, not at any letter.
IN_CODE = re.compile(r'<span class="pre">[^<]*\w_\w[^<]*</span>')
INNER = re.compile(r"(?<=\w_)(?=\w)")


def put_right(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Replace in the body of a page."""
    if "body" not in context:
        return
    for old, new in REPLACEMENTS.items():
        context["body"] = context["body"].replace(old, new)
    context["body"] = IN_CODE.sub(lambda name: INNER.sub("<wbr/>", name[0]), context["body"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("html-page-context", put_right)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
