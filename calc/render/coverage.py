"""How far a serving lies from those that were measured, as data for the pages on which a reader changes one."""

from __future__ import annotations

from calc.analysis.serving_coverage import (
    ERROR_SHARES,
    LEVELS,
    LIMITS,
    MEASURED_STEPS,
    MEMORY,
    REASONS,
    SHEET,
    WORDS,
    errors_of_rows,
)
from calc.analysis.serving_reasons import page_reasons
from calc.analysis.standing import BOUND
from calc.model.registry import formula_by_id, formula_for
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names
from calc.render.javascript import safe_json
from calc.render.latex import BOUND_MARKS, BOUND_SIGNS

__all__ = ["HERE", "coverage_script", "is_covered"]

HERE = "With the values of this page: {covered}"
_ROOM = ("gpu_memory", "usable_share")  # a scenario that lacks one says nothing of what fits


def is_covered(formula: str, values: frozenset[str]) -> bool:
    """Whether a card rests on what was measured: the time of a step, or its power.

    Parameters
    ----------
    formula : its id.
    values : names of what its chain starts from.

    Examples
    --------
    >>> is_covered("gpu-token-energy", frozenset({"batch"})), is_covered("training-energy", frozenset())
    (True, False)
    """
    measured = {formula_by_id(name).result.name for name in MEASURED_STEPS}
    wanted, seen = [formula_by_id(formula)], set[str]()
    while wanted:
        one = wanted.pop()
        if one.result.name in measured:
            return True
        seen.add(one.result.name)
        wanted += [maker for q in one.inputs if q.name not in values | seen and (maker := formula_for(q))]
    return False


def coverage_script() -> str:
    """A classic script that hands to ``window.book.coverage`` what ``_static/serving.js`` counts and says by.

    Examples
    --------
    >>> coverage_script()[:23], coverage_script().count("function")
    ('window.book.coverage = ', 0)
    """
    limits = scenario(LIMITS).inputs
    data = {
        **page_reasons(),
        "levels": LEVELS,
        "words": WORDS | {"here": HERE, "reasons": REASONS, **{f"{side} word": said for side, said in BOUND.items()}},
        "signs": BOUND_MARKS,
        "tex": {mark: BOUND_SIGNS[side] for side, mark in BOUND_MARKS.items()},
        "shares": ERROR_SHARES,
        "steps": [formula_by_id(name).result.name for name in MEASURED_STEPS],
        "limits": {name: float(one.value) for name, one in limits.items()},
        "errors": {kind: [list(row) for row in found] for kind, found in errors_of_rows().items()},
        "memory": MEMORY,
        "gpu": SHEET,
        "room": {name: found for name in scenario_names() if (found := _memory(scenario(name)))},
    }
    return f"window.book.coverage = {safe_json(data)};\n"


def _memory(base: Scenario) -> list[float | None]:
    """What a scenario says of the memory that a copy needs and has, in the order of `MEMORY`."""
    if not set(_ROOM) <= set(base.inputs):
        return []
    return [float(base.inputs[name].value) if name in base.inputs else None for name in MEMORY]
