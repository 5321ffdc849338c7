"""What a reader takes away from a card: citations, and the equation in the forms that documents take.

Each comes with a second text for when inputs were changed: the same with places for the numbers, which the page's
script fills in, so that nobody pastes a private what-if as the book's figure.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from calc.analysis.standing import beside_words, value_words
from calc.book.cases import case_of
from calc.book.citation_file import book
from calc.model.step import Step
from calc.render import latex, report
from calc.render.citation import as_style, own_bibtex, own_csl, own_sentence
from calc.render.citation_parts import PLACES, Numbers, Page, numbers_of, warning
from calc.render.mathml import standalone
from calc.symbolic.printing import right_hand_side

__all__ = ["COLUMNS", "REPORT", "Copy", "copies", "page_copies"]

REPORT = "Report"
COLUMNS = "right left"  # how word processors align the two of an equation


@dataclass(frozen=True)
class Copy:
    """One text to take away.

    Attributes
    ----------
    name : what it is.
    text : the text itself.
    changed : the same for changed inputs, with `calc.render.citation_parts.PLACES` in it: ``@NAME@`` is a quantity's
        value as text, ``@tex:NAME@`` as LaTeX, ``@sign@`` the = or ≈ before the result, ``@changes@`` what was changed,
        ``@link@`` the address with it. ``mathml`` alone says that it is what the page then shows; empty where nothing
        can be changed.
    """

    name: str
    text: str
    changed: str = ""


def page_copies(page: Page) -> list[Copy]:
    """The citations of a chapter or of the book, and what to send who finds an error there."""
    styles = (("Sentence", "text"), ("BibTeX", "bibtex"), ("CSL-JSON", "csl"))
    return [*(Copy(name, as_style(page, style)) for name, style in styles), Copy(REPORT, report.of_page(page))]


def copies(shown: Step) -> list[Copy]:
    """All that a card offers.

    Examples
    --------
    >>> from calc import training_energy
    >>> print([one.name for one in copies(training_energy.derive())])
    ['Sentence', 'BibTeX', 'CSL-JSON', 'LaTeX', 'MathML', 'Markdown', 'Plain text', 'Python', 'Report']
    """
    numbers = numbers_of(shown)
    changed_csl = json.dumps([own_csl(shown, PLACES)], ensure_ascii=False, indent=2)
    return [
        Copy("Sentence", as_style(shown, "text"), own_sentence(shown, PLACES)),
        Copy("BibTeX", as_style(shown, "bibtex"), own_bibtex(shown, PLACES)),
        Copy("CSL-JSON", as_style(shown, "csl"), changed_csl),
        Copy("LaTeX", _latex(shown, numbers), _latex(shown, PLACES)),
        Copy("MathML", _mathml(shown), "mathml"),
        Copy("Markdown", _markdown(shown, numbers), _markdown(shown, PLACES)),
        Copy("Plain text", _plain(shown, numbers), _plain(shown, PLACES)),
        Copy("Python", _python(shown), _python(shown, PLACES.link)),
        Copy(REPORT, report.of_card(shown, numbers), report.of_card(shown, PLACES)),
    ]


def _head(shown: Step) -> str:
    return f"{shown.formula.title}. {book().title}, version {book().version}, scenario {shown.scenario.name}."


def _lines(shown: Step, numbers: Numbers) -> str:
    """The equation as LaTeX."""
    formula = shown.formula
    values = {q.name: numbers.tex(q.name) for q in formula.inputs}
    return latex.lines(formula, values, numbers.tex(formula.result.name), numbers.tex_sign)


def _latex(shown: Step, numbers: Numbers) -> str:
    comments = [_head(shown), warning(numbers), _said(shown, numbers), numbers.link]
    return "".join(f"% {text}\n" for text in comments if text) + f"\\[\n{_lines(shown, numbers)}\n\\]"


def _mathml(shown: Step) -> str:
    """As word processors read it, which align columns by an attribute that browsers no longer need."""
    return standalone(latex.equation(shown)).replace("<mtable ", f'<mtable columnalign="{COLUMNS}" ', 1)


def _markdown(shown: Step, numbers: Numbers) -> str:
    where = f"Scenario {shown.scenario.name}, [{book().title}, version {book().version}]({numbers.link})"
    own = warning(numbers)
    said = f". {own} {_said(shown, numbers)} Calculated with:" if own else f": {_said(shown, numbers)}"
    return f"**{shown.formula.title}**{said} {where}\n\n$$\n{_lines(shown, numbers)}\n$$"


def _plain(shown: Step, numbers: Numbers) -> str:
    formula, own = shown.formula, warning(numbers)
    values = {q.name: numbers.value(q.name) for q in formula.inputs}
    result = numbers.value(formula.result.name)
    lines = [
        _head(shown),
        *([own] if own else []),
        f"{formula.result.name} = {right_hand_side(formula.written)}",
        f"= {right_hand_side(formula.written, values)}",
        f"{numbers.sign} {result}",
        _said(shown, numbers),
        numbers.link,
    ]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def _python(shown: Step, address: str = "") -> str:
    """A cell of a notebook that works it out again, with what was changed."""
    name, found = shown.formula.id.replace("-", "_"), case_of(shown)
    if not address and found is None:
        return f'from calc import {name}\n\n{name}.derive("{shown.scenario.name}")'
    case = address or (found.address if found else "")
    return f'from calc import load_case, {name}\n\n{name}.derive(load_case("{case}"))'


def _said(shown: Step, numbers: Numbers) -> str:
    """The result in words, with what it is and its band, as a sentence."""
    if warning(numbers):
        return f"The result: {numbers.bound}{numbers.value(shown.formula.result.name)}{numbers.band}."
    return "; ".join([value_words(shown), *beside_words(shown)]).replace("\N{NO-BREAK SPACE}", " ") + "."
