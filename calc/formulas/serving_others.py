"""Other people's ways to foretell the energy of an answer, from their publications."""

from sympy import Max, Min, exp

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "ecologits_answer_energy",
    "ecologits_gpu_energy",
    "ecologits_step_time",
    "implied_utilisation",
    "roofline_answer_energy",
]

_METHOD = "methodology of LLM inference, as of March 2026"


@formula(
    result="ecologits_gpu_energy", source="ecologits2025", locator=f"{_METHOD}: energy of a GPU",
    title="EcoLogits, a GPU",
)  # fmt: skip
def ecologits_gpu_energy(ecologits_slope, ecologits_batch_rate, batch, active_parameters, ecologits_floor):
    """Energy of one GPU for a token, by EcoLogits' regression over the active parameters and the batch.

    Assumes H100 and the software of the benchmark that it was fitted to.

    >>> round(ecologits_gpu_energy(
    ...     ecologits_slope=1.1665e-15, ecologits_batch_rate=0.011206, batch=64, active_parameters="100e9 parameter",
    ...     ecologits_floor=4.0529e-5,
    ... ), 8)
    9.747e-05
    """
    return ecologits_slope * active_parameters / exp(ecologits_batch_rate * batch) + ecologits_floor


@formula(
    result="ecologits_step_time", source="ecologits2025", locator=f"{_METHOD}: latency",
    title="EcoLogits, a token's time",
)  # fmt: skip
def ecologits_step_time(
    request_latency, response_tokens, ecologits_time_slope, active_parameters, ecologits_batch_time, batch,
    ecologits_time_floor,
):  # fmt: skip
    """Time of a token: by EcoLogits' regression, or what the request was seen to take, where that is less.

    Assumes one time for all tokens.

    >>> round(ecologits_step_time(
    ...     request_latency=30, response_tokens=500, ecologits_time_slope=6.7851e-10,
    ...     active_parameters="100e9 parameter", ecologits_batch_time=0.31193, batch=64, ecologits_time_floor=19.474,
    ... ), 2)
    60.0
    """
    seen = request_latency * coefficient(1, "token/prompt") / response_tokens
    return Min(seen, ecologits_time_slope * active_parameters + ecologits_batch_time * batch + ecologits_time_floor)


@formula(
    result="ecologits_answer_energy", source="ecologits2025", locator=f"{_METHOD}: energy of a request",
    title="EcoLogits, an answer",
)  # fmt: skip
def ecologits_answer_energy(
    pue, response_tokens, instance_gpus, ecologits_gpu_energy, ecologits_step_time, ecologits_host_power, batch
):
    """Energy at the site of one answer, by EcoLogits: every GPU that holds the model, and the servers' share.

    Assumes that the servers' other power is shared by all answers in work.

    >>> round(ecologits_answer_energy(
    ...     pue=1.2, response_tokens=500, instance_gpus=16, ecologits_gpu_energy=9.7472e-5, ecologits_step_time=60,
    ...     ecologits_host_power=150, batch=64,
    ... ), 2)
    1.31
    """
    steps = coefficient(1, "prompt/token") * response_tokens
    host = steps * ecologits_step_time * ecologits_host_power * instance_gpus / batch
    return pue * (host + instance_gpus * response_tokens * ecologits_gpu_energy)


@formula(
    result="implied_utilisation", source="ecologits2025", locator=f"{_METHOD}: latency and GPUs, over the peak",
    title="EcoLogits, share of the peak",
)  # fmt: skip
def implied_utilisation(active_parameters, batch, ecologits_step_time, instance_gpus, peak_flops):
    """Share of the peak that all GPUs of a copy would reach, if a step took so long.

    Assumes two operations for each parameter and token, and that a prompt costs nothing to read.

    >>> round(implied_utilisation(
    ...     active_parameters="100e9 parameter", batch=64, ecologits_step_time=60, instance_gpus=16, peak_flops=989
    ... ), 4)
    0.0135
    """
    work = coefficient(2, "FLOP/(parameter*prompt)") * active_parameters * batch
    return work / (ecologits_step_time * instance_gpus * peak_flops)


@formula(
    result="roofline_answer_energy", source="austin2025scaling",
    locator="All About Transformer Inference, step time (general)", title="A roofline at the rating",
)  # fmt: skip
def roofline_answer_energy(
    response_tokens, weights_read, cache_read, roofline_bandwidth_share, memory_bandwidth, write_flop,
    roofline_arithmetic_share, peak_flops, instance_gpus, gpu_tdp, batch,
):  # fmt: skip
    """Energy of the GPUs for one answer if each step took the longer of reading and computing, and they their rating.

    Assumes shares of the data sheet that are reached whatever the model.

    >>> round(roofline_answer_energy(
    ...     response_tokens=359, weights_read=35, cache_read=10, roofline_bandwidth_share=0.9, memory_bandwidth=3.35,
    ...     write_flop=4.4, roofline_arithmetic_share=0.7, peak_flops=989, instance_gpus=4, gpu_tdp=700, batch=128,
    ... ), 4)
    0.0326
    """
    read = (weights_read + cache_read) / (roofline_bandwidth_share * memory_bandwidth)
    step = Max(read, write_flop / (roofline_arithmetic_share * peak_flops))
    steps = coefficient(1, "prompt/token") * response_tokens
    return steps * step * instance_gpus * gpu_tdp / batch
