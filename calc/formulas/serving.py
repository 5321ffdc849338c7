"""Energy and power of serving, at the servers."""

from calc.api import formula

__all__ = ["breakeven_prompts", "breakeven_time", "daily_serving_energy", "serving_energy", "serving_power"]


@formula(result="daily_serving_energy", source="mohit2026", locator="Deployed model energy demand is even larger")
def daily_serving_energy(prompts_per_day, energy_per_prompt):
    """IT energy of answering one day's prompts.

    Assumes one mean energy for all prompts; long answers and reasoning cost many times more.

    Holds when `energy_per_prompt` is counted at the servers. Published figures often have the site's overhead in
    them already.

    >>> daily_serving_energy(prompts_per_day=2.5e9, energy_per_prompt="0.3 Wh/prompt")
    750.0
    """
    return prompts_per_day * energy_per_prompt


@formula(result="serving_energy", source="mohit2026", locator="Deployed model energy demand is even larger")
def serving_energy(daily_serving_energy, serving_time):
    """IT energy of a period of serving.

    Assumes every day is like the first.

    >>> serving_energy(daily_serving_energy=750, serving_time=90)
    67.5
    """
    return daily_serving_energy * serving_time


@formula(result="serving_power", source="bipm2019si", locator="table 4: the watt is the joule per second")
def serving_power(daily_serving_energy):
    """The mean power that a day's energy amounts to.

    Assumes nothing but the mean over the day; the peak hour is higher.

    >>> serving_power(daily_serving_energy="750 MWh/day")
    31.25
    """
    return daily_serving_energy


@formula(
    result="breakeven_time", source="mohit2026", locator="Deployed model energy demand is even larger",
    title="Break-even time",
)  # fmt: skip
def breakeven_time(training_energy, daily_serving_energy):
    """Days of serving after which answering has used as much energy as training did.

    Assumes one training run and a constant number of prompts a day.

    >>> breakeven_time(training_energy=43.875, daily_serving_energy=750)
    58.5
    """
    return training_energy / daily_serving_energy


@formula(
    result="breakeven_prompts", source="luccioni2024power", locator="sec. 4.3, cost parity", title="Break-even prompts"
)
def breakeven_prompts(training_energy, energy_per_prompt):
    """Prompts after which answering has used as much energy as training did.

    Assumes one training run and one mean energy for all prompts, both counted at the same place.

    Holds whatever the number of prompts in a day is; it needs no time at all.

    >>> breakeven_prompts(training_energy="43.875 GWh", energy_per_prompt="0.3 Wh/prompt")
    146250000000.0
    """
    return training_energy / energy_per_prompt
