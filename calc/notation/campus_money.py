"""Symbols of what a campus costs in capital and by the year, and of tokens read and written.

Money is nominal, of the year that its source says. Money of one year, after a price index, has the basis `real`; euros
are another unit. Neither is added to nominal dollars.
"""

from calc.base.quantities import define

define("building_years", r"n_\mathrm{building}", "1", "years over which the building is paid off")
define(
    "building_recovery",
    r"a_\mathrm{building}",
    "1",
    "capital recovery factor of the building: a yearly payment over its price",
)
define(
    "building_price",
    r"p_\mathrm{building}",
    "USD/W",
    "price of a site's building with cooling and electrics, for each W",
    basis="capital/at_site",
)
define(
    "chips_price",
    r"p_\mathrm{chips}",
    "USD/W",
    "price of servers, chips and network, for each W of the site",
    basis="capital/at_site",
)
define("building_cost", r"\dot K_\mathrm{building}", "MUSD/year", "yearly cost of the building, paid off")
define("chips_cost", r"\dot K_\mathrm{chips}", "MUSD/year", "yearly cost of servers, chips and network, paid off")
define("site_electricity_cost", r"\dot K_\mathrm{kWh}", "MUSD/year", "yearly cost of the site's electricity")
define("campus_cost", r"\dot K_\mathrm{campus}", "MUSD/year", "yearly cost of a campus: building, chips, electricity")
define("write_rate", r"v_\mathrm{write}", "token/(GPU*s)", "tokens that a busy GPU writes in a second")
define("read_rate", r"v_\mathrm{read}", "token/(GPU*s)", "tokens that a busy GPU reads in a second")
define("written_token_cost", r"k_\mathrm{write}", "USD/Mtoken", "rent of GPUs for a million tokens that are written")
define("read_token_cost", r"k_\mathrm{read}", "USD/Mtoken", "rent of GPUs for a million tokens that are read")
define("price_over_written", r"\rho_\mathrm{write}", "1", "list price of written tokens over the rent of their GPUs")
define(
    "price_level",
    r"i_\mathrm{price}",
    "1",
    "price index of a later year over that of the year of a price",
    basis="real",
)
define(
    "real_plant_price",
    r"p_\mathrm{plant,real}",
    "USD/W",
    "price of a power station for each W, in money of a later year",
    basis="capital*real",
)
define("euro_price", r"p_\mathrm{EUR}", "EUR/kWh", "price of a kWh at the site's meter, in euros", basis="1/at_site")
define("exchange_rate", r"f_\mathrm{EUR}", "USD/EUR", "dollars for a euro, mean of the year of the price")
define(
    "converted_price",
    r"p_\mathrm{EUR,USD}",
    "USD/kWh",
    "price of a kWh at the site's meter, in dollars of that year",
    basis="1/at_site",
)
