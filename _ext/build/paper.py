"""The book on paper, where nothing opens: a card keeps its equation, its result and what that hangs on.

Inputs, budgets, assumptions and checks of all cards stand once: in a PDF in an appendix, in the order of their numbers,
in an EPUB, which is read a file at a time, at the end of the chapter. Links lead both ways. A PDF has the chapters, and
of the reference pages those that somebody reads on paper, in two columns; the site has the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.latex import LaTeXBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform

from _ext.build.paper_rows import entry_line, flat, long_table, origin_only, rows_of
from _ext.elements.cards import card, fold
from _ext.elements.elsewhere import elsewhere, page_of
from _ext.elements.parts import grouped

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.latex import LaTeXTranslator

KEPT = ("inputs", "beside", "budget", "assumptions", "checks")  # of the folds; the others are a screen's
LONG = 12  # rows of a table that a chapter on paper still holds
DETAILS, BACK = "Inputs, checks and how sure", "Back to the card"
APPENDIX = "The cards in detail"
ABOUT = (
    "What stands behind each numbered card: its inputs, how sure it is, what it assumes and what it was held against. "
    "The list of inputs says where each comes from."
)
MOVED = "The inputs of this scenario stand in the list of inputs."


class PaperBuilder(LaTeXBuilder):
    """Sphinx's own, for the chapters; of the reference pages those that a printed page can be read for."""

    def assemble_doctree(self, indexfile: str, toctree_only: bool, appendices: list[str]) -> nodes.document:
        """The chapters in their order, then the appendices; what neither names is on the site alone."""
        left_out = {*self.config.book_site_only, *appendices}
        original = self.env.get_doctree

        def in_paper(name: str) -> nodes.document:
            tree = original(name)
            for contents in tree.findall(addnodes.toctree):
                contents["includefiles"] = [file for file in contents["includefiles"] if file not in left_out]
                contents["entries"] = [entry for entry in contents["entries"] if entry[1] not in left_out]
            return tree

        self.env.get_doctree = in_paper  # type: ignore[method-assign,assignment]
        try:
            return super().assemble_doctree(indexfile, toctree_only, appendices)
        finally:
            self.env.get_doctree = original  # type: ignore[method-assign]


