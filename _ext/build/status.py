"""``{status}``: for each chapter when it was executed, how long that took, with which versions, at which commit.

With SOURCE_DATE_EPOCH set a build must not depend on the clock: then that moment stands for every chapter's, the commit
is the one that is built, and how long it took is left out.
"""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _ext.build.clock import took, utc
from _ext.build.revision import revision
from _ext.elements.parts import grouped
from _ext.elements.piece import Piece
from _ext.state import ROOT
from calc.base.dates import build_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

PACKAGES = ("sympy", "pint", "numpy", "ipython", "sphinx", "myst-nb")
HEADINGS = ("Chapter", "Cells", "Executed (UTC)", "Took", "Commit")


class executions(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """Stands for the table until every page has been read."""


class Status(Piece):
    """``{status}``: the place of the table."""

    def run(self) -> list[nodes.Node]:
        """What is filled in when pages are written."""
        self.env.metadata[self.env.docname]["status"] = True
        return [executions()]


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the versions and the table in place."""
    for place in list(doctree.findall(executions)):
        place.replace_self([_versions(), _table(_row(app, docname, name) for name in _chapters(app))])


def _chapters(app: Sphinx) -> list[str]:
    """Those that were executed, in the order of the book."""
    return [name for _, names in grouped(app.env) for name in names if "executed" in app.env.metadata[name]]


def _versions() -> nodes.paragraph:
    names = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]
    return nodes.paragraph("", f"Every chapter was executed with {', '.join(names)}.")


def _row(app: Sphinx, here: str, name: str) -> list[nodes.Node]:
    done: dict[str, Any] = app.env.metadata[name]["executed"]
    epoch = build_moment()
    at = utc(epoch if epoch is not None else done["at"])
    lasted = "not recorded" if epoch is not None else took(done["seconds"]).replace(" ", "\N{NO-BREAK SPACE}")
    commit = revision(ROOT) if epoch is not None else done["commit"]
    title = app.env.titles[name].astext()
    link = nodes.reference("", title, internal=True, refuri=app.builder.get_relative_uri(here, name))
    return [link, *map(nodes.Text, (str(done["cells"]), at, lasted, commit or "not in a repository"))]


def _table(rows: Iterable[list[nodes.Node]]) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in HEADINGS), cols=len(HEADINGS))
    group += nodes.thead("", _entries(map(nodes.Text, HEADINGS)))
    group += nodes.tbody("", *map(_entries, rows))
    return nodes.table("", group, classes=["colwidths-auto", "results", "status"])


def _entries(cells: Iterable[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def follow(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages with the table are written anew: a page was read, or the commit is another."""
    return [name for name in sorted(env.found_docs) if "status" in env.metadata[name]]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_node(executions)
    app.add_directive("status", Status)
    app.connect("doctree-resolved", fill_in)
    app.connect("env-get-updated", follow)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
