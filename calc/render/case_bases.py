"""What a case may start from on any page: the inputs of each scenario and entry of the catalogue, as scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from calc.analysis.browser_draws import distribution_data
from calc.model.catalogue import KINDS, OF_A_GPU, PARTNERS, entries, entry
from calc.model.choose import is_priced
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names

__all__ = ["case_bases"]


def case_bases() -> Iterator[tuple[str, str]]:
    """The name of each scenario and entry, as ``case-KIND-ID``, and the script that hands its inputs to a page.

    An accelerator comes with the values of the server that its maker rates, and a server with those of its accelerator,
    as `calc.model.choose` brings them.

    Examples
    --------
    >>> name, text = next(case_bases())
    >>> name.startswith("case-scenario-"), text.startswith("book.bases[")
    (True, True)
    """
    owners = {name: _owners(scenario(name)) for name in scenario_names()}
    for name in scenario_names():
        yield _script("scenario", name, scenario(name).inputs)
    for kind in KINDS.values():
        for one in entries(kind):
            brought = entry(PARTNERS[kind], one.partner).inputs if one.partner else {}
            machine = one.id if kind == "accelerator" else one.partner
            yield _script(kind, one.id, {**brought, **one.inputs}, _keeps(machine, owners))


def _owners(base: Scenario) -> dict[str, set[str]]:
    """The accelerators whose price each price of a GPU is that a scenario has."""
    return {
        name: {one.id for one in entries("accelerator") if is_priced(base.inputs, name, one.id)}
        for name in OF_A_GPU
        if name in base.inputs
    }


def _keeps(machine: str, owners: Mapping[str, Mapping[str, set[str]]]) -> dict[str, list[str]]:
    """The scenarios of which an accelerator that is laid over leaves what a GPU costs."""
    return {name: [base for base, of in owners.items() if machine in of.get(name, ())] for name in OF_A_GPU if machine}


def _script(
    kind: str, name: str, inputs: Mapping[str, Input], keeps: Mapping[str, Any] | None = None
) -> tuple[str, str]:
    data: dict[str, Any] = {
        "values": {key: float(one.value) for key, one in inputs.items()},
        "drawn": {
            key: distribution_data(one.distribution) for key, one in inputs.items() if not one.distribution.is_point
        },
    }
    if keeps:
        data["keeps"] = keeps
    key = f"{kind}-{name}"
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"case-{key}", f"book.bases[{json.dumps(key)}] = {text};\n"
