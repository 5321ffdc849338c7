"""The whole chain at once, for the page on which readers build their own: what they change, and what follows."""

from __future__ import annotations

from fractions import Fraction

from calc.chain import as_scenario
from calc.choices import ACCELERATORS, MODELS, choice
from calc.errors import ChainError
from calc.formula import formula_for
from calc.quantities import Quantity, quantity
from calc.reference import refer
from calc.scenario import DEFAULT, Scenario, scenario

__all__ = ["DERIVED", "FIELDS", "LINKS", "RESULTS", "STARTS", "choices", "start", "static_result"]

# Where one may start; what a scenario does not say is as in the book's own.
STARTS = (DEFAULT, "hgx-h100", "llama-3", "bloom")

FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Model", ("active_parameters", "tokens")),
    ("Accelerator", ("peak_flops", "gpus_per_server", "server_power")),
    ("Run", ("gpus", "servers", "flop_utilisation")),
    ("Users", ("prompts_per_day", "energy_per_prompt")),
    ("Site", ("pue",)),
    ("Grid", ("residential_use", "national_demand", "months")),
)

# What follows from other fields until a reader types something else.
DERIVED = ("servers",)

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
    ("grid_share", "grid-share"),
)

# Formulas run backwards: the quantity that they are solved for.
LINKS = {"training_time": "flop-utilisation"}


def choices() -> list[tuple[str, list[Scenario]]]:
    """For a group of fields, what may be chosen as a whole.

    Examples
    --------
    >>> [(group, len(options) > 2) for group, options in choices()]
    [('Model', True), ('Accelerator', True)]
    """
    models = [scenario(DEFAULT), *map(choice, MODELS)]
    return [("Model", models), ("Accelerator", [choice(name) for name in ACCELERATORS])]


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
        for field in (name for name in names if name not in DERIVED):
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


def static_result(reference: str) -> str:
    """A result in the book's own scenario, as the page shows it before anything is changed."""
    return refer(reference).text
