"""Symbols of money: what is paid at once, and what is paid as one goes.

Money is nominal, of the year that its source says. What is paid at once has the basis `capital`, and reaches the
cost of a year or an hour by a payment's time alone, as power reaches the meter by PUE alone.
"""

from calc.base.domains import FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

define("electricity_price", r"p_\mathrm{kWh}", "USD/kWh", "price of a kWh at the site's meter", basis="1/at_site")
define(
    "demand_charge", r"p_\mathrm{peak}", "USD/(kW*month)", "monthly charge for each kW of the peak", basis="1/at_site"
)
define("billing_time", r"t_\mathrm{bill}", "month", "months that are billed")
define("training_electricity_cost", r"K_\mathrm{train,kWh}", "MUSD", "what the run's electricity costs")
define("peak_cost", r"K_\mathrm{peak}", "MUSD", "what the site's peak costs over the months that are billed")
define("token_electricity_cost", r"k_\mathrm{token,kWh}", "USD/Mtoken", "electricity cost of a million tokens")
define("prompt_electricity_cost", r"k_\mathrm{prompt,kWh}", "mUSD/prompt", "electricity cost of one prompt")
define("discount_rate", "r", "1", "yearly rate at which money is lent", FRACTION)
define("write_off_years", r"n_\mathrm{off}", "1", "years over which something bought is paid off")
define(
    "capital_recovery",
    r"a_\mathrm{off}",
    "1",
    "capital recovery factor: a yearly payment over what was lent",
    NOT_NEGATIVE,
)
define("payment_time", r"t_\mathrm{pay}", "year", "time from one payment to the next", basis="capital")
define(
    "gpu_price", r"p_\mathrm{GPU}", "USD/GPU", "price of a GPU with its share of server and network", basis="capital"
)
define("gpu_use", r"u_\mathrm{GPU}", "1", "share of its hours in which a GPU works for somebody", FRACTION)
define("gpu_hour_capital", r"k_\mathrm{GPU,buy}", "USD/(GPU*h)", "cost of an hour of a GPU that was bought")
define("gpu_rent", r"p_\mathrm{rent}", "USD/(GPU*h)", "rent of a GPU for an hour")
define("run_rent", r"K_\mathrm{run}", "MUSD", "what the run costs in rented GPU-hours")
define("service_rent", r"\dot K_\mathrm{serve}", "USD/day", "rent of the servers that answer")
define("tokens_per_day", r"\dot n_\mathrm{handled}", "token/day", "tokens that are read and written in a day")
define("token_cost", r"k_\mathrm{token}", "USD/Mtoken", "rent of servers for a million tokens, read and written alike")
define(
    "cached_tokens_per_day", r"\dot n_\mathrm{cache}", "token/day", "tokens that are read from a cache", NOT_NEGATIVE
)
define("missed_tokens_per_day", r"\dot n_\mathrm{miss}", "token/day", "tokens that are read and no cache has")
define("cached_price", r"p_\mathrm{cache}", "USD/Mtoken", "list price of tokens read from a cache", NOT_NEGATIVE)
define("input_price", r"p_\mathrm{in}", "USD/Mtoken", "list price of tokens that are read")
define("output_price", r"p_\mathrm{out}", "USD/Mtoken", "list price of tokens that are written")
define("list_revenue", r"\dot R_\mathrm{list}", "USD/day", "what a day's tokens would bring at list prices")
define(
    "price_over_cost", r"\rho_\mathrm{list}", "1", "what tokens would bring at list prices, over their servers' rent"
)
define("plant_price", r"p_\mathrm{plant}", "USD/W", "price of a power station for each W", basis="capital")
define("capacity_factor", r"c_\mathrm{plant}", "1", "mean over greatest power of the power station", FRACTION)
define("upkeep_cost", r"k_\mathrm{upkeep}", "USD/MWh", "fuel and upkeep for each MWh", NOT_NEGATIVE)
define("levelised_cost", r"k_\mathrm{MWh}", "USD/MWh", "levelised cost of a power station's electricity")
define("site_price", r"p_\mathrm{site}", "USD/W", "price of a site for each W, all in", basis="capital/at_site")
define("site_capital", r"K_\mathrm{site}", "MUSD", "what the site costs, all in", basis="capital")
define("site_capital_cost", r"\dot K_\mathrm{site}", "MUSD/year", "yearly cost of what the site is, paid off")
