"""Symbols of what a person can picture: a kettle, a bath, a drive, a flight, a beam of steel."""

from calc.base.domains import NOT_NEGATIVE
from calc.base.quantities import define

define("kettle_power", r"P_\mathrm{kettle}", "kW", "power of a kettle", basis="at_site")
define(
    "kettle_time",
    r"t_\mathrm{kettle}",
    "s/prompt",
    "time of a kettle that takes as much energy as one prompt",
    NOT_NEGATIVE,
)
define("bath_volume", r"V_\mathrm{bath}", "L", "water of a bath")
define(
    "water_heat", r"c_\mathrm{water}", "kJ/(L*K)", "heat that a litre of water takes for each degree", basis="at_site"
)
define("bath_rise", r"\Delta T_\mathrm{bath}", "K", "degrees by which the water of a bath is warmed")
define("bath_energy", r"E_\mathrm{bath}", "kWh", "heat of a bath, as electricity that heats it", basis="at_site")
define("bath_prompts", r"n_\mathrm{bath}", "prompt", "prompts that take as much energy as a bath", NOT_NEGATIVE)
define("drive_carbon", r"m_\mathrm{km}", "gCO2e/km", "carbon of driving a car for a kilometre")
define("run_drive", r"d_\mathrm{run}", "km", "drive that emits as much as the run's electricity", NOT_NEGATIVE)
define("flight_carbon", r"m_\mathrm{flight}", "kgCO2e/flight", "carbon of one passenger's flight")
define(
    "run_flights",
    r"n_\mathrm{flight,run}",
    "flight",
    "passengers' flights that emit as much as the run's electricity",
    NOT_NEGATIVE,
)
define("steel_carbon", r"m_\mathrm{steel}", "tCO2e/t", "carbon of making a tonne of steel")
define("run_steel", r"M_\mathrm{steel}", "t", "steel whose making emits as much as the run's electricity", NOT_NEGATIVE)
