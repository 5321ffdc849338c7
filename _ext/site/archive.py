"""All notebooks, records and sources of the site as one file to download, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

NAME = "notebooks-and-data.zip"
_KINDS = ("**/*.ipynb", "derivation*.*", "references.*")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: no file has one of its own


def pack(app: Sphinx, exception: Exception | None) -> None:
    """Pack them when all are written."""
    if exception or app.builder.name != "html":
        return
    site = Path(app.outdir)
    files = sorted({file for kind in _KINDS for file in site.glob(kind) if file.is_file()})
    with zipfile.ZipFile(site / NAME, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.relative_to(site).as_posix(), _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener, after those that write what is packed."""
    app.connect("build-finished", pack, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
