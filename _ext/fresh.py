"""Never a stale page: every page depends on all that calc computes with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_PATTERNS = ("calc/**/*.py", "calc/data/**/*", "_ext/*.py", "references.bib", "requirements.txt")


def note_dependencies(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Have Sphinx read a page again when anything it may have been computed from is newer."""
    root = Path(app.srcdir)
    for pattern in _PATTERNS:
        for file in sorted(root.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                app.env.note_dependency(file, docname=docname)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("source-read", note_dependencies)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
