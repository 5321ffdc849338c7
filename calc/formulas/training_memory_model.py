"""What a training run must hold, what it loses to failures, and which size of model is best for its operations."""

from fractions import Fraction

from calc.api import formula
from calc.symbolic.trace import ceil, coefficient, rational

__all__ = [
    "activation_memory",
    "checkpoint_interval",
    "checkpoint_size",
    "checkpoint_time",
    "checkpoint_waste",
    "daly_interval",
    "failure_interval",
    "fewest_gpus",
    "goodput",
    "interleaved_bubble",
    "optimal_parameters",
    "optimal_tokens",
    "run_memory",
    "sharded_memory",
    "training_loss",
]

_HALF = rational(Fraction(1, 2))


@formula(
    result="sharded_memory", source="rajbhandari2020zero", locator="Table 1: memory with 1 to 1,024 GPUs, three stages",
    title="Memory with sharding (ZeRO, FSDP)",
)  # fmt: skip
def sharded_memory(kept_bytes, sharded_bytes, state_shards, total_parameters):
    """Memory of one GPU for weights, gradients and optimiser, when part of them is shared out among replicas.

    Assumes mixed precision with Adam, 16 bytes in all: the first stage of ZeRO shares out 12 of them, the second 14,
    the third, and FSDP, all.

    Holds without activations, which come on top.

    >>> round(sharded_memory(kept_bytes=4, sharded_bytes=12, state_shards=64, total_parameters=7.5e9), 1)
    31.4
    """
    shared = coefficient(1, "GPU") * sharded_bytes / state_shards
    return coefficient(1, "1/GPU") * (kept_bytes + shared) * total_parameters


@formula(
    result="activation_memory", source="austin2025scaling",
    locator="Training LLaMA 3 on TPUs: gradient checkpoints, 2 × 8192 × 4e6 × 3 × 80", title="Memory of activations",
)  # fmt: skip
def activation_memory(activation_bytes, model_width, batch_tokens, layers):
    """What a step keeps of its way forwards, until it has gone back: so many bytes for each number of each token.

    Assumes that all of the batch is under way at once; cutting it into microbatches cuts the memory too.

    Holds with 2 bytes where only the input of each layer is kept and the rest is recomputed, and with 34 or more where
    nothing is.

    >>> m = activation_memory(activation_bytes=6, model_width=8192, batch_tokens="4e6 token", layers=80)
    >>> round(m, 1)
    15.7
    """
    return activation_bytes * model_width * batch_tokens * layers


@formula(
    result="run_memory", source="austin2025scaling",
    locator="Training LLaMA 3 on TPUs: parameters, optimizer state and checkpoints", title="Memory of a run",
)  # fmt: skip
def run_memory(state_bytes, total_parameters, activation_memory):
    """Memory that one copy of a model in training takes on all of its GPUs: its state, and what a step keeps.

    Assumes that nothing is kept twice.

    >>> round(run_memory(state_bytes=10, total_parameters=70e9, activation_memory=15.8), 3)
    16.5
    """
    return state_bytes * total_parameters + activation_memory


@formula(
    result="fewest_gpus", source="austin2025scaling",
    locator="Training LLaMA 3 on TPUs: how many TPUs at minimum", title="Fewest GPUs that hold a run",
)  # fmt: skip
def fewest_gpus(run_memory, gpu_memory):
    """Fewest GPUs whose memory together holds a run.

    Assumes that everything can be shared out evenly, and that nothing else needs memory.

    Holds as a lower bound: runs have many times as many GPUs, because they are in a hurry.

    >>> fewest_gpus(run_memory=16.5, gpu_memory=96)
    172
    """
    return ceil(run_memory / gpu_memory)


