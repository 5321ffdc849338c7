"""What one build knows: where the book is, what it is made from, and which pages it reads again."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.parallel import ParallelTasks, SerialTasks

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ("calc/**/*", "_ext/**/*", "conf.py", "references.bib", "CITATION.cff", "requirements.txt")
# Of _static what is written page by page, and stays with a page that stays.
LIBRARY = "formulas"
MANY = 8  # pages; from here on what all could share is made beforehand


def sources(env: BuildEnvironment, pages: Iterable[str]) -> str:
    """The text of some pages as it stands in their files."""
    return "\n".join(Path(env.doc2path(name)).read_text(encoding="utf-8") for name in pages)


def digest(parts: Iterable[bytes]) -> str:
    """One short name for all of them, in this order."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:32]


def contents(files: Iterable[Path], root: Path) -> Iterator[bytes]:
    """The name and content of each file; what Python compiles it to is not part of it."""
    for file in sorted(files):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(root).as_posix().encode()
            yield file.read_bytes()


def versions() -> Iterator[bytes]:
    """What is installed: the interpreter, and each package's name and version; where the book is served and kept."""
    yield sys.version.encode()
    yield from (os.environ.get(name, "").encode() for name in ("BOOK_URL", "BOOK_REPOSITORY", "BOOK_EDITIONS"))
    yield _month().encode()
    folders = {Path(entry) for entry in sys.path if entry.endswith("-packages")}
    yield from sorted({found.name.encode() for folder in folders for found in folder.glob("*.dist-info")})


def _month() -> str:
    """The month of the build: in a later one more values are older than a year, and pages must say so."""
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    if moment:
        with contextlib.suppress(ValueError, OverflowError, OSError):  # which no build accepts
            return time.strftime("%Y-%m", time.gmtime(int(moment)))
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%cs"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout if shutil.which("git") else ""
    return found[:7]


def inputs(root: Path) -> str:
    """The fingerprint of all that calc computes with."""
    return digest([*contents((file for pattern in INPUTS for file in root.glob(pattern)), root), *versions()])


# Taken before calc is imported (conf.py sees to that): what changes meanwhile is then found to be newer next time.
NOW = inputs(ROOT)


class Reading:
    """What one build has read.

    Attributes
    ----------
    before : the face of the book that the last build left; empty where there was none, or what calc is has changed.
    again : the pages that are read again in this one.
    alone : whether only these are written, beside what the last build wrote.
    charts : waits for the charts of the book, where they have been begun before anything was imported.
    """

    def __init__(self) -> None:
        self.before, self.again, self.alone = "", set[str](), False
        self.charts: Callable[[], dict[str, Any]] | None = None


_this_build = Reading()


def this_build() -> Reading:
    """The build that this process, or the one that it was forked from, is at."""
    return _this_build


def beside(app: Sphinx, tasks: int = 1) -> ParallelTasks | SerialTasks:
    """What runs tasks at once in processes beside this one, where Sphinx may have more than one."""
    from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

    gc.freeze()  # to look through what there is by now would copy it
    return ParallelTasks(tasks) if parallel_available and app.parallel > 1 else SerialTasks()


def homes(env: BuildEnvironment) -> dict[str, str]:
    """The chapter with the card of each derivation that has one."""
    from calc import all_formulas  # not before NOW is taken

    shown = {name: page for page in sorted(env.found_docs) for name in env.metadata[page].get("derivations", ())}
    return {formula.id: shown[formula.id] for formula in all_formulas() if formula.id in shown}
