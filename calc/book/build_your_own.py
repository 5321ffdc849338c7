"""The whole chain at once, for the page on which readers build their own: what they change, and what follows."""

from __future__ import annotations

from fractions import Fraction

from calc.base.errors import ChainError
from calc.base.quantities import Quantity, quantity
from calc.book.lookup import refer
from calc.model.catalogue import ACCELERATORS, MODELS, choice
from calc.model.chain import as_scenario, derive
from calc.model.registry import formula_for
from calc.model.scenario import DEFAULT, Scenario
from calc.model.scenario_file import scenario

__all__ = ["DERIVED", "FIELDS", "LINKS", "RESULTS", "STARTS", "choices", "start", "static_result"]

# Where one may start: a title, and the scenarios and choices that say what differs from the book's own.
STARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (scenario(DEFAULT).title, ()),
    ("The same run on H100 servers", ("h100",)),
    ("Llama 3.1 405B on H100 servers", ("llama-3", "llama-3.1-405b", "h100")),
)

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


def start(*names: str) -> dict[Quantity, tuple[Fraction, str]]:
    """The fields' values where these scenarios and choices are laid over the book's own, each with its unit.

    Examples
    --------
    >>> start()[quantity("gpus")]
    (Fraction(25000, 1), 'GPU')
    >>> start("llama-3", "h100")[quantity("server_power")]
    (Fraction(51, 5), 'kW/server')
    """
    layers = [*(choice(name) if name in (*MODELS, *ACCELERATORS) else scenario(name) for name in names)]
    layers.append(as_scenario(None))
    found = {}
    for _, group in FIELDS:
        for q in (quantity(name) for name in group if name not in DERIVED):
            given = next(filter(None, (layer.get(q) for layer in layers)), None)
            found[q] = (given.value, given.unit.text) if given else (_derived(q), q.unit)
    return found


def _derived(q: Quantity) -> Fraction:
    formula = formula_for(q)
    if formula is None:
        raise ChainError(f"{q.name} is in no scenario, and no formula yields it")
    return derive(formula, DEFAULT, {}).exact


def static_result(reference: str) -> str:
    """A result in the book's own scenario, as the page shows it before anything is changed."""
    return refer(reference).text
