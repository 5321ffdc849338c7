"""How to cite a derivation, a chapter or the book: a sentence, BibTeX, CSL-JSON, and the link with its version.

What rests on a number that is not the book's is called one's own calculation, and carries the numbers. Such a text is
written once, with places for the numbers: `numbers_of` puts those of a step into them, and `PLACES` leaves them to the
page, which fills them in when a reader changes an input.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from calc.analysis.results import printed_line, range_text, show_result
from calc.base.decimals import Shown
from calc.base.errors import UnknownNameError, nearest
from calc.base.numbers import show_given
from calc.book.bibliography import MONTHS
from calc.book.citation_file import address, book
from calc.book.home import book_figure, book_scenario, home
from calc.model.input import Input
from calc.model.step import Given, Step
from calc.render.latex import SIGNS
from calc.render.text import listed

__all__ = [
    "PLACES", "STYLES", "Numbers", "Page", "as_style", "bibtex", "book_page", "csl", "link", "numbers_of",
    "own_bibtex", "own_csl", "own_sentence", "place", "sentence",
]  # fmt: skip

STYLES = ("text", "bibtex", "csl")
_LONGEST = 1500  # of the numbers in an address; the pages read 2000


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


@dataclass(frozen=True)
class Numbers:
    """The numbers that a text takes, or places for them.

    Attributes
    ----------
    value, tex : what stands for a quantity, by its name, as text and as LaTeX.
    sign, tex_sign : what stands before the result: = or ≈.
    changes, tex_changes : what is not the book's.
    link : the address.
    """

    value: Callable[[str], str]
    tex: Callable[[str], str]
    sign: str
    tex_sign: str
    changes: str
    tex_changes: str
    link: str


# As _static/cite.js fills them in.
PLACES = Numbers(
    lambda name: f"@{name}@", lambda name: f"@tex:{name}@", "@sign@", "@tex:sign@", "@changes@", "@tex:changes@",
    "@link@",
)  # fmt: skip


def numbers_of(step: Step) -> Numbers:
    """The numbers of a step."""
    line = printed_line(step)
    shown = {**line.values, step.formula.result.name: line.result}
    base = book_figure(step)
    changes = [_change(leaf, base) for leaf in step.yours]
    tex = [
        rf"{_tex(leaf.quantity.name)} $= {show_given(leaf.value, leaf.quantity, leaf.quantity.unit).latex}$"
        for leaf in step.yours
    ]
    return Numbers(
        lambda name: shown[name].text, lambda name: shown[name].latex, line.sign, SIGNS[line.sign],
        listed(changes) if changes else "", listed(tex) if tex else "", link(step),
    )  # fmt: skip


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


def place(name: str) -> str:
    """The permanent address of a derivation of this version.

    Examples
    --------
    >>> place("training-energy").endswith("/d/training-energy")
    True
    """
    return address(f"d/{name}")


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
    name = cited.formula.id
    if not cited.yours or book_scenario(cited) != home(cited.formula).scenario.name:
        return place(name)
    numbers = "&".join(f"{leaf.quantity.name}={quote(_plain(leaf))}" for leaf in cited.yours)
    return f"{place(name)}?{numbers}#{name}" if len(numbers) <= _LONGEST else place(name)


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
    if isinstance(cited, Page):
        chapter = f", chapter “{cited.title}”" if cited.place else ""
        return f"{_book()}{chapter}. {link(cited)}"
    if cited.yours:
        return own_sentence(cited, numbers_of(cited))
    return _unbroken(f"{cited.formula.title}: {_ranged(cited)}. {_inside(cited)}. {link(cited)}")


def own_sentence(step: Step, numbers: Numbers) -> str:
    """The sentence for what somebody calculated, with which numbers of their own."""
    return _unbroken(f"{_own(step, numbers)}. Calculated with: {_inside(step)}. {numbers.link}")


def _own(step: Step, numbers: Numbers) -> str:
    base = book_figure(step)
    theirs = f", where the book has {show_result(base).text}" if base else ""
    title, result = _lowered(step.formula.title), numbers.value(step.formula.result.name)
    return f"Own calculation, not a figure of the book: {title} {result}, with {numbers.changes}{theirs}"


def _book() -> str:
    return f"{', '.join(book().authors)} ({book().released.year}): {book().title}, version {book().version}"


def _inside(step: Step) -> str:
    return f"{_book()}, derivation {step.formula.id} in scenario {_scenario(step)}"


def _scenario(step: Step) -> str:
    return book_scenario(step) or step.scenario.name


def _ranged(step: Step) -> str:
    """The result, and the range that it may lie in."""
    ends = range_text(step)
    return show_result(step).text + (f", range {ends}" if ends else "")


def _unbroken(text: str) -> str:
    """With ordinary spaces, as most programs that it is pasted into know no others."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _lowered(text: str) -> str:
    """A title in the middle of a sentence: but for an abbreviation, with a small letter."""
    return text[:1].lower() + text[1:] if re.match(r"[A-Z][a-z ]", text) else text


