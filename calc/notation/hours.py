"""Symbols of carbon by the hour: when a grid is clean, what shifting and moving save, and what is matched.

Intensities by the hour are of what the place's own balancing area generated, over the life cycle, and on the average.
"""

from calc.base.domains import ANY, FRACTION, NOT_NEGATIVE
from calc.base.quantities import define

define(
    "hours_intensity",
    r"c_\mathrm{hours}",
    "gCO2e/kWh",
    "life-cycle carbon of a generated kWh, mean over all hours of a year, on the average",
    NOT_NEGATIVE,
    basis="1/at_station",
)
define(
    "clean_intensity",
    r"c_\mathrm{clean}",
    "gCO2e/kWh",
    "life-cycle carbon of a generated kWh in the cleanest eight hours of each day, on the average",
    NOT_NEGATIVE,
    basis="1/at_station",
)
define(
    "dirty_intensity",
    r"c_\mathrm{dirty}",
    "gCO2e/kWh",
    "life-cycle carbon of a generated kWh in the dirtiest eight hours of each day, on the average",
    NOT_NEGATIVE,
    basis="1/at_station",
)
define(
    "unmatched_intensity",
    r"c_\mathrm{unmatched}",
    "gCO2e/kWh",
    "life-cycle carbon of a generated kWh in the hours that solar power of one's own leaves, on the average",
    NOT_NEGATIVE,
    basis="1/at_station",
)
define(
    "hourly_match",
    r"s_\mathrm{hour}",
    "1",
    "share of an even load that as much solar power as it uses in the year covers, hour by hour",
    FRACTION,
)
define("shifted_energy", r"E_\mathrm{shift}", "GWh", "energy of work that can wait for an hour", basis="at_site")
define(
    "shifting_saving",
    r"\Delta M_\mathrm{shift}",
    "tCO2e",
    "carbon that shifting to clean hours saves, on the average",
    ANY,
)
define(
    "quiet_marginal_intensity",
    r"c_\mathrm{margin,quiet}",
    "gCO2e/kWh",
    "carbon of one kWh more in the hours to which work is shifted, from the stacks",
    NOT_NEGATIVE,
    basis="marginal/at_station",
)
define(
    "shifting_marginal_saving",
    r"\Delta M_\mathrm{shift,margin}",
    "tCO2e",
    "carbon that shifting to other hours saves, on the margin",
    ANY,
    basis="marginal",
)
define(
    "away_intensity",
    r"c_\mathrm{away}",
    "gCO2e/kWh",
    "life-cycle carbon of a generated kWh where the work is moved to, on the average",
    NOT_NEGATIVE,
    basis="1/at_station",
)
define(
    "away_marginal_intensity",
    r"c_\mathrm{away,margin}",
    "gCO2e/kWh",
    "carbon of one kWh more where the work is moved to, from the stacks",
    NOT_NEGATIVE,
    basis="marginal/at_station",
)
define(
    "away_delivery",
    r"\eta_\mathrm{away}",
    "1",
    "share of what power stations send out that arrives there",
    FRACTION,
    basis="at_site/at_station",
)
define("moving_saving", r"\Delta M_\mathrm{move}", "tCO2e", "carbon that moving the run saves, on the average", ANY)
define(
    "moving_marginal_saving",
    r"\Delta M_\mathrm{move,margin}",
    "tCO2e",
    "carbon that moving the run saves, on the margin",
    ANY,
    basis="marginal",
)
define(
    "unmatched_energy",
    r"E_\mathrm{unmatched}",
    "GWh",
    "energy that is matched over the year and not in its hour",
    NOT_NEGATIVE,
    basis="at_site",
)
define(
    "unmatched_carbon",
    r"M_\mathrm{unmatched}",
    "tCO2e",
    "carbon of what is matched over the year and not in its hour, on the average",
    NOT_NEGATIVE,
)
define(
    "away_carbon",
    r"M_\mathrm{away}",
    "tCO2e",
    "carbon of the run's electricity elsewhere, on the average",
    NOT_NEGATIVE,
)
define(
    "away_marginal_carbon",
    r"M_\mathrm{away,margin}",
    "tCO2e",
    "carbon that the run's electricity adds elsewhere, on the margin",
    NOT_NEGATIVE,
    basis="marginal",
)
define(
    "clean_gap",
    r"\Delta c_\mathrm{clean}",
    "gCO2e/kWh",
    "life-cycle carbon that a generated kWh has less in the cleanest eight hours of each day, on the average",
    ANY,
    basis="1/at_station",
)
define(
    "marginal_gap",
    r"\Delta c_\mathrm{margin}",
    "gCO2e/kWh",
    "carbon that one kWh more has less in the hours to which work is shifted, from the stacks",
    ANY,
    basis="marginal/at_station",
)
