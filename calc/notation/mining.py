"""Symbols of mining."""

from calc.base.domains import AT_LEAST_ONE
from calc.base.quantities import define

define("hash_rate", r"R_\mathrm{hash}", "EH/s", "hashes that miners try in a second")
define("hash_energy", r"e_\mathrm{hash}", "J/TH", "energy of a hash", basis="at_it")
define("mining_power", r"P_\mathrm{mine}", "GW", "power of the miners", basis="at_it")
define("mining_time", r"t_\mathrm{mine}", "year", "time for which they mine")
define("mining_energy", r"E_\mathrm{mine}", "TWh", "energy of mining in that time", basis="at_it")
define(
    "difficulty", r"D_\mathrm{block}", "1", "how many times harder a block is to find than the easiest", AT_LEAST_ONE
)
define("block_time", r"t_\mathrm{block}", "minute/block", "mean time until a block is found")
define("block_reward", r"B_\mathrm{block}", "coin/block", "new coins paid for a block")
define("coin_price", r"p_\mathrm{coin}", "USD/coin", "price of a coin")
define("hashprice", r"p_\mathrm{hash}", "USD/(PH/s*day)", "what a day of hashing earns")
define("mining_revenue", r"v_\mathrm{mine}", "USD/MWh", "what mining earns with its electricity", basis="1/at_it")
define("serving_income", r"V_\mathrm{serve}", "USD/year", "what those who ask pay in a year")
define("serving_revenue", r"v_\mathrm{serve}", "USD/MWh", "what serving earns with its electricity", basis="1/at_it")
