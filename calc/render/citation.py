"""How to cite a derivation, a chapter or the book: a sentence, BibTeX, CSL-JSON, and the link with its version.

What rests on a number that is not the book's is called one's own calculation, and carries the numbers.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from calc.analysis.results import range_text
from calc.base.errors import ChainError, UnknownNameError, nearest
from calc.base.numbers import Shown, show, show_given
from calc.book.bibliography import MONTHS
from calc.book.citation_file import address, book
from calc.book.home import home
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.scenario_file import scenario
from calc.model.step import Given, Step
from calc.render.text import listed

__all__ = [
    "CHANGE", "LONGEST_READ", "OWN", "OWN_TITLE", "STYLES", "TEX_CHANGE", "Page", "as_style", "bibtex",
    "book_page", "csl", "link", "lowered", "own_note", "own_words", "sentence",
]  # fmt: skip

STYLES = ("text", "bibtex", "csl")
_LONGEST = 1500  # of the numbers in an address
LONGEST_READ = 2000  # of what follows on the "?" in an address, for the pages
# What is said of a figure that is not the book's, here and by the pages' scripts.
OWN = "Own calculation, not a figure of the book"
OWN_TITLE = "Own calculation after "
CHANGE = "{name} = {value} (in the book {theirs})"
TEX_CHANGE = "{name} $= {value}$"


@dataclass(frozen=True)
class Page:
    """A chapter, or the whole book, as something that is cited.

    Attributes
    ----------
    title : as its heading has it.
    place : its address within the book, such as ``chapters/compute``; empty for the book.
    """

    title: str
    place: str


def book_page() -> Page:
    """The whole book."""
    return Page(book().title, "")


def as_style(cited: Step | Page, style: str) -> str:
    """A citation in one of `STYLES`.

    Raises
    ------
    UnknownNameError : the style is none of them.

    Examples
    --------
    >>> as_style(book_page(), "text")
    'The Tokens to Terawatts authors (2026): Tokens to Terawatts, version 0.1.0. https://.../v0.1.0/'
    """
    if style == "bibtex":
        return bibtex(cited)
    if style == "csl":
        return json.dumps([csl(cited)], ensure_ascii=False, indent=2)
    if style == "text":
        return sentence(cited)
    raise UnknownNameError(f"{style!r} is not a style; accepted: {', '.join(STYLES)}{nearest(style, STYLES)}")


def link(cited: Step | Page) -> str:
    """The address of this version, with the numbers that were changed.

    Examples
    --------
    >>> from calc import training_energy
    >>> link(training_energy.derive(servers=5000))
    'https://.../v0.1.0/d/training-energy?servers=5000#training-energy'
    """
    if isinstance(cited, Page):
        return address(cited.place)
    place = address(f"d/{cited.formula.id}")
    if not cited.yours or _base(cited) != home(cited.formula).scenario.name:
        return place
    numbers = "&".join(f"{leaf.quantity.name}={quote(_plain(leaf))}" for leaf in cited.yours)
    return f"{place}?{numbers}#{cited.formula.id}" if len(numbers) <= _LONGEST else place


def _plain(leaf: Input | Given) -> str:
    """A number as the pages read it from an address: decimal, in the own unit."""
    return str(int(leaf.value)) if leaf.quantity.domain.whole else repr(float(leaf.value)).removesuffix(".0")


def sentence(cited: Step | Page) -> str:
    """One sentence, ready to paste.

    Examples
    --------
    >>> from calc import training_energy
    >>> print(sentence(training_energy.derive()))
    Training energy: 43.9 GWh, range 16.2–48.8 GWh. The Tokens to Terawatts authors (2026): Tokens to Terawatts,
    version 0.1.0, derivation training-energy in scenario gpt-4. https://.../v0.1.0/d/training-energy
    >>> print(sentence(training_energy.derive(servers=5000)))
    Own calculation, not a figure of the book: training energy 70.2 GWh, with servers = 5,000 servers (in the book
    3,125 servers), where the book has 43.9 GWh. Calculated with: The Tokens to Terawatts authors (2026): ...
    """
    who = f"{_authors()} ({book().released.year}): {book().title}, version {book().version}"
    if isinstance(cited, Page):
        chapter = f", chapter “{cited.title}”" if cited.place else ""
        return f"{who}{chapter}. {link(cited)}"
    inside = f"{who}, derivation {cited.formula.id} in scenario {_base(cited) or cited.scenario.name}"
    if cited.yours:
        said = f"{_own(cited)}. Calculated with: {inside}"
    else:
        spread = range_text(cited)
        said = f"{cited.formula.title}: {_result(cited).text}{f', range {spread}' if spread else ''}. {inside}"
    return f"{said}. {link(cited)}".replace("\N{NO-BREAK SPACE}", " ")


def _authors() -> str:
    return ", ".join(book().authors)


def lowered(text: str) -> str:
    """A title in the middle of a sentence: but for an abbreviation, with a small letter."""
    return text[:1].lower() + text[1:] if re.match(r"[A-Z][a-z ]", text) else text


def _own(cited: Step) -> str:
    """What somebody calculated, with which numbers of their own."""
    base = _base_derivation(cited)
    changes = listed([_change(leaf, base) for leaf in cited.yours])
    theirs = _result(base).text if base else ""
    return own_words(cited.formula.title, _result(cited).text, changes, theirs)


def own_words(title: str, value: str, changes: str, theirs: str) -> str:
    """What somebody calculated, with which numbers of their own, and what the book has, if it has that.

    Examples
    --------
    >>> own_words("Training energy", "70.2 GWh", "servers = 5,000", "")
    'Own calculation, not a figure of the book: training energy 70.2 GWh, with servers = 5,000'
    """
    return f"{OWN}: {lowered(title)} {value}, with {changes}" + (f", where the book has {theirs}" if theirs else "")


def own_note(value: str, scenario: str, changes: str, theirs: str) -> str:
    """The same for the note of an entry for BibTeX, of values as LaTeX."""
    return f"Not a figure of the book: ${value}$ in scenario {scenario}, with {changes}" + (
        f"; the book has ${theirs}$" if theirs else ""
    )


def _change(leaf: Input | Given, base: Step | None) -> str:
    q = leaf.quantity
    unit = leaf.unit.text if isinstance(leaf, Input) else q.unit
    value, found = show_given(leaf.value, q, unit).text, _in_book(leaf, base)
    return CHANGE.format(name=q.name, value=value, theirs=found.text) if found else f"{q.name} = {value}"


def _in_book(leaf: Input | Given, base: Step | None) -> Shown | None:
    """What the book has in the place of a number that was changed, if it has one."""
    if base is None:
        return None
    for step in base.chain:
        for used in step.used:
            if used.quantity == leaf.quantity:
                return show_given(used.value, used.quantity, used.unit)
    return None


def _result(shown: Step) -> Shown:
    return show(shown.exact, shown.formula.result)


def _base(cited: Step) -> str:
    """The scenario of the book that it was calculated from, or nothing."""
    return cited.scenario.name if cited.scenario.origin == "book" else cited.scenario.extends


def _base_derivation(cited: Step) -> Step | None:
    """The book's own figure, where it has one; it has none of several scenarios taken together."""
    if len(cited.scenario.bases) > 1:
        return None
    try:
        return derive(cited.formula, scenario(_base(cited)), {}) if _base(cited) else None
    except ChainError:
        return None


