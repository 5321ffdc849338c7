"""``{chart} ID``: a chart of `calc.charts` as a numbered figure, with the text below it as caption."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from calc.charts import chart_by_id
from calc.errors import CalcError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from calc.charts import Chart


class ChartFigure(SphinxDirective):
    """A figure: inline SVG in HTML, a PDF in LaTeX, the words elsewhere. Its label is ``chart-ID``."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The picture with its caption: the title, then the directive's content."""
        try:
            chart = chart_by_id(self.arguments[0])
            picture = self._picture(chart)
        except CalcError as error:
            raise self.error(str(error)) from error
        figure = nodes.figure(classes=["chart-figure"])
        figure += picture
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

    def _picture(self, chart: Chart) -> nodes.Node:
        builder = self.env.app.builder
        if builder.format == "html":
            css = builder.name != "epub"
            wide, _ = chart.to_svg(colours="css" if css else "plain")
            narrow = chart.to_svg(narrow=True)[0] if css else ""
            phone = f'<div class="chart-narrow">{narrow}</div>' if narrow else ""
            return nodes.raw("", f'<div class="chart-wide">{wide}</div>{phone}', format="html")
        if builder.format == "latex":
            file = Path(self.env.doctreedir) / "charts" / f"{chart.id}.pdf"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(chart.to_pdf())
            return nodes.image(uri="/" + os.path.relpath(file, self.env.srcdir).replace(os.sep, "/"), alt=chart.title)
        return nodes.paragraph("", chart.to_svg()[1])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("chart", ChartFigure)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
