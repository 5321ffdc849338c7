"""All notebooks, records and sources of the site as one file to download, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from _ext.site.made_beside import MadeBeside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

NAME = "notebooks-and-data.zip"
_KINDS = ("**/*.ipynb", "derivation*.*", "references.*")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: no file has one of its own


def pack(app: Sphinx) -> None:
    """Pack them into a file of the site."""
    site = Path(app.outdir)
    files = sorted({file for kind in _KINDS for file in site.glob(kind) if file.is_file()})
    with zipfile.ZipFile(site / NAME, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.relative_to(site).as_posix(), _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners, after those that write what is packed."""
    archive = MadeBeside(pack)
    app.connect("build-finished", archive.begin, priority=650)
    app.connect("build-finished", archive.finish, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
