"""What a grid must have ready for a site: load factor, spares, losses, swings, plants with their land, and years."""

from calc.api import formula
from calc.symbolic.trace import ceil

__all__ = [
    "doubled_transformers",
    "grid_load_factor",
    "job_ramp",
    "job_swing",
    "plant_area",
    "plant_capacity",
    "queue_time",
    "sent_out_power",
    "supply_wait",
    "transformers",
]


@formula(
    result="grid_load_factor",
    source="doe2021demand",
    locator="load factor: mean over peak",
    title="Load factor of a grid",
)
def grid_load_factor(national_demand, peak_demand):
    """Mean over greatest power of a place's grid.

    Assumes that both count the same customers. What is low leaves power stations idle, and room at night.

    >>> round(grid_load_factor(national_demand="36.02 TWh/year", peak_demand="5.639 GW"), 3)
    0.729
    """
    return national_demand / peak_demand


@formula(
    result="transformers", source="secondwatt2026transformers", locator="N + 1: the rest carry the load",
    title="Transformers, N + 1",
)  # fmt: skip
def transformers(facility_power, transformer_rating, power_factor, spare_transformers):
    """Transformers of a site, so many of which are spare that it runs on when one fails.

    Assumes units of one size at full load; harmonics and heat ask for more.

    >>> transformers(facility_power="200 MW", transformer_rating=60, power_factor=0.95, spare_transformers=1)
    5
    """
    return ceil(facility_power / (transformer_rating * power_factor)) + spare_transformers


@formula(
    result="doubled_transformers", source="secondwatt2026transformers", locator="2N: each path carries the whole load",
    title="Transformers, 2N",
)  # fmt: skip
def doubled_transformers(facility_power, transformer_rating, power_factor):
    """Transformers of a site with two whole sets, each of which carries all of it.

    Assumes units of one size. At any time each set stands half idle.

    >>> doubled_transformers(facility_power="200 MW", transformer_rating=60, power_factor=0.95)
    8
    """
    return 2 * ceil(facility_power / (transformer_rating * power_factor))


@formula(
    result="sent_out_power", source="worldbank2025indicators", locator="EG.ELC.LOSS.ZS: losses of output",
    title="Power that stations send out for a site",
)  # fmt: skip
def sent_out_power(facility_power, grid_delivery):
    """Power that stations must send out so that the site's arrives.

    Assumes the mean losses of all customers; at high voltage they are a third of that.

    >>> round(sent_out_power(facility_power="200 MW", grid_delivery=0.92), 1)
    217.4
    """
    return facility_power / grid_delivery


@formula(
    result="job_swing", source="choukse2025stabilization", locator="abstract: compute and communication phases",
    title="Swing of a synchronous job",
)  # fmt: skip
def job_swing(it_power, swing_share):
    """Power by which a training job rises and falls, as all of its GPUs wait for one another at once.

    Assumes one job on all of the IT equipment, and no battery that smooths it.

    >>> job_swing(it_power="30 MW", swing_share=0.5)
    15.0
    """
    return it_power * swing_share


@formula(
    result="job_ramp", source="choukse2025stabilization", locator="abstract: swings in every iteration",
    title="Ramp of a synchronous job",
)  # fmt: skip
def job_ramp(it_power, swing_share, swing_time):
    """Speed at which a job's power rises or falls.

    Assumes an even rise over that time. Power stations follow within minutes, not seconds.

    >>> job_ramp(it_power=30, swing_share=0.5, swing_time=0.5)
    30.0
    """
    return it_power * swing_share / swing_time


@formula(
    result="plant_capacity", source="eia2018nuclear", locator="what a plant at a given capacity generates in a year",
    title="Capacity to build",
)  # fmt: skip
def plant_capacity(facility_power, capacity_factor, grid_delivery):
    """Capacity of power stations that give a site's energy over the year.

    Assumes a site that never rests. Over the year does not mean in each hour: sun and wind need what fills their gaps.

    >>> round(plant_capacity(facility_power="200 MW", capacity_factor=0.25, grid_delivery=1))
    800
    """
    return facility_power / (capacity_factor * grid_delivery)


@formula(
    result="plant_area",
    source="lovering2022land",
    locator="land-use intensity of electricity",
    title="Land of the plants",
)
def plant_area(facility_power, land_use, grid_delivery):
    """Land that is held by the power stations that give a site's energy.

    Assumes the median of such plants, their mines with them.

    Holds for what is held. Between wind turbines sheep graze.

    >>> round(plant_area(facility_power="200 MW", land_use=20, grid_delivery=1), 1)
    35.0
    """
    return facility_power * land_use / grid_delivery


@formula(
    result="queue_time", source="little2008law", locator="L = λW: what waits, over what is served",
    title="Years in the queue",
)  # fmt: skip
def queue_time(queue_capacity, queue_share, connection_rate):
    """Years in which a queue of power stations is served, when most of them give up.

    Assumes that the queue is served at the speed of the past.

    >>> round(queue_time(queue_capacity=2600, queue_share=0.14, connection_rate=60), 1)
    6.1
    """
    return queue_capacity * queue_share / connection_rate


@formula(
    result="supply_wait", source="rand2024queued", locator="years from request to operation",
    title="Years until power comes",
)  # fmt: skip
def supply_wait(queue_time, plant_build_time):
    """Years until a power station that joins the queue gives power.

    Assumes that it is built after its turn has come; who builds at a risk of its own is faster.

    >>> supply_wait(queue_time=5, plant_build_time=3)
    8.0
    """
    return queue_time + plant_build_time
