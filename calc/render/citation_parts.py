"""What citations are made of: pages, addresses, and the numbers that a text takes or has places for.

A text on what somebody calculated is written once, with places for the numbers: `numbers_of` puts those of a step into
them, and `PLACES` leaves them to the page, which fills them in when a reader changes an input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from calc.analysis.results import band, input_range, printed_line
from calc.analysis.serving_coverage import is_beyond, limit_side, shown_limit
from calc.analysis.standing import BAND, BOUND, RESTS, models_words, standing, sure_words
from calc.base.decimals import Shown
from calc.base.errors import DataError
from calc.base.limits import ADDRESS
from calc.base.numbers import ABOUT, show_given
from calc.base.shortest import shortest
from calc.book.cases import case_of
from calc.book.citation_file import address, book
from calc.book.home import book_figure, home
from calc.model.case import Case, value_in_address
from calc.model.input import Input
from calc.model.scenario_file import scenario_names
from calc.model.step import Given, Step
from calc.render import short_key
from calc.render.chosen import chosen_words
from calc.render.latex import BOUND_MARKS, BOUND_SIGNS, SIGNS
from calc.render.text import listed

__all__ = [
    "CHANGE", "DRAWN", "LONGEST_READ", "OWN", "OWN_TITLE", "PLACES", "RESTS", "SOURCES", "TEX_BAND", "TEX_CHANGE",
    "TEX_DRAWN", "WARNING", "Numbers", "Page", "book_page", "bound_before", "link", "numbers_of", "own_ranges", "place",
    "tex", "tex_band", "warning",
]  # fmt: skip

_LONGEST = 1500  # of the numbers in an address
LONGEST_READ = ADDRESS
# What is said of a figure that is not the book's, here and by the pages' scripts.
OWN = "Own calculation, not a figure of the book"
OWN_TITLE = "Own calculation after "
CHANGE = "{name} = {value} (in the book {theirs})"
DRAWN = "{value}, drawn from {range}"  # a value of one's own with its range
TEX_CHANGE = "{name} $= {value}$"
TEX_DRAWN = "{change}, drawn from ${low}$ to ${high}$"
TEX_BAND = "${low}$ to ${high}$"
SOURCES = "; other inputs from {keys} of its references"
CASE = "; case {address}"  # where the link has numbers in its place


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
    bound : what stands before the result where it is a bound, with a space.
    band, tex_band : a clause with its nine-in-ten band, one on own ranges that it rests on, and one on the models that
        it mixes, each after a comma.
    sources : a clause with the keys of the sources of its inputs, and one with the case's address where the link has
        it not.
    key : a short name of its inputs, for the key of an entry.
    """

    value: Callable[[str], str]
    tex: Callable[[str], str]
    sign: str
    tex_sign: str
    changes: str
    tex_changes: str
    link: str
    bound: str
    band: str
    tex_band: str
    sources: str
    key: str


def book_page() -> Page:
    """The whole book."""
    return Page(book().title, "")


# As _static/cite.js fills them in.
PLACES = Numbers(
    lambda name: f"@{name}@", lambda name: f"@tex:{name}@", "@sign@", "@tex:sign@", "@changes@", "@tex:changes@",
    "@link@", "@bound@", "@band@", "@tex:band@", "@sources@", "@key@",
)  # fmt: skip


def warning(numbers: Numbers) -> str:
    """That something is no figure of the book, where it is none."""
    return f"{OWN}: {numbers.changes}." if numbers.changes else ""


WARNING = warning(PLACES)


def numbers_of(step: Step) -> Numbers:
    """The numbers of a step."""
    line = printed_line(step)
    limit, side = shown_limit(step), limit_side(step)
    shown = {**line.values, step.formula.result.name: limit or line.result}
    sign, tex_sign = (BOUND_MARKS[side], BOUND_SIGNS[side]) if side else (line.sign, SIGNS[line.sign])
    base = book_figure(step)
    changes = chosen_words(step) + [_change(leaf, base) for leaf in step.yours]
    tex_changes = list(map(tex, chosen_words(step))) + list(map(_tex_change, step.yours))
    keys, rests = _source_keys(step), own_ranges(step)
    models = "; ".join(filter(None, (standing(step).outside, models_words(step))))
    return Numbers(
        lambda name: shown[name].text, lambda name: shown[name].latex, sign, tex_sign,
        listed(changes) if changes else "", listed(tex_changes) if tex_changes else "", link(step), bound_before(step),
        _clauses(sure_words(step), rests, models), _clauses(tex_band(step), tex(rests), models),
        (SOURCES.format(keys=listed(keys)) if keys else "") + _case(step), short_key.of(_inputs(step)),
    )  # fmt: skip


def own_ranges(step: Step) -> str:
    """The clause on a band that somebody's own ranges make, or nothing.

    Examples
    --------
    >>> from calc import training_energy
    >>> own_ranges(training_energy.derive(servers=5000, server_power="3 to 6.5"))
    'resting on own ranges of server_power'
    """
    names = [leaf.quantity.name for leaf in step.yours if not leaf.distribution.is_point]
    return RESTS.format(names=listed(names)) if names and sure_words(step) else ""