@formula(
    result="interleaved_bubble", source="narayanan2021megatron",
    locator="sec. 2.2.2, interleaved schedule: (p − 1)/(v·m)",
    title="Pipeline bubble, interleaved",
)  # fmt: skip
def interleaved_bubble(pipeline_stages, virtual_stages, microbatches):
    """Idle time of a pipeline over its busy time, when each stage has several short stretches of layers.

    Assumes stages of equal work. It sends as many times more between stages as a stage has stretches.

    >>> interleaved_bubble(pipeline_stages=16, virtual_stages=3, microbatches=16)
    0.3125
    """
    waits = coefficient(1, "microbatch/stage") * (pipeline_stages - coefficient(1, "stage/replica"))
    return waits / (virtual_stages * microbatches)


@formula(
    result="failure_interval", source="kokolis2025reliability", locator="sec. III, mean time to failure over GPUs",
    title="Time between failures",
)  # fmt: skip
def failure_interval(gpu_failure_time, gpus):
    """Mean time between two stops of a run that nobody planned.

    Assumes that every GPU, with its share of server and network, fails as often as the next, and that one is enough to
    stop all.

    >>> round(failure_interval(gpu_failure_time="50_700 GPU*h", gpus=16_384))
    186
    """
    return gpu_failure_time / gpus


@formula(
    result="checkpoint_size", source="bigscience2022bloom", locator="README: checkpoint and model sizes",
    title="Size of a checkpoint",
)  # fmt: skip
def checkpoint_size(checkpoint_bytes, total_parameters):
    """Size of one checkpoint: what is needed to go on as if nothing had happened.

    Assumes weights and optimiser. The weights alone, with 2 bytes each, are enough to use a model and not to train it
    on.

    >>> round(checkpoint_size(checkpoint_bytes=14, total_parameters=405e9), 2)
    5.67
    """
    return checkpoint_bytes * total_parameters


@formula(
    result="checkpoint_time", source="grattafiori2024llama3", locator="sec. 3.3.1, storage: 2 to 7 TB/s",
    title="Time to write a checkpoint",
)  # fmt: skip
def checkpoint_time(checkpoint_size, checkpoint_bandwidth):
    """Time to write one checkpoint.

    Assumes that GPUs wait until it is written. Many runs copy it to memory nearby and write it while they go on.

    >>> round(60 * checkpoint_time(checkpoint_size="5.67 TB", checkpoint_bandwidth="2000 GB/s"), 3)
    2.835
    """
    return checkpoint_size / checkpoint_bandwidth


@formula(
    result="checkpoint_interval", source="young1974checkpoint", locator="the first-order rule: √(2δM)",
    title="Best time between checkpoints (Young)",
)  # fmt: skip
def checkpoint_interval(failure_interval, checkpoint_time):
    """Time between checkpoints that loses the least to writing them and to work that is done again.

    Assumes failures at random, and that a checkpoint takes little time beside that between failures.

    >>> round(checkpoint_interval(failure_interval="24 h", checkpoint_time="5 min"), 6)
    120.0
    """
    return failure_interval * (2 * checkpoint_time / failure_interval) ** _HALF


@formula(
    result="checkpoint_waste", source="herault2015fault", locator="first-order waste at the best interval: √(2C/μ)",
    title="Time that checkpoints cost",
)  # fmt: skip
def checkpoint_waste(checkpoint_time, failure_interval):
    """Share of a run's time that goes into checkpoints, and into doing again what was lost since the last one.

    Assumes Young's interval between them, with which half of it is for either.

    Holds without the time of a restart, and while it is small. Near one a run hardly moves, and beyond one it is no
    share any more; a checkpoint that takes twice the time between failures is never written.

    >>> round(checkpoint_waste(checkpoint_time="5 min", failure_interval="24 h"), 4)
    0.0833
    """
    return (2 * checkpoint_time / failure_interval) ** _HALF


