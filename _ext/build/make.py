"""``python -m _ext.build.make``: build the book, and put it in place whole or not at all.

Sphinx works in ``_build/next-NAME``, which starts as a copy of what the last good build remembered. Only when it has
ended without an error or a warning does the new book take the place of the old one, in one step.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _ext.build.clock import took
from _ext.build.processes import STOPS, Aside, end_with_parent, keep_times, locked, note_stops
from _ext.build.revision import revision
from _ext.build.surroundings import clean_start
from _ext.state import LIBRARY, NOW, ROOT, contents, digest, this_build, versions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

# What no page can come from; all else may, though it be only included or linked to.
ELSEWHERE = {"_build", "bench", "build", "dist", "tests", "tools"}
NAME = "tokens-to-terawatts"
OPEN = {"html": "index.html", "latex": f"{NAME}.tex", "epub": f"{NAME}.epub", "pdf": f"{NAME}.pdf"}
# What of Sphinx's makes the pages; a PDF is then made of these.
SPHINX = {"pdf": "latex"}
KEPT, MEMORY = "doctrees/drawings.json", "memory.json"

# How Sphinx begins to say what failed in one of its processes.
CLASS = re.compile(r"\A_ext\.[\w.]+: ")


class Found:
    """What there is to build from, as it is now, so that what changes meanwhile is found to be newer next time."""

    def __init__(self, root: Path, builder: str, settings: dict[str, str]) -> None:
        parts = [part for part in root.iterdir() if part.name not in ELSEWHERE and not part.name.startswith(".")]
        found = (file for part in parts for file in (part.rglob("*") if part.is_dir() else [part]))
        names = contents(found, root)
        self.files = {name.decode(): digest([content]) for name, content in zip(names, names, strict=True)}
        moment = os.environ.get("SOURCE_DATE_EPOCH", "")
        self.rest = [*versions(), f"{builder} {sorted(settings.items())} {moment}".encode()]
        self.revision = revision(root).encode()

    def stamp(self) -> str:
        """The same stamp, the same book."""
        return digest([self.around([]).encode(), self.revision])

    def around(self, pages: Iterable[str]) -> str:
        """The same words, the same book but for the text of these pages, and for the commit, which one page shows."""
        left = [f"{name} {content}".encode() for name, content in self.files.items() if name not in set(pages)]
        return digest([*left, *self.rest])


def sphinx(builder: str, next_: Path, jobs: int, settings: dict[str, str], copying: Aside | None) -> Sphinx:
    """Run Sphinx, with warnings as errors; any trouble is an exception or a status other than 0."""
    if builder == "html" and jobs > 1 and not (next_ / "doctrees/environment.pickle").is_file():
        this_build().charts = Aside(_charts).result  # while this process imports
    from sphinx.application import Sphinx
    from sphinx.util.console import nocolor
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    if not sys.stderr.isatty():
        nocolor()
    with patch_docutils(str(ROOT)), docutils_namespace():
        app = Sphinx(
            ROOT, ROOT, next_ / builder, next_ / "doctrees", SPHINX.get(builder, builder),
            confoverrides={"nitpicky": True, "book_progress": True, "book_fresh": True, **settings},
            status=None, warning=sys.stderr, warningiserror=True, parallel=jobs,
        )  # fmt: skip
        if copying:
            copying.result()
        app.build()
    return app


def make(build: Path, builder: str, jobs: int, settings: dict[str, str]) -> int:
    """Build the book if it would be another than the one there is; 0 when it is in place."""
    start, begun = time.perf_counter(), time.time()
    site, mark = build / builder, build / f"{builder}.stamp"
    first = site / OPEN[builder]
    found = Found(ROOT, builder, settings)
    now = found.stamp()
    if first.is_file() and _text(mark) == now:
        print(f"Nothing has changed: {_shown(first)}")
        return 0
    from calc.base.dates import build_moment  # only here, as the rest of calc: nothing to do must stay quick

    build_moment()
    if builder == "pdf":
        from _ext.build import editions  # only here: nothing to do must stay quick

        if absent := editions.missing():
            raise BuildFailed(absent)
    next_ = build / f"next-{builder}"
    shutil.rmtree(next_, ignore_errors=True)
    copying = begin(build, builder, next_, found)
    app = sphinx(builder, next_, jobs, settings, copying)
    if app.statuscode:
        raise BuildFailed("a warning is an error")
    if lost := app.env.found_docs - app.env.all_docs.keys():  # Sphinx can swallow what fails while it starts processes
        raise BuildFailed(f"not read: {', '.join(sorted(lost))}")
    if missing := unwritten(app, begun):  # and what fails in them while it starts the next
        raise BuildFailed(f"not written: {', '.join(missing)}; --jobs 1 says why")
    counted = summary(app)
    if builder in ("pdf", "epub"):
        one_file(next_ / builder, builder)
    if STOPS:
        raise KeyboardInterrupt  # one that was lost on the way
    keep_times(site, next_ / builder)
    pages = sorted(Path(app.env.doc2path(name)).relative_to(ROOT).as_posix() for name in app.env.found_docs)
    memory = {"inputs": NOW, "around": found.around(pages), "pages": pages, "stamp": now}
    (next_ / MEMORY).write_text(json.dumps(memory), encoding="utf-8")
    put_in_place(next_, site, build / f"state-{builder}", mark, now)
    print(f"{counted} in {took(time.perf_counter() - start)}. Open {_shown(first)}")
    return 0


def put_in_place(next_: Path, site: Path, state: Path, mark: Path, stamp: str) -> None:
    """Let a new book, and what is remembered of it, take the place of the old.

    The mark says that both are of one build. It is gone while they change places: were this stopped, the next build
    would take nothing of the site, which may be another than the one that is remembered.
    """
    from calc.base.atomic_files import exchange, write_file  # only now: nothing to do must stay quick

    mark.unlink(missing_ok=True)
    exchange(next_ / site.name, site)
    shutil.rmtree(next_ / site.name, ignore_errors=True)
    exchange(next_, state)
    shutil.rmtree(next_, ignore_errors=True)
    write_file(mark, stamp.encode())


def unwritten(app: Sphinx, begun: float) -> list[str]:
    """Pages without a file, or with the last site's though they were read in this build."""
    from sphinx.builders.html import StandaloneHTMLBuilder

    if not isinstance(builder := app.builder, StandaloneHTMLBuilder):
        return []
    files = {name: Path(builder.get_outfilename(name)) for name in app.env.found_docs}
    again = this_build().again if this_build().alone else set()  # otherwise the folder was empty
    # A second's grace, as some file systems count whole seconds.
    return sorted(
        name
        for name, file in files.items()
        if not file.is_file() or (name in again and file.stat().st_mtime < begun - 1)
    )


