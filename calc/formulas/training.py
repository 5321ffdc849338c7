"""Energy of one training run, at the servers."""

from calc.api import formula

__all__ = ["metered_training_energy", "training_energy", "training_time"]


@formula(result="training_energy", source="mohit2026", locator="GPT-4 training energy demand")
def training_energy(server_power, servers, training_time):
    """IT energy drawn by the servers of one training run.

    Assumes every server draws `server_power` for the whole of `training_time`; cooling is not in it.

    Holds as an upper bound when `server_power` is a rating; put a measured mean in for an estimate.

    >>> training_energy(servers=3125, server_power="6.5 kW/server", training_time="90 day")
    43.875
    """
    return server_power * servers * training_time


@formula(result="metered_training_energy", source="newkirk2025power", locator="Abstract: 76 % of the rated 10.2 kW")
def metered_training_energy(server_load, training_energy):
    """IT energy of the run as a meter would show it: the energy at the rating, times the share that is drawn.

    Assumes one mean share for all servers and the whole of the run.

    Holds where `training_energy` was computed from a rating; from a measured power it is the meter's already.

    >>> round(metered_training_energy(server_load="76 %", training_energy=43.875), 3)
    33.345
    """
    return server_load * training_energy


@formula(
    result="training_time", source="narayanan2021megatron", locator="sec. 5.1, equation 4: end-to-end training time"
)
def training_time(training_flop, gpus, peak_flops, flop_utilisation):
    """Time that a run takes: its operations over the rate at which its GPUs do them.

    Assumes one utilisation for the whole of the run, stops and restarts included.

    Holds with the dense peak of the number format that the run uses; with it and a time it is the utilisation that
    follows.

    >>> round(training_time(training_flop=2.184e25, gpus=25_000, peak_flops=312, flop_utilisation=0.36), 2)
    90.02
    """
    return training_flop / (gpus * peak_flops * flop_utilisation)
