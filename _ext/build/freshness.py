"""Never a stale page: a page is read again when its own text, or anything it may be computed from, is another.

By content, not by date: a fingerprint of all that calc computes with is noted with each page that may use it. So a file
that is new, gone or older than the page counts as well, and one that was only touched does not.

Pages show of each other titles, numbers and where a label leads. When a page has been read again and all that is what
it was, only that page is written again; otherwise every page is.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _ext.state import NOW, digest, this_build

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

# Directives and roles that look at nothing but the page and its neighbours. A page with any other, or with a cell, may
# depend on calc: a name that is missing here costs time, never a stale page.
PLAIN = {
    "ref", "doc", "eq", "numref", "term", "math", "abbr", "sub", "sup", "kbd", "figure", "image", "table", "list-table",
    "toctree", "note", "warning", "tip", "important", "seealso", "admonition", "lede", "takeaway", "answer", "hint",
    "fold", "glossary", "status",
}  # fmt: skip
NAMES = re.compile(r"\{([\w:.+-]+)\}")


def may_compute(text: str) -> bool:
    """Whether a page may show anything that comes from calc."""
    return text.startswith("---") or not PLAIN.issuperset(NAMES.findall(text))


def _fingerprint(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    return digest([text.encode(), NOW.encode() if may_compute(text) else b""])


def note(app: Sphinx, docname: str, _content: list[str]) -> None:
    """Keep the fingerprint of a page that is being read with the page."""
    app.env.metadata[docname]["fingerprint"] = _fingerprint(Path(app.env.doc2path(docname)))


# What the environment holds of a page that others may show.
SHOWN = ("titles", "longtitles", "tocs", "toc_secnumbers", "toc_fignumbers", "toctree_includes", "images", "dlfiles")
# What it notes of a page that no other shows; of its outline they show the numbers.
OWN = {"executed", "fingerprint", "outline", "source_map", "wordcount"}


def face(env: BuildEnvironment) -> str:
    """The fingerprint of all that pages show of each other."""
    notes = {
        name: {key: 0 if key in OWN else value for key, value in env.metadata[name].items()} for name in env.all_docs
    }
    # Pages are read in any order, and so are the lists that domains make of what they find.
    found = {
        f"{domain}.{kind}": sorted(map(_said, known)) if isinstance(known, list) else known
        for domain, data in env.domaindata.items()
        for kind, known in data.items()
    }
    return digest(_said(part).encode() for part in [notes, found, *(getattr(env, name) for name in SHOWN)])


def _said(value: Any) -> str:
    """A value in words that are the same whenever the value is."""
    if isinstance(value, nodes.Node):
        return value.pformat()
    if isinstance(value, dict):
        return f"{{{', '.join(sorted(f'{key!r}: {_said(part)}' for key, part in value.items()))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_said, value))}]"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(sorted(map(_said, value)))}}}"
    if " object at 0x" in repr(value):
        return f"{type(value).__name__}{_said(vars(value))}"
    return repr(value)


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Pages whose fingerprint is another now."""
    found = [
        name
        for name in sorted(env.found_docs - added - changed)
        if env.metadata[name].get("fingerprint") != _fingerprint(Path(env.doc2path(name)))
    ]
    this_build().again = added | changed | set(found)
    same = getattr(env, "book_inputs", "") == NOW and not added and not removed
    this_build().before = face(env) if same else ""
    env.book_inputs = NOW  # type: ignore[attr-defined]
    return found


def neighbours(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Every page, unless those that were read again look to others as they did."""
    reading, out = this_build(), Path(app.outdir)
    there = (out / "objects.inv").is_file()
    reading.alone = there and bool(reading.before) and reading.before == face(env)
    if reading.alone:
        return [env.config.root_doc]  # at least one, or Sphinx would leave styles and scripts out
    if there and app.config.book_fresh:
        shutil.rmtree(out)
        out.mkdir()
    return sorted(env.found_docs)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners."""
    app.add_config_value("book_fresh", False, "", bool)
    app.connect("source-read", note)
    app.connect("env-get-outdated", outdated)
    app.connect("env-get-updated", neighbours, priority=900)  # after Sphinx has numbered sections and figures anew
    return {"parallel_read_safe": True, "parallel_write_safe": True}
