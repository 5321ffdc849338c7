"""Symbols of water."""

from calc.base.domains import NOT_NEGATIVE
from calc.base.quantities import define

define(
    "wue",
    r"\mathrm{WUE}",
    "L/kWh",
    "water that the site consumes for each kWh of its IT",
    NOT_NEGATIVE,
    basis="on_site/at_it",
)
define(
    "site_water", r"V_\mathrm{site}", "ML", "water that the site consumes for the run", NOT_NEGATIVE, basis="on_site"
)
define(
    "grid_water",
    r"w_\mathrm{grid}",
    "L/kWh",
    "water that power stations consume for each kWh at the site",
    NOT_NEGATIVE,
    basis="at_plant/at_site",
)
define(
    "source_water",
    r"V_\mathrm{grid}",
    "ML",
    "water that power stations consume for the run",
    NOT_NEGATIVE,
    basis="at_plant",
)
