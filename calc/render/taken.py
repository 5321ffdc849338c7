"""Which inputs of a result its reader did not give, and from where they were taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calc.analysis.results import show_input
from calc.analysis.warnings import WHOSE
from calc.base.tables import words
from calc.model.input import Input
from calc.model.scenario import Scenario

__all__ = ["TAKEN", "taken_data", "taken_line"]

# For the pages' scripts too, which say it of a what-if on a card.
TAKEN = "From {whose}: {inputs}."


def taken_line(inputs: Iterable[Input], base: Scenario, form: str = "text") -> str:
    """One sentence that names them with their values, or nothing where a reader gave all.

    Parameters
    ----------
    form : ``markdown``, where what strangers call their files must be words and nothing else.

    Examples
    --------
    >>> from calc import quantity, scenario, training_energy
    >>> from calc.model.chain import taken
    >>> gpt = scenario("gpt-4")
    >>> print(taken_line(taken(training_energy, gpt, [quantity("servers")]), gpt))
    From scenario gpt-4: server_power 6.5 kW/server, training_time 90 days.
    """
    said = [_said(one, base) for one in inputs]
    whose = WHOSE.format(scenario=base.name) + ("" if base.origin == "book" else " (yours)")
    line = TAKEN.format(whose=whose, inputs=", ".join(said)) if said else ""
    return words(line) if form == "markdown" else line


def _said(one: Input, base: Scenario) -> str:
    """An input with its value; where it comes from an entry that was chosen, with that."""
    chosen = any(one.entry in choice.ids for choice in base.choices)
    value = show_input(one).text.replace("\N{NO-BREAK SPACE}", " ")
    return f"{one.quantity.name} {value}" + (f" ({one.entry})" if chosen else "")


def taken_data(inputs: Iterable[Input], base: Scenario) -> list[dict[str, Any]]:
    """The same as plain data, in own units."""
    return [
        {
            "name": one.quantity.name, "value": int(one.value) if one.quantity.domain.whole else float(one.value),
            "unit": one.quantity.unit, "scenario": base.name, "entry": one.entry or None, "source": one.source,
        }
        for one in inputs
    ]  # fmt: skip
