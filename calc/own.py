"""The whole chain at once, for the page on which readers build their own: what they change, and what follows."""

from __future__ import annotations

from fractions import Fraction

from calc.chain import as_scenario
from calc.errors import ChainError
from calc.formula import formula_for
from calc.quantities import Quantity, quantity
from calc.reference import refer
from calc.scenario import DEFAULT, scenario
from calc.units import convert, parse_unit

__all__ = ["FIELDS", "LINKS", "MEANINGS", "RESULTS", "STARTS", "factor", "start", "static_result"]

# Where one may start; what a scenario does not say is as in the book's own.
STARTS = (DEFAULT, "hgx-h100", "llama-3", "bloom")

FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Model", ("active_parameters", "tokens")),
    ("Accelerator", ("peak_flops", "gpus_per_server", "server_power")),
    ("Run", ("gpus", "flop_utilisation")),
    ("Users", ("prompts_per_day", "energy_per_prompt")),
    ("Site", ("pue",)),
    ("Grid", ("residential_use", "national_demand", "months")),
)

_SHARE = (
    "national-demand; solve datacentre_share; datacentre_demand=(facility-power); national_demand=(national-demand)"
)

# Each with the reference that prose would use for it in the book's own scenario.
RESULTS = (
    ("training_flop", "training-flop"),
    ("servers", "server-count"),
    ("it_power", "cluster-power"),
    ("training_time", "training_time"),
    ("training_energy", "training-energy"),
    ("daily_serving_energy", "daily-serving-energy"),
    ("breakeven_time", "breakeven-time"),
    ("facility_power", "facility-power"),
    ("training_facility_energy", "training-facility-energy"),
    ("equivalent_residents", "equivalent-residents"),
    ("datacentre_share", _SHARE),
)

# Where a quantity stands for something else than its meaning says.
MEANINGS = {"datacentre_share": "share of the nation's electricity that the site takes while the run lasts"}

# Steps that no formula yields directly: a formula run backwards, or one quantity in the place of another.
LINKS = {
    "training_time": ("solve", "flop-utilisation"),
    "datacentre_share": ("solve", "national-demand"),
    "datacentre_demand": ("as", "facility_power"),
}


def start(name: str) -> dict[Quantity, tuple[Fraction, str]]:
    """The fields' values in a scenario, each with the unit to show it in.

    Examples
    --------
    >>> start("gpt-4")[quantity("gpus")]
    (Fraction(25000, 1), 'GPU')
    """
    chosen, default = scenario(name), as_scenario(None)
    found = {}
    for _, names in FIELDS:
        for field in names:
            q = quantity(field)
            given = chosen.get(q) or default.get(q)
            found[q] = (given.value, given.unit.text) if given else (_derived(q, name), q.unit)
    return found


def _derived(q: Quantity, name: str) -> Fraction:
    formula = formula_for(q)
    if formula is None:
        raise ChainError(f"{q.name} is in no scenario, and no formula yields it")
    try:
        return formula.derive(name).exact
    except ChainError:
        return formula.derive(DEFAULT).exact


def factor(target: str, origin: str) -> Fraction:
    """How many own units of one quantity an own unit of another is.

    Examples
    --------
    >>> factor("datacentre_demand", "facility_power")
    Fraction(219, 25000)
    """
    q, source = quantity(target), quantity(origin)
    return convert(Fraction(1), parse_unit(source.unit), q.parsed_unit, q.name)


def static_result(reference: str) -> str:
    """A result in the book's own scenario, as the page shows it before anything is changed."""
    return refer(reference).text
