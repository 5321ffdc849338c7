"""What a reader takes away from a card: citations, and the equation in the forms that documents take.

Each comes with a second text for when inputs were changed: the same with places for the numbers, which the page's
script fills in, so that nobody pastes a private what-if as the book's figure.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from calc.analysis.results import range_text
from calc.base.numbers import show
from calc.book.citation_file import address, book
from calc.model.step import Step
from calc.render import latex
from calc.render.citation import OWN, OWN_TITLE, Page, as_style, csl, own_note, own_words
from calc.render.mathml import standalone
from calc.render.text import used_value
from calc.symbolic.printing import right_hand_side

__all__ = ["COLUMNS", "WARNING", "Copy", "copies", "page_copies", "place"]


@dataclass(frozen=True)
class Copy:
    """One text to take away.

    Attributes
    ----------
    name : what it is.
    text : the text itself.
    changed : the same for changed inputs: ``@NAME@`` is a quantity's value as text, ``@tex:NAME@`` as LaTeX,
        ``@changes@`` and ``@tex:changes@`` what was changed, ``@link@`` the address with it. ``mathml`` alone says that
        it is what the page then shows; empty where nothing can be changed.
    """

    name: str
    text: str
    changed: str = ""


def place(name: str) -> str:
    """The permanent address of a derivation of this version.

    Examples
    --------
    >>> place("training-energy").endswith("/d/training-energy")
    True
    """
    return address(f"d/{name}")


def page_copies(page: Page) -> list[Copy]:
    """The citations of a chapter or of the book."""
    return [Copy("Sentence", as_style(page, "text")), *(Copy(n, as_style(page, s)) for n, s in _STYLES)]


_STYLES = (("BibTeX", "bibtex"), ("CSL-JSON", "csl"))


def copies(shown: Step) -> list[Copy]:
    """All that a card offers.

    Examples
    --------
    >>> from calc import training_energy
    >>> print([one.name for one in copies(training_energy.derive())])
    ['Sentence', 'BibTeX', 'CSL-JSON', 'LaTeX', 'MathML', 'Markdown', 'Plain text']
    """
    return [
        _sentence(shown),
        _bibtex(shown),
        _csl(shown),
        _latex(shown),
        Copy("MathML", _mathml(shown), "mathml"),
        _markdown(shown),
        _plain(shown),
    ]


def _own(shown: Step) -> str:
    theirs, mine = show(shown.exact, shown.formula.result).text, f"@{shown.formula.result.name}@"
    return own_words(shown.formula.title, mine, "@changes@", theirs).replace("\N{NO-BREAK SPACE}", " ")


def _sentence(shown: Step) -> Copy:
    text = as_style(shown, "text")
    cited = text[text.index(f"{book().authors[0]}") :].replace(place(shown.formula.id), "@link@")
    return Copy("Sentence", text, f"{_own(shown)}. Calculated with: {cited}")


def _bibtex(shown: Step) -> Copy:
    text, formula = as_style(shown, "bibtex"), shown.formula
    ours = show(shown.exact, formula.result).latex
    result = f"@tex:{formula.result.name}@"
    note = own_note(result, shown.scenario.name, "@tex:changes@", ours)
    changed = (
        text.replace(f"{{t2t-{formula.id},", f"{{t2t-{formula.id}-own,", 1)
        .replace("title        = {", f"title        = {{{OWN_TITLE}", 1)
        .replace("= {Derivation ", "= {Calculated with derivation ", 1)
        .replace(f"= {{${ours}$ in scenario {shown.scenario.name}}}", f"= {{{note}}}", 1)
        .replace(place(formula.id), "@link@")
    )
    return Copy("BibTeX", text, changed)


def _csl(shown: Step) -> Copy:
    item = csl(shown)
    own = item | {
        "id": f"{item['id']}-own",
        "title": f"{OWN_TITLE}“{shown.formula.title}”",
        "URL": "@link@",
        "note": _own(shown),
    }
    return Copy("CSL-JSON", *(json.dumps([one], ensure_ascii=False, indent=2) for one in (item, own)))


def _lines(shown: Step) -> tuple[str, str]:
    """The equation as LaTeX, and the same with places for its numbers."""
    formula = shown.formula
    there = {q.name: f"@tex:{q.name}@" for q in (*formula.inputs, formula.result)}
    rows = [
        f"{formula.result.latex} &= {latex.symbols(formula)}",
        f"&= {latex.filled(formula, there)}",
        f"&= {there[formula.result.name]}",
    ]
    return latex.equation(shown), "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _head(shown: Step) -> str:
    return f"{shown.formula.title}. {book().title}, version {book().version}, scenario {shown.scenario.name}."


WARNING = f"{OWN}: @changes@."
COLUMNS = "right left"  # how word processors align the two of an equation


def _latex(shown: Step) -> Copy:
    book_lines, own_lines = _lines(shown)
    head, link = f"% {_head(shown)}\n", f"% {place(shown.formula.id)}\n"
    text = f"{head}{link}\\[\n{book_lines}\n\\]"
    return Copy("LaTeX", text, f"{head}% {WARNING}\n% @link@\n\\[\n{own_lines}\n\\]")


def _mathml(shown: Step) -> str:
    """As word processors read it, which align columns by an attribute that browsers no longer need."""
    return standalone(latex.equation(shown)).replace("<mtable ", f'<mtable columnalign="{COLUMNS}" ', 1)


def _markdown(shown: Step) -> Copy:
    book_lines, own_lines = _lines(shown)
    where = f"scenario {shown.scenario.name}, [{book().title}, version {book().version}]"
    spread = range_text(shown).replace("\N{NO-BREAK SPACE}", " ")
    title = f"**{shown.formula.title}**"
    text = f"{title}{f', range {spread}' if spread else ''}; {where}({place(shown.formula.id)})\n\n$$\n{book_lines}\n$$"
    return Copy("Markdown", text, f"{title}. {WARNING} Calculated with {where}(@link@)\n\n$$\n{own_lines}\n$$")


def _plain(shown: Step) -> Copy:
    formula, spread = shown.formula, range_text(shown)
    there = {used.quantity.name: f"@{used.quantity.name}@" for used in shown.used}
    values = {used.quantity.name: used_value(used).text for used in shown.used}
    result = show(shown.exact, formula.result).text
    start = f"{formula.result.name} = {right_hand_side(formula.written)}\n"
    ours = f"{start}= {right_hand_side(formula.written, values)}\n= {result}{f', range {spread}' if spread else ''}"
    own = f"{start}= {right_hand_side(formula.written, there)}\n= @{formula.result.name}@"
    head, link = _head(shown), place(shown.formula.id)
    text = f"{head}\n{ours}\n{link}".replace("\N{NO-BREAK SPACE}", " ")
    return Copy("Plain text", text, f"{head}\n{WARNING}\n{own}\n@link@")
