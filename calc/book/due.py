"""What is due for another look: values said more than a year before the build, the weightiest and oldest first.

How much a value weighs is taken from the uncertainty budgets of the book's results: the shares of their variance that
it has, added up. Budgets take seconds, so `make bands` keeps the weights in ``data/weights.json``.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from calc.analysis.budget import budget
from calc.base.atomic_files import write_file
from calc.base.dates import decimal_year, is_old, last_day
from calc.base.errors import CalcError
from calc.base.text_files import kept_json
from calc.model.input import Input
from calc.model.scenario_file import scenario
from calc.model.series import Series, all_series, today
from calc.model.source_keys import bibliography
from calc.model.step import Step

__all__ = ["Due", "due", "old_series", "said_on", "store_weights", "weigh", "weights"]

_FILE = "weights.json"
_MONTHS = {
    name: at
    for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}


@dataclass(frozen=True)
class Due:
    """A value that wants another look.

    Attributes
    ----------
    input, scenario : the value, and a scenario of the book that has it.
    said : the period of which it is, or in which its source is from.
    years : how old it is on the day of the build.
    weight : the shares of the variance that it has of the book's results, added up.
    results : how many of them rest on it.
    """

    input: Input
    scenario: str
    said: str
    years: float
    weight: float
    results: int


def weigh(steps: Iterable[Step]) -> dict[str, tuple[float, int]]:
    """The weight of each input of some results, and how many rest on it, by scenario and quantity.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = weigh([training_energy.derive("gpt-4-estimate")])
    >>> max(found, key=lambda name: found[name][0])
    'gpt-4-estimate flop_utilisation'
    """
    names: dict[tuple[object, ...], str] = {}
    found: dict[str, tuple[float, int]] = {}
    for step in steps:
        shares: Mapping[str, float] = {}
        try:
            made = budget(step)
            shares = {line.name: line.share for line in made.lines} if made else {}
        except CalcError:  # a draw that is impossible has no budget
            pass
        for leaf in step.leaves:
            if isinstance(leaf, Input) and leaf.source:
                what = (leaf.quantity.name, leaf.source, leaf.locator, leaf.value)
                name = names.setdefault(what, f"{step.scenario.name} {leaf.quantity.name}")
                weight, count = found.get(name, (0.0, 0))
                found[name] = weight + max(shares.get(leaf.quantity.name, 0.0), 0.0), count + 1
    return found


def store_weights(found: Mapping[str, tuple[float, int]]) -> None:
    """Write them, one line an input."""
    lines = ",\n".join(
        f"{json.dumps(name)}: [{weight:.3g}, {count}]" for name, (weight, count) in sorted(found.items())
    )
    with resources.as_file(resources.files("calc")) as folder:
        write_file(folder / "data" / _FILE, f"{{\n{lines}\n}}\n".encode())


@functools.cache
def weights() -> Mapping[str, tuple[float, int]]:
    """What `make bands` kept."""
    found = kept_json(_FILE, "make bands") or {}
    return {name: (float(weight), int(count)) for name, (weight, count) in found.items()}


@functools.cache
def _said() -> Mapping[str, str]:
    """Year, and month where it is there, of each source, by its key."""
    found: dict[str, str] = {}
    for entry in re.split(r"^@", bibliography(), flags=re.MULTILINE)[1:]:
        key = re.match(r"\w+\s*\{\s*([^,\s]+)", entry)
        year = re.search(r"^\s*year\s*=\s*[{\"]?(\d{4})", entry, re.MULTILINE)
        month = re.search(r"^\s*month\s*=\s*.*?\b([a-z]{3})[a-z]*", entry, re.MULTILINE)
        if key and year:
            number = _MONTHS.get(month[1]) if month else None
            found[key[1]] = f"{year[1]}-{number:02}" if number else year[1]
    return found


def said_on(given: Input) -> str:
    """The period of which a value is, where it is dated, or in which its source is from; nothing where none is known.

    Examples
    --------
    >>> from calc import scenario
    >>> said_on(scenario("gpt-4")["electricity_sales"]), said_on(scenario("openai")["owner_power"])
    ('2024-08', '2025')
    """
    return given.date or _said().get(given.source or "", "")


@functools.cache
def due(now: datetime.date | None = None) -> tuple[Due, ...]:
    """Values of the book's results that are older than a year, the weightiest and oldest first.

    Parameters
    ----------
    now : the day from which it is looked back; the day of the build when left out.
    """
    day, found = now or today(), []
    for name, (weight, count) in weights().items():
        where, _, quantity = name.partition(" ")
        try:
            given = scenario(where)[quantity]
        except CalcError:  # it has gone since the weights were taken
            continue
        said = said_on(given)
        if day and said and is_old(last_day(said), day) and given.kind != "definition":
            years = decimal_year(day) - decimal_year(last_day(said))
            found.append(Due(given, where, said, years, weight, count))
    return tuple(sorted(found, key=lambda one: (-one.weight * one.years, -one.results * one.years)))


def old_series(now: datetime.date | None = None) -> tuple[Series, ...]:
    """The series whose newest value is older than a year, the oldest first.

    A published energy of an answer is no state of things, and does not age: those are left out.
    """
    day = now or today()
    found = [
        one for one in all_series().values()
        if is_old(one.values[-1].day, day) and one.quantity.name != "stated_answer_energy"
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.values[-1].day))
