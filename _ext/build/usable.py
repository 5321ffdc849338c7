"""No book is built of formulas or quantities that cannot be defined: each is named in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

from calc.base.broken import all_broken

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def refuse_broken(app: Sphinx) -> None:
    """End the build before a page is read.

    Raises
    ------
    ExtensionError : something cannot be defined; a line for each.
    """
    if broken := all_broken():
        raise ExtensionError("\n".join(map(str, broken)))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look as soon as there is a builder."""
    app.connect("builder-inited", refuse_broken, priority=0)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
