"""What citations are made of: pages, addresses, and the numbers that a text takes or has places for.

A text on what somebody calculated is written once, with places for the numbers: `numbers_of` puts those of a step into
them, and `PLACES` leaves them to the page, which fills them in when a reader changes an input.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from calc.analysis.results import printed_line
from calc.base.decimals import Shown
from calc.base.numbers import show_given
from calc.book.citation_file import address, book
from calc.book.home import book_figure, home
from calc.model.input import Input
from calc.model.step import Given, Step
from calc.render.chosen import chosen_words
from calc.render.latex import SIGNS
from calc.render.text import listed

__all__ = [
    "CHANGE", "LONGEST_READ", "OWN", "OWN_TITLE", "PLACES", "TEX_CHANGE", "WARNING", "Numbers", "Page", "book_page",
    "link", "numbers_of", "place", "tex", "warning",
]  # fmt: skip

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


def book_page() -> Page:
    """The whole book."""
    return Page(book().title, "")


# As _static/cite.js fills them in.
PLACES = Numbers(
    lambda name: f"@{name}@", lambda name: f"@tex:{name}@", "@sign@", "@tex:sign@", "@changes@", "@tex:changes@",
    "@link@",
)  # fmt: skip


def warning(numbers: Numbers) -> str:
    """That something is no figure of the book, where it is none."""
    return f"{OWN}: {numbers.changes}." if numbers.changes else ""


WARNING = warning(PLACES)


def numbers_of(step: Step) -> Numbers:
    """The numbers of a step."""
    line = printed_line(step)
    shown = {**line.values, step.formula.result.name: line.result}
    base = book_figure(step)
    changes = chosen_words(step) + [_change(leaf, base) for leaf in step.yours]
    tex_changes = list(map(tex, chosen_words(step))) + [
        TEX_CHANGE.format(
            name=tex(leaf.quantity.name), value=show_given(leaf.value, leaf.quantity, leaf.quantity.unit).latex
        )
        for leaf in step.yours
    ]
    return Numbers(
        lambda name: shown[name].text, lambda name: shown[name].latex, line.sign, SIGNS[line.sign],
        listed(changes) if changes else "", listed(tex_changes) if tex_changes else "", link(step),
    )  # fmt: skip


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
    'https://.../v.../d/training-energy?servers=5000#training-energy'
    """
    if isinstance(cited, Page):
        return address(cited.place)
    name = cited.formula.id
    if not cited.is_own or cited.scenario.book_name != home(cited.formula).scenario.name:
        return place(name)
    numbers = "&".join(f"{leaf.quantity.name}={quote(_plain(leaf))}" for leaf in cited.other)
    return f"{place(name)}?{numbers}#{name}" if len(numbers) <= _LONGEST else place(name)


def _plain(leaf: Input | Given) -> str:
    """A number as the pages read it from an address: decimal, in the own unit."""
    return str(int(leaf.value)) if leaf.quantity.domain.whole else repr(float(leaf.value)).removesuffix(".0")


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


def tex(text: str) -> str:
    """Text with what LaTeX would take for its own marked as text."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
