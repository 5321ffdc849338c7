"""The run beside a city: its people, its homes, and all that it uses."""

from calc.api import formula

__all__ = [
    "city_use",
    "electricity_use",
    "energy_per_resident",
    "equivalent_households",
    "equivalent_residents",
    "household_use",
    "residential_use",
]


@formula(result="energy_per_resident", source="mohit2026", locator="GPT-4 training energy demand")
def energy_per_resident(training_energy, residents, months):
    """What each resident of a city would have to use in a month for the city to use what the run did.

    Assumes IT energy on one side and use at the meter on the other, as the article does.

    Holds as a test of the comparison: hold it against what people do use, at home or in all.

    >>> energy_per_resident(training_energy="43.875 GWh", residents=50_000, months=1)
    877.5
    """
    return training_energy / (residents * months)


@formula(result="residential_use", source="eia2024epm", locator="table 5.1, residential sales")
def residential_use(residential_sales, population):
    """Electricity that one person uses at home in a month.

    Assumes that homes buy what they use; panels on the roof come on top.

    >>> round(residential_use(residential_sales=1454.667, population=334_914_895))
    362
    """
    return residential_sales / population


@formula(result="household_use", source="eia2024epm", locator="table 5.1, residential sales")
def household_use(residential_sales, households):
    """Electricity that one household uses in a month.

    Assumes that what is sold to homes goes to households; second homes and empty ones have meters too.

    >>> round(household_use(residential_sales=1454.667, households=131_430_000))
    922
    """
    return residential_sales / households


@formula(result="electricity_use", source="eia2024epm", locator="table 5.1, total sales")
def electricity_use(electricity_sales, population):
    """Electricity used for each person in a month, in homes, shops, offices, factories and trains.

    Assumes that sales are use; what industry makes for itself comes on top.

    >>> round(electricity_use(electricity_sales=3861.342, population=334_914_895))
    961
    """
    return electricity_sales / population


@formula(result="city_use", source="eia2024epm", locator="table 5.1, total sales")
def city_use(residents, electricity_use, months):
    """Electricity that a city uses, with its shops, offices, factories and trains.

    Assumes a city that has its share of all that the nation has.

    Holds for homes alone with `residential_use` in the place of `electricity_use`.

    >>> round(city_use(residents=50_000, electricity_use=960.8, months=1), 1)
    48.0
    """
    return residents * electricity_use * months


@formula(result="equivalent_residents", source="eia2024epm", locator="table 5.1, residential sales")
def equivalent_residents(training_energy, residential_use, months):
    """People whose use at home, over some months, equals the energy of the run.

    Assumes IT energy on one side and use at the meter on the other, as the article does.

    >>> round(equivalent_residents(training_energy=43.875, residential_use=362, months=1), -3)
    121000.0
    """
    return training_energy / (residential_use * months)


@formula(
    result="equivalent_households", source="usgs2022turbine", locator="843,000 kWh a month over 893 kWh for a home"
)
def equivalent_households(training_energy, household_use, months):
    """Households whose use, over some months, equals the energy of the run.

    Assumes IT energy on one side and use at the meter on the other, as the article does.

    >>> round(equivalent_households(training_energy=43.875, household_use=922, months=1), -2)
    47600.0
    """
    return training_energy / (household_use * months)
