"""What moves with time: how fast a series grows, what is built of what was announced, what a forecast was off by."""

from sympy import Max, log

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "built_share",
    "doubling_time",
    "forecast_error",
    "interval_score",
    "site_power_per_gpu",
    "unexplained_factor",
    "whole_growth",
    "yearly_growth",
]


@formula(
    result="yearly_growth", source="shehabi2024lbnl",
    locator="Executive summary, compound annual growth rates of 7 % to 2018 and 18 % to 2023",
)  # fmt: skip
def yearly_growth(last_level, first_level, span):
    """What a series grows by in a year, if it grew by the same share in each.

    Assumes steady growth between two values; what came between them is left out.

    Holds for a series that shrinks too, whose growth is below nothing.

    >>> round(yearly_growth(last_level=176, first_level=76, span=5), 2)
    0.18
    """
    return (last_level / first_level) ** (coefficient(1, "year") / span) - 1


@formula(
    result="whole_growth", source="iea2025energyai", locator="data centres by region, increases to 2030 in per cent",
)  # fmt: skip
def whole_growth(last_level, first_level):
    """What a series grew by between its first and its last value, as a share of the first.

    Assumes nothing about the way between the two, nor about how long it took.

    Holds for a series that shrinks too, whose growth is below nothing.

    >>> round(whole_growth(last_level=426, first_level=183), 2)
    1.33
    """
    return last_level / first_level - 1


@formula(
    result="doubling_time", source="epoch2026hub", locator="how often the largest site doubles",
)  # fmt: skip
def doubling_time(last_level, first_level, span):
    """The time in which a series doubles, if it grows by the same share in each year.

    Assumes steady growth between two values.

    Holds for a series that grows; of one that shrinks it would be a time that is past.

    >>> doubling_time(last_level=4, first_level=1, span=2)
    1.0
    """
    return span * log(2) / log(last_level / first_level)


@formula(result="built_share", source="epoch2026hub", locator="what is in use by date, beside what was announced")
def built_share(seen_power, announced_power):
    """What is seen of what was announced, as a share.

    Assumes that both count the same: the site, with its cooling.

    Holds above one for a site that outgrew its announcement.

    >>> built_share(seen_power=295, announced_power=1180)
    0.25
    """
    return seen_power / announced_power


@formula(result="site_power_per_gpu", source="meta2026provisioning", locator="150 MW and 83,000 GPUs in racks of GB200")
def site_power_per_gpu(campus_power, reported_gpus):
    """A site's power for each GPU that it is said to hold.

    Assumes that the power feeds these GPUs and nothing else, with their servers, network and cooling.

    >>> round(site_power_per_gpu(campus_power="150 MW", reported_gpus=83000), 2)
    1.81
    """
    return campus_power / reported_gpus


@formula(
    result="unexplained_factor", source="friar2026business", locator="compute of 0.2, 0.6 and 1.9 GW",
)  # fmt: skip
def unexplained_factor(owner_power, capacity_share, serving_power, pue):
    """What a company draws, over what the answers that are counted take: the factor that they leave open.

    Assumes that the machines draw a share of their power, and that prompts are as large as the ones that were
    estimated. What is left holds training, research, pictures, agents, customers of the API, and idle machines.

    >>> round(unexplained_factor(owner_power=1.9, capacity_share=0.5, serving_power=35, pue=1.2), 1)
    22.6
    """
    return owner_power * capacity_share / (serving_power * pue)


@formula(
    result="forecast_error", source="koomey2011growth", locator="EPA's projection of 2007 beside what came by 2010"
)
def forecast_error(forecast_demand, realised_demand):
    """What a forecast was off by, as a share of what came; above nothing where it said too much.

    Assumes that both count the same data centres in the same year.

    >>> round(forecast_error(forecast_demand=260, realised_demand=200), 9)
    0.3
    """
    return forecast_demand / realised_demand - 1


@formula(
    result="interval_score", source="gneiting2007scoring", locator="eq. 43, the interval score",
)  # fmt: skip
def interval_score(forecast_low, forecast_high, realised_demand, forecast_cover):
    """How good a range was: its width, and a fine for what came outside of it. Less is better.

    Assumes that the range was meant to hold what comes in a stated share of cases. The score is proper: nobody does
    better, on average, than by stating what he believes.

    >>> round(interval_score(forecast_low=100, forecast_high=200, realised_demand=220, forecast_cover=0.8), 9)
    300.0
    """
    fine = 2 / (1 - forecast_cover)
    below = Max(forecast_low, realised_demand) - realised_demand
    above = Max(forecast_high, realised_demand) - forecast_high
    return forecast_high - forecast_low + fine * (below + above)
