"""What the book's directives, roles and nodes have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.parsers.rst import DirectiveError
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

    Visitor = Callable[[Any, Any], None]
    Visitors = tuple[Visitor, Visitor | None]
    RoleResult = tuple[list[nodes.Node], list[nodes.system_message]]

# Formats that show a node as its content alone, or leave it out, unless it says how they show it.
OTHERS = ("latex", "text", "man", "texinfo")


class Piece(SphinxDirective):
    """A directive of the book.

    Attributes
    ----------
    option_spec : what it takes as ``:name: value``, each with the function that reads it.
    """

    option_spec: ClassVar[OptionSpec | None] = {}

    def refuse(self, reason: Exception | str) -> DirectiveError:
        """The error to raise: one line, which the build prints behind the chapter and the line of the directive."""
        return self.error(_line(self.name, reason))


class Titled(Piece):
    """A directive with a title of several words, and content under it."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True


class Word(SphinxRole):
    """A role of the book."""

    def refuse(self, reason: Exception | str) -> RoleResult:
        """What the role returns where it has nothing to show: one line, printed behind the chapter and its line."""
        return [], [self.inliner.reporter.error(_line(self.name, reason), line=self.lineno)]

    def link(self, kind: str, target: str, *content: nodes.Node, **attributes: Any) -> RoleResult:
        """A link that is filled in when every page is known, by who listens to ``missing-reference`` for this kind."""
        made = addnodes.pending_xref(
            "", *content, refdoc=self.env.docname, refdomain="", reftype=kind, reftarget=target, **attributes
        )
        self.set_source_info(made)
        return [made], []

    def marked(self, *classes: str) -> RoleResult:
        """The role's own text, for the style sheet to find."""
        return [nodes.inline("", self.text, classes=list(classes))], []


def html_only(html: str, *instead: nodes.Node) -> list[nodes.Node]:
    """Markup for HTML, and what stands in its place in every other format."""
    shown: list[nodes.Node] = [nodes.raw("", html, format="html")]
    return [*shown, addnodes.only("", *instead, expr="not html")] if instead else shown


def add_node(app: Sphinx, kind: type[nodes.Element], *, bare: bool = True, **visitors: Visitors) -> None:
    """Register a node with how some formats show it.

    Parameters
    ----------
    bare : whether the other formats show its content alone; otherwise they leave it out.
    visitors : for a format, what opens and what closes the node.
    """
    other: Visitors = (_nothing, _nothing) if bare else (_leave_out, None)
    app.add_node(kind, **dict.fromkeys(OTHERS, other) | visitors)  # type: ignore[arg-type]  # one of them is `override`


def _line(name: str, reason: Exception | str) -> str:
    return f"{name}: {' '.join(str(reason).split())}"


def _nothing(_writer: Any, _node: nodes.Element) -> None:
    pass


def _leave_out(_writer: Any, _node: nodes.Element) -> None:
    raise nodes.SkipNode
