"""Energy of one training run, at the servers."""

from typing import Any

from calc.formula import formula


@formula(result="training_energy", source="mohit2026", locator="GPT-4 training energy demand")
def training_energy(server_power: Any, servers: Any, training_time: Any) -> Any:
    """IT energy drawn by the servers of one training run.

    Assumes every server draws `server_power` for the whole of `training_time`; cooling is not in it.

    Holds as an upper bound when `server_power` is a rating; put a measured mean in for an estimate.

    >>> training_energy(servers=3125, server_power="6.5 kW/server", training_time="90 day")
    43.875
    """
    return server_power * servers * training_time