def _change(leaf: Input | Given, base: Step | None) -> str:
    q = leaf.quantity
    unit = leaf.unit.text if isinstance(leaf, Input) else q.unit
    text = f"{q.name} = {show_given(leaf.value, q, unit).text}"
    found = _in_book(leaf, base)
    return f"{text} (in the book {found.text})" if found else text


def _in_book(leaf: Input | Given, base: Step | None) -> Shown | None:
    """What the book has in the place of a number that was changed, if it has one."""
    if base is None:
        return None
    for step in base.chain:
        for used in step.used:
            if used.quantity == leaf.quantity:
                return show_given(used.value, used.quantity, used.unit)
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
      howpublished = {Step training-energy in \emph{Tokens to Terawatts}, version 0.1.0},
      year         = {2026},
      month        = nov,
      note         = {$43.9\,\mathrm{GWh}$ in scenario gpt-4},
      url          = {https://.../v0.1.0/d/training-energy}
    }
    """
    if isinstance(cited, Page):
        said = f"Chapter of {_tex_book()}" if cited.place else f"Version {book().version}"
        return _entry(_page_key(cited), f"{{{_tex(cited.title)}}}", said, "", link(cited))
    if cited.yours:
        return own_bibtex(cited, numbers_of(cited))
    formula = cited.formula
    note = f"${show_result(cited).latex}$ in scenario {_tex(_scenario(cited))}"
    said = f"Step {formula.id} in {_tex_book()}"
    return _entry(f"t2t-{formula.id}", _tex(formula.title), said, note, link(cited))


def own_bibtex(step: Step, numbers: Numbers) -> str:
    """The entry for what somebody calculated."""
    formula, base = step.formula, book_figure(step)
    theirs = f"; the book has ${show_result(base).latex}$" if base else ""
    value = f"${numbers.tex(formula.result.name)}$ in scenario {_tex(_scenario(step))}"
    note = f"Not a figure of the book: {value}, with {numbers.tex_changes}{theirs}"
    title = f"Own calculation after {_tex(formula.title)}"
    said = f"Calculated with derivation {formula.id} in {_tex_book()}"
    return _entry(f"t2t-{formula.id}-own", title, said, note, numbers.link)


def _entry(key: str, title: str, howpublished: str, note: str, url: str) -> str:
    day = book().released
    fields = {
        "author": "{" + " and ".join(f"{{{_tex(name)}}}" for name in book().authors) + "}",
        "title": f"{{{title}}}",
        "howpublished": f"{{{howpublished}}}",
        "year": f"{{{day.year}}}",
        "month": MONTHS[day.month - 1],
        "note": f"{{{note}}}" if note else "",
        "url": f"{{{url}}}",
    }
    lines = [f"  {name:12} = {value}" for name, value in fields.items() if value]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def _tex_book() -> str:
    return rf"\emph{{{_tex(book().title)}}}, version {book().version}"


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _page_key(page: Page) -> str:
    return "-".join(["t2t", *re.findall(r"[a-z0-9]+", page.place.lower().removesuffix(".html"))])


def csl(cited: Step | Page) -> dict[str, Any]:
    """One item of CSL-JSON, as reference managers and word processors read it.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = csl(training_energy.derive())
    >>> found["type"], found["container-title"], found["note"]
    ('chapter', 'Tokens to Terawatts', '43.9 GWh, range 16.2–48.8 GWh; scenario gpt-4')
    """
    if isinstance(cited, Page):
        return _item(_page_key(cited), "chapter" if cited.place else "book", cited.title, link(cited))
    if cited.yours:
        return own_csl(cited, numbers_of(cited))
    note = f"{_ranged(cited)}; scenario {cited.scenario.name}"
    return _item(f"t2t-{cited.formula.id}", "chapter", cited.formula.title, link(cited), note)


def own_csl(step: Step, numbers: Numbers) -> dict[str, Any]:
    """The item for what somebody calculated."""
    title = f"Own calculation after “{step.formula.title}”"
    return _item(f"t2t-{step.formula.id}-own", "chapter", title, numbers.link, _own(step, numbers))


def _item(key: str, kind: str, title: str, url: str, note: str = "") -> dict[str, Any]:
    day = book().released
    item: dict[str, Any] = {
        "id": key,
        "type": kind,
        "title": title,
        "author": [{"literal": name} for name in book().authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": book().version,
        "URL": url,
    }
    item |= {"container-title": book().title} if kind == "chapter" else {}
    return item | ({"note": _unbroken(note)} if note else {})
