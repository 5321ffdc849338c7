"""What a chapter's prose uses: values by name, answers, takeaways, problems and audits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode

from _ext.derivations import fold
from calc.claims import claim
from calc.errors import CalcError
from calc.reference import refer
from calc.render import myst

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


_VALUE = "calc-value"


class Value(SphinxRole):
    """``{value}`training-energy```: a value in prose, linked to where it is derived or listed."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The value as text, inside a link."""
        try:
            found = refer(self.text)
        except CalcError as error:
            return [], [self.inliner.reporter.error(f"value: {error}", line=self.lineno)]
        link = addnodes.pending_xref(
            "", refdoc=self.env.docname, refdomain="", reftype=_VALUE, reftarget=found.target, refwarn=True
        )
        self.set_source_info(link)
        link += nodes.inline("", found.text, classes=["calc-value"])
        return [link], []


def resolve_value(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.Element
) -> nodes.reference | None:
    """Link a value to its label; Sphinx's own resolver would put a text of its own in the value's place."""
    place = env.domains.standard_domain.anonlabels.get(node["reftarget"]) if node["reftype"] == _VALUE else None
    return make_refnode(app.builder, node["refdoc"], *place, content) if place else None


class _Box(SphinxDirective):
    """A titled box, which every format of Sphinx knows how to print."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    title: ClassVar[str]
    kind: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """The box with its content parsed."""
        title = ": ".join([self.title, *self.arguments])
        box = nodes.admonition(classes=["book-box", self.kind])
        box += nodes.title(title, title)
        box += self.parse_content_to_nodes()
        return [box]


class Takeaway(_Box):
    """``{takeaway}``: what to remember of a chapter."""

    title, kind = "Takeaway", "takeaway"


class Problem(_Box):
    """``{problem} TITLE``: a worked problem; its answer stands in an ``{answer}`` inside."""

    title, kind = "Problem", "problem"


class Answer(SphinxDirective):
    """``{answer}``: the hidden answer of a problem."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """A fold with the answer in it."""
        made = fold(title="Answer", kind="answer", open=False)
        made += self.parse_content_to_nodes()
        return [made]


class Lede(SphinxDirective):
    """``{lede}``: the chapter's answer, right under its question."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The content in a frame of its own."""
        made = nodes.container(classes=["lede"])
        made += self.parse_content_to_nodes()
        return [made]


class Audit(SphinxDirective):
    """``{audit} CLAIM``: what the article says, what the book finds, and why they differ."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A box whose every word comes from the claim."""
        try:
            found = claim(self.arguments[0])
        except CalcError as error:
            raise self.error(str(error)) from error
        box = nodes.admonition(classes=["book-box", "audit", f"audit-{found.verdict}"], ids=[f"claim-{found.id}"])
        title = f"The article against the book: {found.verdict}"
        box += nodes.title(title, title)
        box += self.parse_text_to_nodes(myst.audit(found))
        return [box]


class Generated(SphinxDirective):
    """``{generated} choices|notation|results``: a table that calc makes whole."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The table, parsed."""
        tables = {"choices": myst.choices, "notation": myst.notation, "results": myst.results}
        if self.arguments[0] not in tables:
            raise self.error(f"{self.arguments[0]!r} is not generated; accepted: {', '.join(tables)}")
        return self.parse_text_to_nodes(tables[self.arguments[0]]())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register roles and directives."""
    app.add_role("value", Value())
    app.connect("missing-reference", resolve_value)
    for name, directive in {
        "takeaway": Takeaway,
        "problem": Problem,
        "answer": Answer,
        "lede": Lede,
        "audit": Audit,
        "generated": Generated,
    }.items():
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
