"""Data centres beside a nation's grid, now and in 2030."""

from calc.api import formula

__all__ = [
    "demand_growth",
    "future_capacity",
    "future_demand",
    "future_national_demand",
    "grid_share",
    "national_demand",
]


@formula(result="national_demand", source="shehabi2024lbnl", locator="Executive summary, use and share in 2023")
def national_demand(datacentre_demand, datacentre_share):
    """The nation's use of electricity that a demand and its share imply.

    Assumes that both are of the same year and count the same things.

    >>> round(national_demand(datacentre_demand="176 TWh/year", datacentre_share="4.4 %"), 9)
    4000.0
    """
    return datacentre_demand / datacentre_share


@formula(result="grid_share", source="shehabi2024lbnl", locator="Executive summary, use and share in 2023")
def grid_share(facility_power, national_demand):
    """Share of the nation's electricity that a site takes for as long as it draws its full power.

    Assumes that the site's power is its mean over the time that is meant, and the nation's use the mean of its year.

    >>> round(grid_share(facility_power=24.375, national_demand=4000), 8)
    5.338e-05
    """
    return facility_power / national_demand


@formula(
    result="future_national_demand", source="epri2024powering", locator="scenarios to 2030: a base and a yearly rate"
)
def future_national_demand(national_demand, national_growth, years):
    """What a nation will use after some years of steady growth.

    Assumes the same rate in every year.

    Holds for anything that grows at a steady rate.

    >>> round(future_national_demand(national_demand=4000, national_growth=0.024, years=7))
    4722
    """
    return national_demand * (1 + national_growth) ** years


@formula(result="future_demand", source="shehabi2024lbnl", locator="Executive summary, shares of 2023 and 2028")
def future_demand(future_share, future_national_demand):
    """What data centres will use, from their share of what the nation will.

    Assumes a share of all use, their own included.

    Holds without growth of the rest when today's use stands in the place of the future one.

    >>> future_demand(future_share=0.1, future_national_demand=4000)
    400.0
    """
    return future_share * future_national_demand


@formula(
    result="demand_growth", source="shehabi2024lbnl",
    locator="Executive summary, compound annual growth rates from 2014 to 2028",
)  # fmt: skip
def demand_growth(future_demand, datacentre_demand, years):
    """The yearly rate that leads from one demand to another.

    Assumes the same rate in every year.

    Holds where demand grows, and by no more than itself in a year.

    >>> round(demand_growth(future_demand=325, datacentre_demand=176, years=5), 3)
    0.131
    """
    return (future_demand / datacentre_demand) ** (1 / years) - 1


@formula(
    result="future_capacity", source="shehabi2024lbnl",
    locator="Executive summary, 74 to 132 GW at a mean utilisation of 50 %",
)  # fmt: skip
def future_capacity(future_demand, capacity_utilisation):
    """Power that data centres must be able to draw, for a demand and a mean utilisation.

    Assumes one utilisation for all; what is built for the peak stands idle at other times.

    >>> round(future_capacity(future_demand="325 TWh/year", capacity_utilisation=0.5), 1)
    74.2
    """
    return future_demand / capacity_utilisation
