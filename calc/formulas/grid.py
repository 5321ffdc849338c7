"""The run beside a city, and data centres beside a nation's grid."""

from typing import Any

from calc.formula import formula


@formula(result="energy_per_resident", source="mohit2026", locator="GPT-4 training energy demand")
def energy_per_resident(training_energy: Any, residents: Any, months: Any) -> Any:
    """What each resident of a city would have to use in a month for the city to use what the run did.

    Assumes IT energy on one side and use at the meter on the other, as the article does.

    Holds as a test of the comparison: hold it against what people do use, at home or in all.

    >>> energy_per_resident(training_energy="43.875 GWh", residents=50_000, months=1)
    877.5
    """
    return training_energy / (residents * months)


@formula(result="residential_use", source="eia2024epm", locator="table 5.1, residential sales")
def residential_use(residential_sales: Any, population: Any) -> Any:
    """Electricity that one person uses at home in a month.

    Assumes that homes buy what they use; panels on the roof come on top.

    >>> round(residential_use(residential_sales=1454.667, population=334_914_895))
    362
    """
    return residential_sales / population


@formula(result="electricity_use", source="eia2024epm", locator="table 5.1, total sales")
def electricity_use(electricity_sales: Any, population: Any) -> Any:
    """Electricity used for each person in a month, in homes, shops, offices, factories and trains.

    Assumes that sales are use; what industry makes for itself comes on top.

    >>> round(electricity_use(electricity_sales=3861.342, population=334_914_895))
    961
    """
    return electricity_sales / population


@formula(result="equivalent_residents", source="eia2024epm", locator="table 5.1, residential sales")
def equivalent_residents(training_energy: Any, residential_use: Any, months: Any) -> Any:
    """People whose use at home, over some months, equals the energy of the run.

    Assumes IT energy on one side and use at the meter on the other, as the article does.

    >>> round(equivalent_residents(training_energy=43.875, residential_use=362, months=1), -3)
    121000.0
    """
    return training_energy / (residential_use * months)


@formula(result="national_demand", source="shehabi2024lbnl", locator="Executive summary, use and share in 2023")
def national_demand(datacentre_demand: Any, datacentre_share: Any) -> Any:
    """The nation's use of electricity that a demand and its share imply.

    Assumes that both are of the same year and count the same things.

    >>> round(national_demand(datacentre_demand="176 TWh/year", datacentre_share="4.4 %"), 9)
    4000.0
    """
    return datacentre_demand / datacentre_share


@formula(result="grid_share", source="shehabi2024lbnl", locator="Executive summary, use and share in 2023")
def grid_share(facility_power: Any, national_demand: Any) -> Any:
    """Share of the nation's electricity that a site takes for as long as it draws its full power.

    Assumes that the site's power is its mean over the time that is meant, and the nation's use the mean of its year.

    >>> round(grid_share(facility_power=24.375, national_demand=4000), 8)
    5.338e-05
    """
    return facility_power / national_demand
