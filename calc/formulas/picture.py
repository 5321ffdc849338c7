"""What a person can picture: the same energy or carbon as a kettle, a bath, a drive, a flight, a beam of steel."""

from calc.api import formula

__all__ = ["bath_energy", "bath_prompts", "kettle_time", "run_drive", "run_flights", "run_steel"]


@formula(
    result="kettle_time",
    source="mackay2009hot",
    locator="p. 50: a kettle of 3 kW",
    title="A prompt in seconds of a kettle",
)
def kettle_time(site_energy_per_prompt, kettle_power):
    """Time for which a kettle takes as much energy as one prompt.

    Assumes the meter of the site on one side and of the kitchen on the other.

    >>> round(kettle_time(site_energy_per_prompt=0.3, kettle_power=2.2), 2)
    0.49
    """
    return site_energy_per_prompt / kettle_power


@formula(
    result="bath_energy", source="mackay2009hot", locator="p. 50: 4200 J/litre/°C × 110 litre × 40 °C ≈ 18 MJ",
    title="Heat of a bath",
)  # fmt: skip
def bath_energy(bath_volume, water_heat, bath_rise):
    """Heat of a hot bath, as electricity that heats it.

    Assumes a heater that wastes nothing.

    >>> round(bath_energy(bath_volume=110, water_heat=4.2, bath_rise=40), 2)
    5.13
    """
    return bath_volume * water_heat * bath_rise


@formula(
    result="bath_prompts",
    source="mackay2009hot",
    locator="p. 50: taking a bath uses about 5 kWh",
    title="A bath in prompts",
)
def bath_prompts(bath_energy, site_energy_per_prompt):
    """Prompts that take as much energy as heating a bath.

    Assumes prompts that are alike.

    >>> round(bath_prompts(bath_energy=5.13, site_energy_per_prompt=0.3))
    17100
    """
    return bath_energy / site_energy_per_prompt


@formula(
    result="run_drive", source="epa2012references", locator="passenger vehicles per year", title="The run as a drive"
)
def run_drive(training_carbon, drive_carbon):
    """Drive of one car that emits as much as the run's electricity.

    Assumes what leaves the exhaust on the car's side, without its making and the fuel's refining.

    >>> round(run_drive(training_carbon=1, drive_carbon=250))
    4000
    """
    return training_carbon / drive_carbon


@formula(
    result="run_flights", source="airmilescalc2026method", locator="London to New York, economy, one way",
    title="The run in flights",
)  # fmt: skip
def run_flights(training_carbon, flight_carbon):
    """Passengers' flights that emit as much as the run's electricity.

    Assumes one way for one passenger, with the warming by what aeroplanes leave high in the air.

    >>> round(run_flights(training_carbon=833, flight_carbon=833))
    1000
    """
    return training_carbon / flight_carbon


@formula(
    result="run_steel", source="worldsteel2023indicators", locator="tonnes CO2 for each tonne of crude steel cast",
    title="The run in steel",
)  # fmt: skip
def run_steel(training_carbon, steel_carbon):
    """Steel whose making emits as much as the run's electricity.

    Assumes the mean of the world's works, ore and scrap together.

    >>> round(run_steel(training_carbon=1910, steel_carbon=1.91))
    1000
    """
    return training_carbon / steel_carbon
