"""Building the book, or a small one of its parts, as `make` does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("conf.py", "_ext", "_static", "_templates", "calc", "references.bib", "requirements.txt")
FRONT = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"


def build(source: Path, out: Path, builder: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run Sphinx with warnings as errors; what it says is captured."""
    command = [
        sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-b", builder,
        "-d", str(out / f"doctrees-{builder}"), *more, str(source), str(out / builder),
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
