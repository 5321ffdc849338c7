"""What is drawn of the inputs of scenarios, as a page's scripts take it: distributions and points, each once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from calc.analysis.browser_draws import browser_draws, browser_points
from calc.analysis.sampling import draws
from calc.model.scenario_file import scenario

__all__ = ["drawn_inputs", "once"]


def drawn_inputs(leaves: Mapping[str, set[str]], names: Collection[str]) -> dict[str, Any]:
    """What is drawn of each scenario, as places in one list, in which inputs that scenarios share stand once.

    With it come the points of all dimensions: of the scenarios' inputs, and of the ranges that readers give.

    Parameters
    ----------
    leaves : of each scenario the inputs that a page takes from it.
    names : of the quantities of which a reader may give a range.

    Examples
    --------
    >>> drawn_inputs({"gpt-4": {"gpus"}}, ["gpus_per_server"])["spare"].keys()
    dict_keys(['', 'gpt-4'])
    """
    places: dict[str, int] = {}
    found: dict[str, dict[str, int]] = {}
    spare: dict[str, dict[str, int]] = {}
    for name in sorted(leaves):
        table = draws(scenario(name))
        spare[name] = {one: table.spare[one] for one in sorted(names) if one in table.spare}
        for key, drawn in browser_draws(scenario(name)).items():
            if key in leaves[name]:
                found.setdefault(name, {})[key] = places.setdefault(json.dumps(drawn), len(places))
    listed = [json.loads(text) for text in places]
    used = {at for drawn in listed for at in ([drawn["p"]] if "p" in drawn else [at for _, at in drawn["z"]])}
    used |= {at for tables in spare.values() for at in tables.values()}
    return {"drawn": listed, "of": found, "spare": once(spare), "points": browser_points(used)}


def once(tables: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int | None]]:
    """Tables with what most of them say under an empty name, and of each only what it says otherwise.

    Examples
    --------
    >>> once({"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}, "c": {"y": 2}})
    {'': {'x': 1, 'y': 2}, 'a': {}, 'b': {'y': 3}, 'c': {'x': None}}
    """
    names = sorted({name for table in tables.values() for name in table})
    most = {name: Counter(table.get(name) for table in tables.values()).most_common(1)[0][0] for name in names}
    shared: dict[str, dict[str, int | None]] = {"": {name: at for name, at in most.items() if at is not None}}
    return shared | {
        key: {name: table.get(name) for name in names if table.get(name) != most[name]} for key, table in tables.items()
    }
