"""Symbols of what moves with time: series, what is announced and what is seen, forecasts and what came."""

from calc.base.domains import FRACTION, Domain
from calc.base.domains import NOT_NEGATIVE as NONE
from calc.base.quantities import define

_RATE = Domain(-1, float("inf"), True, False, "a finite number above -1")

define("first_level", r"x_\mathrm{first}", "1", "first value of a series, in the series' own unit")
define("last_level", r"x_\mathrm{last}", "1", "last value of a series, in the series' own unit")
define("span", r"t_\mathrm{span}", "year", "time between the two")
define("yearly_growth", r"g_\mathrm{year}", "1", "what a series grows by in a year, as a share of itself", _RATE)
define(
    "whole_growth", r"g_\mathrm{whole}", "1", "what a series grew by from first to last, as a share of the first", _RATE
)
define("doubling_time", r"t_2", "year", "time in which a series doubles")
define("announced_power", r"P_\mathrm{said}", "MW", "power that was announced for a site", basis="at_site")
define("permitted_power", r"P_\mathrm{permit}", "MW", "power that a site has a permit for", basis="at_site")
define(
    "seen_power", r"P_\mathrm{seen}", "MW", "power in use at a site, as far as it can be seen", NONE, basis="at_site"
)
define("seen_it_power", r"P_\mathrm{seen,IT}", "MW", "power of the IT equipment at a site", NONE, basis="at_it")
define("own_power", r"P_\mathrm{own}", "MW", "generators of a site's own, at their rating", NONE, basis="at_site")
define(
    "metered_use",
    r"E_\mathrm{meter}",
    "GWh/year",
    "electricity that a site's meter counts in a year",
    NONE,
    basis="at_site",
)
define("built_share", r"s_\mathrm{built}", "1", "what is seen of what was announced", NONE)
define("reported_gpus", r"N_\mathrm{said}", "GPU", "GPUs that a site is said to hold")
define(
    "site_power_per_gpu",
    r"p_\mathrm{GPU,site}",
    "kW/GPU",
    "a site's power for each GPU that it is said to hold",
    basis="at_site",
)
define("owner_power", r"P_\mathrm{owner}", "GW", "power of the machines that a company uses", basis="at_site")
define(
    "owner_use",
    r"E_\mathrm{owner}",
    "TWh/year",
    "electricity that a company's data centres use in a year",
    basis="at_site",
)
define("owner_revenue", r"K_\mathrm{owner}", "GUSD/year", "what a company takes in a year")
define("owner_users", r"N_\mathrm{user}", "person", "people who use a service, in the week or month that is said")
define(
    "owner_tokens", r"\dot n_\mathrm{owner}", "token/day", "tokens that a company's models handle in a day, in and out"
)
define("chip_power", r"P_\mathrm{chips}", "MW", "power of a company's chips, by their ratings", basis="at_chip")
define("owner_chips", r"N_\mathrm{H100e}", "GPU", "chips that a company holds, as so many H100")
define(
    "owner_carbon",
    r"m_\mathrm{owner}",
    "tCO2e",
    "greenhouse gases that a company reports for a year, within a boundary of its own",
)
define("owner_water", r"V_\mathrm{owner}", "ML", "water that an owner's sites consume in a year", NONE, basis="on_site")
define(
    "owner_withdrawal",
    r"V_\mathrm{owner,in}",
    "ML",
    "water that an owner's sites take in in a year, given back or not",
    NONE,
    basis="withdrawn*on_site",
)
define("stated_answer_energy", r"e_\mathrm{stated}", "Wh/prompt", "energy of one answer, as it was published", NONE)
define("unexplained_factor", r"f_\mathrm{rest}", "1", "what a company draws, over what its known answers take")
define("capacity_share", r"\lambda_\mathrm{owner}", "1", "mean over greatest power of a company's machines")
define("forecast_demand", r"\hat E", "TWh/year", "electricity that a forecast has for a year")
define("realised_demand", r"E_\mathrm{came}", "TWh/year", "electricity that was counted for that year")
define("forecast_error", r"\delta_\mathrm{forecast}", "1", "what a forecast was off by, as a share of what came", _RATE)
define("forecast_low", r"\hat E_\mathrm{low}", "TWh/year", "the least that a forecast expects")
define("forecast_high", r"\hat E_\mathrm{high}", "TWh/year", "the most that a forecast expects")
define(
    "forecast_cover",
    r"c_\mathrm{cover}",
    "1",
    "how often such a range should hold what comes",
    FRACTION,
)
define(
    "interval_score",
    r"S_\mathrm{interval}",
    "TWh/year",
    "interval score of a range: its width, and a fine for what it misses",
    NONE,
)
