"""What a case may start from on any page: the inputs of each scenario and entry of the catalogue, as scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from calc.analysis.browser_draws import distribution_data
from calc.model.catalogue import KINDS, PARTNERS, entries, entry
from calc.model.input import Input
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
    for name in scenario_names():
        yield _script("scenario", name, scenario(name).inputs)
    for kind in KINDS.values():
        for one in entries(kind):
            brought = entry(PARTNERS[kind], one.partner).inputs if one.partner else {}
            yield _script(kind, one.id, {**brought, **one.inputs})


def _script(kind: str, name: str, inputs: Mapping[str, Input]) -> tuple[str, str]:
    data: dict[str, Any] = {
        "values": {key: float(one.value) for key, one in inputs.items()},
        "drawn": {
            key: distribution_data(one.distribution) for key, one in inputs.items() if not one.distribution.is_point
        },
    }
    key = f"{kind}-{name}"
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"case-{key}", f"book.bases[{json.dumps(key)}] = {text};\n"
