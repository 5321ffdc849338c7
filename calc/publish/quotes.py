"""What other documents quote: each result in words, in the units that it may be wanted in, with its hash and address.

`t2t_sphinx` reads it, which formats no number, so that a figure reads in somebody's report as it does in the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from calc.analysis.results import show_result
from calc.analysis.serving_coverage import is_beyond
from calc.analysis.standing import figure_words, standing, sure_words
from calc.base.prefixes import scaled
from calc.base.unit_words import singular
from calc.base.units import convert, parse_unit
from calc.model.fingerprint import derivation_hash
from calc.model.step import Step
from calc.render.citation_parts import link
from calc.render.record import number

__all__ = ["quotes"]

_READABLE = 1e-3, 1e6  # a number outside is not quoted in that unit


def quotes(derivations: Iterable[Step]) -> dict[str, list[dict[str, Any]]]:
    """By the id of each derivation what may be quoted of it: where it is at home, then what stands beside it.

    Examples
    --------
    >>> from calc.book.home import home
    >>> from calc import training_energy
    >>> [(one["scenario"], one["texts"]["MWh"]) for one in quotes([home(training_energy)])["training-energy"]]
    [('gpt-4-estimate', '30,400 MWh'), ('gpt-4', 'at most 43,900 MWh')]
    """
    return {one.formula.id: [_quote(step) for step in _steps(one)] for one in derivations}


def _steps(home: Step) -> Iterator[Step]:
    found = standing(home)
    yield home
    yield from (other for other in (found.estimate, found.theirs) if other)


def _quote(step: Step) -> dict[str, Any]:
    own = _plain(singular(show_result(step).unit)) or "1"
    units = [own, *(unit for unit in _units(step) if unit != own)]
    bands = {unit: _plain(sure_words(step, _asked(unit))) for unit in units}
    return {
        "scenario": step.scenario.name,
        "title": step.formula.title,
        "value": None if is_beyond(step) else number(step.exact, step.formula.result),
        "unit": step.formula.unit,
        "bound": standing(step).bound or None,
        "shown": own,
        "texts": {unit: _plain(figure_words(step, _asked(unit))) for unit in units},
        "bands": {unit: words for unit, words in bands.items() if words},
        "hash": derivation_hash(step),
        "link": link(step),
    }


def _units(step: Step) -> Iterator[str]:
    """The own unit with each usual prefix that leaves a readable number."""
    q = step.formula.result
    if q.unit == "1":
        return
    for unit in scaled(q.unit):
        value = abs(convert(step.exact, q.parsed_unit, parse_unit(unit), q.name))
        if not value or _READABLE[0] <= value < _READABLE[1]:
            yield unit


def _asked(unit: str) -> str | None:
    return None if unit in ("1", "%") else unit


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
