"""How GPUs are laid out: servers, pipeline stages, copies of the model."""

from calc.api import formula
from calc.symbolic.trace import ceil, coefficient, floor

__all__ = ["gpus_per_replica", "layers_per_stage", "replica_count", "server_count", "spare_gpus", "training_memory"]


@formula(result="servers", source="mohit2026", locator="GPT-4 training energy demand")
def server_count(gpus, gpus_per_server):
    """Servers that hold a number of GPUs; the last may be partly empty.

    Assumes servers of one kind.

    >>> server_count(gpus=25_000, gpus_per_server=8)
    3125
    """
    return ceil(gpus / gpus_per_server)


@formula(result="layers_per_stage", source="narayanan2021megatron", locator="sec. 2.2, pipeline model parallelism")
def layers_per_stage(layers, pipeline_stages):
    """Layers in one pipeline stage, on average.

    Assumes layers of equal work; real stages are cut by measured work, and the slowest sets the pace.

    >>> layers_per_stage(layers=120, pipeline_stages=15)
    8.0
    """
    return layers / pipeline_stages


@formula(
    result="gpus_per_replica", source="narayanan2021megatron", locator="sec. 3.1, notation: n = p·t·d",
    title="GPUs per replica",
)  # fmt: skip
def gpus_per_replica(pipeline_stages, gpus_per_stage):
    """GPUs that together hold one copy of the model.

    Assumes every stage is shared by the same number of GPUs.

    >>> gpus_per_replica(pipeline_stages=15, gpus_per_stage=8)
    120
    """
    return pipeline_stages * gpus_per_stage


@formula(
    result="training_memory", source="rajbhandari2020zero", locator="sec. 3.1: 16 bytes for each parameter, with Adam",
)  # fmt: skip
def training_memory(state_bytes, total_parameters, gpus_per_replica):
    """Memory that each GPU of a copy needs for weights, corrections and what the optimiser remembers.

    Assumes that a copy's GPUs share all of it evenly. What a step leaves behind for its way back is not in it, and
    comes on top.

    >>> training_memory(state_bytes=16, total_parameters=7.5e9, gpus_per_replica=1)
    120.0
    """
    return coefficient(1, "1/replica") * state_bytes * total_parameters / gpus_per_replica


@formula(result="replicas", source="narayanan2021megatron", locator="sec. 3.1, notation: n = p·t·d")
def replica_count(gpus, gpus_per_replica):
    """Complete copies of the model that fit the GPUs, each fed its own share of the data.

    Assumes that incomplete copies do nothing.

    >>> replica_count(gpus=25_000, gpus_per_replica=120)
    208
    """
    return floor(gpus / gpus_per_replica)


@formula(
    result="spare_gpus", source="narayanan2021megatron", locator="sec. 3.1, notation: n = p·t·d", title="Spare GPUs"
)
def spare_gpus(gpus, replicas, gpus_per_replica):
    """GPUs left over when as many complete copies as fit have been laid out.

    Assumes no other use of them; in practice they stand in for GPUs that fail.

    >>> spare_gpus(gpus=25_000, replicas=208, gpus_per_replica=120)
    40
    """
    return gpus - replicas * gpus_per_replica
