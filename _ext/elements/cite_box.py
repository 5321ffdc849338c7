"""The part of a card, and of each page, from which readers take citations and equations away.

All texts stand in the page, made by calc: without scripts they can be read and selected. _static/copy.js gives each a
button, and _static/cite.js rewrites a card's when its inputs were changed.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from _ext.elements.piece import Piece, add_node
from calc.api import formula_by_id
from calc.base.errors import CalcError
from calc.book.home import home
from calc.model.scenario_file import scenario
from calc.render.citation_parts import Page, book_page, place
from calc.render.copies import REPORT, Copy, copies, page_copies
from calc.render.report import issue

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator


HOW = "report-an-error"  # the label of the section that says how


class citing(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """Texts to take away; on paper, the address alone."""


class Citing(Piece):
    """``{citing} ID``: how to cite one derivation."""

    required_arguments = 1
    option_spec = {"scenario": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The texts, made by calc."""
        name = self.arguments[0]
        try:
            formula, given = formula_by_id(name), self.options["scenario"]
            shown = formula.derive(scenario(given))
            cited = home(formula).scenario.name
        except CalcError as error:
            raise self.refuse(error) from error
        if given != cited:
            raise self.refuse(
                f"{name} is shown in scenario {given}, and its record is of {cited}; if the card is right, "
                f'calc/data/homes.toml needs the line: {name} = "{given}"'
            )
        return [citing(title="Cite", name=name, address=place(name), texts=copies(shown), open=False)]


class CitePage(SphinxPostTransform):
    """Ends each page with how to cite it."""

    default_priority = 100
    builders = ("html",)

    def run(self, **_kwargs: object) -> None:
        """A fold at the end of the page's only section."""
        name = self.env.docname
        section = next(iter(self.document.findall(nodes.section)), None)
        if section is None or name not in self.env.titles:
            return
        first = name == self.config.root_doc
        page = book_page() if first else Page(self.env.titles[name].astext(), f"{name}.html")
        title = "Cite this book" if first else "Cite this page"
        section += citing(title=title, name="", address="", texts=page_copies(page), open=False)


def visit_html(self: HTML5Translator, node: citing) -> None:
    """A fold with a tab for each text; an e-book has nothing that copies, and gets the address."""
    builder: Any = self.builder
    address, name = node["address"], node["name"]
    if builder.name == "epub":
        shown = f'<a href="{address}">{self.encode(address)}</a>'
        self.body.append(f'<p class="cite-address">Permanent address: {shown}</p>\n' if address else "")
        raise nodes.SkipNode
    self.body.append(f'<details class="fold fold-cite"{" open" if node["open"] else ""}>')
    self.body.append(f"<summary>{self.encode(node['title'])}</summary>\n")
    tabs = [(one.name, copyable(one)) for one in node["texts"]]
    report = f'Something wrong? <a class="report" href="{_where_to_report(builder, node)}">Report it</a>.'
    if name and name in builder.env.domains.standard_domain.anonlabels:
        here = builder.get_target_uri(builder.current_docname)
        page, data = (relative_uri(here, there) for there in (f"d/{name}/index.html", f"derivations/{name}.json"))
        self.body.append(
            f'<p class="cite-address">This version stays at <a href="{page}">{self.encode(address)}</a>. '
            f'All that it rests on: <a href="{data}" download="{name}.json">record (JSON)</a>. {report}</p>\n'
        )
        svg = page.removesuffix("index.html") + "equation.svg"
        picture = f'<a href="{svg}" download="{name}.svg">Save the equation as SVG</a>'
        note = "the book's figure, in outlines: no font is needed"
        tabs.append(("SVG", f'<p class="cite-svg">{picture} ({note}).</p>\n'))
    else:
        self.body.append(f'<p class="cite-address">{report}</p>\n')
    self.body.append(tab_set(f"cite-{name or 'page'}", tabs, address))
    self.body.append("</details>\n")
    raise nodes.SkipNode


def _where_to_report(builder: Any, node: citing) -> str:
    """A new issue with the text; where no repository is known, the page that says how to report."""
    (text,) = (one.text for one in node["texts"] if one.name == REPORT)
    here = builder.get_target_uri(builder.current_docname)
    title = node["name"] or builder.current_docname
    page, mark = builder.env.domains.standard_domain.anonlabels.get(HOW, (builder.current_docname, ""))[:2]
    return escape(issue(title, text)) or f"{relative_uri(here, builder.get_target_uri(page))}#{mark}"


def tab_set(name: str, tabs: list[tuple[str, str]], address: str) -> str:
    """Tabs that need no script: radio buttons, each with its label and its text, drawn by _static/tabs.css."""
    parts = []
    for number, (label, content) in enumerate(tabs):
        one, checked = f"{name}-{number}", "" if number else " checked"
        parts.append(
            f'<input id="{one}" name="{name}" type="radio"{checked}><label for="{one}">{label}</label>'
            f"<div>{content}</div>\n"
        )
    group = f'<div class="tabs cite-set" role="group" aria-label="Forms to copy" data-place="{address}">'
    return f"{group}\n{''.join(parts)}</div>\n"


def copyable(one: Copy) -> str:
    """A text in the frame that _static/copy.js looks for."""
    changed = f' data-what-if="{escape(one.changed, quote=True)}"' if one.changed else ""
    return (
        f'<div class="copyable" role="group" tabindex="0" aria-label="{one.name}"{changed}>'
        f'<div class="highlight"><pre>{escape(one.text, quote=False)}</pre></div></div>'
    )


def visit_latex(self: LaTeXTranslator, node: citing) -> None:
    """The address, which can be followed."""
    if node["address"]:
        self.body.append(f"\n\\par\\medskip\\noindent Permanent address: \\url{{{node['address']}}}\\par\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the node and the transform."""
    app.add_directive("citing", Citing)
    add_node(app, citing, bare=False, html=(visit_html, None), latex=(visit_latex, None))
    app.add_post_transform(CitePage)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
