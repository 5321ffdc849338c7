"""The book as EPUB and as PDF: what they do in another way than the site, as nothing opens or runs there."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.errors import SphinxError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.template import LaTeXRenderer
from sphinx.writers import latex
from sphinxcontrib.bibtex.nodes import raw_latex

from calc.base.dates import build_moment
from calc.render.mathml_words import said

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.latex import LaTeXTranslator

NAMESPACES = {"math": "http://www.w3.org/1998/Math/MathML", "svg": "http://www.w3.org/2000/svg"}
NEEDED = ("xelatex", "latexmk")
MISSING = (
    "make pdf needs LaTeX, and {} is not installed; on Debian or Ubuntu: sudo apt install latexmk texlive-xetex "
    "texlive-latex-extra texlive-fonts-recommended texlive-lang-english fonts-freefont-otf"
)
# What LaTeX only notes and a reader would trip over: a link to nowhere, a letter that no font has.
FAULTS = re.compile(
    r"^(?:LaTeX Warning: (?:Hyper reference|Reference|Citation|Label) .*|Missing character: .*)$", re.MULTILINE
)
REASON = re.compile(r"^(?:!|[^\s:]+:\d+:) (.+)$", re.MULTILINE)


# What an e-book says of itself to readers who look for one that they can use.
ACCESS = "".join(
    f'  <meta property="schema:{name}">{value}</meta>\n  '
    for name, value in (
        ("accessMode", "textual"),
        ("accessMode", "visual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "MathML"),
        ("accessibilityFeature", "alternativeText"),
        ("accessibilityFeature", "displayTransformability"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", "Equations are MathML with their words; charts have their numbers in words."),
    )
)


class place(nodes.General, nodes.Element):  # docutils names its nodes in lower case
    """Where links to a box of a PDF lead."""


class EpubBuilder(Epub3Builder):
    """Sphinx's own, which says of no page that it holds MathML or SVG; readers may then leave these out."""

    media_types = {**Epub3Builder.media_types, ".woff2": "font/woff2", ".txt": "text/plain"}

    def build_content(self) -> None:
        """Write the list of contents, each with what it holds; what only a script would use is not among them."""
        for script in Path(self.outdir).rglob("*.js"):
            script.unlink()
        super().build_content()
        file = Path(self.outdir) / "content.opf"
        listed = re.sub(
            r'<item id="[^"]*" href="([^"]+\.xhtml)"[^>]*?(?=\s*/>)', self._holding, file.read_text("utf-8")
        )
        # Sphinx names somebody who contributed, known or not.
        listed = re.sub(r"\s*<dc:contributor>.*?</dc:contributor>", "", listed)
        file.write_text(listed.replace("</metadata>", f"{ACCESS}</metadata>", 1), "utf-8")

    def build_toc(self) -> None:
        """Write the contents for older readers, which must know the book by the same name."""
        super().build_toc()
        file, name = Path(self.outdir) / "toc.ncx", str(self.config.epub_identifier)
        file.write_text(
            re.sub(r'(<meta name="dtb:uid" content=")[^"]*', rf"\g<1>{escape(name)}", file.read_text("utf-8")), "utf-8"
        )

    def build_epub(self) -> None:
        """Pack it; where a moment is given, each file has that one, so that the same book has the same bytes."""
        if (moment := build_moment()) is not None:
            for file in Path(self.outdir).rglob("*"):
                os.utime(file, (moment, moment))
        super().build_epub()

    def _holding(self, item: re.Match[str]) -> str:
        if "properties=" in item[0]:  # the table of contents, which is yet to be written
            return item[0]
        page = (Path(self.outdir) / item[1]).read_text(encoding="utf-8")
        held = [name for element, name in (("math", "mathml"), ("svg", "svg")) if f"<{element} " in page]
        return f'{item[0]} properties="{" ".join(held)}"' if held else item[0]