def begin(build: Path, builder: str, next_: Path, found: Found) -> Aside | None:
    """Put what an earlier build remembered, and may still be said, where the next one works; the site meanwhile."""
    # What was read for one kind of book is what another would read.
    for state in (build / f"state-{builder}", build / "state-html"):
        memory = state / MEMORY
        known = json.loads(memory.read_text(encoding="utf-8")) if memory.is_file() else {}
        # Where calc itself is another, nearly every page is: starting from nothing is then the quicker way.
        if known.get("inputs") == NOW:
            shutil.copytree(state, next_)
            site = build / builder
            # Where only the text of pages is another, or the commit, the rest of the site may stay;
            # _ext/build/freshness.py finds out whether it does.
            # The site must be the one that is remembered: a build that was stopped may have left another.
            whole = _text(build / "html.stamp") == known.get("stamp")
            if builder == "html" and whole and site.is_dir() and known["around"] == found.around(known["pages"]):
                copy = functools.partial(shutil.copytree, site, next_ / builder, ignore=_made_each_time)
                return Aside(functools.partial(copy, dirs_exist_ok=True))  # Sphinx may be quicker to make the folder
            return None
    kept = build / f"state-{builder}" / KEPT
    if kept.is_file():  # lines that were drawn look the same whatever calc is
        (next_ / KEPT).parent.mkdir(parents=True)
        shutil.copy(kept, next_ / KEPT)
    return None


