"""One step of serving, in which every answer in work grows by a token: how long it takes."""

from sympy import Max

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "cache_time",
    "decode_step_time",
    "expert_time",
    "expert_wait",
    "host_overhead",
    "read_time",
    "serving_peak",
    "serving_rate",
    "write_time",
]


@formula(
    result="serving_peak", source="nvidia2022h100", locator="peaks of the tensor cores, without sparsity",
    title="Peak at the precision served",
)  # fmt: skip
def serving_peak(peak_flops, fp8_arithmetic, fp8_gain):
    """Peak rate of a GPU for the products that it computes: that of bf16, or more where they are computed in FP8.

    Assumes that all products are computed in the one or the other.

    >>> serving_peak(peak_flops=989, fp8_arithmetic=1, fp8_gain=2)
    1978.0
    """
    return peak_flops * (1 + fp8_arithmetic * (fp8_gain - 1))


@formula(
    result="write_time", source="austin2025scaling", locator="All About Transformer Inference, step time (general)",
    title="Time for the weights",
)  # fmt: skip
def write_time(weights_read, bandwidth_reached, memory_bandwidth, write_flop, arithmetic_reached, serving_peak):
    """Time of a step for the weights: to read them, or to compute with them for all answers, whichever is longer.

    Assumes that reading and computing go on at once.

    >>> round(write_time(
    ...     weights_read=34.75, bandwidth_reached=0.8, memory_bandwidth=3.35, write_flop=4.448, arithmetic_reached=0.5,
    ...     serving_peak=989,
    ... ), 2)
    12.97
    """
    return Max(weights_read / (bandwidth_reached * memory_bandwidth), write_flop / (arithmetic_reached * serving_peak))


@formula(
    result="read_time", source="austin2025scaling", locator="All About Transformer Inference, prefill",
    title="Time for prompts",
)  # fmt: skip
def read_time(read_flop, arithmetic_reached, serving_peak):
    """Time of a step for the prompts that are read on the way.

    Assumes that the weights are at hand, as writing has read them.

    >>> round(read_time(read_flop=5.49, arithmetic_reached=0.5, serving_peak=989), 2)
    11.1
    """
    return read_flop / (arithmetic_reached * serving_peak)


@formula(
    result="cache_time", source="austin2025scaling", locator="All About Transformer Inference, step time (general)",
    title="Time for the past",
)  # fmt: skip
def cache_time(cache_read, bandwidth_reached, memory_bandwidth):
    """Time of a step to read the past of all answers.

    Assumes that attention waits for memory and never for arithmetic.

    >>> round(cache_time(cache_read=10.4, bandwidth_reached=0.8, memory_bandwidth=3.35), 2)
    3.88
    """
    return cache_read / (bandwidth_reached * memory_bandwidth)


@formula(
    result="expert_time", source="chung2025mlenergy", locator="measured steps of models with experts",
    title="Time in experts",
)  # fmt: skip
def expert_time(expert_flop, expert_arithmetic_reached, peak_flops):
    """Time of a step for computing in experts, to each of which few tokens come.

    Assumes one share of the peak, whatever the number of tokens. It belongs to the software of its day.

    >>> round(expert_time(expert_flop=1, expert_arithmetic_reached=0.05, peak_flops=2250), 2)
    8.89
    """
    return expert_flop / (expert_arithmetic_reached * peak_flops)


@formula(
    result="expert_wait", source="zhao2025insights", locator="sec. 2.3.2: time of a layer, times layers",
    title="Wait for experts",
)  # fmt: skip
def expert_wait(expert_layers, expert_layer_wait, fp8_arithmetic, fp8_layer_wait):
    """Time of a step in which tokens are sorted and sent to their experts, layer by layer.

    Assumes one wait for each layer, whatever the number of tokens, and a further one in FP8.

    >>> expert_wait(expert_layers=58, expert_layer_wait=100, fp8_arithmetic=1, fp8_layer_wait=150)
    14.5
    """
    return expert_layers * (expert_layer_wait + fp8_arithmetic * fp8_layer_wait)


@formula(
    result="host_overhead", source="vllm2024overhead", title="Time for the host",
    locator="Performance Diagnosis: what the host does between two steps",
)  # fmt: skip
def host_overhead(host_step_overhead, batch, host_answer_overhead):
    """Time of a step in which the GPUs wait for the host: it schedules the step, and takes in each answer's token.

    Assumes one time for a step and one for each answer. It belongs to the software of its day.

    >>> host_overhead(host_step_overhead=2.5, batch=100, host_answer_overhead=40)
    6.5
    """
    return host_step_overhead + batch * host_answer_overhead


@formula(
    result="decode_step_time", source="austin2025scaling",
    locator="All About Transformer Inference, step time (general)", title="Time of a step",
)  # fmt: skip
def decode_step_time(software_time, write_time, read_time, cache_time, expert_time, expert_wait, host_overhead):
    """Time of a step, after which every answer in work is a token longer: what a reader waits from word to word.

    Assumes that its parts follow one another, and that other software is as much quicker or slower in each.

    >>> round(decode_step_time(
    ...     software_time=1, write_time=13, read_time=11, cache_time=4, expert_time=0, expert_wait=0, host_overhead=7
    ... ), 9)
    35.0
    """
    return software_time * (write_time + read_time + cache_time + expert_time + expert_wait + host_overhead)


@formula(
    result="serving_rate", source="austin2025scaling",
    locator="All About Transformer Inference, theoretical throughput", title="Tokens a second",
)  # fmt: skip
def serving_rate(batch, decode_step_time):
    """Tokens that one copy of the model writes in a second, for all of its readers.

    Assumes that every answer in work grows by one token in a step, and that there is always another to begin.

    >>> serving_rate(batch=128, decode_step_time="32 ms")
    4000.0
    """
    return coefficient(1, "token/prompt") * batch / decode_step_time
