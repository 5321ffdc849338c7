"""One prompt's energy as others have estimated or measured it."""

from calc.api import formula

__all__ = ["fleet_energy_per_prompt", "stack_energy_per_prompt"]


@formula(
    result="fleet_energy_per_prompt", source="devries2023growing", locator="inference phase: servers, power, requests",
    title="Energy per prompt of a fleet",
)  # fmt: skip
def fleet_energy_per_prompt(server_power, serving_servers, prompts_per_day):
    """What a fleet of servers uses, shared out among the prompts that it answers.

    Assumes that all servers draw `server_power` day and night, whether prompts come or not.

    Holds at the servers. With a server's rating for its power it is an upper bound.

    >>> fleet_energy_per_prompt(server_power=6.5, serving_servers=3617, prompts_per_day="195e6 prompt/day")
    2.8936
    """
    return server_power * serving_servers / prompts_per_day


@formula(
    result="stack_energy_per_prompt", source="elsworth2025google", locator="full stack: chips, hosts, idle, overhead",
    title="Energy per prompt, part by part",
)  # fmt: skip
def stack_energy_per_prompt(pue, chip_energy, host_energy, idle_energy):
    """The measured parts of one prompt's energy, with the building's overhead on all of them.

    Assumes one PUE for accelerators, hosts and idle machines.

    Holds for the prompt that was measured; Google's is the median of its text prompts, and a mean is higher.

    >>> round(stack_energy_per_prompt(pue=1.09, chip_energy=0.14, host_energy=0.06, idle_energy=0.02), 2)
    0.24
    """
    return pue * (chip_energy + host_energy + idle_energy)
