"""How to cite a derivation, a chapter or the book: a sentence, BibTeX, CSL-JSON.

What rests on a number that is not the book's, or on an entry of the catalogue that a reader chose, is called one's own
calculation, and carries the numbers; see `calc.render.citation_parts` for how they get into the text.
"""

from __future__ import annotations

import json
import re
from typing import Any

from calc.analysis.results import show_result
from calc.analysis.standing import (
    ESTIMATE,
    STATED,
    beside_words,
    figure_words,
    models_words,
    standing,
    theirs_words,
    value_words,
)
from calc.base.errors import UnknownNameError, name_given, nearest
from calc.book.bibliography import MONTHS
from calc.book.citation_file import book
from calc.book.home import book_figure
from calc.model.step import Step
from calc.render.citation_parts import OWN, OWN_TITLE, Numbers, Page, bound_before, link, numbers_of, tex, tex_band

__all__ = ["STYLES", "as_style", "bibtex", "csl", "own_bibtex", "own_csl", "own_sentence", "sentence"]

STYLES = ("text", "bibtex", "csl")
OWN_SCENARIO = "one's own"


def as_style(cited: Step | Page, style: str) -> str:
    """A citation in one of `STYLES`.

    Raises
    ------
    UnknownNameError : the style is none of them.

    Examples
    --------
    >>> from calc.render.citation_parts import book_page
    >>> as_style(book_page(), "text")
    'The Tokens to Terawatts authors (2026): Tokens to Terawatts, version .... https://.../v.../'
    """
    if name_given(style, "a style") == "bibtex":
        return bibtex(cited)
    if style == "csl":
        return json.dumps([csl(cited)], ensure_ascii=False, indent=2)
    if style == "text":
        return sentence(cited)
    raise UnknownNameError(f"{style!r} is not a style; accepted: {', '.join(STYLES)}{nearest(style, STYLES)}")


def sentence(cited: Step | Page) -> str:
    """One sentence, ready to paste.

    Examples
    --------
    >>> from calc import training_energy
    >>> print(sentence(training_energy.derive("gpt-4-estimate")))
    Training energy: 30.4 GWh; 27 to 34 GWh in nine draws of ten; the article: 43.9 GWh, at most. The Tokens to
    Terawatts authors (2026): Tokens to Terawatts, version ..., derivation training-energy in scenario
    gpt-4-estimate. https://.../v.../d/training-energy
    >>> print(sentence(training_energy.derive(servers=5000)))
    Own calculation, not a figure of the book: training energy at most 70.2 GWh, with
    servers = 5,000 servers (in the book 3,125 servers), where the book has at most 43.9 GWh. Calculated with: The
    Tokens to Terawatts authors (2026): ...
    """
    if isinstance(cited, Page):
        chapter = f", chapter “{cited.title}”" if cited.place else ""
        return f"{_book()}{chapter}. {link(cited)}"
    if cited.is_own:
        return own_sentence(cited, numbers_of(cited))
    return _unbroken(f"{cited.formula.title}: {_figure(cited)}. {_inside(cited)}. {link(cited)}")


def own_sentence(step: Step, numbers: Numbers) -> str:
    """The sentence for what somebody calculated, with which numbers of their own."""
    return _unbroken(f"{_own(step, numbers)}. Calculated with: {_inside(step)}{numbers.sources}. {numbers.link}")


def _own(step: Step, numbers: Numbers) -> str:
    base = book_figure(step)
    theirs = f", where the book has {figure_words(base)}" if base else ""
    title, result = _lowered(step.formula.title), numbers.value(step.formula.result.name)
    return f"{OWN}: {title} {numbers.bound}{result}{numbers.band}, with {numbers.changes}{theirs}"


def _book() -> str:
    return f"{', '.join(book().authors)} ({book().released.year}): {book().title}, version {book().version}"


def _inside(step: Step) -> str:
    return f"{_book()}, derivation {step.formula.id} in scenario {_scenario(step)}"


def _scenario(step: Step) -> str:
    """The scenario that it starts from; one of somebody's own with its name, as it may have more than is changed."""
    found = step.scenario
    if step.is_own and found.origin != "book":
        return f"{found.name} ({OWN_SCENARIO}{f', after {found.extends}' if found.extends else ''})"
    return found.book_name or found.name


def _figure(step: Step) -> str:
    """The result, what it is, its band, and what stands beside it."""
    return "; ".join([value_words(step), *beside_words(step)])


