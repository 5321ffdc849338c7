"""No book is built of formulas or quantities that cannot be defined: each is named in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

from calc.model.registry import check_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """End the build before another extension of the book's, or a page, is read.

    Raises
    ------
    ExtensionError : something cannot be defined; a line for each.
    """
    if broken := check_all():
        raise ExtensionError("\n".join(map(str, broken)))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
