"""What each page of the site holds of which its sheets and its search are made: noted by the process that writes it.

So no process goes through all pages alone when they are there. The notes are kept with what was read: where only some
pages are written again, the others' still hold.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _ext.site.page_entries import page_entries
from _ext.site.used_words import Used, page_words
from _ext.state import this_build
from calc.publish.search_entries import Entry

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["Note", "note_of", "notes"]

_FILE = "notes.pickle"
_SHEET = re.compile(r"_static/([\w-]+\.css)")


@dataclass(frozen=True)
class Note:
    """What a page holds.

    Attributes
    ----------
    words : what a sheet may name.
    sheets : the file names of those that it loads.
    entries : what a search finds on it, where it is a page of the book.
    """

    words: Used
    sheets: frozenset[str]
    entries: tuple[Entry, ...]


def note_of(html: str, name: str, is_chapter: bool) -> Note:
    """The note of a page.

    Examples
    --------
    >>> found = note_of('<link href="_static/book.css?v=1"></head><p class="lede">Water</p>', "about", False)
    >>> found.words.has("p", {"lede"}), found.sheets, found.entries
    (True, frozenset({'book.css'}), ())
    """
    entries = tuple(page_entries(html, name)) if is_chapter else ()
    return Note(page_words(html), frozenset(_SHEET.findall(html.partition("</head>")[0])), entries)


def notes(app: Sphinx) -> dict[str, Note]:
    """The notes of all pages that there are, by their names, once all are written."""
    builder: Any = app.builder
    return builder.__dict__.setdefault("page_notes", {})  # type: ignore[no-any-return]


def take(app: Sphinx, name: str, file: Path) -> None:
    """Note what a page holds that has just been written."""
    notes(app)[name] = note_of(file.read_text(encoding="utf-8"), name, name in app.env.found_docs)


def gather(app: Sphinx, exception: Exception | None) -> None:
    """Add what was noted of pages that were not written again, and keep them all."""
    if exception is not None or app.builder.name != "html":
        return
    kept = Path(app.doctreedir) / _FILE
    known: dict[str, Note] = pickle.loads(kept.read_bytes()) if this_build().alone and kept.is_file() else {}
    found, every = notes(app), dict[str, Note]()
    for name, file in _pages(Path(app.outdir)):
        if name not in found and name not in known:
            take(app, name, file)
        every[name] = found.get(name) or known[name]
    found.clear()
    found |= every
    kept.write_bytes(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))


def _pages(out: Path) -> Iterable[tuple[str, Path]]:
    for file in sorted(out.rglob("*.html")):
        name = file.relative_to(out).with_suffix("").as_posix()
        if not name.startswith("_static/"):
            yield name, file


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener: when all pages are written, before anything is made of them."""
    app.connect("build-finished", gather, priority=700)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
