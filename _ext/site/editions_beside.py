"""The book as PDF and EPUB beside its pages, where they were built: each page offers what ``BOOK_EDITIONS`` names.

Named and not looked for, so that a file of an older commit that lies about is never offered, and the same command gives
the same site. ``make pages BOOK_EDITIONS="pdf epub"`` builds them first.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import SphinxError

from _ext.elements.piece import Piece
from calc.base.errors import nearest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

EDITIONS, NAME = "BOOK_EDITIONS", "tokens-to-terawatts"
KINDS = {"pdf": "PDF", "epub": "EPUB"}


def named(text: str) -> dict[str, str]:
    """The files to offer, by what readers call them.

    Raises
    ------
    SphinxError : a word is none of `KINDS`.

    Examples
    --------
    >>> named("epub pdf"), named("")
    ({'PDF': 'tokens-to-terawatts.pdf', 'EPUB': 'tokens-to-terawatts.epub'}, {})
    """
    words = text.split()
    for word in words:
        if word not in KINDS:
            message = f"{EDITIONS} has {word!r}; accepted: {', '.join(KINDS)}{nearest(word, list(KINDS))}"
            raise SphinxError(message)
    return {shown: f"{NAME}.{kind}" for kind, shown in KINDS.items() if kind in words}


def offered(app: Sphinx) -> dict[str, str]:
    """Those that this build is to offer; none where it makes no site."""
    return named(os.environ.get(EDITIONS, "")) if app.builder.name == "html" else {}


def copy(app: Sphinx) -> None:
    """Put them beside the first page.

    Raises
    ------
    SphinxError : one that is named was not built.
    """
    for shown, name in offered(app).items():
        kind = Path(name).suffix[1:]
        built = Path(app.outdir).parents[1] / kind / name
        if not built.is_file():
            message = f"{EDITIONS} names {kind}, and {built.parent.name}/{name} is not built; make {kind} builds it"
            raise SphinxError(message)
        Path(app.outdir).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built, Path(app.outdir) / name)
        app.config.html_context.setdefault("book_editions", {})[shown] = name


class Editions(Piece):
    """``{editions}``: a sentence with links to them; nothing where there are none."""

    def run(self) -> list[nodes.Node]:
        """The sentence."""
        found: dict[str, str] = self.config.html_context.get("book_editions", {})
        if not found:
            return []
        line = nodes.paragraph("", "The whole book is one file to read elsewhere too: ")
        for place, (shown, name) in enumerate(found.items()):
            line += nodes.Text(" and " if place else "")
            link: Any = nodes.literal("", name, classes=["beside"])
            line += [nodes.Text(f"as {shown}, "), link]
        line += nodes.Text(".")
        return [line]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and the listener."""
    app.add_directive("editions", Editions)
    app.connect("builder-inited", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
