"""What a chapter's cells put on the page: derivation cards, their folds, figures, ranges and kinds."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform

from _ext.elements.piece import Piece, Titled, Word, add_node, html_only

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from _ext.elements.piece import RoleResult


class card(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """A derivation, framed."""


class fold(nodes.General, nodes.Element):
    """A titled part that a reader opens; always open in print."""


class Derivation(Titled):
    """``{derivation} TITLE``: the card of one derivation, and the place that its id leads to."""

    option_spec = dict.fromkeys(("label", "scenario", "data"), directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Build the card and make it known by its id."""
        title, label = self.arguments[0], self.options.get("label", "")
        name = label or f"what-if-{self.env.new_serialno('what-if')}"
        frame = card(ids=[name], title_id=f"{name}-title", data=self.options.get("data", ""))
        self.set_source_info(frame)
        heading = nodes.rubric(title, title, ids=[frame["title_id"]], classes=["derivation-title"])
        heading["heading-level"] = 3
        frame += heading
        beside = f'<span class="scenario">{escape(self.options.get("scenario", ""))}</span>'
        if label:
            link = f'<a class="headerlink card-link" href="#{name}" title="Link to {escape(title, quote=True)}">#</a>'
            beside = link + beside
            self.env.domains.standard_domain.note_hyperlink_target(
                label, self.env.docname, label, title.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
            )
        heading += html_only(beside)
        frame += self.parse_content_to_nodes()
        return [frame]


class Fold(Titled):
    """``{fold} TITLE``: a part of a card that is closed at first; in a row of folds it has its ``:short:`` name."""

    option_spec = dict.fromkeys(("kind", "short"), directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Build the fold around its content."""
        title = self.arguments[0]
        made = fold(title=title, short=self.options.get("short", ""), kind=self.options.get("kind", ""))
        made += self.parse_content_to_nodes()
        return [made]


class ChainFigure(Titled):
    """``{chain-figure} WORDS``: an SVG from `calc.render`, with the words for where there are no pictures."""

    option_spec = {"caption": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The picture in HTML, the words elsewhere."""
        picture = '<div class="chain-scroll" role="group" tabindex="0" aria-label="{}">{}</div>'
        name = self.options.get("caption", "Chain")
        words = nodes.paragraph("", self.arguments[0] + ".")
        return html_only(picture.format(name, "\n".join(self.content)), words)


class ResultRange(Piece):
    """``{result-range}``: how far a result may lie from its value.

    A line each, which begins with its kind: what is ``said`` of the value, the ``text`` of its band, what stands
    beside them, as ``more``, and the sentence on what it ``hangs``. All but the band hold for the book's own inputs
    alone.
    """

    has_content = True
    option_spec = {"bar": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """A line of text, and in HTML a bar."""
        line = nodes.paragraph(classes=["result-range"])
        if self.options.get("bar"):
            line += html_only(self.options["bar"])
        parts = dict.fromkeys(("said", "text", "more", "hangs"), "")
        parts |= {kind: text for kind, _, text in (one.partition(" ") for one in self.content)}
        said = parts["said"] and parts["said"] + ("; " if parts["text"] or parts["more"] else "")
        more = ("; " if parts["text"] and parts["more"] else "") + parts["more"]
        for kind, text in (("said", said), ("text", parts["text"]), ("more", more)):
            line += nodes.inline("", text, classes=[f"range-{kind}"])
        line += nodes.Text(".")
        if parts["hangs"]:
            line += nodes.inline("", " " + parts["hangs"], classes=["range-hangs"])
        return [line]


class CodeInCard(SphinxPostTransform):
    """The code that makes a card stands among the card's folds, not between the card and the prose before it."""

    default_priority = 190  # before MyST-NB wraps what is folded
    builders = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Move it, out of each cell whose code is folded and whose output has a card, to the end of the last card."""
        for cell in list(self.document.findall(nodes.container)):
            parts = [part for part in cell if isinstance(part, nodes.Element)]
            code = next((part for part in parts if part.get("nb_element") == "cell_code_source"), None)
            cards = list(cell.findall(card))
            if code is not None and cards and cell.get("hide_mode") == "input":
                cell["hide_mode"] = None
                cell.remove(code)
                cards[-1] += fold("", code, title="Code", kind="code")


class Kind(Word):
    """``{kind}`word```: what sort of value an input is, as a badge."""

    def run(self) -> RoleResult:
        """The word, with a class of its own."""
        return self.marked("kind", f"kind-{self.text}")


class Unbroken(Word):
    """``{unbroken}`2026-11-22```: what a line may not be broken in."""

    def run(self) -> RoleResult:
        """The text, with a class of its own."""
        return self.marked("unbroken")


def visit_card_html(self: HTML5Translator, node: card) -> None:
    """A frame with its heading as its name."""
    attributes: dict[str, Any] = {"aria-labelledby": node["title_id"]}
    # An e-book opens nothing, so that its cards are not drawn as closed ones.
    kind = "derivation" if self.builder.name == "epub" else "derivation quiet"
    self.body.append(self.starttag(node, "article", CLASS=kind, **attributes))


def depart_card_html(self: HTML5Translator, node: card) -> None:
    """Close the frame, with what its calculator starts from."""
    if node["data"] and self.builder.name != "epub":
        self.body.append(f'<script type="application/json" class="card-data">{node["data"]}</script>\n')
    self.body.append("</article>\n")


def visit_fold_html(self: HTML5Translator, node: fold) -> None:
    """A native details element: it opens without a script."""
    # In an e-book whatever is folded may have nothing that opens it.
    book = self.builder.name == "epub"
    attributes: dict[str, Any] = {"open": "open"} if book else {}
    title = node["title"]
    shown = title if book else node.get("short") or title
    name = "" if shown == title else f' aria-label="{self.attval(title)}"'
    self.body.append(self.starttag(node, "details", CLASS=f"fold fold-{node['kind']}", **attributes))
    self.body.append(f"<summary{name}>{self.encode(shown)}</summary>\n")


def depart_fold_html(self: HTML5Translator, node: fold) -> None:
    """Close the details element."""
    self.body.append("</details>\n")


def visit_card_latex(self: LaTeXTranslator, node: card) -> None:
    """An anchor, then the content."""
    self.body.append("\n\\par\\smallskip\n")
    self.body.append("".join(self.hypertarget(name, anchor=True) for name in node["ids"]))


def depart_card_latex(self: LaTeXTranslator, node: card) -> None:
    """Space after the content."""
    self.body.append("\n\\par\\smallskip\n")


def visit_fold_latex(self: LaTeXTranslator, node: fold) -> None:
    """The title as a run of bold text; paper has nothing to open."""
    self.body.append(
        f"\n\\par\\medskip\\needspace{{6\\baselineskip}}\\noindent\\textbf{{{self.encode(node['title'])}}}\\par\\nobreak\n"
    )


def depart_fold_latex(self: LaTeXTranslator, node: fold) -> None:
    """Nothing to close."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register directives, roles and nodes."""
    app.add_directive("derivation", Derivation)
    app.add_directive("fold", Fold)
    app.add_directive("chain-figure", ChainFigure)
    app.add_directive("result-range", ResultRange)
    app.add_post_transform(CodeInCard)
    app.add_role("kind", Kind())
    app.add_role("unbroken", Unbroken())
    add_node(app, card, html=(visit_card_html, depart_card_html), latex=(visit_card_latex, depart_card_latex))
    add_node(app, fold, html=(visit_fold_html, depart_fold_html), latex=(visit_fold_latex, depart_fold_latex))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
