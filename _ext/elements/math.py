"""HTML math renderer that turns LaTeX into MathML Core while the book is built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from _ext.elements.symbols import with_words
from calc.render.mathml import LatexError, convert

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

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
