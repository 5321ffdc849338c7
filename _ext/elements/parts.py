"""The book's parts: in the sidebar, and as a list of chapters on the landing page. Both come from the toctrees.

A toctree with a ``:numbered:`` of its own would start its numbers anew, so the chapters stand in one, and
``{parts}`` names the chapter with which each part begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from _ext.elements.piece import Piece

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

Part = tuple[str, list[str]]


class parts(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """Stands for the list of chapters until every page has been read."""


class Parts(Piece):
    """``{parts}``: lines of ``TITLE: CHAPTER``; a part reaches from its chapter to the next part's."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Note where the parts begin, and hold a place for the list."""
        begins = {}
        for line in filter(None, self.content):
            title, colon, chapter = line.rpartition(": ")
            if not colon:
                raise self.refuse(f"{line!r} is no part; a part is TITLE: CHAPTER")
            begins[chapter.strip()] = title
        self.env.metadata[self.env.docname]["parts"] = begins
        return [parts()]


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep with the landing page what its toctrees list."""
    env = app.env
    if env.docname == env.config.root_doc:
        trees = doctree.findall(addnodes.toctree)
        env.metadata[env.docname]["trees"] = [
            (tree.get("caption") or "", [name for _, name in tree["entries"]]) for tree in trees
        ]


def grouped(env: BuildEnvironment) -> list[Part]:
    """Every part with its chapters, in the order of the book.

    Raises
    ------
    KeyError : a part begins with a chapter that the book does not have.
    """
    about = env.metadata[env.config.root_doc]
    begins: dict[str, str] = dict(about.get("parts", {}))
    found: list[Part] = []
    for caption, names in about.get("trees", []):
        found.append((caption, []))
        for name in names:
            if name in begins:
                found.append((begins.pop(name), []))
            if name in env.titles:
                found[-1][1].append(name)
    if begins:
        raise KeyError(f"no chapter {', '.join(begins)}, with which a part should begin")
    return [part for part in found if part[1]]


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the list in place."""
    for place in list(doctree.findall(parts)):
        whole = nodes.container(classes=["book-parts"])
        for title, names in grouped(app.env):
            one = nodes.container(classes=["book-part"])
            one += nodes.rubric(title, title, classes=["book-part-title"])
            links = (nodes.reference("", _title(app, n), internal=True, refuri=_uri(app, docname, n)) for n in names)
            one += nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", "", link)) for link in links))
            whole += one
        place.replace_self(whole)


def _uri(app: Sphinx, here: str, name: str) -> str:
    return app.builder.get_relative_uri(here, name)


def _title(app: Sphinx, name: str) -> str:
    number = app.env.toc_secnumbers.get(name, {}).get("")
    title = app.env.titles[name].astext()
    return f"{'.'.join(map(str, number))}. {title}" if number else title


def add_parts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the sidebar's template have them: for each part its title, and each chapter's name and title."""
    context["book_parts"] = [
        (title, [(name, _title(app, name)) for name in names]) for title, names in grouped(app.env)
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_node(parts)
    app.add_directive("parts", Parts)
    app.connect("doctree-read", note)
    app.connect("doctree-resolved", fill_in)
    app.connect("html-page-context", add_parts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
