"""What one answer takes by its tokens: those read, those at hand, those thought and those shown."""

from sympy import Min

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "cache_energy",
    "cached_token_energy",
    "first_token_time",
    "input_token_energy",
    "prompt_token_time",
    "site_overhead",
    "speculated_token_energy",
    "token_cache",
    "whole_answer_energy",
    "written_token_energy",
]

_ONE = "prompt/token"  # an answer grows by a token in each step
_PREFILL = "Serving LLaMA 3-70B, What about prefill?"


@formula(
    result="prompt_token_time", source="austin2025scaling", locator=_PREFILL, title="Time to read a prompt token",
)  # fmt: skip
def prompt_token_time(software_time, answer_write_time, answer_expert_time):
    """Time of a step that one more token of a prompt takes: that of one more token written, if no past is read for it.

    Assumes that the weights are at hand, and that attention costs little beside; in long prompts it costs more.

    >>> prompt_token_time(software_time=1.5, answer_write_time=0.0625, answer_expert_time=0.0625)
    0.1875
    """
    return coefficient(1, _ONE) * software_time * (answer_write_time + answer_expert_time)


@formula(
    result="first_token_time", source="austin2025scaling", locator=_PREFILL, title="Time to the first token",
)  # fmt: skip
def first_token_time(cached_share, prompt_tokens, prompt_token_time, decode_step_time):
    """Wait for the first token: what is not at hand of the prompt is read, and a step follows that writes.

    Assumes that the prompt is read as soon as it comes, all at once; where others wait before it, their time is added.

    >>> round(first_token_time(cached_share=0.3, prompt_tokens=634, prompt_token_time=0.0703, decode_step_time=34), 4)
    0.0652
    """
    read = coefficient(1, "prompt") * (1 - cached_share) * prompt_tokens * prompt_token_time
    return read + decode_step_time


@formula(
    result="input_token_energy", source="chung2025mlenergy", locator="measured power of GPUs while they serve",
    title="Energy of an input token",
)  # fmt: skip
def input_token_energy(
    instance_gpus, gpu_tdp, floor_power_share, prompt_token_time, operation_energy_share, arithmetic_reached,
    answer_write_time, expert_power_share, answer_expert_time,
):  # fmt: skip
    """Energy of the GPUs to read one more token of a prompt: awake for its time, its operations, its experts.

    Each part is a share of the GPUs' rating, for as long as that part takes. At the rated peak an operation takes its
    share of the rating, so at a lower rate it takes as much less of it.

    Assumes that it is read beside the writing of others, and that no GPU is at the cap of its power.

    >>> round(input_token_energy(
    ...     instance_gpus=4, gpu_tdp=700, floor_power_share=0.3, prompt_token_time=0.0703, operation_energy_share=1,
    ...     arithmetic_reached=0.5, answer_write_time=0.0703, expert_power_share=0.3, answer_expert_time=0,
    ... ), 4)
    0.1575
    """
    awake = floor_power_share * prompt_token_time
    all_parts = operation_energy_share * arithmetic_reached * answer_write_time
    inside = expert_power_share * answer_expert_time
    return instance_gpus * gpu_tdp * (awake + coefficient(1, _ONE) * (all_parts + inside))


@formula(
    result="token_cache", source="austin2025scaling", locator="All About Transformer Inference, What about memory?",
    title="Past read for a token",
)  # fmt: skip
def token_cache(cache_numbers, number_size, kv_layers, window_layers):
    """What a step reads of one token of the past: its keys and values, in every layer that looks back on all.

    Assumes that the token lies outside of windows.

    >>> token_cache(cache_numbers=2048, number_size=2, kv_layers=80, window_layers=0)
    327.68
    """
    return cache_numbers * number_size * (kv_layers - window_layers)


@formula(
    result="cache_energy", source="chung2025mlenergy", locator="measured power of GPUs while they serve",
    title="Energy to read the past",
)  # fmt: skip
def cache_energy(byte_energy, software_time, floor_power_share, gpu_tdp, bandwidth_reached, memory_bandwidth):
    """Energy of a GPU to read a gigabyte of the past: that of reading, and that of being awake meanwhile.

    Assumes that no GPU is at the cap of its power.

    >>> round(cache_energy(
    ...     byte_energy=0.1, software_time=1, floor_power_share=0.3, gpu_tdp=700, bandwidth_reached=0.8,
    ...     memory_bandwidth=3.35,
    ... ), 4)
    0.1784
    """
    awake = software_time * floor_power_share * gpu_tdp
    return byte_energy + awake / (bandwidth_reached * memory_bandwidth)


