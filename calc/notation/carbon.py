"""Symbols of greenhouse gases: of the electricity, and of making the machines.

Without a basis, carbon is counted over the life cycle, at the place, and on the average of its grid. What is counted at
the stack alone (`direct`), on the margin, by contracts, or is in the making (`embodied`) says so, and never adds to it.
"""

from calc.base.domains import FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

define(
    "carbon_intensity", r"c_\mathrm{grid}", "gCO2e/kWh",
    "life-cycle carbon of a generated kWh, on the average of the place's grid", NOT_NEGATIVE, basis="1/at_station",
)  # fmt: skip
define(
    "direct_intensity", r"c_\mathrm{stack}", "gCO2e/kWh",
    "carbon from the stacks alone of a generated kWh, on the average of the place's grid", NOT_NEGATIVE,
    basis="direct/at_station",
)  # fmt: skip
define(
    "marginal_intensity", r"c_\mathrm{margin}", "gCO2e/kWh",
    "carbon of one kWh more, from the stacks of the plants that would make it", NOT_NEGATIVE,
    basis="marginal/at_station",
)  # fmt: skip
define(
    "contract_intensity", r"c_\mathrm{contract}", "gCO2e/kWh",
    "carbon of a kWh at the site by what its owner has bought, market-based", NOT_NEGATIVE, basis="contracted/at_site",
)  # fmt: skip
define(
    "grid_delivery", r"\eta_\mathrm{grid}", "1", "share of what power stations send out that arrives", FRACTION,
    basis="at_site/at_station",
)  # fmt: skip
define("training_carbon", r"M_\mathrm{train}", "tCO2e", "carbon of the run's electricity, on the average", NOT_NEGATIVE)
define(
    "training_direct_carbon", r"M_\mathrm{train,stack}", "tCO2e",
    "carbon of the run's electricity, at the stacks alone", NOT_NEGATIVE, basis="direct",
)  # fmt: skip
define(
    "training_marginal_carbon", r"M_\mathrm{train,margin}", "tCO2e",
    "carbon that the run's electricity adds, on the margin", NOT_NEGATIVE, basis="marginal",
)  # fmt: skip
define(
    "serving_carbon", r"M_\mathrm{serve}", "tCO2e", "carbon of the electricity of serving, on the average", NOT_NEGATIVE
)
define(
    "prompt_carbon", r"m_\mathrm{prompt,use}", "gCO2e/prompt", "carbon of one prompt's electricity, on the average",
    NOT_NEGATIVE,
)  # fmt: skip
define(
    "prompt_contract_carbon", r"m_\mathrm{prompt,contract}", "gCO2e/prompt",
    "carbon of one prompt's electricity by contracts, market-based", NOT_NEGATIVE, basis="contracted",
)  # fmt: skip
define(
    "token_carbon", r"m_\mathrm{token,use}", "gCO2e/Mtoken", "carbon of a million tokens' electricity, on the average",
    NOT_NEGATIVE,
)  # fmt: skip
define("server_embodied", r"m_\mathrm{server}", "kgCO2e/server", "carbon of making one server", basis="embodied")
define(
    "service_life", r"T_\mathrm{life}", "year", "years over which a server's making is spread", basis="embodied",
)  # fmt: skip
define("service_use", r"u_\mathrm{life}", "1", "share of these years in which it works for somebody", FRACTION)
define(
    "training_embodied_carbon", r"M_\mathrm{train,made}", "tCO2e", "the run's part of the carbon of making its servers"
)
define(
    "prompt_embodied_carbon", r"m_\mathrm{prompt,made}", "gCO2e/prompt",
    "one prompt's part of the carbon of making its server", NOT_NEGATIVE,
)  # fmt: skip
define("run_carbon", r"M_\mathrm{run}", "tCO2e", "carbon of the run: its electricity, and its part of the servers")
define(
    "software_intensity", r"\mathrm{SCI}", "gCO2e/prompt", "software carbon intensity (SCI) of one prompt", NOT_NEGATIVE
)
define(
    "matched_energy", r"E_\mathrm{free}", "GWh",
    "energy from sources without carbon, bought for the same period and grid", NOT_NEGATIVE, basis="at_site",
)  # fmt: skip
define("used_energy", r"E_\mathrm{used}", "GWh", "energy that the owner's sites used in that period", basis="at_site")
define("carbon_free_share", r"s_\mathrm{free}", "1", "share of the energy that is matched without carbon", NOT_NEGATIVE)
define("car_carbon", r"m_\mathrm{car}", "tCO2e/(car*year)", "carbon of driving one car for a year")
define(
    "equivalent_cars",
    r"N_\mathrm{car}",
    "car*year",
    "cars driven for a year that emit as much as the run",
    NOT_NEGATIVE,
)
define(
    "place_carbon",
    r"M_\mathrm{place}",
    "tCO2e",
    "carbon of a company's electricity by the grids of its places, location-based",
)
define(
    "contract_carbon", r"M_\mathrm{contract}", "tCO2e", "carbon of the same electricity by contracts, market-based",
    basis="contracted",
)  # fmt: skip
define("contract_factor", r"f_\mathrm{contract}", "1", "carbon at the places, over carbon by contracts")
