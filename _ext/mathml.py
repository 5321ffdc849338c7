"""HTML math renderer that turns LaTeX into MathML Core while the book is built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from _ext.symbols import with_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

# The annotation keeps the LaTeX for copying. There is no alttext: some screen
# readers would speak it, LaTeX and all, in place of the MathML tree.
CONVERTER = LatexToMathML(
    annotation=True,
    fancy_error=False,
    macros={
        "substack": r"\begin{subarray}{c}#1\end{subarray}",
        # The converter has no attributes: what says which quantity this is travels as text, and becomes one below.
        "bookquantity": r"{\text{⟪#1⟫}#2\text{⟪/⟫}}",
    },
)
MARK = re.compile(r"<mrow><mtext>⟪([a-z0-9-]+)⟫</mtext>|<mtext>⟪/⟫</mtext>")
MARK_IN_LATEX = re.compile(r"\\bookquantity\{[a-z0-9-]+\}")

# The converter would number these itself, against Sphinx's own numbers, or does
# not know them.
ENVIRONMENTS = {
    "align": "aligned",
    "split": "aligned",
    "equation": "gathered",
    "gather": "gathered",
    "multline": "gathered",
    "smallmatrix": "matrix",
}
ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(ENVIRONMENTS)})\*?\}}")
# The converter would print these optional arguments as if they were mathematics.
ROW_GAP = re.compile(r"\\\\\[[^\]]*\]")
POSITION = re.compile(r"(\\begin\{(?:aligned|gathered)\})\[[tbc]\]")
NUMBERING = re.compile(r"\\(?:nonumber|notag)\b|\\label\{[^}]*\}")
INNER = re.compile(r"\\begin\{(\w+)\}.*?\\end\{\1\}", re.DOTALL)
# 1{,}000 comes out as three elements, which are spoken one by one.
THOUSANDS = re.compile(r'(?<=\d)</mn><mo rspace="0">,</mo><mn>(?=\d{3}(?!\d))')
REPLACEMENTS = {
    # XML knows no such named entity, and EPUB pages are XML.
    "&ApplyFunction;": "\N{FUNCTION APPLICATION}",
    # Chromium draws the combining line of \overline and \underline off its base.
    "\N{COMBINING LOW LINE}": "\N{OVERLINE}",
    # Rows below a sum would touch.
    "padding-top: 0;padding-bottom: 0;": "padding-block: 0.15em;",
}
TAGS = re.compile(r"<annotation.*?</annotation>|<[^>]+>", re.DOTALL)
LONG = 16  # characters: shorter ones fit the narrowest column
# Punctuation that stands against a formula, before and after it.
OPENING, CLOSING = re.compile(r"[^\s\w]*\Z"), re.compile(r"\A[^\s\w]*")


class KeepPunctuation(SphinxPostTransform):
    """Tie a formula to its punctuation: browsers would break the line between."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Wrap each formula in a line with the punctuation on either side of it."""
        for math in list(self.document.findall(nodes.math)):
            in_link = isinstance(math.parent, nodes.reference) and len(math.parent) == 1
            node: nodes.Element = math.parent if in_link else math
            parent, place = node.parent, node.parent.index(node)
            opening = closing = ""
            # By place, as equal texts are not told apart by value.
            if place and isinstance(text := parent[place - 1], nodes.Text):
                opening = OPENING.findall(text)[0]
                parent[place - 1] = nodes.Text(text.removesuffix(opening))
            if isinstance(text := (*parent, None)[place + 1], nodes.Text):
                closing = CLOSING.findall(text)[0]
                parent[place + 1] = nodes.Text(text.removeprefix(closing))
            if opening or closing:
                parent[place] = tied = nodes.inline(classes=["math-tied"])
                tied += [nodes.Text(opening), node, nodes.Text(closing)]


def prepare(latex: str, *, display: bool) -> str:
    """Rewrite what the converter takes differently from Sphinx and LaTeX."""
    latex = ENVIRONMENT.sub(lambda m: f"\\{m[1]}{{{ENVIRONMENTS[m[2]]}}}", latex.strip())
    latex = POSITION.sub(r"\1", ROW_GAP.sub(r"\\\\", NUMBERING.sub("", latex)))
    if not display:
        return latex
    # As in Sphinx, a blank line starts a new row and bare rows are aligned.
    rows = [row.strip() for row in re.split(r"\n\s*\n", latex) if row.strip()]
    if len(rows) > 1 or r"\\" in INNER.sub("", latex):
        return r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}"
    return latex


def convert(latex: str, *, display: bool) -> str:
    """Return MathML that is well-formed as HTML and as XML."""
    mathml = CONVERTER.convert_with_local_state(prepare(latex, display=display), displaystyle=display)
    if "<menclose" in mathml:
        message = r"boxes and strokes (\boxed, \cancel) are not in MathML Core"
        raise LatexError(message)
    for old, new in REPLACEMENTS.items():
        mathml = mathml.replace(old, new)
    mathml = MARK.sub(lambda m: f'<mrow data-quantity="{m[1].replace("-", "_")}">' if m[1] else "", mathml)
    # A reader who copies the LaTeX gets what any LaTeX understands: {…} in place of \bookquantity{name}{…}.
    return THOUSANDS.sub(",", MARK_IN_LATEX.sub("", mathml))


def render(self: HTML5Translator, node: nodes.Element, *, display: bool) -> str:
    """Convert a node; what cannot be converted is a warning and shown as LaTeX."""
    latex = node.astext()
    try:
        return convert(latex, display=display)
    except LatexError as error:
        logger.warning(
            "LaTeX that cannot become MathML: %s in: %s",
            error,
            latex,
            location=node,
            type="mathml",
        )
        return f"<code>{self.encode(latex)}</code>"


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line; one that is long may have to scroll, and then needs the keyboard's focus."""
    mathml = render(self, node, display=False)
    is_long = len(TAGS.sub("", mathml)) > LONG
    focus: dict[str, Any] = {"role": "group", "tabindex": "0", "aria-label": _("Equation")} if is_long else {}
    self.body.append(self.starttag(node, "span", "", CLASS="math-inline notranslate", **focus))
    self.body.append(mathml + "</span>")
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, its number staying in view as the formula scrolls."""
    number = get_node_equation_number(self, node) if node.get("number") else ""
    name = f"{_('Equation')} {number}".strip()
    self.body.append(self.starttag(node, "div", CLASS="math-block notranslate"))
    label = f"{node['ids'][0]}-words" if node["ids"] else f"math-words-{len(self.body)}"
    mathml, words = with_words(render(self, node, display=True), label)
    described = f'aria-describedby="{label}" ' if words else ""
    # Without script nobody knows which formulae will scroll, so each can take
    # the keyboard's focus, and a role and a name say what was focused.
    self.body.append(
        f'<div class="math-scroll" role="group" tabindex="0" {described}'
        f'aria-label="{self.attval(name)}">{mathml}</div>\n'
    )
    if number:
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>\n")
    self.body.append(f"{words}</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer under the name "mathml"."""
    app.add_post_transform(KeepPunctuation)
    app.add_html_math_renderer(
        "mathml",
        inline_renderers=(visit_inline, None),
        block_renderers=(visit_block, None),
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
