"""Building the book, or a small one of its parts, as `make` does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

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
)
FRONT = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"


def build(source: Path, out: Path, builder: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run Sphinx with warnings as errors; what it says is captured."""
    command = [
        sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-b", builder,
        "-d", str(out / "doctrees"), *more, str(source), str(out / builder),
    ]  # fmt: skip
    # A kernel finds the calc of the copy that is built, never this one.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment |= {"JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(out / "ipython")}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)


def small_book(folder: Path, **chapters: str) -> Path:
    """A book of the given chapters, with the real configuration, extensions and calc copied beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
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


def make(book: Path, into: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Build a book as `make html` does, at a fixed moment."""
    command, environment = make_command(into, *more), make_environment()
    return subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True, check=False, timeout=120)


def make_command(into: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "_ext.build", "html", "--into", str(into), *more]


def make_environment() -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return inherited | {"SOURCE_DATE_EPOCH": "1700000000"}


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
