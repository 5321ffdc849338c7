"""Symbols of people and grids."""

from calc.domains import FRACTION, NOT_NEGATIVE
from calc.quantities import define

define("residents", r"N_\mathrm{person}", "person", "residents of the city compared with")
define("months", r"t_\mathrm{city}", "month", "months of the city's use")
define(
    "energy_per_resident", r"e_\mathrm{person}", "kWh/(person*month)",
    "monthly use by each resident that would equal the run", basis="at_it",
)  # fmt: skip
define("population", r"N_\mathrm{nation}", "person", "people who live in the nation")
define("residential_sales", r"E_\mathrm{home}", "TWh/year", "electricity sold to the nation's homes")
define("electricity_sales", r"E_\mathrm{sales}", "TWh/year", "electricity sold to all of the nation's customers")
define("residential_use", r"e_\mathrm{home}", "kWh/(person*month)", "electricity that a person uses at home")
define("electricity_use", r"e_\mathrm{all}", "kWh/(person*month)", "electricity used for each person, in all sectors")
define(
    "equivalent_residents", r"N_\mathrm{equal}", "person", "people whose use at home equals the run",
    basis="at_it",
)  # fmt: skip
define("datacentre_demand", r"E_\mathrm{DC}", "TWh/year", "electricity that the nation's data centres use")
define("datacentre_share", "s", "1", "their share of the nation's electricity", FRACTION)
define(
    "grid_share", r"s_\mathrm{site}", "1", "share of the nation's electricity that a site takes", FRACTION,
    basis="at_site",
)  # fmt: skip
define("national_demand", r"E_\mathrm{nation}", "TWh/year", "electricity that the nation uses", NOT_NEGATIVE)
