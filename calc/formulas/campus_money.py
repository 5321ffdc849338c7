"""What a campus costs in capital and by the year; tokens read and written; euros, and dollars of other years."""

from calc.api import formula

__all__ = [
    "building_cost",
    "building_recovery",
    "campus_cost",
    "chips_cost",
    "converted_price",
    "price_over_written",
    "read_token_cost",
    "real_plant_price",
    "site_electricity_cost",
    "write_rate",
    "written_token_cost",
]


@formula(
    result="building_recovery", source="short1995manual", locator="uniform capital recovery factor",
    title="Capital recovery factor of a building",
)  # fmt: skip
def building_recovery(discount_rate, building_years):
    """Yearly payment, for each dollar lent for a building, that has paid it back with interest after some years.

    Assumes equal payments at the end of each year. Buildings outlive chips, so that their payments are smaller.

    >>> round(building_recovery(discount_rate=0.08, building_years=20), 5)
    0.10185
    """
    return discount_rate / (1 - 1 / (1 + discount_rate) ** building_years)


@formula(
    result="building_cost", source="short1995manual", locator="uniform capital recovery factor",
    title="Yearly cost of the building",
)  # fmt: skip
def building_cost(facility_power, building_price, building_recovery, payment_time):
    """What a site's building costs in each of the years in which it is paid off, with its cooling and electrics.

    Assumes one price for each watt of the site; land and the line to the grid come on top.

    >>> round(building_cost(facility_power="1 GW", building_price=12, building_recovery=0.1, payment_time=1))
    1200
    """
    return facility_power * building_price * building_recovery / payment_time


@formula(
    result="chips_cost", source="short1995manual", locator="uniform capital recovery factor",
    title="Yearly cost of chips",
)  # fmt: skip
def chips_cost(facility_power, chips_price, capital_recovery, payment_time):
    """What servers, chips and network cost in each of the years in which they are paid off.

    Assumes that they are worth nothing after it.

    >>> round(chips_cost(facility_power="1 GW", chips_price=20, capital_recovery=0.2, payment_time=1))
    4000
    """
    return facility_power * chips_price * capital_recovery / payment_time


@formula(
    result="site_electricity_cost", source="strubell2019energy", locator="sec. 2, energy times a price",
    title="Yearly cost of electricity",
)  # fmt: skip
def site_electricity_cost(facility_power, load_factor, electricity_price):
    """What a site's electricity costs in a year.

    Assumes one price at all hours, with the charge for the peak in it.

    >>> round(site_electricity_cost(facility_power="1 GW", load_factor=0.8, electricity_price=0.08), 1)
    560.6
    """
    return facility_power * load_factor * electricity_price


@formula(
    result="campus_cost", source="epoch2025hardware", locator="an AI data centre, all in, for each W",
    title="Yearly cost of a campus",
)  # fmt: skip
def campus_cost(building_cost, chips_cost, site_electricity_cost):
    """What a campus costs in a year: its building, its chips, its electricity.

    Assumes no staff, repairs, taxes or rent of land, which are some per cent more.

    Holds as what is paid by the year. The capital is not added to it, as its annuities stand for it.

    >>> campus_cost(building_cost=1200, chips_cost=4000, site_electricity_cost=560)
    5760.0
    """
    return building_cost + chips_cost + site_electricity_cost


@formula(
    result="write_rate", source="lmsys2025deepseek", locator="22.3 thousand tokens a second for eight H100",
    title="Tokens that a GPU writes",
)  # fmt: skip
def write_rate(serving_rate, instance_gpus):
    """Tokens that a busy GPU writes in a second: its part of what one copy of the model does.

    Assumes that the GPUs of a copy do alike.

    >>> write_rate(serving_rate=22_300, instance_gpus=8)
    2787.5
    """
    return serving_rate / instance_gpus


@formula(
    result="written_token_cost", source="lmsys2025deepseek", locator="22.3 thousand tokens a second for eight H100",
    title="Cost of a million written tokens",
)  # fmt: skip
def written_token_cost(gpu_rent, write_rate, gpu_use):
    """What GPUs cost in rent for a million tokens that they write.

    Assumes that GPUs that write do nothing else, and are paid for when they wait too.

    >>> round(written_token_cost(gpu_rent=2, write_rate=2787.5, gpu_use=1), 3)
    0.199
    """
    return gpu_rent / (write_rate * gpu_use)


@formula(
    result="read_token_cost", source="lmsys2025deepseek", locator="52.3 thousand tokens a second for eight H100",
    title="Cost of a million read tokens",
)  # fmt: skip
def read_token_cost(gpu_rent, read_rate, gpu_use):
    """What GPUs cost in rent for a million tokens that they read.

    Assumes that GPUs that read do nothing else; what a cache has read before costs next to nothing.

    >>> round(read_token_cost(gpu_rent=2, read_rate=6537.5, gpu_use=1), 3)
    0.085
    """
    return gpu_rent / (read_rate * gpu_use)


@formula(
    result="price_over_written", source="lmsys2025deepseek", locator="about one fifth of the price of the API",
    title="List price over rent, of written tokens",
)  # fmt: skip
def price_over_written(output_price, written_token_cost):
    """What a million written tokens bring at the list price, over what their GPUs cost in rent.

    Assumes the same model, and GPUs that are as busy as the cost has them.

    >>> price_over_written(output_price=1.1, written_token_cost=0.2)
    5.5
    """
    return output_price / written_token_cost


@formula(
    result="real_plant_price", source="bls2024cpi", locator="a price times the ratio of two years' indices",
    title="A plant's price in another year's money",
)  # fmt: skip
def real_plant_price(plant_price, price_level):
    """Price of a power station in the money of a later year.

    Assumes that plants follow the prices of what people buy. Turbines have risen much faster since 2022.

    >>> round(real_plant_price(plant_price=1.42, price_level=1.0719), 3)
    1.522
    """
    return plant_price * price_level


@formula(
    result="converted_price", source="eurostat2025prices", locator="nrg_pc_205, non-household consumers",
    title="A price in euros, in dollars",
)  # fmt: skip
def converted_price(euro_price, exchange_rate):
    """Price of electricity in dollars, of one that is stated in euros.

    Assumes the mean exchange rate of the price's own year.

    >>> round(converted_price(euro_price=0.1902, exchange_rate=1.09), 4)
    0.2073
    """
    return euro_price * exchange_rate
