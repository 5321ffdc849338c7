"""The energy of one prompt, from its tokens and from a server's throughput."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = ["gpu_share_power", "prompt_energy", "prompt_flop", "prompt_gpu_time", "token_energy"]


@formula(
    result="prompt_flop", source="kaplan2020scaling", locator="sec. 2.1, forward pass: 2N for each token",
    title="FLOP of a prompt",
)  # fmt: skip
def prompt_flop(active_parameters, response_tokens):
    """Operations of writing one answer: one multiplication and one addition for each parameter and token.

    Assumes that reading the prompt costs little beside writing the answer, and that attention costs little beside
    the parameters.

    Holds for short prompts. Long documents are read before the first word is written, and cost more to read than to
    answer.

    >>> prompt_flop(active_parameters="100e9 parameter", response_tokens=500)
    100000000000000.0
    """
    return coefficient(2, "FLOP/(parameter*token)") * active_parameters * response_tokens


@formula(
    result="prompt_gpu_time", source="epoch2025chatgpt", locator="spreadsheet, GPU time to process a query",
    title="GPU time of a prompt",
)  # fmt: skip
def prompt_gpu_time(prompt_flop, peak_flops, serving_utilisation):
    """How long one GPU would be busy with one prompt.

    Assumes the dense peak, and one mean utilisation for all of an answer.

    Holds for the work, not for the wait: several GPUs share a prompt, and each has many prompts in hand at once.

    >>> round(prompt_gpu_time(prompt_flop=1e14, peak_flops=989, serving_utilisation=0.1), 3)
    1.011
    """
    return prompt_flop / (peak_flops * serving_utilisation)


@formula(
    result="gpu_share_power", source="epoch2025chatgpt", locator="spreadsheet, power per GPU and its adjustment",
    title="Power of one GPU's share",
)  # fmt: skip
def gpu_share_power(server_power, server_load, gpus_per_server):
    """What a server draws at the load it runs at, shared out among its GPUs.

    Assumes that processors, memory, network and fans belong to the GPUs in equal parts.

    Holds at the servers. Cooling of the building is not in it.

    >>> round(gpu_share_power(server_power=10.2, server_load=0.7, gpus_per_server=8), 9)
    892.5
    """
    return server_power * server_load / gpus_per_server


@formula(result="energy_per_prompt", source="epoch2025chatgpt", locator="spreadsheet, energy per query")
def prompt_energy(prompt_gpu_time, gpu_share_power):
    """IT energy of one prompt: the time that it keeps a GPU busy, times the power of that GPU's share of a server.

    Assumes that GPUs which wait for prompts are not counted.

    Holds at the servers, as PUE is not in it.

    >>> round(prompt_energy(prompt_gpu_time=1.0111223, gpu_share_power=892.5), 5)
    0.25067
    """
    return prompt_gpu_time * gpu_share_power


@formula(
    result="token_energy", source="chung2025mlenergy", locator="energy of a token: power over throughput",
    title="Energy of a token",
)  # fmt: skip
def token_energy(server_power, token_throughput):
    """IT energy of one token, from what a server draws and how many tokens it handles in a second.

    Assumes that power and throughput belong to the same moment.

    Holds for reading and for writing, each with its own throughput. With a server's rating for its power it is an
    upper bound.

    >>> round(token_energy(server_power="10.2 kW/server", token_throughput=14_800), 3)
    0.689
    """
    return server_power / token_throughput
