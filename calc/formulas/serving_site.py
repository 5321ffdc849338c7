"""What serving draws: the GPUs of one copy of a model, the memory they need, and the whole site for each token."""

from sympy import Min

from calc.api import formula

__all__ = [
    "answer_energy",
    "busy_power",
    "gpu_token_energy",
    "idle_power",
    "instance_memory",
    "instance_power",
    "memory_batch",
    "served_token_energy",
    "site_token_energy",
    "step_energy",
]


@formula(
    result="step_energy", source="chung2025mlenergy", locator="measured power of GPUs while they serve",
    title="Energy of a step",
)  # fmt: skip
def step_energy(
    byte_energy, weights_read, cache_read, operation_energy_share, gpu_tdp, serving_peak, write_flop, read_flop,
    expert_power_share, expert_time,
):  # fmt: skip
    """Energy of a GPU's step above that of being awake: of the bytes read, of the operations, of computing in experts.

    Assumes that a byte and an operation take the same energy in every step.

    >>> round(step_energy(
    ...     byte_energy=0.1, weights_read=35, cache_read=10, operation_energy_share=1, gpu_tdp=700, serving_peak=989,
    ...     write_flop=4.4, read_flop=5.5, expert_power_share=0.3, expert_time=0,
    ... ), 2)
    11.51
    """
    return (
        byte_energy * (weights_read + cache_read)
        + operation_energy_share * gpu_tdp / serving_peak * (write_flop + read_flop)
        + expert_power_share * gpu_tdp * expert_time
    )


@formula(
    result="instance_power", source="chung2025mlenergy", locator="measured power of GPUs while they serve",
    title="Power of the GPUs",
)  # fmt: skip
def instance_power(instance_gpus, floor_power_share, gpu_tdp, step_energy, decode_step_time, power_cap_share):
    """Power of the GPUs that serve one copy of a model: that of being awake, and the energy of a step over its time.

    Assumes that a GPU slows down before it draws more than its cap.

    >>> round(instance_power(
    ...     instance_gpus=4, floor_power_share=0.3, gpu_tdp=700, step_energy=11.5, decode_step_time=28,
    ...     power_cap_share=0.985,
    ... ))
    2483
    """
    drawn = floor_power_share * gpu_tdp + step_energy / decode_step_time
    return instance_gpus * Min(drawn, power_cap_share * gpu_tdp)


@formula(
    result="gpu_token_energy", source="chung2025mlenergy", locator="energy of a token: power over throughput",
    title="GPU energy of a token",
)  # fmt: skip
def gpu_token_energy(instance_power, serving_rate):
    """Energy of the GPUs for each token that is written, with what reading its prompt takes.

    Assumes that the machine is busy; GPUs that wait are counted at the site.

    >>> round(gpu_token_energy(instance_power=2184, serving_rate=3876), 3)
    0.563
    """
    return instance_power / serving_rate


@formula(
    result="instance_memory", source="austin2025scaling", locator="All About Transformer Inference, What about memory?",
    title="Memory of one copy",
)  # fmt: skip
def instance_memory(
    weight_bytes, total_parameters, expert_parameters, expert_bytes, batch, cache_numbers, number_size, kv_layers,
    mean_context,
):  # fmt: skip
    """Memory that one copy of a model takes: its weights, and the past of every answer in work.

    Assumes that every layer keeps all tokens; where layers have a window it is an upper bound.

    >>> round(instance_memory(
    ...     weight_bytes=2, total_parameters="70.55e9 parameter", expert_parameters=0, expert_bytes=2, batch=128,
    ...     cache_numbers=2048, number_size=2, kv_layers=80, mean_context=993,
    ... ), 1)
    182.7
    """
    weights = weight_bytes * (total_parameters - expert_parameters) + expert_bytes * expert_parameters
    return weights + batch * (cache_numbers * number_size * kv_layers * mean_context)


