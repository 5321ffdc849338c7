"""Power of one's own: turbines, solar panels with batteries, or a reactor; and what is left for the grid."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "bought_carbon", "bought_energy", "own_carbon", "own_direct_intensity", "own_energy", "site_carbon", "site_energy",
]  # fmt: skip


@formula(
    result="site_energy", source="eia2018nuclear", locator="what a plant at a given capacity generates in a year",
    title="Energy of a site",
)  # fmt: skip
def site_energy(facility_power, operating_time):
    """Energy that a site takes over some time at full power.

    Assumes a site that never rests, as one that trains nearly does.

    >>> site_energy(facility_power="1 GW", operating_time="1 year")
    8760.0
    """
    return facility_power * operating_time


@formula(
    result="own_energy", source="energynews2025ember", locator="97 % of the hours of a year, Las Vegas",
    title="Energy of one's own",
)  # fmt: skip
def own_energy(site_energy, own_share):
    """Energy that a site takes from a plant of its own, which never passes the meter.

    Assumes an even load; what the plant gives beyond it is sold or thrown away, and is not in this.

    >>> round(own_energy(site_energy="8760 GWh", own_share=0.97))
    8497
    """
    return site_energy * own_share


@formula(
    result="bought_energy", source="energynews2025ember", locator="97 % of the hours of a year, Las Vegas",
    title="Energy that is bought",
)  # fmt: skip
def bought_energy(site_energy, own_energy):
    """Energy that is left for the grid.

    Assumes that the grid stands ready with the site's full power, for the few hours in which it is needed.

    >>> round(bought_energy(site_energy="8760 GWh", own_energy="8497.2 GWh"), 1)
    262.8
    """
    return site_energy * coefficient(1, "bought/at_site") - own_energy * coefficient(1, "bought/behind_meter")


@formula(
    result="own_carbon", source="ipcc2014annex", locator="table A.III.2, life cycle",
    title="Carbon of one's own power",
)  # fmt: skip
def own_carbon(own_energy, own_intensity):
    """Carbon of what a plant of one's own gives, with fuel, leaks and the making of the plant.

    Assumes the median of such plants; a small turbine emits a third more than a large one with a boiler behind it.

    >>> round(own_carbon(own_energy="1 GWh", own_intensity=490))
    490
    """
    return own_energy * own_intensity


@formula(
    result="bought_carbon", source="patterson2021carbon", locator="sec. 2, energy times carbon intensity",
    title="Carbon of what is bought",
)  # fmt: skip
def bought_carbon(bought_energy, carbon_intensity, grid_delivery):
    """Carbon of the energy that is left for the grid, on the average of the place.

    Assumes the mean of a year. A site with solar power of its own buys at night, when the grid may be dirtier.

    >>> round(bought_carbon(bought_energy="1 GWh", carbon_intensity=400, grid_delivery=1))
    400
    """
    return bought_energy * coefficient(1, "at_site/bought") * carbon_intensity / grid_delivery


@formula(
    result="site_carbon", source="ipcc2014annex", locator="table A.III.2, life cycle",
    title="Carbon of a site with its own power",
)  # fmt: skip
def site_carbon(own_carbon, bought_carbon):
    """Carbon of a site's electricity, from its own plant and from the grid.

    Assumes that both are counted over the life cycle.

    >>> site_carbon(own_carbon=400, bought_carbon=100)
    500.0
    """
    return own_carbon + bought_carbon


@formula(
    result="own_direct_intensity", source="pypsa2025technology", locator="gas: 0.198 t for each MWh of heat",
    title="Carbon at one's own stack",
)  # fmt: skip
def own_direct_intensity(fuel_carbon, plant_efficiency):
    """Carbon that leaves the stack of a plant of one's own, for each kWh.

    Assumes full load; a turbine at half load wastes more. Gas that leaks on its way is not in it.

    >>> round(own_direct_intensity(fuel_carbon=198, plant_efficiency=0.57))
    347
    """
    return fuel_carbon / plant_efficiency
