"""Symbols of power of one's own: what a site generates behind the meter, and what it buys through it."""

from calc.base.domains import FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

define(
    "own_share",
    r"s_\mathrm{own}",
    "1",
    "share of the site's energy that its own plant gives",
    FRACTION,
    basis="behind_meter/at_site",
)
define(
    "own_energy",
    r"E_\mathrm{own}",
    "GWh",
    "energy of the site's own plant that the site uses",
    NOT_NEGATIVE,
    basis="behind_meter",
)
define("bought_energy", r"E_\mathrm{bought}", "GWh", "energy that is left for the grid", NOT_NEGATIVE, basis="bought")
define(
    "own_intensity",
    r"c_\mathrm{own}",
    "gCO2e/kWh",
    "life-cycle carbon of a kWh of the site's own plant",
    NOT_NEGATIVE,
    basis="1/behind_meter",
)
define("own_carbon", r"M_\mathrm{own}", "tCO2e", "life-cycle carbon of what the site's own plant gives", NOT_NEGATIVE)
define(
    "bought_carbon",
    r"M_\mathrm{bought}",
    "tCO2e",
    "carbon of what is bought, over the life cycle and on the average",
    NOT_NEGATIVE,
)
define(
    "site_carbon",
    r"M_\mathrm{site}",
    "tCO2e",
    "carbon of the site's electricity, over the life cycle and on the average",
    NOT_NEGATIVE,
)
define(
    "plant_efficiency",
    r"\eta_\mathrm{plant}",
    "1",
    "electricity of a power station over the heat of its fuel",
    FRACTION,
    basis="behind_meter",
)
define(
    "fuel_carbon",
    r"c_\mathrm{fuel}",
    "gCO2e/kWh",
    "carbon of a kWh of the fuel's heat, as it burns",
    NOT_NEGATIVE,
    basis="direct",
)
define(
    "own_direct_intensity",
    r"c_\mathrm{own,stack}",
    "gCO2e/kWh",
    "carbon of a kWh of the site's own plant, from its stack",
    NOT_NEGATIVE,
    basis="direct/behind_meter",
)
define("site_energy", r"E_\mathrm{year,site}", "GWh", "energy that a site takes over some time", basis="at_site")
