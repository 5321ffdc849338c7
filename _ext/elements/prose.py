"""What a chapter's prose uses: values by name, answers, takeaways and audits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from _ext.elements.piece import Piece, Word
from calc.base.errors import CalcError
from calc.book.claims import claim
from calc.book.lookup import refer
from calc.book.what_if import in_address
from calc.render.pages.audit import audit
from calc.render.pages.generated import generated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from _ext.elements.piece import RoleResult


_VALUE, _PAGE = "calc-value", "calc-page"


class Value(Word):
    """``{value}`training-energy```: a value in prose, linked to where it is derived or listed.

    A link to a card carries the inputs that the value was computed with, so that the same number stands there.
    """

    def run(self) -> RoleResult:
        """The value as text, inside a link to where it stands."""
        try:
            found = refer(self.text)
        except CalcError as error:
            return self.refuse(error)
        text = nodes.inline("", found.text, classes=["calc-value"])
        if not found.target:  # a band that no card can show
            return [text], []
        return self.link(_VALUE, found.target, text, refwarn=True, inputs=in_address(found.step) if found.step else "")


def resolve_value(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.Element
) -> nodes.reference | None:
    """Link a value to its label; Sphinx's own resolver would put a text of its own in the value's place."""
    place = env.domains.standard_domain.anonlabels.get(node["reftarget"]) if node["reftype"] == _VALUE else None
    if not place:
        return None
    made = make_refnode(app.builder, node["refdoc"], *place, content)
    if node["inputs"] and app.builder.name == "html":  # elsewhere a card cannot take them
        page = made["refuri"].partition("#")[0] if "refuri" in made else ""
        made["refuri"] = f"{page}?{node['inputs']}#{place[1]}"
        made.attributes.pop("refid", None)
    return made


class PageRole(Word):
    """``{page}`claim-city; city; /chapters/city```: the page of the first of these labels or pages, by its title."""

    def run(self) -> RoleResult:
        """A link that is filled in when every page is known."""
        return self.link(_PAGE, self.text, nodes.inline("", self.text), refwarn=True)


def resolve_page(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.Element
) -> nodes.reference | None:
    """Link to the first of several labels or pages that the book has, by the title of the page that it is on."""
    if node["reftype"] != _PAGE:
        return None
    for name in (part.strip() for part in node["reftarget"].split(";")):
        page = name.removeprefix("/")
        place = (page, "") if name != page else env.domains.standard_domain.anonlabels.get(name)
        if place and place[0] in env.titles:
            title = nodes.inline("", env.titles[place[0]].astext())
            return make_refnode(app.builder, node["refdoc"], place[0], place[1], title)
    return None


class Box(Piece):
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


class Takeaway(Box):
    """``{takeaway}``: what to remember of a chapter."""

    title, kind = "Takeaway", "takeaway"


class Beside(Word):
    """``{beside}`derivations.csv```: a file that the site puts beside its first page; elsewhere, its name alone."""

    def run(self) -> RoleResult:
        """Its name."""
        return [nodes.literal("", self.text, classes=["beside"])], []


class LinkBeside(SphinxPostTransform):
    """Makes a link of the name where there is such a file."""

    default_priority = 100
    builders = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Each name on the page; which builder writes it is known only now."""
        here = self.env.app.builder.get_target_uri(self.env.docname)
        for name in list(self.document.findall(nodes.literal)):
            if "beside" in name["classes"]:
                link = nodes.reference("", "", internal=True, refuri=relative_uri(here, name.astext()))
                name.replace_self(link)
                link += name


class Lede(Piece):
    """``{lede}``: the chapter's answer, right under its question."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The content in a frame of its own."""
        made = nodes.container(classes=["lede"])
        made += self.parse_content_to_nodes()
        return [made]


class Audit(Piece):
    """``{audit} CLAIM``: what the article says, what the book finds, and why they differ."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A box whose every word comes from the claim."""
        try:
            found = claim(self.arguments[0])
        except CalcError as error:
            raise self.refuse(error) from error
        box = nodes.admonition(
            classes=["book-box", "audit", f"audit-{found.verdict.replace(' ', '-')}"], ids=[f"claim-{found.id}"]
        )
        title = f"The article against the book: {found.verdict}"
        box += nodes.title(title, title)
        self.env.domains.standard_domain.note_hyperlink_target(
            f"claim-{found.id}", self.env.docname, f"claim-{found.id}"
        )
        box += self.parse_text_to_nodes(audit(found))
        return [box]


class Generated(Piece):
    """``{generated} NAME``: a table or a picture that calc makes whole."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The table, parsed."""
        made = generated()
        if self.arguments[0] not in made:
            raise self.refuse(f"{self.arguments[0]!r} is not generated; accepted: {', '.join(made)}")
        return self.parse_text_to_nodes(made[self.arguments[0]](), allow_section_headings=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register roles and directives."""
    app.add_role("value", Value())
    app.connect("missing-reference", resolve_value)
    app.add_role("page", PageRole())
    app.add_role("beside", Beside())
    app.add_post_transform(LinkBeside)
    app.connect("missing-reference", resolve_page)
    for name, directive in {
        "takeaway": Takeaway,
        "lede": Lede,
        "audit": Audit,
        "generated": Generated,
    }.items():
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
