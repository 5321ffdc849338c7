"""Symbols of a campus: its power, what stands in it, and the plant beside it."""

from calc.base.domains import COUNT, COUNT_OR_NONE, FRACTION
from calc.base.quantities import define

define("campus_power", r"P_\mathrm{campus}", "GW", "power that a campus may draw from the grid", basis="at_site")
define("campus_it_power", r"P_\mathrm{campus,IT}", "kW", "what is left of it for the IT equipment", basis="at_it")
define("campus_servers", r"N_\mathrm{campus,server}", "server", "servers that a campus can run", COUNT)
define("campus_gpus", r"N_\mathrm{campus,GPU}", "GPU", "GPUs that a campus can run", COUNT)
define("load_factor", r"\lambda_\mathrm{campus}", "1", "mean over greatest power of a campus", FRACTION)
define("operating_time", r"t_\mathrm{campus}", "year", "time for which a campus runs")
define("campus_energy", r"E_\mathrm{campus}", "TWh", "energy that a campus draws in that time", basis="at_site")
define("build_time", r"t_\mathrm{build}", "day", "time from the first work on a site to its full power")
define("build_rate", r"\dot P_\mathrm{build}", "MW/day", "power that a builder adds a day", basis="at_site")
define("small_turbines", r"N_\mathrm{small}", "turbine", "turbines of the smaller kind", COUNT_OR_NONE)
define("large_turbines", r"N_\mathrm{large}", "turbine", "turbines of the larger kind", COUNT_OR_NONE)
define("small_turbine_power", r"P_\mathrm{small}", "MW/turbine", "rating of one turbine of the smaller kind")
define("large_turbine_power", r"P_\mathrm{large}", "MW/turbine", "rating of one turbine of the larger kind")
define("turbine_power", r"P_\mathrm{turbines}", "MW", "power of all turbines at their ratings")
