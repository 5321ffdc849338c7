"""A run that is not GPT-4's: its reader names the model, and nothing of GPT-4's is taken for it.

Who gives parameters or tokens, or chooses a model, and names no scenario, describes another run. What is generic, such
as a PUE, comes from the scenario `TYPICAL`; GPUs, days and hardware are asked for by name.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable

from calc.base.errors import BrokenError, ChainError
from calc.base.memo import kept
from calc.base.quantities import Quantity, quantity
from calc.model.catalogue import KINDS, entries, is_of_a_gpu
from calc.model.registry import formula_for
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario, scenario_names
from calc.model.words import WORDED
from calc.symbolic.equation import Equation

__all__ = [
    "NAMES_A_RUN", "OF_A_RUN", "ONE_RUN", "TYPICAL", "another_run", "for_hours", "is_another_run", "is_circular",
    "lacking", "lacks", "reach",
]  # fmt: skip

TYPICAL = "typical"
NAMES_A_RUN = ("active_parameters", "total_parameters", "tokens")
# What is one run's own, beside what is generic: never right for another by itself.
OF_A_RUN = (
    *NAMES_A_RUN, "layers", "gpus", "servers", "gpu_hours", "training_time", "peak_flops", "gpu_tdp", "server_power",
    "gpus_per_server", "pipeline_stages", "gpus_per_stage", "batch_tokens", "microbatch_tokens",
)  # fmt: skip
ONE_RUN = ("tokens", "gpus", "gpu_hours", "training_time")  # of which one at least makes a result a run's
_MODEL = "model"
_HOURS, _TIME = "gpu_hours", "training_time"


def is_another_run(names: Iterable[str]) -> bool:
    """Whether values of these names describe a run that is not GPT-4's.

    Parameters
    ----------
    names : of quantities, or kinds of the catalogue.

    Examples
    --------
    >>> is_another_run(["active_parameters", "gpus"]), is_another_run(["gpus"]), is_another_run(["model"])
    (True, False, True)
    """
    given = set(names) - set(WORDED)
    return _MODEL in given or any(quantity(name).name in NAMES_A_RUN for name in given - {*KINDS.values(), "as_of"})


def another_run() -> Scenario:
    """What a run that is not GPT-4's takes where its reader gives nothing."""
    return scenario(TYPICAL)


def for_hours(formula: Equation, q: Quantity) -> Quantity:
    """The quantity that a reader's value is for: GPU-hours are put where a formula takes a number of GPUs and a time.

    Raises
    ------
    ChainError : the formula is the one that works the time out from operations.

    Examples
    --------
    >>> from calc import flop_utilisation, run_energy
    >>> for_hours(flop_utilisation, quantity("gpu_hours")).name, for_hours(run_energy, quantity("gpu_hours")).name
    ('training_time', 'gpu_hours')
    """
    if q.name != _HOURS:
        return q
    if formula.result.name == _TIME:
        raise ChainError(f"{q.name} plays no part in {formula.id}; run-days has the days of so many, with gpus")
    needed = {one.name for one in reach(formula)}
    return quantity(_TIME) if _HOURS not in needed and _TIME in needed else q


def lacking(formula: Equation, base: Scenario, given: Collection[Quantity]) -> tuple[Quantity, ...]:
    """What a formula's chain needs and neither the reader, nor the scenario, nor a formula has; nearest first."""
    found: dict[Quantity, None] = {}

    def look(one: Equation, path: tuple[Equation, ...]) -> None:
        for q in one.inputs:
            if q in given or base.get(q) is not None:
                continue
            inner = formula_for(q)
            if inner is None:
                found.setdefault(q)
            elif inner not in path:
                look(inner, (*path, inner))

    try:
        look(formula, (formula,))
    except BrokenError:
        return ()
    return tuple(found)


def reach(formula: Equation) -> frozenset[Quantity]:
    """Every quantity that may play a part in a formula, whatever a scenario fixes."""
    return kept(formula, "reach", lambda: frozenset(_needs(formula, None, (), ())))


def lacks(formula: Equation, base: Scenario, missing: Collection[Quantity]) -> ChainError:
    """The error that asks for what a run lacks, by name, and says how each may be given."""
    names = ", ".join(q.name for q in missing)
    ways = [f"--{kind} {name} brings {', '.join(brought)}" for kind, name, brought in _bringing(missing, base)]
    ways += [f"give {_example(q)}" for q in missing][: 1 if ways else 2]
    return ChainError(
        f"{formula.id} of a run other than GPT-4's needs {names}, which scenario {base.name!r} does not have: "
        f"{'; or '.join(ways)}"
    )


def _example(q: Quantity) -> str:
    if q.name == "gpus":
        return f"--set {q.name}=2048"
    return f'--set "{q.name}=… {q.unit}"' if q.unit != "1" else f"--set {q.name}=…"


def _bringing(missing: Collection[Quantity], base: Scenario) -> list[tuple[str, str, list[str]]]:
    """For each kind of the catalogue but models, the entry with most of it; of several, what scenarios take most.

    What an accelerator costs is taken of the one that was chosen.
    """
    used = _times_taken()
    machines = {name for choice in base.choices for name in choice.ids}
    found = []
    for kind in KINDS.values():
        if kind == _MODEL:  # which the reader has described
            continue
        fit = [one for one in entries(kind) if not machines or one.accelerator in machines or not is_of_a_gpu(one)]
        best = max(fit, key=lambda one: (sum(q.name in one.inputs for q in missing), used[one.id]), default=None)
        if best and (brought := [q.name for q in missing if q.name in best.inputs]):
            found.append((kind, best.id, brought))
    return found


@functools.cache
def _times_taken() -> Counter[str]:
    """How many inputs of the book's scenarios come from each entry of the catalogue."""
    return Counter(one.entry for name in scenario_names() for one in scenario(name).inputs.values())


def is_circular(formula: Equation, base: Scenario, given: Collection[Quantity]) -> Quantity | None:
    """The input that would be worked out from what the formula itself is to yield; None where there is none."""
    return kept(base, ("circular", formula, frozenset(given)), lambda: _circular(formula, base, given))


def _circular(formula: Equation, base: Scenario, given: Collection[Quantity]) -> Quantity | None:
    for q in formula.inputs:
        inner = None if q in given or base.get(q) is not None else formula_for(q)
        if inner is not None and formula.result in _needs(inner, base, given, (formula,)):
            return q
    return None


def _needs(
    formula: Equation, base: Scenario | None, given: Collection[Quantity], path: tuple[Equation, ...]
) -> set[Quantity]:
    found: set[Quantity] = set()
    for q in formula.inputs:
        found.add(q)
        inner = None if q in given or (base and base.get(q) is not None) else formula_for(q)
        if inner is not None and inner not in path:
            found |= _needs(inner, base, given, (*path, formula))
    return found
