"""From the IT equipment to the site's meter. PUE enters here, and once."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "facility_power",
    "overhead_power",
    "overhead_share",
    "pue",
    "serving_facility_energy",
    "site_energy_per_prompt",
    "total_facility_energy",
    "training_facility_energy",
]


@formula(result="pue", source="greengrid2012pue", locator="definition of PUE", title="PUE")
def pue(facility_power, it_power):
    """Power usage effectiveness: power of the whole site over power of its IT equipment.

    Assumes both are measured at the same time; over a year, energies take the place of powers.

    Holds for a site as a whole, and says nothing of how well the IT equipment uses its power.

    >>> round(pue(facility_power=24.375, it_power=20.3125), 12)
    1.2
    """
    return facility_power / it_power


@formula(result="facility_power", source="greengrid2012pue", locator="definition of PUE")
def facility_power(pue, it_power):
    """Power of the whole site: servers, cooling, conversion losses, lights.

    Assumes the PUE of the site as it runs at this load.

    >>> facility_power(pue=1.2, it_power="20.3125 MW")
    24.375
    """
    return pue * it_power


@formula(result="overhead_power", source="greengrid2012pue", locator="definition of PUE")
def overhead_power(pue, it_power):
    """Power that the site takes beside its IT equipment: cooling, conversion losses, lights.

    Assumes the PUE of the site as it runs at this load.

    Holds for the sum of all overhead; how much of it is cooling, PUE does not say.

    >>> round(overhead_power(pue=1.2, it_power="20.3125 MW"), 12)
    4.0625
    """
    return (pue - coefficient(1, "at_site/at_it")) * it_power


@formula(result="overhead_share", source="emerson2009logic", locator="energy use of a data centre, support systems")
def overhead_share(cooling_share, conversion_share, lighting_share):
    """Share of a site's electricity that does not reach its IT equipment.

    Assumes shares of one whole, the electricity at the site's meter.

    Holds where the three are all there is. One over what they leave is the PUE.

    >>> round(overhead_share(cooling_share=0.38, conversion_share=0.09, lighting_share=0.01), 9)
    0.48
    """
    return cooling_share + conversion_share + lighting_share


@formula(result="training_facility_energy", source="greengrid2012pue", locator="definition of PUE")
def training_facility_energy(pue, training_energy):
    """Energy of the training run at the site's meter.

    Assumes one PUE for the whole of the run.

    >>> training_facility_energy(pue=1.2, training_energy="43.875 GWh")
    52.65
    """
    return pue * training_energy


@formula(result="serving_facility_energy", source="greengrid2012pue", locator="definition of PUE")
def serving_facility_energy(pue, serving_energy):
    """Energy of the period of serving at the site's meter.

    Assumes that serving runs in sites of the same PUE, and that it is not in the energy per prompt already.

    >>> serving_facility_energy(pue=1.2, serving_energy="67.5 GWh")
    81.0
    """
    return pue * serving_energy


@formula(result="total_facility_energy", source="mohit2026", locator="Cooling and PUE")
def total_facility_energy(training_facility_energy, serving_facility_energy):
    """Energy at the site of the run and of the period of serving together.

    Assumes that the two use different hardware, or the same at different times.

    >>> total_facility_energy(training_facility_energy=52.65, serving_facility_energy=81)
    133.65
    """
    return training_facility_energy + serving_facility_energy


@formula(
    result="site_energy_per_prompt",
    source="epoch2025chatgpt",
    locator="energy of a query, with the overhead of server and site",
    title="Energy per prompt at the site",
)
def site_energy_per_prompt(pue, energy_per_prompt):
    """Energy of one prompt at the site's meter.

    Assumes the mean PUE for every prompt.

    Holds the other way round too: a published figure with the overhead in it, over PUE, is the energy at the servers.

    >>> round(site_energy_per_prompt(pue=1.2, energy_per_prompt="0.25 Wh/prompt"), 12)
    0.3
    """
    return pue * energy_per_prompt
