"""Symbols that link a site to the people that it serves, and a run or an answer to carbon, water and money."""

from calc.base.domains import FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

# A site that serves.
define("prompts_per_person", r"n_\mathrm{day}", "prompt/(person*day)", "prompts that one person sends in a day")
define("people_served", r"N_\mathrm{served}", "person", "people whom a site can serve")
define("mean_token_rate", r"\bar{\dot n}_\mathrm{site}", "token/s", "tokens that a site writes in a second, on average")
define("service_power", r"P_\mathrm{service}", "MW", "mean power at the site of a service", basis="at_site")
define("service_load", r"\lambda_\mathrm{service}", "1", "mean power of a service over what its site may draw")
define(
    "service_energy", r"E_\mathrm{service}", "GWh", "energy at the site of a service over some time", basis="at_site"
)
define(
    "service_carbon", r"M_\mathrm{service}", "tCO2e", "carbon of a service's electricity, on the average", NOT_NEGATIVE
)
define(
    "service_site_water", r"V_\mathrm{service,site}", "ML", "water that a service's site consumes", NOT_NEGATIVE,
    basis="on_site",
)  # fmt: skip
define(
    "service_source_water", r"V_\mathrm{service,grid}", "ML", "water that power stations consume for a service",
    NOT_NEGATIVE, basis="at_plant",
)  # fmt: skip
define("service_electricity_cost", r"K_\mathrm{service,kWh}", "MUSD", "what a service's electricity costs")
define(
    "service_share", r"s_\mathrm{service}", "1", "share of the place's electricity that a service takes", FRACTION,
    basis="at_site",
)  # fmt: skip
define(
    "campus_peak_share", r"s_\mathrm{campus,peak}", "1", "a campus's power over the place's peak", FRACTION,
    basis="at_site",
)  # fmt: skip
define("campus_capital", r"K_\mathrm{campus}", "MUSD", "what a campus costs, all in", basis="capital")

# One answer.
define("answer_carbon", r"m_\mathrm{answer}", "gCO2e/prompt", "carbon of one answer's electricity", NOT_NEGATIVE)
define(
    "answer_site_water", r"v_\mathrm{answer}", "mL/prompt", "water that one answer evaporates at the site",
    NOT_NEGATIVE, basis="on_site",
)  # fmt: skip
define(
    "answer_source_water", r"v_\mathrm{answer,grid}", "mL/prompt",
    "water that one answer evaporates at power stations", NOT_NEGATIVE, basis="at_plant",
)  # fmt: skip
define("answer_rent", r"k_\mathrm{answer}", "mUSD/prompt", "rent of the GPUs for one answer")

# A run, by its GPU-hours.
define(
    "run_site_carbon", r"M_\mathrm{run,site}", "tCO2e", "carbon of a run's electricity, by its GPU-hours", NOT_NEGATIVE
)
define(
    "run_site_water", r"V_\mathrm{run,site}", "ML", "water that the site consumes for a run, by its GPU-hours",
    NOT_NEGATIVE, basis="on_site",
)  # fmt: skip
define(
    "run_source_water", r"V_\mathrm{run,grid}", "ML", "water that power stations consume for a run, by its GPU-hours",
    NOT_NEGATIVE, basis="at_plant",
)  # fmt: skip
define("run_electricity_cost", r"K_\mathrm{run,kWh}", "MUSD", "what a run's electricity costs, by its GPU-hours")
define("run_site_power", r"P_\mathrm{run}", "MW", "mean power at the site of a run", basis="at_site")
define(
    "run_share",
    r"s_\mathrm{run}",
    "1",
    "share of the place's electricity that a run takes while it lasts",
    basis="at_site",
)
