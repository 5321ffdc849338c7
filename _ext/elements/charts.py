"""``{chart} ID``: a chart of `calc.charts` as a numbered figure, with the text below it as caption."""

from __future__ import annotations

import contextlib
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.parallel import ParallelTasks, SerialTasks

from _ext.elements.piece import Piece, add_node
from _ext.state import MANY, beside, sources, this_build
from calc.base.errors import CalcError
from calc.charts import chart_by_id
from calc.charts.svg_page import plain
from calc.charts.values import Values
from calc.render.case_words import CASE
from calc.render.javascript import safe_json

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from calc.charts.base import Chart


_CHART = re.compile(r"^`{3,}\{chart\} +(\S+)", re.MULTILINE)


class picture(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """A chart, drawn wide and narrow; which of them is shown, each format says when written."""


class ChartFigure(Piece):
    """A figure: inline SVG in HTML, a PDF in LaTeX, the words elsewhere. Its label is ``chart-ID``."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The picture with its caption: the title, then the directive's content."""
        try:
            chart = chart_by_id(self.arguments[0])
            figure = nodes.figure("", _drawn(chart), classes=["chart-figure"])
        except CalcError as error:
            raise self.refuse(error) from error
        content = self.parse_content_to_nodes()
        caption = nodes.caption("", f"{chart.title}. " if content else chart.title)
        if content and isinstance(content[0], nodes.paragraph):
            caption += content.pop(0).children
        figure += caption
        if content:
            figure += nodes.legend("", *content)
        label = f"chart-{chart.id}"
        figure["names"].append(label)
        self.set_source_info(figure)
        self.state.document.note_explicit_target(figure, figure)
        return [figure]


class Ahead:
    """Charts drawn in a process of their own, while the main one imports or works out what is on cards."""

    def __init__(self) -> None:
        self.tasks: ParallelTasks | SerialTasks = SerialTasks()
        self.drawn: dict[str, picture] = {}

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Draw those of all pages that will be read, where these are many, unless that has been begun."""
        self.drawn = {}
        if this_build().charts is None and len(docnames) > MANY and app.parallel > 1:
            self.tasks = beside(app)
            self.tasks.add_task(draw, sources(env, docnames), self._note)  # type: ignore[arg-type]  # of serial ones

    def finish(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Wait for them, as those who read the pages will want them."""
        self.tasks.join()
        if begun := this_build().charts:
            self.drawn = begun()

    def _note(self, _: object, drawn: dict[str, picture]) -> None:
        self.drawn.update(drawn)


ahead = Ahead()


def draw(text: str) -> dict[str, picture]:
    """The charts that stand in a text, by their ids."""
    drawn = {}
    for name in dict.fromkeys(_CHART.findall(text)):
        with contextlib.suppress(CalcError):  # which the page that has it will say
            drawn[name] = _drawn(chart_by_id(name))
    return drawn


def _drawn(chart: Chart) -> picture:
    if chart.id in ahead.drawn:
        return ahead.drawn[chart.id].deepcopy()
    values = Values()
    wide, narrow = chart.on_page(values=values), chart.on_page(narrow=True, values=values)
    follows = {**values.data(), "wide": wide.follows, "narrow": narrow.follows} if wide.follows else {}
    return picture(
        chart=chart.id, wide=wide.picture, narrow=narrow.picture, told=wide.told, rows=wide.rows, follows=follows,
        needs=values.needs() if follows else {},
    )  # fmt: skip


def _tools(name: str, rows: str) -> str:
    """The buttons by which a chart is taken away, which scripts show; and room for whose case it shows."""
    table = escape(rows.strip().replace("\n", "|"), quote=True)
    buttons = "".join(
        f'<button type="button" data-take="{kind}" aria-label="{kind}: {CASE["take"]} {name}">{kind}</button>'
        for kind in ("SVG", "PNG", "CSV")
    )
    case = '<span class="chart-case"></span>'
    return f'<p class="chart-tools calc-message" data-chart="{name}" data-rows="{table}" hidden>{case}{buttons}</p>'


def visit_html(self: HTML5Translator, node: picture) -> None:
    """Wide and narrow, of which a page shows the one that fits; an e-reader gets the wide one, in fixed colours."""
    if self.builder.name == "epub":
        self.body.append(f'<div class="chart-wide">{plain(node["wide"])}</div>')
    else:
        for kind in ("wide", "narrow"):
            self.body.append(f'<div class="chart-{kind}">{node[kind]}</div>')
        if node["follows"]:
            data = safe_json(node["follows"])
            self.body.append(f'<script type="application/json" class="chart-data">{data}</script>')
        self.body.append(_tools(node["chart"], node["rows"]))
    raise nodes.SkipNode


def visit_latex(self: LaTeXTranslator, node: picture) -> None:
    """A PDF beside the document."""
    name = f"chart-{node['chart']}.pdf"
    (Path(self.builder.outdir) / name).write_bytes(chart_by_id(node["chart"]).to_pdf())
    self.body.append(rf"\noindent\sphinxincludegraphics{{{name}}}" + "\n")
    raise nodes.SkipNode


def visit_text(self: Any, node: picture) -> None:
    """What it shows, in words."""
    self.add_text(node["told"])
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and its node."""
    # Formats without pictures have the caption.
    add_node(app, picture, bare=False, html=(visit_html, None), latex=(visit_latex, None), text=(visit_text, None))
    app.add_directive("chart", ChartFigure)
    app.connect("env-before-read-docs", ahead.begin, priority=700)  # what it draws with has been imported
    app.connect("env-before-read-docs", ahead.finish, priority=960)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
