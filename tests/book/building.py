"""Building the book, or a small one of its parts, as `make` does."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from _ext.build.surroundings import settings
from _ext.site.permanent import moved_pages
from tests.book.prepared import Prepared

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = (
    "conf.py",
    "_ext",
    "_static",
    "_templates",
    "calc",
    "references.bib",
    "requirements.txt",
    "CITATION.cff",
    "redirects.toml",
    "README.md",
)
FRONT = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"


def moved(site: Path) -> set[Path]:
    """The pages that only lead on to where a chapter stands now."""
    return {site / f"{old}.html" for old in moved_pages()}


def build(source: Path, out: Path, builder: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run Sphinx with warnings as errors; what it says is captured."""
    given = [
        "-n", "-W", "--keep-going", "-b", builder, "-d", str(out / "doctrees"), *more, str(source), str(out / builder),
    ]  # fmt: skip
    own = {"JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(out / "ipython")}
    return run("sphinx", given, source, _inherited() | own)


def small_book(folder: Path, **chapters: str) -> Path:
    """A book of the given chapters, with the real configuration, extensions and calc copied beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part)  # what Python compiled too, which is good for a copy
        else:
            shutil.copy(source, folder / part)
    names = "\n".join(chapters)
    (folder / "index.md").write_text(f"# Small book\n\n```{{toctree}}\n{names}\n```\n", encoding="utf-8")
    for name, text in chapters.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def whole_book(folder: Path) -> Path:
    """A copy of all that the book is built from."""
    small_book(folder)
    shutil.copy(ROOT / "index.md", folder / "index.md")
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    return folder


def some_chapters(folder: Path, *names: str) -> Path:
    """A copy of the book with only some of its chapters; what they link to beside them is missing."""
    small_book(folder)
    (folder / "chapters").mkdir()
    for name in names:
        shutil.copy(ROOT / "chapters" / f"{name}.md", folder / "chapters")
    contents = "\n".join(f"chapters/{name}" for name in names)
    (folder / "index.md").write_text(f"# Some chapters\n\n```{{toctree}}\n{contents}\n```\n", encoding="utf-8")
    return folder


def make(book: Path, into: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Build a book as `make html` does, at a fixed moment."""
    return run("_ext.build.make", _given(into, *more), book, make_environment())


def make_command(into: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "_ext.build.make", *_given(into, *more)]


def make_environment() -> dict[str, str]:
    """As `_ext.build.surroundings` makes it; the copy's code is compiled already, and need not be started again."""
    # 26 November 2026: no value of a series may be younger than the build.
    return settings(_inherited()) | {"SOURCE_DATE_EPOCH": "1795700000", "BOOK_CLEAN_START": "1"}


def _given(into: Path, *more: str) -> list[str]:
    return ["html", "--into", str(into), *more]


def _inherited() -> dict[str, str]:
    """The environment, but for what would let a kernel find another calc than that of the copy that is built."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


@functools.cache
def _prepared() -> Prepared:
    return Prepared(_inherited())


def run(module: str, given: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``python -m MODULE`` in a folder; where there is fork, without its waiting for imports."""
    if hasattr(os, "fork"):
        return _prepared().run(module, given, folder, environment)
    command = [sys.executable, "-m", module, *given]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differing(one: Path, other: Path) -> list[str]:
    """The files in which two sites differ, or which only one has."""
    first, second = files(one), files(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def executed(result: subprocess.CompletedProcess[str]) -> set[str]:
    """The pages whose cells a build says that it executed."""
    return set(re.findall(r"^(\S+): \d+ cells? executed", result.stdout, re.MULTILINE))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new), encoding="utf-8")
