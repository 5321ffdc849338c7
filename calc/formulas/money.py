"""Money: electricity, what is bought and paid off, rent, and what a run and a million tokens cost."""

from calc.api import formula

__all__ = [
    "capital_recovery",
    "gpu_hour_capital",
    "levelised_cost",
    "list_revenue",
    "peak_cost",
    "price_over_cost",
    "prompt_electricity_cost",
    "run_rent",
    "service_rent",
    "site_capital",
    "site_capital_cost",
    "token_cost",
    "token_electricity_cost",
    "training_electricity_cost",
]


@formula(
    result="training_electricity_cost", source="strubell2019energy", locator="sec. 2, energy times a price",
    title="Electricity cost of the run",
)  # fmt: skip
def training_electricity_cost(training_facility_energy, electricity_price):
    """What the electricity of the run costs.

    Assumes one price at all hours, with the charge for the peak in it.

    >>> round(training_electricity_cost(training_facility_energy="50 GWh", electricity_price=0.08), 2)
    4.0
    """
    return training_facility_energy * electricity_price


@formula(result="peak_cost", source="doe2021demand", locator="demand charge times peak", title="Cost of the peak")
def peak_cost(facility_power, demand_charge, billing_time):
    """What a utility asks for a site's peak, whatever energy it takes.

    Assumes the same peak in each month.

    Holds beside an energy price that leaves the peak out. A mean price has it already.

    >>> round(peak_cost(facility_power="20 MW", demand_charge=10, billing_time=12), 2)
    2.4
    """
    return facility_power * demand_charge * billing_time


@formula(
    result="token_electricity_cost", source="inferencenet2025energy", locator="cost per million tokens",
    title="Electricity cost of a million tokens",
)  # fmt: skip
def token_electricity_cost(token_energy, pue, electricity_price):
    """What the electricity of a million tokens costs.

    Assumes servers that are kept busy.

    >>> round(token_electricity_cost(token_energy="1 J/token", pue=1.2, electricity_price=0.09), 3)
    0.03
    """
    return token_energy * pue * electricity_price


@formula(
    result="prompt_electricity_cost", source="strubell2019energy", locator="sec. 2, energy times a price",
    title="Electricity cost of a prompt",
)  # fmt: skip
def prompt_electricity_cost(site_energy_per_prompt, electricity_price):
    """What the electricity of one prompt costs.

    Assumes one price at all hours. Chips and buildings cost many times as much.

    >>> round(prompt_electricity_cost(site_energy_per_prompt=0.3, electricity_price=0.08), 4)
    0.024
    """
    return site_energy_per_prompt * electricity_price


@formula(
    result="capital_recovery", source="short1995manual", locator="uniform capital recovery factor",
    title="Capital recovery factor",
)  # fmt: skip
def capital_recovery(discount_rate, write_off_years):
    """Yearly payment, for each dollar lent, that has paid it back with interest after some years.

    Assumes equal payments at the end of each year, and a rate in the same money as they: nominal for nominal.

    >>> round(capital_recovery(discount_rate=0.08, write_off_years=10), 5)
    0.14903
    """
    return discount_rate / (1 - 1 / (1 + discount_rate) ** write_off_years)


@formula(
    result="gpu_hour_capital", source="short1995manual", locator="uniform capital recovery factor",
    title="A bought GPU by the hour",
)  # fmt: skip
def gpu_hour_capital(gpu_price, capital_recovery, payment_time, gpu_use):
    """What an hour of a bought GPU costs, for the hours in which it works for somebody.

    Assumes that it is worth nothing after the years in which it is paid off.

    >>> round(gpu_hour_capital(gpu_price=35040, capital_recovery=0.25, payment_time=1, gpu_use=0.5), 3)
    2.0
    """
    return gpu_price * capital_recovery / (payment_time * gpu_use)


@formula(
    result="run_rent", source="deepseekai2024v3", locator="table 1, training costs at $2 per GPU hour",
    title="Cost of the run in rent",
)  # fmt: skip
def run_rent(gpu_hours, gpu_rent):
    """What a run costs whose GPUs are rented by the hour.

    Assumes that nothing is paid for trials, staff and data, which cost more than the last run at most companies.

    >>> round(run_rent(gpu_hours=2_788_000, gpu_rent=2), 3)
    5.576
    """
    return gpu_hours * gpu_rent


