"""What a place has to give: a site beside the place's peak, and its homes."""

from calc.api import formula

__all__ = ["peak_share", "site_households"]


@formula(
    result="peak_share", source="mlgw2024xai", locator="150 MW beside the utility's peak", title="Share of the peak"
)
def peak_share(facility_power, peak_demand):
    """The site's power over the greatest that the place has drawn.

    Assumes that the site runs at its full power in that hour, as sites that train do.

    >>> round(peak_share(facility_power="200 MW", peak_demand=5.639), 4)
    0.0355
    """
    return facility_power / peak_demand


@formula(
    result="site_households",
    source="usgs2022turbine",
    locator="energy over a home's use",
    title="Homes' worth of a site",
)
def site_households(facility_power, household_use):
    """Households whose use, by that place's own figure, is as much as the site draws.

    Assumes the site's full power at all hours on one side and a home's mean over the year on the other.

    Holds for one place; homes of two places are no common measure, as those heated by electricity use far more.

    >>> round(site_households(facility_power="200 MW", household_use="10791 kWh/(household*year)"), -3)
    162000.0
    """
    return facility_power / household_use
