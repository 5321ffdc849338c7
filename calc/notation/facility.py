"""Symbols of the site."""

from calc.base.domains import AT_LEAST_ONE, FRACTION_OR_NONE, NOT_NEGATIVE
from calc.base.quantities import define

define("pue", r"\mathrm{PUE}", "1", "facility power over IT power", AT_LEAST_ONE, basis="at_site/at_it")
define("facility_power", r"P_\mathrm{site}", "MW", "power of the whole site", basis="at_site")
define(
    "overhead_power",
    r"P_\mathrm{overhead}",
    "MW",
    "power that the site takes beside its IT",
    NOT_NEGATIVE,
    basis="at_site",
)
define("cooling_share", r"s_\mathrm{cool}", "1", "share of a site's electricity that cooling takes", FRACTION_OR_NONE)
define("conversion_share", r"s_\mathrm{convert}", "1", "share that batteries and transformers lose", FRACTION_OR_NONE)
define("lighting_share", r"s_\mathrm{light}", "1", "share that lights take", FRACTION_OR_NONE)
define(
    "overhead_share",
    r"s_\mathrm{overhead}",
    "1",
    "share of a site's electricity that is not its IT's",
    FRACTION_OR_NONE,
)
define("training_facility_energy", r"E_\mathrm{train,site}", "GWh", "energy of the run at the site", basis="at_site")
define("serving_facility_energy", r"E_\mathrm{serve,site}", "GWh", "energy of serving at the site", basis="at_site")
define(
    "total_facility_energy", r"E_\mathrm{site}", "GWh", "energy of the run and of serving at the site", basis="at_site"
)
define(
    "site_energy_per_prompt", r"e_\mathrm{prompt,site}", "Wh/prompt", "energy of one prompt at the site",
    basis="at_site",
)  # fmt: skip
