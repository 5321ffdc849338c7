"""Water of a prompt, at the site and at power stations; and what power stations draw and give back."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = ["bottle_prompts", "prompt_site_water", "prompt_source_water", "prompt_water", "training_withdrawal"]


@formula(
    result="prompt_site_water", source="isoiec30134wue", locator="definition of WUE",
    title="Water of a prompt at the site",
)  # fmt: skip
def prompt_site_water(wue, energy_per_prompt):
    """Water that one prompt evaporates where its servers stand.

    Assumes the mean of a year; a site without cooling towers evaporates none, and takes more electricity.

    Holds for energy counted at the servers.

    >>> round(prompt_site_water(wue=0.55, energy_per_prompt="0.004 kWh/prompt"), 3)
    2.2
    """
    return wue * energy_per_prompt


@formula(
    result="prompt_source_water", source="li2023thirsty", locator="sec. 3, off-site water footprint",
    title="Water of a prompt at the power stations",
)  # fmt: skip
def prompt_source_water(grid_water, site_energy_per_prompt):
    """Water that one prompt evaporates at power stations, and from the reservoirs of dams.

    Assumes the mean of the grid.

    Holds for energy at the meter, in which PUE has its part already.

    >>> round(prompt_source_water(grid_water=3.142, site_energy_per_prompt="4.68 Wh/prompt"), 2)
    14.7
    """
    return grid_water * site_energy_per_prompt


@formula(
    result="prompt_water", source="li2023thirsty", locator="sec. 3, operational water footprint",
    title="Water of a prompt in all",
)  # fmt: skip
def prompt_water(prompt_site_water, prompt_source_water):
    """Water that one prompt evaporates, at the site and at power stations.

    Assumes that both are consumed. What made the chips drank too, and is left out.

    Holds as the one place where the two are put together; elsewhere a sum of them is refused.

    >>> round(prompt_water(prompt_site_water=2.2, prompt_source_water=14.704), 3)
    16.904
    """
    both = coefficient(1, "1/on_site"), coefficient(1, "1/at_plant")
    return prompt_site_water * both[0] + prompt_source_water * both[1]


@formula(
    result="bottle_prompts", source="li2023thirsty", locator="table 1, requests for a bottle of 500 ml",
    title="Prompts for a bottle",
)  # fmt: skip
def bottle_prompts(bottle_volume, prompt_water):
    """Prompts that evaporate as much as a bottle holds.

    Assumes prompts that are alike.

    >>> round(bottle_prompts(bottle_volume=500, prompt_water=16.904), 1)
    29.6
    """
    return bottle_volume / prompt_water


@formula(
    result="training_withdrawal", source="eia2021water", locator="withdrawal intensity times generation",
    title="Water that power stations draw",
)  # fmt: skip
def training_withdrawal(grid_withdrawal, training_facility_energy):
    """Water that power stations draw from rivers and the sea for the run, and give back warmer but for a small part.

    Assumes the mean of the grid; a station with cooling towers draws a fiftieth of what one without them does.

    Holds beside what is consumed, and never in a sum with it.

    >>> round(training_withdrawal(grid_withdrawal="11857 gal/MWh", training_facility_energy="50 GWh"))
    2244
    """
    return grid_withdrawal * training_facility_energy
