"""Power of chips and of servers: rated, and measured."""

from calc.api import formula

__all__ = ["cluster_power", "gpu_power", "server_load"]


@formula(
    result="gpu_power",
    source="mohit2026",
    locator="What does it take to train one giant LLM",
    title="GPU power",
)
def gpu_power(gpus, gpu_tdp):
    """Rated power of all GPUs, and of nothing else: no processors, memory, network, fans or losses.

    Assumes every GPU draws its rating.

    >>> gpu_power(gpus=25_000, gpu_tdp=400)
    10.0
    """
    return gpus * gpu_tdp


@formula(result="it_power", source="ludvigsen2023gpt4", locator="energy of the servers")
def cluster_power(servers, server_power):
    """Power of the IT equipment: all servers, each at the same power.

    Assumes all draw it at once: with the rating on their plates, that is the most they can. Switches and storage
    outside the servers are in it only as far as the power of a server has them.

    >>> cluster_power(servers=3125, server_power=6.5)
    20.3125
    """
    return servers * server_power


@formula(result="server_load", source="latif2025power", locator="Abstract: maximum observed and rated power")
def server_load(measured_server_power, server_power):
    """What a server's meter shows over what its plate says.

    Assumes both for the same kind of server.

    Holds for the workload measured; training draws more than serving, and both more than idling.

    >>> round(server_load(measured_server_power=8.4, server_power=10.2), 3)
    0.824
    """
    return measured_server_power / server_power
