"""The fleet that answers everyone with one model: copies, GPUs, racks, megawatts; and what a campus can write."""

from sympy import ceiling, floor

from calc.api import formula

__all__ = [
    "campus_copies",
    "campus_token_rate",
    "fleet_busy_power",
    "fleet_gpus",
    "fleet_mean_power",
    "fleet_racks",
    "model_copies",
]

_DAYS = "Serving in Practice: node-days of a day's tokens"


@formula(result="model_copies", source="austin2025scaling", locator=_DAYS, title="Copies of a model")
def model_copies(peak_prompt_rate, response_tokens, serving_rate):
    """Copies of a model that write all tokens of the busiest moment.

    Assumes that prompts are shared out evenly, and that nothing is kept in reserve.

    >>> model_copies(peak_prompt_rate=35_000, response_tokens=500, serving_rate=5000)
    3500
    """
    return ceiling(peak_prompt_rate * response_tokens / serving_rate)


@formula(result="fleet_gpus", source="austin2025scaling", locator=_DAYS, title="GPUs of a fleet")
def fleet_gpus(model_copies, instance_gpus):
    """GPUs of all copies that a fleet runs.

    Assumes that each copy has GPUs of its own.

    >>> fleet_gpus(model_copies=3500, instance_gpus=4)
    14000
    """
    return model_copies * instance_gpus


@formula(result="fleet_racks", source="austin2025scaling", locator=_DAYS, title="Racks of a fleet")
def fleet_racks(fleet_gpus, gpus_per_server):
    """Servers that hold these GPUs, or racks where a rack is counted as one.

    Assumes that every server is filled.

    >>> fleet_racks(fleet_gpus=14_000, gpus_per_server=72)
    195
    """
    return ceiling(fleet_gpus / gpus_per_server)


@formula(
    result="fleet_busy_power", source="greengrid2012pue", locator="definition of PUE", title="Power of a busy fleet",
)  # fmt: skip
def fleet_busy_power(pue, model_copies, busy_power):
    """Power at the site in the busiest moment, when every copy works.

    Assumes that cooling and losses grow with the IT.

    >>> round(fleet_busy_power(pue=1.2, model_copies=3500, busy_power="3 kW"), 2)
    12.6
    """
    return pue * model_copies * busy_power


@formula(
    result="fleet_mean_power", source="elsworth2025google", locator="energy of a prompt, with machines that wait",
    title="Mean power of a fleet",
)  # fmt: skip
def fleet_mean_power(prompts_per_day, answer_energy):
    """Mean power at the site: a day's answers, with the copies that wait.

    Assumes that the day's answers are like the mean one.

    >>> round(fleet_mean_power(prompts_per_day=2.4e9, answer_energy=0.3), 6)
    30.0
    """
    return prompts_per_day * answer_energy


@formula(
    result="campus_copies", source="nvidia2024dgxb200", locator="scalable unit: 32 systems of 8 GPUs",
    title="Copies that a campus can run",
)  # fmt: skip
def campus_copies(campus_gpus, instance_gpus):
    """Copies of a model that fit on the GPUs of a campus.

    Assumes that all of them serve, and one model.

    >>> campus_copies(campus_gpus=100_000, instance_gpus=8)
    12500
    """
    return floor(campus_gpus / instance_gpus)


@formula(result="campus_token_rate", source="austin2025scaling", locator=_DAYS, title="Tokens of a campus")
def campus_token_rate(campus_copies, serving_rate):
    """Tokens that a campus can write in a second, all copies at work.

    Assumes that there are prompts for all of them.

    >>> campus_token_rate(campus_copies=12_500, serving_rate=4000)
    50000000.0
    """
    return campus_copies * serving_rate
