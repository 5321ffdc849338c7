"""Symbols of the making of machines and buildings, and of software by the standard that counts both use and making.

What is embodied reaches a year or an hour by a life's time alone, which has the same basis.
"""

from calc.base.domains import FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

define(
    "gpu_embodied",
    r"m_\mathrm{GPU,made}",
    "kgCO2e/GPU",
    "carbon of making one GPU with its part of the board",
    basis="embodied",
)
define("host_embodied", r"m_\mathrm{host}", "kgCO2e/server", "carbon of making a server without GPUs", basis="embodied")
define(
    "flop_embodied",
    r"m_\mathrm{FLOP}",
    "gCO2e/EFLOP",
    "carbon of making a GPU for each exaFLOP that it can do in its life",
)
define(
    "building_embodied",
    r"m_\mathrm{building}",
    "tCO2e/MW",
    "carbon of making a site's building, with cooling and electrics, for each MW",
    basis="embodied/at_site",
)
define("building_life", r"T_\mathrm{building}", "year", "years that the building stands", basis="embodied")
define(
    "building_carbon", r"\dot M_\mathrm{building}", "tCO2e/year", "carbon of making the building, spread over its years"
)
define(
    "whole_embodied",
    r"m_\mathrm{whole}",
    "kgCO2e",
    "carbon of making all hardware that the software runs on",
    basis="embodied",
)
define("reserved_time", r"t_\mathrm{reserved}", "h", "time for which the hardware is reserved")
define("reserved_share", r"s_\mathrm{reserved}", "1", "share of the hardware that is reserved", FRACTION)
define(
    "software_embodied",
    r"M_\mathrm{software}",
    "gCO2e",
    "the software's part of the carbon of making its hardware",
    NOT_NEGATIVE,
)
define(
    "software_energy",
    r"E_\mathrm{software}",
    "kWh",
    "energy that the software takes, with its part of the site",
    NOT_NEGATIVE,
    basis="at_site",
)
define(
    "functional_units", r"R_\mathrm{use}", "use", "how often the software is of use in that time: requests, users, runs"
)
define(
    "software_rate",
    r"\mathrm{SCI}_\mathrm{use}",
    "gCO2e/use",
    "software carbon intensity (SCI) of one use: life cycle, location-based, with the making",
    NOT_NEGATIVE,
)
