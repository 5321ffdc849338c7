"""Symbols of cooling: the heat of a site, what carries it, and what evaporates.

Water that evaporates where the servers stand is consumed `on_site`; what a tower takes in is `withdrawn` there.
"""

from calc.base.domains import ANY, AT_LEAST_ONE, FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

define("cooling_load", r"\dot Q_\mathrm{cool}", "RT", "heat of the IT equipment, in tons of cooling", basis="at_it")
define("liquid_share", r"s_\mathrm{liquid}", "1", "share of the heat that a liquid carries", FRACTION)
define("coolant_heat", r"c_\mathrm{coolant}", "kJ/(L*K)", "heat that a litre of coolant takes for each degree")
define("coolant_rise", r"\Delta T_\mathrm{coolant}", "K", "degrees by which the coolant is warmer when it leaves")
define("loop_flow", r"\dot V_\mathrm{loop}", "L/min", "flow of the coolant", basis="at_it")
define("tower_share", r"s_\mathrm{tower}", "1", "share of the heat that leaves by evaporation", FRACTION)
define(
    "evaporation_heat",
    r"h_\mathrm{evaporate}",
    "MJ/L",
    "heat that a litre of water takes when it evaporates",
    basis="at_it/on_site",
)
define("tower_water", r"\dot V_\mathrm{tower}", "L/min", "water that towers evaporate", NOT_NEGATIVE, basis="on_site")
define(
    "tower_cycles",
    r"n_\mathrm{cycles}",
    "1",
    "cycles of concentration: salt of the tower's water over that of the tap's",
    AT_LEAST_ONE,
)
define(
    "tower_intake",
    r"\dot V_\mathrm{intake}",
    "L/min",
    "water that towers take in, what is drained with it",
    NOT_NEGATIVE,
    basis="withdrawn*on_site",
)
define(
    "wet_wue",
    r"\mathrm{WUE}_\mathrm{wet}",
    "L/kWh",
    "water for each kWh of IT, where towers evaporate",
    NOT_NEGATIVE,
    basis="on_site/at_it",
)
define(
    "dry_wue",
    r"\mathrm{WUE}_\mathrm{dry}",
    "L/kWh",
    "water for each kWh of IT, where they do not",
    NOT_NEGATIVE,
    basis="on_site/at_it",
)
define("wet_pue", r"\mathrm{PUE}_\mathrm{wet}", "1", "PUE where towers evaporate", AT_LEAST_ONE, basis="at_site/at_it")
define("dry_pue", r"\mathrm{PUE}_\mathrm{dry}", "1", "PUE where they do not", AT_LEAST_ONE, basis="at_site/at_it")
define(
    "saved_power_water",
    r"w_\mathrm{saved}",
    "L/kWh",
    "water that evaporates for each kWh that it saves",
    ANY,
    basis="on_site/at_site",
)
define(
    "spent_water",
    r"\Delta\mathrm{WUE}",
    "L/kWh",
    "water that towers evaporate more than dry cooling, for each kWh of IT",
    ANY,
    basis="on_site/at_it",
)
define(
    "saved_power",
    r"\Delta\mathrm{PUE}",
    "1",
    "electricity that towers save at the meter, for each kWh of IT",
    ANY,
    basis="at_site/at_it",
)
