"""What is lost when many GPUs share one job: serial work, exchange of gradients, idle pipelines."""

from calc.api import formula
from calc.symbolic.trace import ceil, coefficient

__all__ = [
    "aggregate_rate",
    "allreduce_time",
    "amdahl_speedup",
    "gradient_volume",
    "ideal_bubble",
    "microbatches",
    "scaling_efficiency",
    "serial_share",
    "slowest_stage",
    "stage_balance",
    "step_time",
    "sync_share",
    "total_bubble",
]


@formula(
    result="serial_share", source="karp1990measuring", locator="the experimentally determined serial fraction",
    title="Serial share, measured",
)  # fmt: skip
def serial_share(base_utilisation, measured_utilisation, base_gpus, measured_gpus):
    """The serial share that Amdahl's law needs, from how well one job used few GPUs and many.

    Assumes the same job both times: the same model and the same batch, so that utilisation falls only because more
    GPUs share it.

    Holds between the two sizes that were measured, and counts all that grows with the number of GPUs as serial.

    >>> s = serial_share(base_utilisation="47 %", measured_utilisation="42 %", base_gpus=96, measured_gpus=4608)
    >>> round(s, 5)
    0.00253
    """
    return (base_utilisation / measured_utilisation - 1) / (measured_gpus / base_gpus - 1)


@formula(
    result="speedup", source="amdahl1967validity", locator="the argument on the sequential share of a job",
    title="Amdahl's law",
)  # fmt: skip
def amdahl_speedup(serial_share, base_gpus, gpus):
    """How many times as fast a job of fixed size runs on more GPUs.

    Assumes that a share of the time stays as it is whatever the number of GPUs, and that the rest falls in
    proportion.

    Holds for a job of fixed size: a batch that grows with the GPUs loses less, and is called weak scaling.

    >>> round(amdahl_speedup(serial_share="0.25 %", base_gpus=1, gpus=100), 1)
    80.2
    """
    return 1 / (serial_share + (1 - serial_share) * base_gpus / gpus)


@formula(
    result="scaling_efficiency", source="shoeybi2019megatron", locator="Abstract: 76 % scaling efficiency",
)  # fmt: skip
def scaling_efficiency(speedup, base_gpus, gpus):
    """Share of the added GPUs that turned into speed.

    Assumes that the smaller run is the yardstick: what is lost within it does not show.

    >>> round(scaling_efficiency(speedup=43, base_gpus=96, gpus=4608), 3)
    0.896
    """
    return speedup * base_gpus / gpus


@formula(
    result="aggregate_rate", source="narayanan2021megatron", locator="Table 1, achieved aggregate PFLOP/s",
    title="Rate of all GPUs together",
)  # fmt: skip
def aggregate_rate(gpus, peak_flops, flop_utilisation):
    """Model operations that all GPUs do in a second.

    Assumes that every GPU reaches the mean utilisation.

    >>> round(aggregate_rate(gpus=25_000, peak_flops=312, flop_utilisation="36 %"))
    2808
    """
    return gpus * peak_flops * flop_utilisation


@formula(
    result="step_time", source="narayanan2021megatron", locator="sec. 5.1, training time from tokens and throughput",
)  # fmt: skip
def step_time(training_time, batch_tokens, tokens):
    """Mean time of one step: as much of the run's time as the batch is of its tokens.

    Assumes one size of batch for the whole of the run; many runs start with a smaller one.

    Holds over calendar time, so that stops and restarts are spread over the steps.

    >>> round(step_time(training_time="90 day", batch_tokens="60e6 token", tokens="13e12 token"), 1)
    35.9
    """
    return training_time * batch_tokens / tokens


@formula(
    result="gradient_volume", source="rajbhandari2020zero", locator="sec. 3.1, model states: gradients",
)  # fmt: skip
def gradient_volume(total_parameters, gradient_bytes, gpus_per_replica):
    """Corrections, called gradients, that one GPU has to share with its counterparts in the other replicas.

    Assumes that a replica holds every parameter once, in equal parts on its GPUs. Experts that are shared out in
    another way change the parts.

    >>> v = gradient_volume(total_parameters="1.7e12 parameter", gradient_bytes=2, gpus_per_replica=120)
    >>> round(v, 1)
    28.3
    """
    return coefficient(1, "1/replica") * total_parameters * gradient_bytes / gpus_per_replica