@formula(
    result="cached_token_energy", source="chung2025mlenergy", locator="measured power of GPUs while they serve",
    title="Energy of a cached token",
)  # fmt: skip
def cached_token_energy(response_tokens, instance_gpus, token_cache, cache_energy, kv_heads, attention_copies):
    """Energy of the GPUs to look back on one token of a prompt, once for each token of the answer.

    Every token of a prompt takes it, whether it was read for this answer or is at hand from before.

    Assumes that GPUs share the heads that have keys and values of their own; more GPUs than heads read copies.

    >>> round(cached_token_energy(
    ...     response_tokens=359, instance_gpus=4, token_cache=327.68, cache_energy=0.1784, kv_heads=8,
    ...     attention_copies=1,
    ... ), 4)
    0.021
    """
    copies = instance_gpus / Min(instance_gpus, coefficient(1, "GPU") * kv_heads * attention_copies)
    return coefficient(1, _ONE) * response_tokens * token_cache * cache_energy * copies


@formula(
    result="written_token_energy", source="chung2025mlenergy", locator="energy of a token: power over throughput",
    title="Energy of a written token",
)  # fmt: skip
def written_token_energy(
    gpu_token_energy, input_token_energy, cached_token_energy, cached_share, prompt_tokens, response_tokens
):
    """Energy of the GPUs for one token that is written, when its share of the prompt is taken off.

    Assumes that prompts and answers are those of the service as a whole.

    >>> round(written_token_energy(
    ...     gpu_token_energy=0.61, input_token_energy=0.16, cached_token_energy=0.02, cached_share=0.3,
    ...     prompt_tokens=634, response_tokens=359,
    ... ), 3)
    0.377
    """
    prompt = (1 - cached_share) * input_token_energy + cached_token_energy
    return gpu_token_energy - prompt * prompt_tokens / response_tokens


@formula(
    result="site_overhead", source="elsworth2025google", locator="from busy chips to the whole site",
    title="Site over GPUs",
)  # fmt: skip
def site_overhead(site_token_energy, gpu_token_energy):
    """How many times the energy of the GPUs the whole site takes: servers, supplies, waiting and the building.

    Assumes the same for tokens that are read and that are written.

    >>> round(site_overhead(site_token_energy=0.36, gpu_token_energy=0.6), 2)
    2.16
    """
    return site_token_energy / gpu_token_energy


@formula(
    result="whole_answer_energy", source="elsworth2025google", locator="energy of a prompt, with all that serves it",
    title="Energy of a whole answer",
)  # fmt: skip
def whole_answer_energy(
    fresh_tokens, input_token_energy, cached_tokens, cached_token_energy, reasoning_tokens, shown_tokens,
    written_token_energy, site_overhead,
):  # fmt: skip
    """Energy at the site of one answer, from its tokens: those read, those at hand, those thought, those shown.

    Assumes that the answer is served among many like the mean of the service.

    >>> round(whole_answer_energy(
    ...     fresh_tokens=450, input_token_energy=0.16, cached_tokens=200, cached_token_energy=0.02, reasoning_tokens=0,
    ...     shown_tokens=400, written_token_energy=0.4, site_overhead=2.16,
    ... ), 3)
    0.147
    """
    prompt = fresh_tokens * (input_token_energy + cached_token_energy) + cached_tokens * cached_token_energy
    return site_overhead * (prompt + (reasoning_tokens + shown_tokens) * written_token_energy)


@formula(
    result="speculated_token_energy", source="leviathan2023speculative", locator="sec. 3.3: walltime improvement",
    title="Energy of a token with drafting",
)  # fmt: skip
def speculated_token_energy(gpu_token_energy, speculation_gain):
    """Energy of the GPUs for a token where a small model drafts and the large one checks.

    Assumes that power stays as it is. Where the GPUs compute all the time, drafts that fail raise it.

    >>> round(speculated_token_energy(gpu_token_energy=0.6, speculation_gain=1.5), 9)
    0.4
    """
    return gpu_token_energy / speculation_gain
