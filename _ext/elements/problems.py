"""Problems: a question, a hint, a field that checks the reader's own answer, and the book's answer with its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform

from _ext.elements.cards import fold
from _ext.elements.elsewhere import elsewhere, page_of
from _ext.elements.piece import Piece, add_node
from _ext.elements.prose import Box
from calc.base.errors import CalcError
from calc.render.problem import answer_field

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec
    from sphinx.writers.html5 import HTML5Translator

TITLE = "Answers to the problems"


class own_answer(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """The place of the field for a reader's answer; without the script nothing stands there."""


class Problem(Box):
    """``{problem} TITLE``: a question, with a ``{hint}`` and an ``{answer}`` inside.

    ``:answer:`` names its answer as ``{value}`` does, for the field to check; ``:within:`` says how near is right.
    """

    title, kind = "Problem", "problem"
    option_spec: ClassVar[OptionSpec | None] = dict.fromkeys(("answer", "within"), directives.unchanged_required)

    def run(self) -> list[nodes.Node]:
        """The box, with the field before its answer."""
        (box,) = super().run()
        assert isinstance(box, nodes.Element)
        if "answer" in self.options:
            try:
                data = answer_field(self.options["answer"], self.options.get("within", ""))
            except CalcError as error:
                raise self.refuse(error) from error
            place = next((i for i, one in enumerate(box) if _is_answer(one)), len(box))
            box.insert(place, own_answer(data=data))
        elif "within" in self.options:
            raise self.refuse("within says how near to :answer: is right, which is not given")
        return [box]


class Hint(Piece):
    """``{hint}``: the first step of a problem, hidden."""

    has_content = True
    shown: ClassVar[str] = "Hint"

    def run(self) -> list[nodes.Node]:
        """A fold with it inside."""
        made = fold(title=self.shown, kind=self.shown.lower())
        made += self.parse_content_to_nodes()
        return [made]


class Answer(Hint):
    """``{answer}``: the hidden answer of a problem, with its steps."""

    shown = "Answer"


class AnswersAtTheEnd(SphinxPostTransform):
    """On paper nothing is hidden, so that hints and answers stand together at the end of the book."""

    default_priority = 150  # when references are resolved, before code that is folded is wrapped
    builders = ("latex",)

    def run(self, **_kwargs: object) -> None:
        """Move them, each under its chapter and its problem's title."""
        section = nodes.section("", nodes.title(TITLE, TITLE), ids=["answers-to-the-problems"])
        chapter = ""
        for box in list(self.document.findall(nodes.admonition)):
            hidden = [one for one in box if isinstance(one, fold) and one["kind"] in ("hint", "answer")]
            if hidden and (of := _chapter(box)) != chapter:
                chapter = of
                section += nodes.paragraph("", "", nodes.strong(chapter, chapter))
            if hidden:
                title = box[0].astext().partition(": ")[2]
                section += nodes.paragraph("", "", nodes.emphasis(title, title))
            for one in hidden:
                box.remove(one)
                if one["kind"] == "hint" and isinstance(one[0], nodes.paragraph):
                    one[0].insert(0, [nodes.strong("", one["title"]), nodes.Text(". ")])
                section += elsewhere("", *one.children, docname=page_of(box))
        if len(section) > 1:
            self.document += section


def _is_answer(node: nodes.Node) -> bool:
    return isinstance(node, fold) and node["kind"] == "answer"


def _chapter(node: nodes.Element) -> str:
    """The title of the outermost section around a node that has one of its own, in an assembled book."""
    found, above = "", node.parent
    while above is not None:
        if isinstance(above, nodes.section):
            found = above[0].astext()
        if above.tagname == "start_of_file":
            break
        above = above.parent
    return found


def visit_field_html(self: HTML5Translator, node: own_answer) -> None:
    """An empty place with what the script needs; an e-book has no scripts, and none."""
    if self.builder.name == "epub":
        raise nodes.SkipNode
    self.body.append(self.starttag(node, "div", CLASS="problem-field", **{"data-answer": node["data"]}))


def depart_field_html(self: HTML5Translator, node: own_answer) -> None:
    """Close it."""
    self.body.append("</div>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register directives, the node and the transform."""
    app.add_directive("problem", Problem)
    app.add_directive("hint", Hint, override=True)  # docutils has an admonition of that name
    app.add_directive("answer", Answer)
    app.add_post_transform(AnswersAtTheEnd)
    add_node(app, own_answer, html=(visit_field_html, depart_field_html), bare=False)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
