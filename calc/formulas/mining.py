"""Mining beside serving: tries, power, energy, and what they earn."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = ["block_time", "hashprice", "mining_energy", "mining_power", "mining_revenue", "serving_revenue"]


@formula(result="mining_power", source="ccaf2025mining", locator="electricity use, from hash rate and efficiency")
def mining_power(hash_rate, hash_energy):
    """Power of all miners: hashes in a second, times the energy of one.

    Assumes one mean energy for all machines, new and old; cooling is not in it.

    >>> round(mining_power(hash_rate="558 EH/s", hash_energy="28.2 J/TH"), 1)
    15.7
    """
    return hash_rate * hash_energy


@formula(result="mining_energy", source="ccaf2025mining", locator="electricity use in 2024")
def mining_energy(mining_power, mining_time):
    """Energy of mining over some time.

    Assumes that the power stays as it is.

    >>> round(mining_energy(mining_power=15.74, mining_time="1 year"))
    138
    """
    return mining_power * mining_time


@formula(
    result="block_time", source="bitcoinwiki2026difficulty", locator="How soon might I expect to generate a block?"
)
def block_time(difficulty, hash_rate):
    """Mean time until a block is found: the tries that it takes, over the tries in a second.

    Assumes that each try succeeds with the same small chance, whatever the others do.

    Holds for one machine and for all: twice the machines find a block in half the time.

    >>> round(block_time(difficulty=20_000, hash_rate="1 GH/s") / 60, 2)
    23.86
    """
    return difficulty * coefficient(4294967296, "H/block") / hash_rate


@formula(result="hashprice", source="luxor2026hashprice", locator="How is Hashprice calculated?")
def hashprice(block_reward, coin_price, difficulty):
    """What a day of hashing earns: the reward of a block over the tries that it takes.

    Assumes that the reward is new coins alone; fees come on top, mostly a few per cent.

    >>> round(hashprice(block_reward=3.125, coin_price=100_000, difficulty=1e14), 1)
    62.9
    """
    return block_reward * coin_price / (difficulty * coefficient(4294967296, "H/block"))


@formula(
    result="mining_revenue", source="minermag2023quiz", locator="hashcost: efficiency × price of electricity × 24 h"
)
def mining_revenue(hashprice, hash_energy):
    """What a miner takes in for each unit of electricity.

    Assumes that electricity is what limits mining; machines cost money too.

    Holds as the highest price of electricity at which a machine is worth running.

    >>> round(mining_revenue(hashprice=44.9, hash_energy=28.2), 1)
    66.3
    """
    return hashprice / hash_energy


@formula(result="serving_revenue", source="cryptoslate2025miners", locator="income of a site over its power")
def serving_revenue(serving_income, daily_serving_energy):
    """What a service takes in for each unit of electricity that its answers use.

    Assumes that all income is paid for answers, and that answers use all the electricity.

    >>> round(serving_revenue(serving_income=10e9, daily_serving_energy=750), -2)
    36500.0
    """
    return serving_income / daily_serving_energy
