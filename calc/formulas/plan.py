"""What links a site to the people whom it serves, and a service to carbon, water, money and its place."""

from calc.api import formula

__all__ = [
    "campus_capital",
    "campus_peak_share",
    "mean_token_rate",
    "people_served",
    "service_carbon",
    "service_electricity_cost",
    "service_energy",
    "service_load",
    "service_power",
    "service_share",
    "service_site_water",
    "service_source_water",
]

_CARBON = "sec. 2, energy times carbon intensity"
_MONEY = "sec. 2, energy times a price"
_OFF_SITE = "sec. 3, off-site water footprint"
_YEAR = "Executive summary, use and share in 2023"


@formula(
    result="mean_token_rate", source="deepseek2025inference", locator="mean of a day over its peak, in nodes",
    title="Tokens that a site writes on average",
)  # fmt: skip
def mean_token_rate(campus_token_rate, busy_share):
    """Tokens that a site writes in a second over the day, whose copies of a model are busy for a share of it.

    Assumes that the site is as large as the busiest moment needs, and full in it.

    >>> round(mean_token_rate(campus_token_rate=80e6, busy_share=0.6) / 1e6, 9)
    48.0
    """
    return campus_token_rate * busy_share


@formula(
    result="people_served", source="deepseek2025inference", locator="tokens of a day, and nodes that write them",
    title="People whom a site can serve",
)  # fmt: skip
def people_served(mean_token_rate, prompts_per_person, response_tokens):
    """People whose prompts a site can answer.

    Assumes that everybody sends as many prompts as the mean person, whose answers have the mean length.

    >>> round(people_served(mean_token_rate=48e6, prompts_per_person=8, response_tokens=500) / 1e9, 4)
    1.0368
    """
    return mean_token_rate / (prompts_per_person * response_tokens)


@formula(
    result="service_power", source="elsworth2025google", locator="energy of a prompt, with machines that wait",
    title="Mean power of a service",
)  # fmt: skip
def service_power(mean_token_rate, site_token_energy):
    """Mean power at the meter of a site that serves: its tokens, with machines that wait and the building.

    Assumes that the day's tokens are like the mean one.

    >>> round(service_power(mean_token_rate=48e6, site_token_energy=0.65), 2)
    112.32
    """
    return mean_token_rate * site_token_energy


@formula(
    result="service_load", source="doe2021demand", locator="load factor: mean over peak", title="Load of a serving site"
)
def service_load(service_power, campus_power):
    """Mean power of a service over what its site may draw.

    Assumes that the site holds as many servers as its power can feed at their rating.

    Holds as what follows from the model. Busy GPUs that serve draw less than their rating, so that it may be below the
    share of the time in which they are busy.

    >>> service_load(service_power="112 MW", campus_power="200 MW")
    0.56
    """
    return service_power / campus_power


@formula(
    result="service_energy", source="eia2018nuclear", locator="what a plant at a given capacity generates in a year",
    title="Energy of a service",
)  # fmt: skip
def service_energy(service_power, operating_time):
    """Energy at the site's meter of a service over some time.

    Assumes days that are alike.

    >>> round(service_energy(service_power="112 MW", operating_time="1 year"), 2)
    981.12
    """
    return service_power * operating_time


@formula(result="service_carbon", source="patterson2021carbon", locator=_CARBON, title="Carbon of a service")
def service_carbon(service_energy, carbon_intensity, grid_delivery):
    """Carbon of the electricity of a service, on the average of the place's grid.

    Assumes that the mean of a year stands for all of its hours.

    >>> round(service_carbon(service_energy="1000 GWh", carbon_intensity=300, grid_delivery=1))
    300000
    """
    return service_energy * carbon_intensity / grid_delivery


@formula(
    result="service_site_water", source="isoiec30134wue", locator="definition of WUE", title="Water of a service's site"
)
def service_site_water(wue, service_energy, pue):
    """Water that the site of a service evaporates: so much for each kWh of its IT equipment.

    Assumes the mean of a year; a site without cooling towers evaporates none.

    >>> round(service_site_water(wue=0.3, service_energy="1150 GWh", pue=1.15))
    300
    """
    return wue * service_energy / pue


@formula(
    result="service_source_water", source="li2023thirsty", locator=_OFF_SITE,
    title="Water of power stations for a service",
)  # fmt: skip
def service_source_water(grid_water, service_energy):
    """Water that power stations evaporate for a service, and reservoirs of dams.

    Assumes the mean of the grid.

    >>> round(service_source_water(grid_water=2, service_energy="1000 GWh"))
    2000
    """
    return grid_water * service_energy


@formula(
    result="service_electricity_cost", source="strubell2019energy", locator=_MONEY,
    title="Electricity cost of a service",
)  # fmt: skip
def service_electricity_cost(service_energy, electricity_price):
    """What the electricity of a service costs.

    Assumes one price at all hours, with the charge for the peak in it.

    >>> round(service_electricity_cost(service_energy="1000 GWh", electricity_price=0.1))
    100
    """
    return service_energy * electricity_price


@formula(result="service_share", source="shehabi2024lbnl", locator=_YEAR, title="A service in a place's electricity")
def service_share(service_power, national_demand):
    """Share of a place's electricity that a service takes, by the year.

    Assumes the mean of both.

    >>> round(service_share(service_power="112 MW", national_demand="32 TWh/year"), 4)
    0.0307
    """
    return service_power / national_demand


@formula(
    result="campus_peak_share", source="mlgw2024xai", locator="150 MW beside the utility's peak",
    title="A campus in a place's peak",
)  # fmt: skip
def campus_peak_share(campus_power, peak_demand):
    """What a campus may draw, over the greatest power that the place has drawn.

    Assumes that the campus draws all of it in that hour; one that serves draws less.

    >>> round(campus_peak_share(campus_power="200 MW", peak_demand=5.639), 4)
    0.0355
    """
    return campus_power / peak_demand


@formula(
    result="campus_capital", source="stargate2025announcement", locator="500 thousand million dollars for 10 GW",
    title="Price of a campus",
)  # fmt: skip
def campus_capital(campus_power, site_price):
    """What a campus costs before it draws a watt: chips, servers, network and building.

    Assumes one price for each watt.

    >>> round(campus_capital(campus_power="200 MW", site_price=29.5))
    5900
    """
    return campus_power * site_price