def _charts() -> dict[str, Any]:
    """All charts of the book; nobody but who draws them imports what that takes."""
    from _ext.elements.charts import draw

    return draw("\n".join(_text(file) for file in (ROOT / "index.md", *(ROOT / "chapters").glob("*.md"))))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _made_each_time(folder: str, names: list[str]) -> list[str]:
    """Styles and scripts, whose checksums are in the pages' links to them, unless they are there too late for that."""
    return [name for name in names if name != LIBRARY] if Path(folder).name == "_static" else []


def one_file(folder: Path, kind: str) -> None:
    """Leave in a folder the one file that is read, and nothing of what it was made of."""
    from _ext.build import editions

    file = editions.typeset(folder, NAME) if kind == "pdf" else folder / OPEN[kind]
    parts = folder.with_name(f"{folder.name}-parts")
    folder.rename(parts)
    folder.mkdir()
    (parts / file.name).rename(folder / file.name)
    shutil.rmtree(parts)


class BuildFailed(Exception):
    """The book has an error; what it is has been said."""


def summary(app: Sphinx) -> str:
    """Pages and derivations, counted, and which of them were read anew where not all were written."""
    notes = [app.env.metadata[name] for name in app.env.found_docs]
    anew = f" ({', '.join(sorted(this_build().again)) or 'none'} anew)" if this_build().alone else ""
    return f"{len(notes)} pages{anew}, {sum(len(note.get('derivations', ())) for note in notes)} derivations"


def _shown(file: Path) -> str:
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(file)


def main() -> int:
    """Build, and say in a line what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m _ext.build.make", description="Build the book.")
    parser.add_argument("builder", choices=OPEN)
    parser.add_argument("--into", type=Path, default=ROOT / "_build", help="the folder of all that is built (_build)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one for each processor)")
    parser.add_argument("-D", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="as in Sphinx")
    given = parser.parse_args()
    clean_start(given.into.resolve())
    note_stops()
    end_with_parent()
    gc.set_threshold(10_000_000, 50, 1_000)  # sympy and docutils keep what they make: to look through it takes longer
    settings = dict(item.split("=", 1) for item in given.settings)
    return attempt(given.into.resolve(), given.builder, given.jobs, settings)


def attempt(build: Path, builder: str, jobs: int, settings: dict[str, str]) -> int:
    """Build when no other build is at work; what goes wrong is said in a line."""
    from sphinx.errors import SphinxError

    site = build / builder
    kept = f" {_shown(site)} is the last good one." if site.exists() else ""
    try:
        with locked(build):
            return make(build, builder, jobs, settings)
    except (KeyboardInterrupt, Exception) as error:
        if STOPS or isinstance(error, KeyboardInterrupt):
            print(f"Interrupted.{kept}", file=sys.stderr)
            return 130
        bad_input = type(error).__module__ == "calc.base.errors"  # where it is the build's own, not a page's
        if not (bad_input or isinstance(error, (SphinxError, BuildFailed, OSError))):
            raise
        # What failed in a process of Sphinx's comes with its class's name, and what calc told conf.py with a traceback.
        said = error.__cause__ if type(error.__cause__).__module__ == "calc.base.errors" else error
        print(f"error: {CLASS.sub('', str(said))}\nNot built.{kept}", file=sys.stderr)
        return 2 if bad_input else 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # At once: to take down a million objects one by one costs half a second, and nobody would see the difference.
    os._exit(code)