@formula(
    result="daly_interval", source="daly2006checkpoint", locator="the higher-order rule, and figures 3 to 5",
    title="Best time between checkpoints (Daly)",
)  # fmt: skip
def daly_interval(checkpoint_interval, checkpoint_waste):
    """Time between checkpoints that loses the least, also where writing one takes long.

    Daly writes it as √(2δM) · (1 + √(δ/2M)/3 + δ/18M) - δ. With {eq}`checkpoint-interval` for the root and
    {eq}`checkpoint-waste` for what stands beside it, of which half is δ over that interval, it is a square.

    Assumes failures at random.

    Holds while a checkpoint takes less than twice the time between failures; beyond that, one writes one each time.

    >>> round(daly_interval(checkpoint_interval=120, checkpoint_waste="1/12"), 1)
    116.7
    """
    return checkpoint_interval * (1 - checkpoint_waste / 6) ** 2


@formula(
    result="goodput", source="herault2015fault", locator="first-order waste: C/T + (T/2 + D + R)/μ",
    title="Goodput",
)  # fmt: skip
def goodput(checkpoint_time, checkpoint_interval, restart_time, failure_interval):
    """Share of a run's time that moves it forward: not writing checkpoints, nor waiting, nor doing again what was lost.

    Assumes that a failure comes, on average, half-way between two checkpoints, and that all three losses are small.

    >>> round(goodput(checkpoint_time="2 min", checkpoint_interval=20, restart_time=0, failure_interval="100 min"), 6)
    0.8
    """
    again = checkpoint_interval / 2 + restart_time
    return 1 - checkpoint_time / checkpoint_interval - again / failure_interval


@formula(
    result="training_loss", source="hoffmann2022chinchilla", locator="sec. 3.3, equation 10: L = E + A/N^α + B/D^β",
    title="Loss, from size and data",
)  # fmt: skip
def training_loss(loss_floor, size_factor, active_parameters, size_exponent, data_factor, tokens, data_exponent):
    """Loss that a dense model ends with, from its size and the text that it has read.

    Assumes that no text is read twice, and text of the kind that the constants were fitted to.

    Holds for comparing sizes; losses of models with other tokens or texts can't be set side by side.

    >>> loss = training_loss(
    ...     loss_floor=1.69, size_factor=406.4, active_parameters=280e9, size_exponent=0.34, data_factor=410.7,
    ...     tokens=300e9, data_exponent=0.28)
    >>> round(loss, 3)
    1.993
    """
    size = coefficient(1, "1/parameter") * active_parameters
    data = coefficient(1, "1/token") * tokens
    return loss_floor + size_factor / size**size_exponent + data_factor / data**data_exponent


@formula(
    result="optimal_parameters", source="hoffmann2022chinchilla", locator="sec. 3.3, equation 4: N_opt = G(C/6)^a",
    title="Best size for a number of operations",
)  # fmt: skip
def optimal_parameters(training_flop, size_factor, size_exponent, data_factor, data_exponent):
    """Parameters of the dense model that ends with the least loss for a given number of operations.

    Assumes 6ND operations, text without end, and that only training costs: a model that will answer much is better
    smaller, and trained for longer.

    Holds with the constants of one fit: those first printed and those corrected differ by a factor of two or three at
    large sizes.

    >>> n = optimal_parameters(
    ...     training_flop=5.76e23, size_factor=482.01, size_exponent=0.3478, data_factor=2085.43, data_exponent=0.3658)
    >>> round(n / 1e9)
    72
    """
    both = size_exponent + data_exponent
    budget = training_flop / coefficient(6, "FLOP")
    balance = size_exponent * size_factor / (data_exponent * data_factor)
    return coefficient(1, "parameter") * balance ** (1 / both) * budget ** (data_exponent / both)


@formula(
    result="optimal_tokens", source="hoffmann2022chinchilla", locator="sec. 3.3, equation 4: D_opt = C/(6·N_opt)",
    title="Best number of tokens",
)  # fmt: skip
def optimal_tokens(training_flop, optimal_parameters):
    """Tokens that the best model for a given number of operations reads.

    Assumes 6ND operations.

    >>> round(optimal_tokens(training_flop=5.76e23, optimal_parameters=70e9) / 1e12, 2)
    1.37
    """
    return training_flop / (coefficient(6, "FLOP/(parameter*token)") * optimal_parameters)
