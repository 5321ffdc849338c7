"""Symbols of a place beside a site: its peak and its homes."""

from calc.base.domains import FRACTION
from calc.base.quantities import define

define("peak_demand", r"P_\mathrm{peak}", "GW", "greatest power that the place's customers have drawn at once")
define(
    "peak_share", r"s_\mathrm{peak}", "1", "the site's power over the place's peak", FRACTION, basis="at_site",
)  # fmt: skip
define(
    "site_households", r"N_\mathrm{homes}", "household", "households of the place that draw as much as the site",
    basis="at_site",
)  # fmt: skip