def _unbroken(text: str) -> str:
    """With ordinary spaces, as most programs that it is pasted into know no others."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _lowered(text: str) -> str:
    """A title in the middle of a sentence: but for an abbreviation, with a small letter."""
    return text[:1].lower() + text[1:] if re.match(r"[A-Z][a-z ]", text) else text


def bibtex(cited: Step | Page) -> str:
    r"""An entry for BibTeX and BibLaTeX; a derivation's value stands in its note.

    Examples
    --------
    >>> from calc import training_energy
    >>> print(bibtex(training_energy.derive()))
    @misc{t2t-training-energy,
      author       = {{The Tokens to Terawatts authors}},
      title        = {Training energy},
      howpublished = {Derivation training-energy in \emph{Tokens to Terawatts}, version ...},
      year         = {2026},
      month        = nov,
      note         = {At most $43.9\,\mathrm{GWh}$, from what the article states, in scenario gpt-4; the book's
      estimate: $30.4\,\mathrm{GWh}$, $27\,\mathrm{GWh}$ to $34\,\mathrm{GWh}$ in nine draws of ten, in scenario
      gpt-4-estimate},
      url          = {https://.../v.../d/training-energy}
    }
    """
    if isinstance(cited, Page):
        said = f"Chapter of {_tex_book()}" if cited.place else f"Version {book().version}"
        return _entry(_page_key(cited), f"{{{tex(cited.title)}}}", said, "", link(cited))
    if cited.is_own:
        return own_bibtex(cited, numbers_of(cited))
    formula = cited.formula
    note = "; ".join(part for part in (_tex_figure(cited), tex(_plain_beside(cited))) if part)
    note = note[:1].upper() + note[1:]
    said = f"Derivation {formula.id} in {_tex_book()}"
    return _entry(f"t2t-{formula.id}", tex(formula.title), said, note, link(cited))


def _tex_figure(step: Step) -> str:
    """A book's figure for a note: value, what it is, scenario, and band or estimate."""
    found = standing(step)
    parts = [f"{bound_before(step)}${show_result(step).latex}$"]
    parts += [STATED.format(who=tex(found.stated))] if found.stated else []
    parts += [tex_band(step)] if tex_band(step) and not found.estimate else []
    text = ", ".join([*parts, f"in scenario {tex(_scenario(step))}"])
    if found.estimate:
        text += f"; {ESTIMATE.format(figure=_tex_figure(found.estimate))}"
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _plain_beside(step: Step) -> str:
    return _unbroken("; ".join(part for part in (theirs_words(step), models_words(step)) if part))


def own_bibtex(step: Step, numbers: Numbers) -> str:
    """The entry for what somebody calculated."""
    formula, base = step.formula, book_figure(step)
    theirs = f"; the book has {bound_before(base)}${show_result(base).latex}$" if base else ""
    value = f"{numbers.bound}${numbers.tex(formula.result.name)}${numbers.tex_band}"
    where = f"in scenario {tex(_scenario(step))}"
    note = f"Not a figure of the book: {value}, {where}, with {numbers.tex_changes}{theirs}{numbers.sources}"
    title = f"{OWN_TITLE}{tex(formula.title)}"
    said = f"Calculated with derivation {formula.id} in {_tex_book()}"
    return _entry(f"t2t-{formula.id}-own-{numbers.key}", title, said, note, numbers.link)


def _entry(key: str, title: str, howpublished: str, note: str, url: str) -> str:
    day = book().released
    fields = {
        "author": "{" + " and ".join(f"{{{tex(name)}}}" for name in book().authors) + "}",
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
    return rf"\emph{{{tex(book().title)}}}, version {book().version}"


def _page_key(page: Page) -> str:
    return "-".join(["t2t", *re.findall(r"[a-z0-9]+", page.place.lower().removesuffix(".html"))])


def csl(cited: Step | Page) -> dict[str, Any]:
    """One item of CSL-JSON, as reference managers and word processors read it.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = csl(training_energy.derive())
    >>> found["type"], found["container-title"], found["note"]
    ('chapter', 'Tokens to Terawatts', 'at most 43.9 GWh, from what the article states; the book’s estimate: 30.4 GWh,
    27 to 34 GWh in nine draws of ten (gpt-4-estimate); scenario gpt-4')
    """
    if isinstance(cited, Page):
        return _item(_page_key(cited), "chapter" if cited.place else "book", cited.title, link(cited))
    if cited.is_own:
        return own_csl(cited, numbers_of(cited))
    note = f"{_figure(cited)}; scenario {cited.scenario.name}"
    return _item(f"t2t-{cited.formula.id}", "chapter", cited.formula.title, link(cited), note)


def own_csl(step: Step, numbers: Numbers) -> dict[str, Any]:
    """The item for what somebody calculated."""
    title = f"{OWN_TITLE}“{step.formula.title}”"
    note = f"{_own(step, numbers)}; scenario {_scenario(step)}{numbers.sources}"
    return _item(f"t2t-{step.formula.id}-own-{numbers.key}", "chapter", title, numbers.link, note)


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
