"""Carbon of electricity, on the average, at the stacks, on the margin and by contracts; and of making servers."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "carbon_free_share",
    "contract_factor",
    "equivalent_cars",
    "prompt_carbon",
    "prompt_contract_carbon",
    "prompt_embodied_carbon",
    "run_carbon",
    "serving_carbon",
    "software_intensity",
    "token_carbon",
    "training_carbon",
    "training_direct_carbon",
    "training_embodied_carbon",
    "training_marginal_carbon",
]


@formula(
    result="training_carbon", source="patterson2021carbon", locator="sec. 2, energy times carbon intensity",
    title="Carbon of the run",
)  # fmt: skip
def training_carbon(training_facility_energy, carbon_intensity, grid_delivery):
    """Carbon of the electricity of the run, on the average of the place's grid.

    Assumes that the mean of a year stands for the months of the run, and that the grid's losses are shared alike.

    Holds as an account of what is. What the run adds is on the margin, and another figure.

    >>> round(training_carbon(training_facility_energy="1287 MWh", carbon_intensity=429, grid_delivery=1))
    552
    """
    return training_facility_energy * carbon_intensity / grid_delivery


@formula(
    result="training_direct_carbon", source="patterson2021carbon", locator="sec. 2, energy times carbon intensity",
    title="Carbon of the run at the stacks",
)  # fmt: skip
def training_direct_carbon(training_facility_energy, direct_intensity, grid_delivery):
    """Carbon that leaves the stacks of power stations for the electricity of the run, on the average.

    Assumes as the life-cycle figure does, and leaves out mines, leaking gas and the making of power stations.

    >>> round(training_direct_carbon(training_facility_energy="66.24 MWh", direct_intensity=479.05, grid_delivery=1), 2)
    31.73
    """
    return training_facility_energy * direct_intensity / grid_delivery


@formula(
    result="training_marginal_carbon", source="ghgprotocol2015scope2", locator="box 4.1, marginal emissions",
    title="Carbon that the run adds",
)  # fmt: skip
def training_marginal_carbon(training_facility_energy, marginal_intensity, grid_delivery):
    """Carbon that the run adds, by the plants that are turned up for it.

    Assumes one marginal factor for the year. It moves by the hour, and nobody meters it.

    Holds for a load that comes on top of what there is, while no new power station is built for it.

    >>> round(training_marginal_carbon(training_facility_energy="1 GWh", marginal_intensity=416, grid_delivery=1))
    416
    """
    return training_facility_energy * marginal_intensity / grid_delivery


@formula(
    result="serving_carbon", source="patterson2021carbon", locator="sec. 2, energy times carbon intensity",
    title="Carbon of serving",
)  # fmt: skip
def serving_carbon(serving_facility_energy, carbon_intensity, grid_delivery):
    """Carbon of the electricity of a period of serving, on the average of the place's grid.

    Assumes that the mean of a year stands for the period, and one place for all of the service.

    >>> round(serving_carbon(serving_facility_energy="750 MWh", carbon_intensity=400, grid_delivery=1))
    300
    """
    return serving_facility_energy * carbon_intensity / grid_delivery


@formula(
    result="prompt_carbon", source="patterson2021carbon", locator="sec. 2, energy times carbon intensity",
    title="Carbon of a prompt",
)  # fmt: skip
def prompt_carbon(site_energy_per_prompt, carbon_intensity, grid_delivery):
    """Carbon of one prompt's electricity, on the average of the place's grid.

    Assumes that the prompt is answered in that place; a reader's own country need not be the one.

    >>> round(prompt_carbon(site_energy_per_prompt=0.3, carbon_intensity=400, grid_delivery=1), 3)
    0.12
    """
    return site_energy_per_prompt * carbon_intensity / grid_delivery


@formula(
    result="prompt_contract_carbon", source="elsworth2025google",
    locator="energy of a prompt times a market-based factor", title="Carbon of a prompt by contracts",
)  # fmt: skip
def prompt_contract_carbon(site_energy_per_prompt, contract_intensity):
    """Carbon of one prompt's electricity as its owner's purchases have it.

    Assumes what companies' accounts assume: certificates bought for a year make the electricity of its nights clean.

    Holds beside the location-based figure and never in a sum with it.

    >>> round(prompt_contract_carbon(site_energy_per_prompt=0.24, contract_intensity=94), 4)
    0.0226
    """
    return site_energy_per_prompt * contract_intensity


@formula(
    result="token_carbon", source="patterson2021carbon", locator="sec. 2, energy times carbon intensity",
    title="Carbon of a million tokens",
)  # fmt: skip
def token_carbon(token_energy, pue, carbon_intensity, grid_delivery):
    """Carbon of the electricity of a million tokens, on the average of the place's grid.

    Assumes servers that are kept busy.

    >>> round(token_carbon(token_energy="1 J/token", pue=1.2, carbon_intensity=300, grid_delivery=1))
    100
    """
    return token_energy * pue * carbon_intensity / grid_delivery


@formula(
    result="training_embodied_carbon", source="luccioni2023bloom", locator="sec. 4.1, embodied emissions",
    title="The run's part of making its servers",
)  # fmt: skip
def training_embodied_carbon(servers, training_time, server_embodied, service_life, service_use):
    """The run's part of the carbon of making its servers, by the time that it had them.

    Assumes that making is spread evenly over the hours in which a server works, whoever has it.

    >>> round(training_embodied_carbon(
    ...     servers=48, training_time="117.5 day", server_embodied=3700, service_life=6, service_use=0.85), 1)
    11.2
    """
    return servers * training_time * server_embodied / (service_life * service_use)


@formula(
    result="prompt_embodied_carbon", source="isoiec21031", locator="embodied carbon: share of time and of resources",
    title="A prompt's part of making its server",
)  # fmt: skip
def prompt_embodied_carbon(prompt_gpu_time, gpus_per_server, server_embodied, service_life, service_use):
    """One prompt's part of the carbon of making the server that answers it.

    Assumes that each GPU has an equal part of its server, for the time that the prompt takes it.

    >>> round(prompt_embodied_carbon(
    ...     prompt_gpu_time=1, gpus_per_server=8, server_embodied=5000, service_life=4, service_use=0.5), 4)
    0.0099
    """
    return prompt_gpu_time * server_embodied / (gpus_per_server * service_life * service_use)


@formula(
    result="run_carbon", source="luccioni2023bloom", locator="table 3, energy and embodied emissions",
    title="Carbon of the run with its servers",
)  # fmt: skip
def run_carbon(training_carbon, training_embodied_carbon):
    """Carbon of the run: its electricity, and its part of the making of servers.

    Assumes that both are counted over the life cycle. Buildings, networks, and trials before the run come on top.

    >>> round(run_carbon(training_carbon=24.69, training_embodied_carbon=11.2), 1)
    35.9
    """
    return training_carbon + training_embodied_carbon


@formula(
    result="software_intensity", source="isoiec21031", locator="SCI: carbon of operation and embodied, for each R",
    title="Software carbon intensity of a prompt",
)  # fmt: skip
def software_intensity(prompt_carbon, prompt_embodied_carbon):
    """Software carbon intensity (SCI), with one prompt as its unit of use.

    Assumes the boundary of the two: servers and their building's overhead, without networks and one's own device.

    Holds location-based. The standard lets no certificate lower it.

    >>> round(software_intensity(prompt_carbon=0.12, prompt_embodied_carbon=0.01), 2)
    0.13
    """
    return prompt_carbon + prompt_embodied_carbon


@formula(
    result="carbon_free_share", source="google2021cfe", locator="CFE score: matched over used",
    title="Share without carbon",
)  # fmt: skip
def carbon_free_share(matched_energy, used_energy):
    """Share of a site's energy that is matched by energy without carbon.

    Assumes that what is matched is of the same period as what is used: a year, or each hour without surplus.

    Holds for both. By the year it can reach one while the nights burn gas; by the hour it cannot.

    >>> carbon_free_share(matched_energy=66, used_energy=100)
    0.66
    """
    return matched_energy / used_energy


@formula(
    result="equivalent_cars", source="epa2021equivalencies", locator="passenger vehicles per year",
    title="The run in cars driven for a year",
)  # fmt: skip
def equivalent_cars(training_carbon, car_carbon):
    """Cars whose year on the road emits as much as the run's electricity.

    Assumes driving alone on the cars' side, without their making and the fuel's refining.

    >>> round(equivalent_cars(training_carbon=552, car_carbon=4.49))
    123
    """
    return training_carbon / car_carbon


@formula(
    result="contract_factor", source="guardian2024datacenter",
    locator="location-based beside market-based emissions, 2022",
)  # fmt: skip
def contract_factor(place_carbon, contract_carbon):
    """How many times a company's carbon by contracts its carbon by the grids of its places is.

    Assumes that both are of the same electricity and the same year.

    Holds as a comparison only: the two answer different questions, and are never added.

    >>> round(contract_factor(place_carbon=200, contract_carbon=50), 9)
    4.0
    """
    return place_carbon / contract_carbon * coefficient(1, "contracted")
