"""Symbols of a nation's grid, now and later."""

from calc.base.domains import FRACTION, FRACTION_OR_NONE, NOT_NEGATIVE
from calc.base.quantities import define

define("datacentre_demand", r"E_\mathrm{DC}", "TWh/year", "electricity that the nation's data centres use")
define("datacentre_share", "s", "1", "their share of the nation's electricity", FRACTION)
define(
    "grid_share", r"s_\mathrm{site}", "1", "share of the nation's electricity that a site takes", FRACTION,
    basis="at_site",
)  # fmt: skip
define("national_demand", r"E_\mathrm{nation}", "TWh/year", "electricity that the nation uses", NOT_NEGATIVE)
define("years", r"N_\mathrm{year}", "1", "years from the first to the last of two")
define("national_growth", r"g_\mathrm{nation}", "1", "yearly growth of all the nation's use", FRACTION_OR_NONE)
define("future_national_demand", r"E_\mathrm{nation}'", "TWh/year", "electricity that the nation will use")
define("future_share", r"s'", "1", "the data centres' share of it", FRACTION)
define("future_demand", r"E_\mathrm{DC}'", "TWh/year", "electricity that the nation's data centres will use")
define("demand_growth", r"g_\mathrm{DC}", "1", "yearly growth of the data centres' use", FRACTION_OR_NONE)
define("capacity_utilisation", r"\lambda_\mathrm{DC}", "1", "mean over greatest power of all data centres", FRACTION)
define("future_capacity", r"P_\mathrm{DC}'", "GW", "power that the data centres must be able to draw")
