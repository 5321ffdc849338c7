"""What a campus holds and draws, and the plant beside it."""

from calc.api import formula
from calc.symbolic.trace import floor

__all__ = ["build_rate", "campus_energy", "campus_gpus", "campus_it_power", "campus_servers", "turbine_power"]


@formula(
    result="campus_it_power", source="greengrid2012pue", locator="definition of PUE, solved for the IT power",
    title="Campus IT power",
)  # fmt: skip
def campus_it_power(campus_power, pue):
    """What a campus has for its IT equipment, of the power that it may draw.

    Assumes the PUE at full load; a connection that is sized for the hottest day leaves more on the others.

    >>> round(campus_it_power(campus_power="50 MW", pue=1.2))
    41667
    """
    return campus_power / pue


@formula(result="campus_servers", source="nvidia2024dgxb200", locator="scalable unit: 32 systems of 14.3 kW in 458 kW")
def campus_servers(campus_it_power, server_power):
    """Servers that the IT power of a campus can feed, rounded down.

    Assumes that all IT power goes to servers at their rating; switches and storage take a share too.

    Holds for a rack in the place of a server, with the power of the rack.

    >>> campus_servers(campus_it_power="458 kW", server_power="14.3 kW/server")
    32
    """
    return floor(campus_it_power / server_power)


@formula(
    result="campus_gpus", source="nvidia2024dgxb200", locator="scalable unit: 32 systems of 8 GPUs", title="Campus GPUs"
)
def campus_gpus(campus_servers, gpus_per_server):
    """GPUs in the servers of a campus.

    Assumes servers of one kind.

    >>> campus_gpus(campus_servers=32, gpus_per_server=8)
    256
    """
    return campus_servers * gpus_per_server


@formula(
    result="campus_energy", source="eia2018nuclear", locator="what a plant at a given capacity generates in a year"
)
def campus_energy(campus_power, load_factor, operating_time):
    """Energy that a campus draws: power, times the share of it that is drawn on average, times time.

    Assumes one load factor for all of the time.

    Holds for a power plant too, with its capacity and its capacity factor.

    >>> round(campus_energy(campus_power=1, load_factor=0.76, operating_time=1), 4)
    6.6576
    """
    return campus_power * load_factor * operating_time


@formula(result="build_rate", source="shilov2024colossus", locator="100,000 GPUs and at least 150 MW, in 122 days")
def build_rate(campus_power, build_time):
    """Power that a builder adds in a day.

    Assumes a steady pace; sites come in steps, one building at a time.

    Holds for power plants too.

    >>> round(build_rate(campus_power="150 MW", build_time="122 day"), 2)
    1.23
    """
    return campus_power / build_time


@formula(
    result="turbine_power", source="tomshardware2025xai", locator="12 SMT-130 in Memphis and 7 Titan 350 in Southaven"
)
def turbine_power(small_turbines, small_turbine_power, large_turbines, large_turbine_power):
    """Power of two kinds of turbines together.

    Assumes that all run at their rating; heat, height and maintenance take a part of it.

    >>> turbine_power(small_turbines=14, small_turbine_power=2.5, large_turbines=0, large_turbine_power=35)
    35.0
    """
    return small_turbines * small_turbine_power + large_turbines * large_turbine_power
