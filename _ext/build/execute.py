"""Executes each chapter's cells when Sphinx reads it; docs/building.md says why not with a kernel.

MyST-NB lets a reader be named for a suffix (`nb_custom_formats`). Ours hands it the notebook with its outputs in place,
and MyST-NB, told not to execute anything itself, renders them.
"""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.errors import SphinxError
from sphinx.util import logging

from _ext.build.clock import took
from _ext.build.revision import revision
from _ext.elements.cards import card
from _ext.state import MANY, ROOT, sources, this_build
from calc import all_formulas
from calc.book.home import book_derivations, home

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from _ext.build.cells import Run

# Forking is what makes it fast. Elsewhere MyST-NB's own execution does the same in a kernel a chapter.
CAN_FORK = hasattr(os, "fork")
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}

_MANY_ROWS = 200  # fences that a page takes as long as whose text is a table of calc's, or the planner

logger = logging.getLogger(__name__)
# The page that this process reads now: Sphinx announces it, then MyST-NB asks `read` for it.
_now: dict[str, nbformat.NotebookNode] = {}
# Pages whose cells have been run before any page is read.
_ran: dict[str, Page] = {}
_this_build = {"commit": ""}


class CellFailed(SphinxError):
    """A cell that stops the build."""

    category = "Cell failed"


def configure(app: Sphinx, config: Config) -> None:
    """Set MyST-NB up for the chosen way to execute: fork, stock or off."""
    chosen = config.book_execution
    if chosen not in ("fork", "stock", "off"):
        message = f"book_execution is {chosen!r}; accepted: fork, stock, off"
        raise SphinxError(message)
    config["nb_execution_mode"] = "force" if chosen == "stock" else "off"
    config["nb_execution_timeout"] = config.book_cell_limit
    if chosen != "stock":
        config["nb_custom_formats"] = {".md": f"{__name__}.read"}