class LeaveOutFolded(SphinxPostTransform):
    """Leave out code that the site folds away; let any table of a PDF run on to the next page."""

    default_priority = 100  # before MyST-NB wraps what is folded
    builders = ("epub", "latex")

    def run(self, **_kwargs: object) -> None:
        """Take the code from its cell, which is then no longer to be folded."""
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") == "cell_code" and cell.get("hide_mode") in ("input", "all"):
                cell["hide_mode"] = None
                for part in [
                    p for p in cell if isinstance(p, nodes.Element) and p.get("nb_element") == "cell_code_source"
                ]:
                    cell.remove(part)
        if self.app.builder.name == "latex":
            self._for_paper()

    def _for_paper(self) -> None:
        for box in list(self.document.findall(nodes.admonition)):
            if box["ids"] and box.parent is not None:  # Sphinx gives a box no place that a link could lead to
                box.parent.insert(box.parent.index(box), place(names=list(box["ids"])))
        # LaTeX also writes a caption into a file, where the links of citations must stay as they are.
        for caption in self.document.findall(nodes.caption):
            for raw in caption.findall(raw_latex):
                raw.rawsource = raw.rawsource.replace(r"\hyperlink{", r"\protect\hyperlink{")
        for table in self.document.findall(nodes.table):
            if not isinstance(table.parent, nodes.Admonition):
                table["classes"].append("longtable")


def visit_place(self: LaTeXTranslator, node: place) -> None:
    """Something for links to lead to."""
    self.body.append("\n" + "".join(self.hypertarget(name) for name in node["names"]))
    raise nodes.SkipNode


def as_xml(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say of equations and pictures what they are, which HTML knows and XML must be told."""
    if app.builder.name != "epub":
        return
    # MyST-NB asks for a sheet that it only gives to the site.
    there = Path(app.outdir) / "_static"
    context["css_files"] = [file for file in context["css_files"] if (there / Path(file.filename).name).is_file()]
    if "body" not in context:
        return
    # Core allows it on any element, but what checks e-books has not heard of it; a table starts at that level anyway.
    context["body"] = re.sub(r'(<mtable[^>]*) scriptlevel="\d"', r"\1", context["body"])
    # Nobody sees an address in an e-book to take it from.
    context["body"] = re.sub(r'<a class="headerlink card-link".*?</a>', "", context["body"])
    context["body"] = re.sub(r"<math\b.*?</math>", _named, context["body"], flags=re.DOTALL)
    for element, space in NAMESPACES.items():
        context["body"] = re.sub(
            rf"<{element}(?![^>]* xmlns=)(?=[\s>])", f'<{element} xmlns="{space}"', context["body"]
        )


def _named(math: re.Match[str]) -> str:
    """An equation with its words, for readers that show none."""
    return math[0].replace("<math", f'<math alttext="{escape(said(math[0]))}"', 1)


def missing() -> str:
    """What a PDF needs and this machine lacks, in a line; empty if nothing."""
    absent = [name for name in NEEDED if not shutil.which(name)]
    return MISSING.format(" and ".join(absent)) if absent else ""


def typeset(folder: Path, name: str) -> Path:
    """Turn the LaTeX sources in a folder into a PDF.

    Raises
    ------
    SphinxError : LaTeX failed, or noted a link to nowhere or a letter without a shape.
    """
    command = ["latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", f"{name}.tex"]
    # A moment that is set stands for the clock.
    environment = {**os.environ, "LATEXOPTS": "", "XINDYOPTS": "", "FORCE_SOURCE_DATE": "1", "max_print_line": "1000"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    log = folder / f"{name}.log"
    said = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else done.stdout.decode(errors="replace")
    if done.returncode:
        why = REASON.search(said)
        raise SphinxError(f"LaTeX: {why[1] if why else said.strip().splitlines()[-1]}")
    if fault := FAULTS.search(said):
        raise SphinxError(fault[0])
    return folder / f"{name}.pdf"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and the listeners."""
    # Sphinx makes a new one for each table, and each compiles the table's template again.
    latex.LaTeXRenderer = functools.cache(LaTeXRenderer)  # type: ignore[attr-defined,assignment]
    app.add_builder(EpubBuilder, override=True)
    app.add_node(place, latex=(visit_place, None))
    app.add_post_transform(LeaveOutFolded)
    app.connect("html-page-context", as_xml)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
