"""What sun and wind yield, and what data centres take of it."""

from calc.api import formula

__all__ = ["renewable_coverage", "renewable_generation", "solar_generation", "wind_generation"]


@formula(result="solar_generation", source="eia2024capacity", locator="capacity and capacity factor of solar plants")
def solar_generation(solar_capacity, solar_capacity_factor):
    """Electricity that solar panels yield in a year.

    Assumes that the capacity stands for the whole year. What is built during the year yields a part only.

    >>> round(solar_generation(solar_capacity=609.49, solar_capacity_factor=0.1468))
    784
    """
    return solar_capacity * solar_capacity_factor


@formula(result="wind_generation", source="usgs2022turbine", locator="2.75 MW at a capacity factor of 42 %")
def wind_generation(wind_capacity, wind_capacity_factor):
    """Electricity that wind turbines yield in a year.

    Assumes that the capacity stands for the whole year. What is built during the year yields a part only.

    >>> round(wind_generation(wind_capacity=441.34, wind_capacity_factor=0.254))
    982
    """
    return wind_capacity * wind_capacity_factor


@formula(result="renewable_generation", source="owid2026energy", locator="owid-energy-data.csv, China, 2023")
def renewable_generation(solar_generation, wind_generation):
    """Electricity from sun and wind together in a year.

    Assumes that all of it is taken; at some hours a grid turns a part away.

    >>> round(renewable_generation(solar_generation=584.15, wind_generation=885.87), 2)
    1470.02
    """
    return solar_generation + wind_generation


@formula(result="renewable_coverage", source="owid2026energy", locator="owid-energy-data.csv, China, 2023: shares")
def renewable_coverage(renewable_generation, datacentre_demand):
    """How many times the demand of data centres the year's sun and wind are.

    Assumes energy over a year, not power at each hour: at night there is no sun.

    >>> round(renewable_coverage(renewable_generation=1766, datacentre_demand=102), 1)
    17.3
    """
    return renewable_generation / datacentre_demand
