"""Beside the pages: every record, the equations as SVG, a sitemap and llms.txt, written as the site is built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.parallel import ParallelTasks, SerialTasks

from _ext.site.equation_svg import Pen
from _ext.site.permanent import FOLDER
from _ext.state import beside, homes, this_build
from calc.book.citation_file import address
from calc.book.home import book_derivations
from calc.publish import export
from calc.publish.site_texts import llms, sitemap
from calc.render import latex
from calc.render.citation import sentence
from calc.render.citation_parts import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from calc.model.step import Step


class Records:
    """Writes them, beside Sphinx where that may have more than one process, as soon as every page has been read."""

    def __init__(self) -> None:
        self.tasks: ParallelTasks | SerialTasks | None = None

    def start_early(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Begin where all pages will be written for certain."""
        if not this_build().before:
            self.start(app, app.builder)

    def start(self, app: Sphinx, builder: Builder) -> None:
        """Begin, unless they are there and what they stand on is what it was."""
        if builder.name == "html" and not this_build().alone and self.tasks is None:
            self.tasks = beside(app)
            self.tasks.add_task(write, app)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Wait until all is written; what fails there fails the build."""
        if exception is None and self.tasks:
            self.tasks.join()
        elif isinstance(self.tasks, ParallelTasks):
            self.tasks.terminate()
        self.tasks = None


def write(app: Sphinx) -> None:
    """Write them into the folder that takes the site's place when all is well."""
    site, shown = Path(app.outdir), set(homes(app.env))
    found = export.files(only=shown)
    there = list(pages(app))
    urls = [*(_url(app, name) for name in there), *map(place, homes(app.env))]
    chapters = [(app.env.titles[name].astext(), _url(app, name)) for name in there if name in app.env.titles]
    found |= {"sitemap.xml": sitemap(urls).encode(), "llms.txt": llms(chapters, shown).encode()}
    for name, content in found.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    draw(site, shown, Path(app.doctreedir) / "drawings.json")


def draw(site: Path, shown: set[str], kept: Path) -> None:
    """An SVG for each permanent page; lines that were drawn by an earlier build are kept beside its pages."""
    pen = Pen(json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {})
    for derivation in book_derivations():
        name = derivation.formula.id
        if name in shown:
            picture = _picture(pen, derivation)
            (site / FOLDER / name).mkdir(parents=True, exist_ok=True)
            (site / FOLDER / name / "equation.svg").write_text(picture, encoding="utf-8")
    kept.write_text(json.dumps(pen.used), encoding="utf-8")


def _picture(pen: Pen, derivation: Step) -> str:
    try:
        return pen.draw(latex.equation(derivation), derivation.formula.title, sentence(derivation))
    except ValueError as error:
        message = f"{derivation.formula.id}: its equation cannot be drawn: {error}"
        raise ValueError(message) from None


def pages(app: Sphinx) -> Iterator[str]:
    """The pages of the book, in its order."""
    toctree = app.env.toctree_includes
    yield app.config.root_doc
    seen = {app.config.root_doc}
    waiting = list(toctree.get(app.config.root_doc, []))
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            yield name
            waiting[:0] = toctree.get(name, [])


def _url(app: Sphinx, name: str) -> str:
    return address() if name == app.config.root_doc else address(f"{name}.html")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners."""
    records = Records()
    app.connect("env-updated", records.start_early, priority=50)  # while Sphinx formats the list of sources
    app.connect("write-started", records.start)
    app.connect("build-finished", records.finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