@formula(
    result="allreduce_time", source="patarasuk2009allreduce", locator="the ring algorithm and its cost",
    title="Time of a ring all-reduce",
)  # fmt: skip
def allreduce_time(replicas, link_latency, gradient_volume, network_bandwidth):
    """Time to add up the gradients of all replicas and give each the sum.

    In a ring each GPU talks only to its neighbours. In n − 1 hops the parts are added up, in another n − 1 the sums go
    round. Each hop carries an n-th of the data.

    Assumes that every GPU of a replica has a ring of its own, that all rings run at once, and that each has the whole
    of its GPU's link.

    Holds for large data; for small data the latency rules, and trees of GPUs are quicker than rings.

    >>> round(allreduce_time(replicas=208, link_latency=5, gradient_volume=28.3, network_bandwidth=25), 2)
    2.26
    """
    hops = replicas - coefficient(1, "replica")
    return 2 * hops * link_latency + 2 * hops / replicas * gradient_volume / network_bandwidth


@formula(
    result="sync_share", source="narayanan2021megatron", locator="sec. 3.3.2, data parallelism and its all-reduce",
    title="Share of a step spent synchronising",
)  # fmt: skip
def sync_share(allreduce_time, sync_overlap, step_time):
    """Share of a step in which GPUs do nothing but exchange gradients.

    Assumes one all-reduce in a step, after all microbatches.

    >>> round(sync_share(allreduce_time=2.26, sync_overlap=0, step_time=35.9), 3)
    0.063
    """
    return allreduce_time * (1 - sync_overlap) / step_time


@formula(result="microbatches", source="narayanan2021megatron", locator="sec. 3.1, notation: m = B/(d·b)")
def microbatches(batch_tokens, replicas, microbatch_tokens):
    """Pieces that each replica cuts its share of the batch into, to feed its pipeline one by one.

    Assumes that the replicas share the batch evenly; a last piece may be partly empty.

    >>> microbatches(batch_tokens="60e6 token", replicas=208, microbatch_tokens="8192 token/microbatch")
    36
    """
    return ceil(batch_tokens / (replicas * microbatch_tokens))


@formula(
    result="ideal_bubble", source="narayanan2021megatron", locator="sec. 2.2.1, bubble time fraction (p − 1)/m",
    title="Pipeline bubble, of ideal time",
)  # fmt: skip
def ideal_bubble(pipeline_stages, microbatches):
    """Idle time of a pipeline over the time that it would take if it were never idle.

    The last stage waits for the first microbatch to reach it, the first for the last to come back.

    Assumes stages of equal work, and a schedule in which a stage has one stretch of layers.

    Holds as a markup on the ideal time; it may exceed one.

    >>> ideal_bubble(pipeline_stages=4, microbatches=8)
    0.375
    """
    waits = coefficient(1, "microbatch/stage") * (pipeline_stages - coefficient(1, "stage/replica"))
    return waits / microbatches


@formula(
    result="total_bubble", source="huang2019gpipe", locator="sec. 2.3, bubble overhead (K − 1)/(M + K − 1)",
    title="Pipeline bubble, of total time",
)  # fmt: skip
def total_bubble(pipeline_stages, microbatches):
    """Idle time of a pipeline over all of its time.

    Assumes stages of equal work, and a schedule in which a stage has one stretch of layers.

    Holds as a share of the time that passes; it never reaches one.

    >>> round(total_bubble(pipeline_stages=4, microbatches=8), 3)
    0.273
    """
    waits = coefficient(1, "microbatch/stage") * (pipeline_stages - coefficient(1, "stage/replica"))
    return waits / (microbatches + waits)


@formula(
    result="slowest_stage", source="bigscience2022bloom", locator="README, Architecture: blocks on each rank",
    title="The fullest stage",
)  # fmt: skip
def slowest_stage(layers, pipeline_stages):
    """Layers in the fullest stage, when layers are dealt out as evenly as whole layers can be.

    Assumes layers of equal work. Tables of words at both ends of a model are work too, and often count as layers.

    >>> slowest_stage(layers=126, pipeline_stages=16)
    8
    """
    return ceil(layers / pipeline_stages)


@formula(
    result="stage_balance", source="aiconfigurator2026pp", locator="balance: ideal over realised cycle",
    title="Balance of the stages",
)  # fmt: skip
def stage_balance(layers_per_stage, slowest_stage):
    """Share of its time for which the mean stage works, when all wait for the fullest.

    Assumes that a stage's time grows with its layers.

    Holds the other way up too: one over it is how many times as long each step takes.

    >>> round(stage_balance(layers_per_stage=7.875, slowest_stage=8), 3)
    0.984
    """
    return layers_per_stage / slowest_stage
