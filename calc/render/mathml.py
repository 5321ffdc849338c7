"""LaTeX as MathML Core, as the pages show it and as records carry it."""

from __future__ import annotations

import re

from math_core import LatexError, LatexToMathML

__all__ = ["LatexError", "convert", "prepare", "standalone"]

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_SEMANTICS = re.compile(r"<semantics>(.*)<annotation.*</semantics>", re.DOTALL)

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


def standalone(latex: str) -> str:
    """A displayed equation as MathML by itself, for a word processor or a file: with its namespace, without the LaTeX.

    Raises
    ------
    LatexError : it holds something that MathML Core has no element for.

    Examples
    --------
    >>> standalone("E = P t")[:73]
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mrow><m'
    """
    mathml = convert(latex, display=True).replace("<math ", f'<math xmlns="{_NAMESPACE}" ', 1)
    return _SEMANTICS.sub(r"\1", mathml)
