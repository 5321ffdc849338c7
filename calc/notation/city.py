"""Symbols of people, homes and a city."""

from calc.base.quantities import define

define("residents", r"N_\mathrm{person}", "person", "residents of the city compared with")
define("months", r"t_\mathrm{city}", "month", "months of the city's use")
define(
    "energy_per_resident", r"e_\mathrm{person}", "kWh/(person*month)",
    "monthly use by each resident that would equal the run", basis="at_it",
)  # fmt: skip
define("population", r"N_\mathrm{nation}", "person", "people who live in the nation")
define("households", r"N_\mathrm{household}", "household", "households of the nation")
define("residential_sales", r"E_\mathrm{home}", "TWh/year", "electricity sold to the nation's homes")
define("electricity_sales", r"E_\mathrm{sales}", "TWh/year", "electricity sold to all of the nation's customers")
define("residential_use", r"e_\mathrm{home}", "kWh/(person*month)", "electricity that a person uses at home")
define("household_use", r"e_\mathrm{household}", "kWh/(household*month)", "electricity that a household uses")
define("electricity_use", r"e_\mathrm{all}", "kWh/(person*month)", "electricity used for each person, in all sectors")
define("city_use", r"E_\mathrm{city}", "GWh", "electricity that the city uses in all sectors")
define(
    "equivalent_residents", r"N_\mathrm{equal}", "person", "people whose use at home equals the run",
    basis="at_it",
)  # fmt: skip
define(
    "equivalent_households", r"N_\mathrm{equal,house}", "household", "households whose use equals the run",
    basis="at_it",
)  # fmt: skip