@formula(
    result="memory_batch", source="austin2025scaling", locator="Serving LLaMA 3-70B, KV caches at 8k",
    title="Largest batch that fits",
)  # fmt: skip
def memory_batch(
    usable_share, instance_gpus, gpu_memory, weight_bytes, total_parameters, expert_parameters, expert_bytes,
    cache_numbers, number_size, kv_layers, mean_context,
):  # fmt: skip
    """Answers whose past fits into the memory that the weights leave.

    Assumes what the memory of one copy does.

    >>> round(memory_batch(
    ...     usable_share=0.9, instance_gpus=4, gpu_memory=80, weight_bytes=2, total_parameters="70.55e9 parameter",
    ...     expert_parameters=0, expert_bytes=2, cache_numbers=2048, number_size=2, kv_layers=80, mean_context=993,
    ... ))
    451
    """
    weights = weight_bytes * (total_parameters - expert_parameters) + expert_bytes * expert_parameters
    left = usable_share * instance_gpus * gpu_memory - weights
    return left / (cache_numbers * number_size * kv_layers * mean_context)


@formula(
    result="busy_power", source="semianalysis2024clusters", locator="power of a server beside its GPUs",
    title="Power of one copy at work",
)  # fmt: skip
def busy_power(instance_power, instance_gpus, host_power, supply_efficiency):
    """IT power of one copy at work: its GPUs, their share of the rest of the servers, and what the supplies lose.

    Assumes that processors, memory, network and fans draw the same whatever the GPUs do.

    >>> busy_power(instance_power=2184, instance_gpus=4, host_power=204, supply_efficiency=1)
    3000.0
    """
    return (instance_power + instance_gpus * host_power) / supply_efficiency


@formula(
    result="idle_power", source="semianalysis2024clusters", locator="power of a server beside its GPUs",
    title="Power of one copy that waits",
)  # fmt: skip
def idle_power(instance_gpus, idle_power_share, gpu_tdp, host_power, supply_efficiency):
    """IT power of one copy that is loaded and has no prompts.

    Assumes that the rest of the servers draws what it does at work.

    >>> idle_power(instance_gpus=4, idle_power_share=0.2, gpu_tdp=700, host_power=200, supply_efficiency=1)
    1360.0
    """
    return instance_gpus * (idle_power_share * gpu_tdp + host_power) / supply_efficiency


@formula(
    result="served_token_energy", source="elsworth2025google", locator="idle machines are counted",
    title="IT energy of a token",
)  # fmt: skip
def served_token_energy(busy_power, busy_share, idle_power, serving_rate):
    """IT energy of a token, with the machines that are kept ready.

    Assumes that all machines are busy in turn for the same share of the time.

    >>> served_token_energy(busy_power=3000, busy_share=0.5, idle_power=1000, serving_rate=4000)
    1.0
    """
    return (busy_power + (1 - busy_share) / busy_share * idle_power) / serving_rate


@formula(
    result="site_token_energy", source="elsworth2025google", locator="overhead of the data centre, as PUE",
    title="Site energy of a thousand tokens",
)  # fmt: skip
def site_token_energy(pue, served_token_energy):
    """Energy at the site's meter for a thousand tokens.

    Assumes that cooling and losses grow with the IT.

    >>> round(site_token_energy(pue=1.2, served_token_energy="0.9 J/token"), 6)
    0.3
    """
    return pue * served_token_energy


@formula(
    result="answer_energy", source="epoch2025chatgpt", locator="energy of a query, from its tokens",
    title="Energy of an answer",
)  # fmt: skip
def answer_energy(site_token_energy, response_tokens):
    """Energy at the site of a whole answer, with reading its prompt.

    Assumes that all tokens written count: those that are shown, and those that a model thinks before.

    >>> answer_energy(site_token_energy=0.6, response_tokens=500)
    0.3
    """
    return site_token_energy * response_tokens
