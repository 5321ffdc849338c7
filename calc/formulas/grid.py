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


@formula(result="national_demand", source="shehabi2024lbnl", locator="Executive summary, use and share in 2023")
def national_demand(datacentre_demand: Any, datacentre_share: Any) -> Any:
    """The nation's use of electricity that a demand and its share imply.

    Assumes that both are of the same year and count the same things.

    >>> national_demand(datacentre_demand="176 TWh/year", datacentre_share="4.4 %")
    4000.0
    """
    return datacentre_demand / datacentre_share
