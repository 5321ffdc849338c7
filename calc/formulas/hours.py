"""Carbon by the hour: what shifting and moving save, average and marginal apart, and what a year's matching leaves."""

from calc.api import formula

__all__ = [
    "away_carbon",
    "away_marginal_carbon",
    "clean_gap",
    "marginal_gap",
    "moving_marginal_saving",
    "moving_saving",
    "shifting_marginal_saving",
    "shifting_saving",
    "unmatched_carbon",
    "unmatched_energy",
]


@formula(
    result="clean_gap", source="radovanovic2021carbon", locator="sec. 2, work moved to hours of lower intensity",
    title="How much cleaner the clean hours are",
)  # fmt: skip
def clean_gap(hours_intensity, clean_intensity):
    """Carbon that a kWh has less in the cleanest eight hours of each day than over all hours, on the average.

    Assumes that the hours are those of the mean day of each month.

    >>> clean_gap(hours_intensity=300, clean_intensity=200)
    100.0
    """
    return hours_intensity - clean_intensity


@formula(
    result="marginal_gap", source="ghgprotocol2015scope2", locator="box 4.1, marginal emissions",
    title="How much cleaner their margin is",
)  # fmt: skip
def marginal_gap(marginal_intensity, quiet_marginal_intensity):
    """Carbon that one kWh more has less in the hours to which work is shifted.

    Assumes one marginal plant for each of the two kinds of hours.

    >>> marginal_gap(marginal_intensity=400, quiet_marginal_intensity=300)
    100.0
    """
    return marginal_intensity - quiet_marginal_intensity


@formula(
    result="shifting_saving", source="radovanovic2021carbon", locator="sec. 2, work moved to hours of lower intensity",
    title="What shifting saves, on the average",
)  # fmt: skip
def shifting_saving(shifted_energy, clean_gap, grid_delivery):
    """Carbon that the accounts of a year have less, when work waits for the cleanest eight hours of each day.

    Assumes that the work would else be spread evenly over the day, and that the grid stays as it is.

    Holds as an account on the average. What the power stations do is on the margin, and another figure.

    >>> round(shifting_saving(shifted_energy="1 GWh", clean_gap=100, grid_delivery=1))
    100
    """
    return shifted_energy * clean_gap / grid_delivery


@formula(
    result="shifting_marginal_saving", source="ghgprotocol2015scope2", locator="box 4.1, marginal emissions",
    title="What shifting saves, on the margin",
)  # fmt: skip
def shifting_marginal_saving(shifted_energy, marginal_gap, grid_delivery):
    """Carbon that power stations emit less, when work waits for hours in which another plant is on the margin.

    Assumes a marginal plant for each of the two kinds of hours. Where gas is turned up in both, shifting saves nothing.

    >>> round(shifting_marginal_saving(shifted_energy="1 GWh", marginal_gap=100, grid_delivery=1))
    100
    """
    return shifted_energy * marginal_gap / grid_delivery


@formula(
    result="away_carbon", source="patterson2021carbon", locator="sec. 2, energy times carbon intensity",
    title="Carbon of the run elsewhere",
)  # fmt: skip
def away_carbon(training_facility_energy, away_intensity, away_delivery):
    """Carbon of the run's electricity if it were made in another place, on the average of that grid.

    Assumes the same energy there; a hot place takes more of it.

    >>> round(away_carbon(training_facility_energy="1 GWh", away_intensity=50, away_delivery=1))
    50
    """
    return training_facility_energy * away_intensity / away_delivery


@formula(
    result="away_marginal_carbon", source="ghgprotocol2015scope2", locator="box 4.1, marginal emissions",
    title="Carbon that the run adds elsewhere",
)  # fmt: skip
def away_marginal_carbon(training_facility_energy, away_marginal_intensity, away_delivery):
    """Carbon that the run would add in another place, by the plants that are turned up for it there.

    Assumes one marginal factor for the year.

    >>> round(away_marginal_carbon(training_facility_energy="1 GWh", away_marginal_intensity=500, away_delivery=1))
    500
    """
    return training_facility_energy * away_marginal_intensity / away_delivery


@formula(
    result="moving_saving", source="patterson2021carbon", locator="sec. 3, the same run in another region",
    title="What moving saves, on the average",
)  # fmt: skip
def moving_saving(training_carbon, away_carbon):
    """Carbon that the accounts have less when the run is made in another place.

    Assumes the same run. Below 0 the move adds carbon.

    Holds for one run. Whoever moves all runs there changes that grid.

    >>> moving_saving(training_carbon=400, away_carbon=50)
    350.0
    """
    return training_carbon - away_carbon


@formula(
    result="moving_marginal_saving", source="ghgprotocol2015scope2", locator="box 4.1, marginal emissions",
    title="What moving saves, on the margin",
)  # fmt: skip
def moving_marginal_saving(training_marginal_carbon, away_marginal_carbon):
    """Carbon that power stations emit less when the run is made in another place.

    Assumes that both places keep the plants that they have. Below 0 the move adds carbon.

    >>> moving_marginal_saving(training_marginal_carbon=400, away_marginal_carbon=500)
    -100.0
    """
    return training_marginal_carbon - away_marginal_carbon


@formula(
    result="unmatched_energy", source="google2021cfe", locator="CFE score: matched in each hour, without surplus",
    title="Energy not matched in its hour",
)  # fmt: skip
def unmatched_energy(used_energy, hourly_match):
    """Energy of an owner who buys as much solar power as the sites use in the year, and uses it at night too.

    Assumes an even load, and the mean day of each month, so that no cloud is in it: in truth more is unmatched.

    >>> round(unmatched_energy(used_energy="100 GWh", hourly_match=0.66))
    34
    """
    return used_energy * (1 - hourly_match)


@formula(
    result="unmatched_carbon", source="google2021cfe", locator="CFE score: the rest is the grid's mix of that hour",
    title="Carbon not matched in its hour",
)  # fmt: skip
def unmatched_carbon(unmatched_energy, unmatched_intensity, grid_delivery):
    """Carbon of what a year's accounts call clean and its hours do not.

    Assumes the grid's mix of those hours, on the average.

    >>> round(unmatched_carbon(unmatched_energy="34 GWh", unmatched_intensity=400, grid_delivery=1))
    13600
    """
    return unmatched_energy * unmatched_intensity / grid_delivery