def _case(step: Step) -> str:
    """The clause with a case's address, where the link does not have it."""
    found = case_of(step)
    return CASE.format(address=found.address) if found is not None and _opened(step) is None else ""


def _opened(step: Step) -> Case | None:
    """The case that a page opens: each starts from any scenario of the book, but from no series."""
    found = case_of(step)
    return found if found is not None and found.scenario in scenario_names() else None


def _inputs(step: Step) -> str:
    """All that tells one calculation from another: the scenario, and what was changed in it, in no order."""
    found = case_of(step)
    if found is None:
        return f"{step.scenario.name}?{_numbers(step.other)}"
    return f"{found.scenario}?{'&'.join(sorted(replace(found, scenario='').address.split('&')))}"


def bound_before(step: Step) -> str:
    """What stands before a figure where it is a bound, with a space; or nothing."""
    found = limit_side(step) or standing(step).bound
    return f"{BOUND[found]} " if found else ""


def tex_band(step: Step) -> str:
    r"""The nine-in-ten band for a note in BibTeX, or nothing.

    Examples
    --------
    >>> from calc import training_energy
    >>> tex_band(training_energy.derive("gpt-4-estimate"))
    '$27\\,\\mathrm{GWh}$ to $34\\,\\mathrm{GWh}$ in nine draws of ten'
    """
    found = None if is_beyond(step) else band(step)
    if not found:
        return ""
    low, high = found[0].latex, found[-1].latex
    alike = found[0].value == found[-1].value
    return BAND.format(range=f"{ABOUT} ${high}$" if alike else TEX_BAND.format(low=low, high=high))


def _clauses(*parts: str) -> str:
    return "".join(f", {part}" for part in parts if part)


def _source_keys(step: Step) -> list[str]:
    return list(dict.fromkeys(leaf.source for leaf in step.leaves if isinstance(leaf, Input) and leaf.source))


def place(name: str) -> str:
    """The permanent address of a derivation of this version.

    Examples
    --------
    >>> place("training-energy").endswith("/d/training-energy")
    True
    """
    return address(f"d/{name}")


def link(cited: Step | Page) -> str:
    """The address of this version, with what was changed.

    Examples
    --------
    >>> from calc import training_energy
    >>> link(training_energy.derive(servers=5000))
    'https://.../v.../d/training-energy?scenario=gpt-4&servers=5000#training-energy'
    """
    if isinstance(cited, Page):
        return address(cited.place)
    name = cited.formula.id
    numbers = _query(cited) if cited.is_own else ""
    return f"{place(name)}?{numbers}#{name}" if 0 < len(numbers) <= _LONGEST else place(name)


def _query(step: Step) -> str:
    """What is not the book's, as the page of the formula reads it; nothing where it has no place for one of the inputs.

    That is the case, without its scenario where that is the page's own. Where no page opens one, the numbers of all
    inputs go along, so that the same result stands there.
    """
    found, shown = _opened(step), home(step.formula)
    if found is not None:
        return (replace(found, scenario="") if found.scenario == shown.scenario.name else found).address
    leaves = list(step.other)
    if step.scenario.book_name != shown.scenario.name:
        leaves += [leaf for leaf in step.leaves if leaf not in leaves]
        if not {leaf.quantity for leaf in leaves} <= {used.quantity for one in shown.chain for used in one.used}:
            return ""
    return _numbers(leaves)


def _numbers(leaves: Iterable[Input | Given]) -> str:
    return "&".join(f"{leaf.quantity.name}={_plain(leaf)}" for leaf in leaves)


def _plain(leaf: Input | Given) -> str:
    """A value as the pages read it; with its range where that is somebody's own and an address can say it."""
    if isinstance(leaf, Input) and (leaf.origin == "book" or leaf.low == leaf.high):
        return shortest(leaf.value)
    drawn = leaf.distribution.kind if leaf.distribution.kind in ("uniform", "lognormal") else ""
    own = leaf if isinstance(leaf, Given) else Given(leaf.quantity, leaf.value, (leaf.low, leaf.high), drawn)
    try:
        return value_in_address(own) if own.distribution == leaf.distribution else shortest(leaf.value)
    except DataError:
        return shortest(leaf.value)


def _change(leaf: Input | Given, base: Step | None) -> str:
    q = leaf.quantity
    unit = leaf.unit.text if isinstance(leaf, Input) else q.unit
    value, found = show_given(leaf.value, q, unit).text, _in_book(leaf, base)
    if spread := input_range(leaf):
        value = DRAWN.format(value=value, range=spread)
    return CHANGE.format(name=q.name, value=value, theirs=found.text) if found else f"{q.name} = {value}"


def _tex_change(leaf: Input | Given) -> str:
    q, unit = leaf.quantity, leaf.quantity.unit
    change = TEX_CHANGE.format(name=tex(q.name), value=show_given(leaf.value, q, unit).latex)
    if leaf.low == leaf.high:
        return change
    low, high = (show_given(end, q, unit).latex for end in (leaf.low, leaf.high))
    return TEX_DRAWN.format(change=change, low=low, high=high)


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