class OnPaper(SphinxPostTransform):
    """Take out of the chapters what is looked up, and put it where it is."""

    default_priority = 190  # the cards are there, and what is folded is not yet wrapped
    builders = ("epub", "latex")

    def run(self, **_kwargs: object) -> None:
        """Move the folds of every card that has a number; those of a what-if are its original's."""
        self.paper = self.app.builder.name == "latex"
        details = [made for one in list(self.document.findall(card)) if (made := self._taken(one)) is not None]
        if not self.paper:
            if details:
                self.document.children[0].append(_section(APPENDIX, ABOUT, details))  # type: ignore[attr-defined]
            return
        appendices = {one["docname"]: one for one in self.document.findall(nodes.document) if one is not self.document}
        chapters = list(self.document.findall(addnodes.start_of_file))
        inputs = [made for one in chapters for made in self._inputs_of(one)]
        for chapter in chapters:
            self._shortened(chapter)
        for docname, page in appendices.items():
            part = next(iter(page.findall(nodes.section)))
            if docname == self.config.book_details_in:
                part.append(_section(APPENDIX, ABOUT, details))
            if docname == self.config.book_inputs_in:
                part += inputs
            self._in_columns(part)
        for section in [one for one in self.document if isinstance(one, nodes.section)]:  # the answers to the problems
            self._in_columns(section)
        self._parts(chapters)

    def _taken(self, one: card) -> nodes.Node | None:
        """What was in a card's folds, as a part of the appendix; the card has a link to it instead."""
        folds = list(one.findall(fold))
        for part in [part for part in one if not isinstance(part, (nodes.rubric, nodes.math_block, nodes.paragraph))]:
            one.remove(part)
        equation = next(iter(one.findall(nodes.math_block)), None)
        if equation is None or not equation.get("label"):
            return None
        name, page = str(equation["label"]), page_of(one)
        heading = next(iter(one.findall(nodes.rubric)))[0].astext()  # beside it stands what a page alone shows
        one += entry_line("", "", self._link(f"details-{name}", DETAILS, ""), kind="link")
        number = nodes.raw("", rf"\detailnumber{{equation:{page}:{name}}}", format="latex")
        title = entry_line("", "", number, nodes.strong("", heading), kind="entry", ids=[f"details-{name}"])
        title["docname"] = self.config.book_details_in
        kept = [row for part in folds if part["kind"] in KEPT for row in _run_in(part)]
        back = entry_line("", "", self._link(name, BACK, page), kind="link")
        return elsewhere("", title, *kept, back, docname=page)

    def _link(self, name: str, text: str, page: str) -> nodes.reference:
        if self.paper:
            there = page or self.config.book_details_in
            return nodes.reference("", text, internal=True, refuri=f"%{there}#{name}")
        return nodes.reference("", text, internal=True, refid=name)

    def _inputs_of(self, chapter: Element) -> list[nodes.Node]:
        """The tables of a chapter's scenarios, taken out of it."""
        made: list[nodes.Node] = []
        for table in [one for one in chapter.findall(nodes.table) if "scenario-inputs" in one["classes"]]:
            above = table.parent
            if above is None:
                continue
            place = above.index(table)
            words = above[place - 1] if place else None
            title = words.deepcopy() if isinstance(words, nodes.paragraph) else nodes.paragraph()
            above[place] = nodes.paragraph("", MOVED)
            made.append(elsewhere("", title, *rows_of(table), docname=chapter["docname"]))
        return made

    def _shortened(self, chapter: Element) -> None:
        for table in [one for one in chapter.findall(nodes.table) if long_table(one, LONG)]:
            if table.parent is not None:
                address = f"{self.config.html_baseurl}{chapter['docname']}.html"
                table.parent[table.parent.index(table)] = nodes.paragraph(
                    "", "", nodes.Text(f"A table of {len(list(rows_of(table)))} rows stands on the site, at "),
                    nodes.reference("", address, refuri=address), nodes.Text("."),
                )  # fmt: skip

    def _in_columns(self, part: Element) -> None:
        """Two columns of small type, in which no table can stand."""
        for table in list(part.findall(nodes.table)):
            if table.parent is not None:
                place = table.parent.index(table)
                table.parent[place : place + 1] = list(rows_of(table))
        title = part.index(next(iter(part.findall(nodes.title))))
        part.insert(title + 1, nodes.raw("", r"\begin{reference}", format="latex"))
        part.append(nodes.raw("", r"\end{reference}", format="latex"))

    def _parts(self, chapters: list[addnodes.start_of_file]) -> None:
        """The parts of the contents, as LaTeX counts them."""
        begins = {names[0]: title for title, names in grouped(self.env) if names}
        for chapter in chapters:
            if (title := begins.get(chapter["docname"])) and chapter.parent is not None:
                made = nodes.raw("", rf"\part{{{title}}}", format="latex")
                chapter.parent.insert(chapter.parent.index(chapter), made)


def _section(title: str, about: str, content: list[nodes.Node]) -> nodes.section:
    return nodes.section("", nodes.title("", title), nodes.paragraph("", about), *content, ids=["cards-in-detail"])


def _run_in(part: fold) -> list[nodes.Node]:
    """A fold as lines, the first of which begins with its name."""
    lines = list(flat(part, origin_only if part["kind"] == "inputs" else None))
    name = (part.get("short") or part["title"]).rstrip(".")
    first = lines[0] if lines else None
    if not isinstance(first, (entry_line, nodes.paragraph)):
        lines.insert(0, first := entry_line(kind="entry"))
    first.insert(0, [nodes.emphasis("", f"{name}."), nodes.Text(" ")])
    return lines


def visit_line_latex(self: LaTeXTranslator, node: entry_line) -> None:
    """A hanging line, or a small one that leads on; its places are those of the page where it now stands."""
    self.body.append(f"\n\\begin{{bookline{node['kind']}}}")
    stack, docname = self.curfilestack, node.get("docname", "")
    self.curfilestack = [*stack, docname] if docname else stack
    self.body.append("".join(self.hypertarget(name, anchor=True) for name in node["ids"]))
    self.curfilestack = stack


def depart_line_latex(self: LaTeXTranslator, node: entry_line) -> None:
    """The line's end."""
    self.body.append(f"\\end{{bookline{node['kind']}}}\n")


def visit_line_html(self: Any, node: entry_line) -> None:
    """A paragraph with a class of its own."""
    self.body.append(self.starttag(node, "p", CLASS=f"line-{node['kind']}"))


def depart_line_html(self: Any, _node: entry_line) -> None:
    """The paragraph's end."""
    self.body.append("</p>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder, the transform and the node."""
    app.add_config_value("book_site_only", [], "env", [list])
    app.add_config_value("book_details_in", "", "env", [str])
    app.add_config_value("book_inputs_in", "", "env", [str])
    app.add_builder(PaperBuilder, override=True)
    app.add_post_transform(OnPaper)
    app.add_node(entry_line, html=(visit_line_html, depart_line_html), latex=(visit_line_latex, depart_line_latex))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
