"""What one answer takes of carbon, water and money, and what a run does, by its GPU-hours."""

from calc.api import formula

__all__ = [
    "answer_carbon",
    "answer_rent",
    "answer_site_water",
    "answer_source_water",
    "run_electricity_cost",
    "run_share",
    "run_site_carbon",
    "run_site_power",
    "run_site_water",
    "run_source_water",
]

_CARBON = "sec. 2, energy times carbon intensity"
_MONEY = "sec. 2, energy times a price"
_OFF_SITE = "sec. 3, off-site water footprint"
_YEAR = "Executive summary, use and share in 2023"


@formula(result="answer_carbon", source="patterson2021carbon", locator=_CARBON, title="Carbon of an answer")
def answer_carbon(answer_energy, carbon_intensity, grid_delivery):
    """Carbon of the electricity of one answer, on the average of the place's grid.

    Assumes that it is answered in that place; a reader's own country need not be the one.

    >>> round(answer_carbon(answer_energy=0.3, carbon_intensity=400, grid_delivery=1), 3)
    0.12
    """
    return answer_energy * carbon_intensity / grid_delivery


@formula(
    result="answer_site_water", source="isoiec30134wue", locator="definition of WUE", title="Water of an answer's site"
)
def answer_site_water(wue, answer_energy, pue):
    """Water that one answer evaporates where its servers stand.

    Assumes the mean of a year.

    >>> round(answer_site_water(wue=0.3, answer_energy=0.345, pue=1.15), 3)
    0.09
    """
    return wue * answer_energy / pue


@formula(
    result="answer_source_water", source="li2023thirsty", locator=_OFF_SITE,
    title="Water of power stations for an answer",
)  # fmt: skip
def answer_source_water(grid_water, answer_energy):
    """Water that one answer evaporates at power stations, and from the reservoirs of dams.

    Assumes the mean of the grid.

    >>> answer_source_water(grid_water=2, answer_energy=0.3)
    0.6
    """
    return grid_water * answer_energy


@formula(
    result="answer_rent", source="lmsys2025deepseek", locator="22.3 thousand tokens a second for eight H100",
    title="Rent of the GPUs for an answer",
)  # fmt: skip
def answer_rent(written_token_cost, response_tokens):
    """What the GPUs of one answer cost in rent.

    Assumes that reading the prompt goes on beside writing, as the rate of writing has it.

    >>> round(answer_rent(written_token_cost=2, response_tokens=500), 9)
    1.0
    """
    return written_token_cost * response_tokens


@formula(
    result="run_site_carbon", source="patterson2021carbon", locator=_CARBON, title="Carbon of a run, by its GPU-hours"
)
def run_site_carbon(run_facility_energy, carbon_intensity, grid_delivery):
    """Carbon of the electricity of a run, on the average of the place's grid.

    Assumes that the mean of a year stands for the months of the run.

    >>> round(run_site_carbon(run_facility_energy="1.287 GWh", carbon_intensity=429, grid_delivery=1))
    552
    """
    return run_facility_energy * carbon_intensity / grid_delivery


@formula(result="run_site_water", source="isoiec30134wue", locator="definition of WUE", title="Water of a run's site")
def run_site_water(wue, run_energy):
    """Water that a run evaporates where its servers stand.

    Assumes the mean of a year.

    >>> round(run_site_water(wue=0.55, run_energy="1.287 GWh"), 3)
    0.708
    """
    return wue * run_energy


@formula(
    result="run_source_water", source="li2023thirsty", locator=_OFF_SITE, title="Water of power stations for a run"
)
def run_source_water(grid_water, run_facility_energy):
    """Water that power stations evaporate for a run.

    Assumes the mean of the grid.

    >>> round(run_source_water(grid_water=2, run_facility_energy="10 GWh"), 6)
    20.0
    """
    return grid_water * run_facility_energy


@formula(
    result="run_electricity_cost", source="strubell2019energy", locator=_MONEY,
    title="Electricity cost of a run, by its GPU-hours",
)  # fmt: skip
def run_electricity_cost(run_facility_energy, electricity_price):
    """What the electricity of a run costs.

    Assumes one price at all hours.

    >>> round(run_electricity_cost(run_facility_energy="50 GWh", electricity_price=0.08), 2)
    4.0
    """
    return run_facility_energy * electricity_price


@formula(
    result="run_site_power", source="patterson2021carbon", locator="sec. 2.5 and Table 4: energy over time",
    title="Mean power of a run",
)  # fmt: skip
def run_site_power(run_facility_energy, training_time):
    """Mean power at the site's meter while a run lasts.

    Assumes that all of its energy is drawn in that time, evenly.

    >>> round(run_site_power(run_facility_energy="24 GWh", training_time="50 day"), 6)
    20.0
    """
    return run_facility_energy / training_time


@formula(result="run_share", source="shehabi2024lbnl", locator=_YEAR, title="A run in a place's electricity")
def run_share(run_site_power, national_demand):
    """Share of a place's electricity that a run takes while it lasts.

    Assumes the mean of both.

    >>> round(run_share(run_site_power="20 MW", national_demand="4000 TWh/year"), 8)
    4.38e-05
    """
    return run_site_power / national_demand