def load(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Import once, before any process is forked, what each would otherwise import for itself."""
    _this_build["commit"] = revision(ROOT)
    if docnames and app.config.book_execution == "fork":
        import scipy.special  # noqa: F401  # ranges are drawn with it, by cells and by whoever writes a card

        import _ext.build.cells  # noqa: F401  # brings IPython

        if len(docnames) > MANY and this_build().charts is None:
            import matplotlib.backends.backend_svg
            import matplotlib.figure  # noqa: F401  # charts stand all over the book


def prepare(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Work out once what is on cards, for all pages that show it or a number of it."""
    if docnames and app.config.book_execution == "fork":
        text = sources(env, docnames)
        for shown in [home(all_formulas()[0]), *(one for one in book_derivations() if one.formula.name in text)]:
            shown._repr_mimebundle_()


def share_out(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Put pages with much on them first: the last ones to be read then end at about the same time."""

    def size(name: str) -> int:
        text = Path(env.doc2path(name)).read_text(encoding="utf-8")
        return text.count("```") + _MANY_ROWS * text.count("{generated}") + _MANY_ROWS * text.count("{planner}")

    docnames.sort(key=size, reverse=True)


class Page:
    """A page's notebook, and its cells: at work once they are started, and in the end with what they show.

    Attributes
    ----------
    places : where in the notebook the cells are that are run.
    failed : why a cell failed, if one did.
    """

    def __init__(self, app: Sphinx, file: Path, text: str) -> None:
        self.text, self.failed, self._file, self._limit = text, "", file, app.config.book_cell_limit
        self.notebook = read_myst_markdown_notebook(text, config=app.env.myst_config, add_source_map=True)  # type: ignore[attr-defined]
        if app.config.book_execution != "stock":
            _count_lines(self.notebook, text)
        self.places = [at for at, cell in enumerate(self.notebook.cells) if _runs(cell)]
        self._run: Run | None = None

    def start(self) -> Page:
        """Let them run."""
        from _ext.build.cells import Run  # here, as Windows has no fork

        if self.places:
            cells = [self.notebook.cells[place].source for place in self.places]
            self._run = Run(cells, self._file.parent, self._limit)
        return self

    def finish(self) -> None:
        """Wait for their end, and put what they show into the notebook."""
        from _ext.build.cells import CellError

        try:
            shown = self._run.results() if self._run else []
        except CellError as error:
            source = self.notebook.cells[self.places[error.place]].source.splitlines()
            first = _first_line(self.text, self.notebook.metadata["source_map"][self.places[error.place]], source)
            failing = source[error.line - 1].strip() if error.line <= len(source) else ""
            self.failed = f"{first + error.line - 1}: cell {error.place + 1}: {error.reason}\n    {failing}"
            return
        for number, (place, outputs) in enumerate(zip(self.places, shown, strict=True), 1):
            cell = self.notebook.cells[place]
            cell.outputs, cell.execution_count = nbformat.from_dict(outputs), number  # type: ignore[no-untyped-call]

    @property
    def seconds(self) -> float:
        """How long they took."""
        return self._run.seconds if self._run else 0.0

    def end(self) -> None:
        """Stop them."""
        if self._run:
            self._run.end()


def run_ahead(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the cells of all pages that will be read, as long as this process is small.

    After a fork its parent has to fetch anew what memory it writes to, and one that reads pages writes to all it has.
    """
    _ran.clear()
    if app.config.book_execution != "fork":
        return
    at_work: deque[Page] = deque()
    try:
        for name in docnames:
            file = Path(env.doc2path(name))
            text = file.read_text(encoding=app.config.source_encoding)
            if is_myst_markdown_notebook(text):
                if len(at_work) >= app.parallel:
                    at_work.popleft().finish()
                at_work.append(_ran.setdefault(name, Page(app, file, text).start()))
        while at_work:
            at_work.popleft().finish()
    finally:
        for page in at_work:
            page.end()


def execute(app: Sphinx, docname: str, content: list[str]) -> None:
    """Let MyST-NB have the page that is about to be read with its cells run, unless it is to run them itself."""
    chosen, file = app.config.book_execution, Path(app.env.doc2path(docname))
    page = _ran.pop(docname, None)
    ahead = page is not None and page.text == content[0]  # nothing has changed it on its way
    if page is None or not ahead:
        page = Page(app, file, content[0])
    if chosen != "stock":
        _now["notebook"] = page.notebook
    if not is_myst_markdown_notebook(content[0]):
        if page.places:
            line = page.notebook.metadata["source_map"][page.places[0]]
            message = f"{_shown(app, file)}:{line}: a cell, but no `file_format: mystnb` at the top of the page"
            raise CellFailed(message)
        return
    page.notebook.metadata["language_info"] = LANGUAGE
    # By its place in the notebook that may be downloaded, each cell, those that are not run too.
    cells = {at: cell.source for at, cell in enumerate(page.notebook.cells) if cell.cell_type == "code"}
    app.env.metadata[docname]["cells"] = cells
    if chosen == "off":
        return
    if chosen == "fork" and not ahead:
        page.start().finish()
    if page.failed:
        raise CellFailed(f"{_shown(app, file)}:{page.failed}")
    # Sphinx itself carries a page's metadata over from the processes that read in parallel.
    done = {"at": time.time(), "seconds": page.seconds, "cells": len(page.places), **_this_build}
    app.env.metadata[docname]["executed"] = done
    if chosen == "fork":
        _say_executed(app, docname)


def _runs(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type == "code" and "skip-execution" not in cell.metadata.get("tags", [])


def _count_lines(notebook: nbformat.NotebookNode, text: str) -> None:
    """Let errors name the right line: MyST-NB counts one too many, and none for blank lines that begin a text."""
    lines, starts = text.splitlines(), notebook.metadata["source_map"]
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            first = starts[place]
            starts[place] = next((at for at in range(first, len(lines)) if lines[at].strip()), first) - 1


def _say_executed(app: Sphinx, docname: str) -> None:
    done = app.env.metadata[docname]["executed"]
    cells = f"{done['cells']} cell{'' if done['cells'] == 1 else 's'}"
    say(app, f"{docname}: {cells} executed in {took(done['seconds'])}")


def _first_line(text: str, fence: int, source: list[str]) -> int:
    """The line of the page, from 1, on which a cell's code starts, below its fence and options."""
    lines = text.splitlines()
    starts = range(fence, len(lines))
    return next((at + 1 for at in starts if lines[at : at + len(source)] == source), fence)


def _shown(app: Sphinx, file: Path) -> str:
    return file.relative_to(app.srcdir).as_posix()


def read(_text: str) -> nbformat.NotebookNode:
    """What MyST-NB's parser calls for the page that was just executed."""
    return _now.pop("notebook")


def count(app: Sphinx, doctree: nodes.document) -> None:
    """Note which derivations a page has, for the closing summary and for what lies beside the chapters."""
    app.env.metadata[app.env.docname]["derivations"] = [
        name for found in doctree.findall(card) for name in found["ids"]
    ]


def recount(app: Sphinx, doctree: nodes.document) -> None:
    """Note when MyST-NB ran a page's cells, and how long that took, where it did."""
    name = app.env.docname
    done = NbMetadataCollector.get_exec_data(app.env, name)
    if app.config.book_execution == "stock" and done is not None:
        app.env.metadata[name]["executed"] |= {"at": done["mtime"], "seconds": done["runtime"] or 0.0}
        _say_executed(app, name)


def say(app: Sphinx, line: str) -> None:
    """A line of progress at once, also from a process that reads in parallel, whose log comes late."""
    if app.config.book_progress:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    else:
        logger.info(line)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the reader and its settings."""
    app.add_config_value("book_execution", "fork" if CAN_FORK else "stock", "env", str)
    app.add_config_value("book_cell_limit", 60, "", (int, float))
    app.add_config_value("book_progress", False, "", bool)
    # Before MyST-NB looks at its settings; and after whatever else changes a page's source.
    app.connect("config-inited", configure, priority=100)
    app.connect("env-before-read-docs", share_out)
    app.connect("env-before-read-docs", load)
    app.connect("env-before-read-docs", prepare, priority=900)
    app.connect("env-before-read-docs", run_ahead, priority=950)
    app.connect("source-read", execute, priority=900)
    app.connect("doctree-read", count)
    app.connect("doctree-read", recount)
    metadata: dict[str, Any] = {"parallel_read_safe": True, "parallel_write_safe": True}
    return metadata  # type: ignore[return-value]
