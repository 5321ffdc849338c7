"""Pages are read, and written, side by side, each by one process that does all of it.

Sphinx cuts the pages into runs, of which some are long and some are not, and forks for each. It looks up what all links
lead to in its main process, and hands the trees to others to write. Here as many processes as there are processors each
take the largest page that none has taken yet, until all are done: to read it, and later to look up its links and write
it. `page-written` lets the cards on it be written to their permanent pages there too, from the same tree.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.build_phase import BuildPhase
from sphinx.util.parallel import ParallelTasks

from _ext.build.once import do_once
from _ext.site.page_notes import Note, notes, take
from _ext.site.permanent import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class Pages(StandaloneHTMLBuilder):
    """Sphinx's own HTML, made by as many processes as there are processors."""

    def init(self) -> None:
        """Set up what pages are made with."""
        super().init()
        do_once(self)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page, and say so while its tree is at hand."""
        super().write_doc(docname, doctree)
        self.events.emit(WRITTEN, docname, doctree)

    def handle_page(self, pagename: str, *about: Any, **more: Any) -> None:
        """Write any page, and note what its sheet and the search ask of it."""
        super().handle_page(pagename, *about, **more)
        take(self._app, pagename, Path(self.get_output_path(pagename)))

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        for docname in docnames:
            self.events.emit("env-purge-doc", self.env, docname)
            self.env.clear_doc(docname)

        def read(names: Iterator[str]) -> bytes:
            self.env._app = self._app
            mine: list[str] = []
            for name in names:
                self.read_doc(name, _cache=False)
                mine.append(name)
            return pickle.dumps((mine, self.env), pickle.HIGHEST_PROTOCOL)

        def merge(_: object, found: bytes) -> None:
            mine, env = pickle.loads(found)
            self.env.merge_info_from(mine, env, self._app)

        deal(docnames, nproc, read, merge)

    def _write_parallel(self, docnames: Sequence[str], nproc: int) -> None:
        rest = list(docnames)
        # By which templates are compiled once: a page without a script of its own, as what trims these may not be
        # loaded before a fork (_ext/elements/trimmed.py).
        if plain := next((name for name in rest if self._is_plain(name)), None):
            rest.remove(plain)
            self._write_whole(plain)
        rest.sort(key=lambda name: -(self.doctreedir / f"{name}.doctree").stat().st_size)

        def write(names: Iterator[str]) -> tuple[dict[Any, str], dict[str, Note]]:
            for name in names:
                self._write_whole(name)
            return self.images, notes(self._app)

        def merge(_: object, found: tuple[dict[Any, str], dict[str, Note]]) -> None:
            self.images.update(found[0])
            notes(self._app).update(found[1])

        # Not `nproc`, which leaves one out for the main process.
        deal(rest, self._app.parallel, write, merge)

    def _is_plain(self, docname: str) -> bool:
        text = self.env.doc2path(docname).read_text(encoding="utf-8")
        return not any(one in text for one in ("{code-cell}", "{chart", "{planner}"))

    def _write_whole(self, docname: str) -> None:
        self.phase = BuildPhase.RESOLVING
        doctree = self.env.get_and_resolve_doctree(docname, self, tags=self.tags)
        self.phase = BuildPhase.WRITING
        self.write_doc_serialized(docname, doctree)
        self.write_doc(docname, doctree)


class Tasks(ParallelTasks):
    """Sphinx's own, that can be stopped also between a result and its merge."""

    def terminate(self) -> None:
        """Stop what still works."""
        for at in self._precvs:
            self._result_funcs.setdefault(at, None)  # type: ignore[arg-type]
        super().terminate()


def deal(
    names: Sequence[str], jobs: int, work: Callable[[Iterator[str]], Any], finish: Callable[[object, Any], None]
) -> None:
    """Let some processes work, each on the next name that none has taken yet, and finish with what each sends back."""
    taken = multiprocessing.get_context("fork").Value("i", 0)

    def mine() -> Iterator[str]:
        while True:
            with taken:
                at, taken.value = taken.value, taken.value + 1
            if at >= len(names):
                return
            yield names[at]

    gc.freeze()  # to look through what there is by now would copy it for each process
    tasks = Tasks(jobs)
    for _ in range(min(jobs, len(names))):
        tasks.add_task(lambda: work(mine()), None, finish)
    tasks.join()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put it in the place of Sphinx's own."""
    app.add_builder(Pages, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
