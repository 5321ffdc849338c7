"""All notebooks, records and sources of the site as one file to download, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.parallel import ParallelTasks, SerialTasks

from _ext.state import beside

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

NAME = "notebooks-and-data.zip"
_KINDS = ("**/*.ipynb", "derivation*.*", "references.*")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: no file has one of its own


class Archive:
    """Packs them beside the sheets, once all are written."""

    def __init__(self) -> None:
        self.tasks: ParallelTasks | SerialTasks = SerialTasks()

    def begin(self, app: Sphinx, exception: Exception | None) -> None:
        """Begin when records and notebooks are there."""
        if exception is None and app.builder.name == "html":
            self.tasks = beside(app)
            self.tasks.add_task(pack, Path(app.outdir))

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Wait for it; what fails there fails the build."""
        if exception is None:
            self.tasks.join()


def pack(site: Path) -> None:
    """Pack them into a file of the site."""
    files = sorted({file for kind in _KINDS for file in site.glob(kind) if file.is_file()})
    with zipfile.ZipFile(site / NAME, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.relative_to(site).as_posix(), _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners, after those that write what is packed."""
    archive = Archive()
    app.connect("build-finished", archive.begin, priority=650)
    app.connect("build-finished", archive.finish, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
