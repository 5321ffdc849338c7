"""Water consumption, so what evaporates: at the site, and at the power stations."""

from calc.api import formula

__all__ = ["site_water", "source_water"]


@formula(
    result="site_water", source="isoiec30134wue", locator="definition of WUE", title="Water consumption at the site"
)
def site_water(wue, training_energy):
    """Water that the site consumes to cool its servers during the run.

    Assumes the mean of the site over a year; a hot week takes more, and some sites take none.

    Holds for energy counted at the servers: water usage effectiveness is litres for each kWh of the IT equipment.
    A figure for each kWh at the site is to be multiplied by PUE first. What is withdrawn and flows back is not in it.

    >>> round(site_water(wue=0.3, training_energy="43.875 GWh"), 4)
    13.1625
    """
    return wue * training_energy


@formula(
    result="source_water", source="li2023thirsty", locator="sec. 3, off-site water footprint",
    title="Water consumption at the power stations",
)  # fmt: skip
def source_water(grid_water, training_facility_energy):
    """Water that power stations consume to make the run's electricity.

    Assumes the mean of the grid. Reservoirs of dams evaporate much of it, and studies differ in how they count that.

    Holds for energy at the meter, in which PUE has its part already. What is withdrawn and flows back is not in it.

    >>> round(source_water(grid_water=4.52, training_facility_energy="52.65 GWh"), 3)
    237.978
    """
    return grid_water * training_facility_energy
