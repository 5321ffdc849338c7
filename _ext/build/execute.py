"""Executes each chapter's cells when Sphinx reads it; docs/building.md says why not with a kernel.

MyST-NB lets a reader be named for a suffix (`nb_custom_formats`). Ours hands it the notebook with its outputs in place,
and MyST-NB, told not to execute anything itself, renders them.
"""

from __future__ import annotations

import os
import sys
import time
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
from _ext.state import MANY, ROOT, sources
from calc import all_formulas
from calc.book.home import book_derivations, home

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

# Forking is what makes it fast. Elsewhere MyST-NB's own execution does the same in a kernel a chapter.
CAN_FORK = hasattr(os, "fork")
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}

logger = logging.getLogger(__name__)
# The page that this process reads now: Sphinx announces it, then MyST-NB asks `read` for it.
_now: dict[str, nbformat.NotebookNode] = {}
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
    """Import once, before any process is forked, what each would otherwise import for itself: SciPy takes a second."""
    _this_build["commit"] = revision(ROOT)
    if docnames and app.config.book_execution == "fork":
        import scipy.stats  # noqa: F401  # ranges are drawn with it, by cells and by whoever writes a card

        import _ext.build.cells  # noqa: F401  # brings IPython

        if len(docnames) > MANY:
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
    docnames.sort(key=lambda name: -Path(env.doc2path(name)).read_text(encoding="utf-8").count("```"))


def execute(app: Sphinx, docname: str, content: list[str]) -> None:
    """Parse the page that is about to be read, and run its cells, unless MyST-NB itself is to run them."""
    chosen = app.config.book_execution
    notebook = read_myst_markdown_notebook(content[0], config=app.env.myst_config, add_source_map=True)  # type: ignore[attr-defined]
    if chosen != "stock":
        _count_lines(notebook, content[0])
        _now["notebook"] = notebook
    file = app.env.doc2path(docname)
    places = [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    if not is_myst_markdown_notebook(content[0]):
        if places:
            line = notebook.metadata["source_map"][places[0]]
            message = f"{_shown(app, file)}:{line}: a cell, but no `file_format: mystnb` at the top of the page"
            raise CellFailed(message)
        return
    notebook.metadata["language_info"] = LANGUAGE
    if chosen == "off":
        return
    start = time.perf_counter()
    run = [place for place in places if "skip-execution" not in notebook.cells[place].metadata.get("tags", [])]
    if chosen == "fork":
        _run(app, file, content[0], notebook, run)
    seconds = time.perf_counter() - start
    # Sphinx itself carries a page's metadata over from the processes that read in parallel.
    app.env.metadata[docname]["executed"] = {"at": time.time(), "seconds": seconds, "cells": len(run), **_this_build}
    if chosen == "fork":
        _say_executed(app, docname)


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


def _run(app: Sphinx, file: Path, text: str, notebook: nbformat.NotebookNode, run: list[int]) -> None:
    from _ext.build.cells import CellError, run_cells  # here, as Windows has no fork

    try:
        shown = run_cells([notebook.cells[place].source for place in run], file.parent, app.config.book_cell_limit)
    except CellError as error:
        place = run[error.place]
        source = notebook.cells[place].source.splitlines()
        line = _first_line(text, notebook.metadata["source_map"][place], source) + error.line - 1
        failing = source[error.line - 1] if error.line <= len(source) else ""
        message = f"{_shown(app, file)}:{line}: cell {error.place + 1}: {error.reason}\n    {failing.strip()}"
        raise CellFailed(message) from None
    for number, (place, outputs) in enumerate(zip(run, shown, strict=True), 1):
        notebook.cells[place].outputs = nbformat.from_dict(outputs)  # type: ignore[no-untyped-call]
        notebook.cells[place].execution_count = number


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
    app.connect("env-before-read-docs", prepare, priority=900)  # what it computes with has been imported
    app.connect("source-read", execute, priority=900)
    app.connect("doctree-read", count)
    app.connect("doctree-read", recount)
    metadata: dict[str, Any] = {"parallel_read_safe": True, "parallel_write_safe": True}
    return metadata  # type: ignore[return-value]