@formula(
    result="service_rent", source="deepseek2025inference", locator="total daily cost at $2 per GPU hour",
    title="Rent of the servers that answer",
)  # fmt: skip
def service_rent(busy_servers, gpus_per_server, gpu_rent):
    """What the servers of a service cost in rent.

    Assumes that servers are given back when they are not needed, as the mean of a day has it.

    >>> round(service_rent(busy_servers=226.75, gpus_per_server=8, gpu_rent=2))
    87072
    """
    return busy_servers * gpus_per_server * gpu_rent


@formula(
    result="token_cost", source="deepseek2025inference", locator="total daily cost and tokens",
    title="Cost of a million tokens in rent",
)  # fmt: skip
def token_cost(service_rent, tokens_per_day):
    """What the servers cost for a million tokens.

    Assumes that a token that is read costs as much as one that is written. Written ones cost several times as much.

    >>> round(token_cost(service_rent=87_072, tokens_per_day=776e9), 3)
    0.112
    """
    return service_rent / tokens_per_day


@formula(
    result="list_revenue", source="deepseek2025inference", locator="theoretical daily revenue at R1's prices",
    title="A day at list prices",
)  # fmt: skip
def list_revenue(
    cached_tokens_per_day, missed_tokens_per_day, output_tokens_per_day, cached_price, input_price, output_price
):
    """What a day's tokens would bring at list prices.

    Assumes that all is billed at the full price; free use, night rates and cheaper models leave less.

    >>> round(list_revenue(cached_tokens_per_day=342e9, missed_tokens_per_day=266e9, output_tokens_per_day=168e9,
    ...     cached_price=0.14, input_price=0.55, output_price=2.19))
    562100
    """
    return (
        cached_tokens_per_day * cached_price
        + missed_tokens_per_day * input_price
        + output_tokens_per_day * output_price
    )


@formula(
    result="price_over_cost", source="deepseek2025inference", locator="cost profit margin of 545 %",
    title="List prices over rent",
)  # fmt: skip
def price_over_cost(list_revenue, service_rent):
    """What tokens would bring at list prices, over the rent of their servers.

    Assumes the same day and the same tokens in both.

    Holds as a ratio; a margin in percent is one less.

    >>> round(price_over_cost(list_revenue=562_027, service_rent=87_072), 2)
    6.45
    """
    return list_revenue / service_rent


@formula(
    result="levelised_cost", source="short1995manual", locator="simplified levelised cost of energy",
    title="Levelised cost of electricity",
)  # fmt: skip
def levelised_cost(plant_price, capital_recovery, payment_time, capacity_factor, upkeep_cost):
    """What a MWh of one's own power station costs, over the years in which it is paid off.

    Assumes the same output in each year, and no taxes. Whoever lends for less pays less.

    >>> round(levelised_cost(plant_price=1.5, capital_recovery=0.14903, payment_time=1, capacity_factor=0.22,
    ...     upkeep_cost=40), 1)
    156.0
    """
    return plant_price * capital_recovery / (payment_time * capacity_factor) + upkeep_cost


@formula(
    result="site_capital", source="stargate2025announcement", locator="500 thousand million dollars for 10 GW",
    title="Price of a site",
)  # fmt: skip
def site_capital(facility_power, site_price):
    """What a site costs before it draws a watt: chips, servers, network and building.

    Assumes one price for each watt; who leases the building pays for the rest alone.

    >>> round(site_capital(facility_power="1 GW", site_price=29.5))
    29500
    """
    return facility_power * site_price


@formula(
    result="site_capital_cost", source="short1995manual", locator="uniform capital recovery factor",
    title="Yearly cost of what a site is",
)  # fmt: skip
def site_capital_cost(site_capital, capital_recovery, payment_time):
    """What a site costs in each of the years in which it is paid off.

    Assumes one life for chips and building, which the building outlives by far.

    >>> round(site_capital_cost(site_capital=29_500, capital_recovery=0.25, payment_time=1))
    7375
    """
    return site_capital * capital_recovery / payment_time
