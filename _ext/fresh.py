"""Never a stale page: a page is read again when its own text, or anything it may be computed from, is another.

By content, not by date: a fingerprint of all that calc computes with is noted with each page that may use it. So a file
that is new, gone or older than the page counts as well, and one that was only touched does not.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

ROOT = Path(__file__).resolve().parent.parent
INPUTS = ("calc/**/*", "_ext/**/*", "conf.py", "references.bib", "CITATION.cff", "requirements.txt")
# Directives and roles that look at nothing but the page and its neighbours. A page with any other, or with a cell, may
# depend on calc: a name that is missing here costs time, never a stale page.
PLAIN = {
    "ref", "doc", "eq", "numref", "term", "math", "abbr", "sub", "sup", "kbd", "figure", "image", "table", "list-table",
    "toctree", "note", "warning", "tip", "important", "seealso", "admonition", "lede", "takeaway", "problem", "answer",
    "fold", "glossary", "status",
}  # fmt: skip
NAMES = re.compile(r"\{([\w:.+-]+)\}")


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
    """What is installed: the interpreter, and each package's name and version."""
    yield sys.version.encode()
    folders = {Path(entry) for entry in sys.path if entry.endswith("-packages")}
    yield from sorted({found.name.encode() for folder in folders for found in folder.glob("*.dist-info")})


def inputs(root: Path) -> str:
    """The fingerprint of all that calc computes with."""
    return digest([*contents((file for pattern in INPUTS for file in root.glob(pattern)), root), *versions()])


# Taken before calc is imported (conf.py sees to that): what changes meanwhile is then found to be newer next time.
NOW = inputs(ROOT)


_this_build = {"another": False}


def may_compute(text: str) -> bool:
    """Whether a page may show anything that comes from calc."""
    return text.startswith("---") or not PLAIN.issuperset(NAMES.findall(text))


def _fingerprint(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    return digest([text.encode(), NOW.encode() if may_compute(text) else b""])


def note(app: Sphinx, docname: str, _content: list[str]) -> None:
    """Keep the fingerprint of a page that is being read with the page."""
    app.env.metadata[docname]["fingerprint"] = _fingerprint(Path(app.env.doc2path(docname)))


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Pages whose fingerprint is another now."""
    found = [
        name
        for name in sorted(env.found_docs - added - changed)
        if env.metadata[name].get("fingerprint") != _fingerprint(Path(env.doc2path(name)))
    ]
    _this_build["another"] = bool(added or changed or removed or found)
    return found


def neighbours(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write every page when any is another: titles and numbers of one stand on others, and writing is quick."""
    return sorted(env.found_docs) if _this_build["another"] else []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners."""
    app.connect("source-read", note)
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", neighbours)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
