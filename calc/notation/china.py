"""Symbols of sun and wind."""

from calc.base.domains import FRACTION
from calc.base.quantities import define

define("solar_capacity", r"P_\mathrm{sun}", "GW", "power of all solar panels at their ratings")
define("wind_capacity", r"P_\mathrm{wind}", "GW", "power of all wind turbines at their ratings")
define("solar_capacity_factor", r"\lambda_\mathrm{sun}", "1", "mean over rated power of solar panels", FRACTION)
define("wind_capacity_factor", r"\lambda_\mathrm{wind}", "1", "mean over rated power of wind turbines", FRACTION)
define("solar_generation", r"E_\mathrm{sun}", "TWh/year", "electricity from the sun")
define("wind_generation", r"E_\mathrm{wind}", "TWh/year", "electricity from the wind")
define("renewable_generation", r"E_\mathrm{sun+wind}", "TWh/year", "electricity from sun and wind")
define("renewable_coverage", r"r_\mathrm{DC}", "1", "electricity from sun and wind over what data centres use")
