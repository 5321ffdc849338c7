"""What cannot be, whatever else is so: too few servers for the GPUs, a model or a batch that no memory holds."""

from __future__ import annotations

from collections.abc import Mapping

from calc.base.decimals import whole
from calc.base.errors import CalcError
from calc.base.quantities import quantity
from calc.model.registry import formula_for
from calc.model.scenario import Scenario
from calc.model.step import Given

__all__ = ["IMPOSSIBLE", "impossible"]

# For page and program. What each needs is in braces: values by name, and those that are worked out.
IMPOSSIBLE = {
    "servers": "{servers} servers of {each} GPUs each hold {held} GPUs, not {gpus}",
    "weights": "The weights take {weights} GB, and {gpus} GPUs of {memory} GB have room for {room} GB: "
    "give a copy {more} GPUs",
    "batch": "A batch of {batch} is more than memory holds, which is {most}",
}


def impossible(base: Scenario, given: Mapping[str, Given]) -> tuple[str, ...]:
    """Lines on what cannot be; empty where all may be.

    Parameters
    ----------
    base : the scenario, with what was chosen from the catalogue.
    given : what somebody gave, by name.

    Examples
    --------
    >>> from calc import scenario
    >>> from calc.model.choose import choose
    >>> impossible(choose(scenario("planner-site"), {"server": "dgx-h100"}), {})
    ('The weights take 810 GB, and 8 GPUs of 80 GB have room for 576 GB: give a copy 12 GPUs',)
    """
    values = _Values(base, given)
    lines = (_servers(values), _weights(values), _batch(values, given))
    return tuple(line for line in lines if line)


class _Values:
    """Values by name: given, the scenario's, or worked out; None where there are none."""

    def __init__(self, base: Scenario, given: Mapping[str, Given]) -> None:
        self.base, self.given = base, given

    def __call__(self, *names: str) -> list[float] | None:
        found = [self._one(name) for name in names]
        return None if any(one is None for one in found) else [one for one in found if one is not None]

    def _one(self, name: str, path: tuple[str, ...] = ()) -> float | None:
        if name in self.given:
            return float(self.given[name].value)
        if name in self.base.inputs:
            return float(self.base.inputs[name].value)
        maker = formula_for(quantity(name))
        if maker is None or name in path:
            return None
        inputs = [self._one(q.name, (*path, name)) for q in maker.inputs]
        if any(one is None for one in inputs):
            return None
        try:
            return float(maker.kernel.scalar(*[one for one in inputs if one is not None]))
        except CalcError:
            return None


def _servers(values: _Values) -> str:
    found = values("servers", "gpus_per_server", "gpus")
    if found is None or "servers" not in values.given or found[0] * found[1] >= found[2]:
        return ""
    servers, each, gpus = found
    return IMPOSSIBLE["servers"].format(
        servers=whole(servers), each=whole(each), held=whole(servers * each), gpus=whole(gpus)
    )


def _weights(values: _Values) -> str:
    parts = values("weight_bytes", "total_parameters", "expert_parameters", "expert_bytes")
    room = values("usable_share", "gpu_memory", "instance_gpus")
    if parts is None or room is None:
        return ""
    each, total, experts, of_experts = parts
    weights, has = (each * (total - experts) + of_experts * experts) / 1e9, room[0] * room[1] * room[2]
    if weights < has:
        return ""
    more = -(-weights // (room[0] * room[1]))
    return IMPOSSIBLE["weights"].format(
        weights=whole(weights), gpus=whole(room[2]), memory=whole(room[1]), room=whole(has), more=whole(more)
    )


def _batch(values: _Values, given: Mapping[str, Given]) -> str:
    found = values("batch", "memory_batch")
    if "batch" not in given or found is None or found[0] <= found[1]:
        return ""
    return IMPOSSIBLE["batch"].format(batch=whole(found[0]), most=whole(found[1]))