def bibtex(cited: Step | Page) -> str:
    r"""An entry for BibTeX and BibLaTeX; a derivation's value stands in its note.

    Examples
    --------
    >>> from calc import training_energy
    >>> print(bibtex(training_energy.derive()))
    @misc{t2t-training-energy,
      author       = {{The Tokens to Terawatts authors}},
      title        = {Training energy},
      howpublished = {Derivation training-energy in \emph{Tokens to Terawatts}, version 0.1.0},
      year         = {2026},
      month        = nov,
      note         = {$43.9\,\mathrm{GWh}$ in scenario gpt-4},
      url          = {https://.../v0.1.0/d/training-energy}
    }
    """
    kind, fields = "misc", {"author": " and ".join(f"{{{_tex(name)}}}" for name in book().authors)}
    where = rf"\emph{{{_tex(book().title)}}}, version {book().version}"
    if isinstance(cited, Page):
        fields["title"] = f"{{{_tex(cited.title)}}}"
        fields["howpublished"] = f"Chapter of {where}" if cited.place else f"Version {book().version}"
    else:
        name = cited.formula.id
        own = OWN_TITLE if cited.yours else ""
        fields["title"] = f"{own}{_tex(cited.formula.title)}"
        fields["howpublished"] = f"{'Calculated with derivation' if own else 'Derivation'} {name} in {where}"
    fields["year"] = str(book().released.year)
    if not isinstance(cited, Page):
        fields["note"] = _bibtex_note(cited)
    fields["url"] = link(cited)
    month = MONTHS[book().released.month - 1]
    lines = [f"  {key:12} = {{{value}}}" for key, value in fields.items()]
    lines.insert(lines.index(f"  {'year':12} = {{{fields['year']}}}") + 1, f"  {'month':12} = {month}")
    return f"@{kind}{{{_key(cited)},\n" + ",\n".join(lines) + "\n}"


def _bibtex_note(cited: Step) -> str:
    value, where = _result(cited).latex, _tex(_base(cited) or cited.scenario.name)
    if not cited.yours:
        return f"${value}$ in scenario {where}"
    base = _base_derivation(cited)
    changes = [
        TEX_CHANGE.format(
            name=_tex(leaf.quantity.name), value=show_given(leaf.value, leaf.quantity, leaf.quantity.unit).latex
        )
        for leaf in cited.yours
    ]
    return own_note(value, where, listed(changes), _result(base).latex if base else "")


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _key(cited: Step | Page) -> str:
    if isinstance(cited, Page):
        return "-".join(["t2t", *re.findall(r"[a-z0-9]+", cited.place.lower().removesuffix(".html"))])
    return f"t2t-{cited.formula.id}" + ("-own" if cited.yours else "")


def csl(cited: Step | Page) -> dict[str, Any]:
    """One item of CSL-JSON, as reference managers and word processors read it.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = csl(training_energy.derive())
    >>> found["type"], found["container-title"], found["note"]
    ('chapter', 'Tokens to Terawatts', '43.9 GWh, range 16.2–48.8 GWh; scenario gpt-4')
    """
    day = book().released
    item: dict[str, Any] = {
        "id": _key(cited),
        "type": "book" if isinstance(cited, Page) and not cited.place else "chapter",
        "title": cited.title if isinstance(cited, Page) else cited.formula.title,
        "author": [{"literal": name} for name in book().authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": book().version,
        "URL": link(cited),
    }
    if item["type"] == "chapter":
        item["container-title"] = book().title
    if not isinstance(cited, Page):
        spread = range_text(cited)
        value = _result(cited).text + (f", range {spread}" if spread else "")
        item["note"] = _own(cited) if cited.yours else f"{value}; scenario {cited.scenario.name}"
        item["note"] = item["note"].replace("\N{NO-BREAK SPACE}", " ")
        if cited.yours:
            item["title"] = f"{OWN_TITLE}“{cited.formula.title}”"
    return item
