"""Symbols of what a grid must have ready for a site: peak and mean, transformers, plants, land and years."""

from calc.base.domains import COUNT, COUNT_OR_NONE, FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

define("grid_load_factor", r"l_\mathrm{grid}", "1", "mean over greatest power of a place's grid", FRACTION)
define("transformer_rating", r"S_\mathrm{transformer}", "MVA/transformer", "apparent power of one transformer")
define("power_factor", r"\cos\varphi", "W/VA", "power over apparent power", basis="at_site")
define(
    "spare_transformers",
    r"n_\mathrm{spare}",
    "transformer",
    "transformers beyond those that carry the load",
    COUNT_OR_NONE,
)
define(
    "transformers",
    r"n_\mathrm{N+1}",
    "transformer",
    "transformers of a site with spares: N + 1 with one of them",
    COUNT,
)
define("doubled_transformers", r"n_\mathrm{2N}", "transformer", "transformers of a site with two whole sets: 2N", COUNT)
define("sent_out_power", r"P_\mathrm{sent}", "MW", "power that stations send out for a site", basis="at_station")
define("swing_share", r"s_\mathrm{swing}", "1", "share of its power by which a synchronous job swings", FRACTION)
define("swing_time", r"t_\mathrm{swing}", "s", "time in which it does")
define(
    "job_swing", r"\Delta P_\mathrm{job}", "MW", "power by which all GPUs of a job rise or fall at once", basis="at_it"
)
define("job_ramp", r"\dot P_\mathrm{job}", "MW/s", "speed at which the power of a job rises or falls", basis="at_it")
define(
    "plant_capacity",
    r"P_\mathrm{plant}",
    "MW",
    "capacity to build that gives a site's energy over the year",
    basis="at_station",
)
define(
    "land_use",
    r"a_\mathrm{plant}",
    "m2*year/MWh",
    "land that a MWh holds for a year",
    NOT_NEGATIVE,
    basis="1/at_station",
)
define("plant_area", r"A_\mathrm{plant}", "km2", "land of the plants that give a site's energy", NOT_NEGATIVE)
define("queue_capacity", r"P_\mathrm{queue}", "GW", "capacity that waits to be connected")
define("queue_share", r"s_\mathrm{queue}", "1", "share of what waits that is built in the end", FRACTION)
define("connection_rate", r"\dot P_\mathrm{connect}", "GW/year", "capacity that is connected in a year")
define("queue_time", r"t_\mathrm{queue}", "year", "years in which the queue is served")
define("plant_build_time", r"t_\mathrm{plant}", "year", "years in which a plant is built")
define("supply_wait", r"t_\mathrm{supply}", "year", "years until a plant that joins the queue gives power")
