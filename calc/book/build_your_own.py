"""The whole chain at once, for the page on which readers build their own: what they change, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from calc.base.errors import ChainError
from calc.base.quantities import Quantity, quantity
from calc.book.lookup import refer
from calc.model.catalogue import PARTNERS, Entry, entries, entry, find
from calc.model.chain import as_scenario, derive
from calc.model.input import Input
from calc.model.registry import formula_for
from calc.model.scenario import DEFAULT, Scenario
from calc.model.scenario_file import scenario, scenario_names

__all__ = ["DERIVED", "FIELDS", "LINKS", "RESULTS", "choices", "start", "starts", "static_result"]

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


def starts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where one may start: a title, and the scenarios and entries that say what differs from the book's own."""
    return (
        (scenario(DEFAULT).title, ()),
        ("The same run on H100 servers", ("h100-sxm",)),
        ("Llama 3.1 405B on H100 servers", ("llama-3", "llama3.1-405b", "h100-sxm")),
    )


def choices() -> list[tuple[str, list[Scenario]]]:
    """For a group of fields, what may be chosen as a whole: every entry of the catalogue that has all of its fields.

    An accelerator comes in a server: in the one that its maker rates, and in each other that names it.

    Examples
    --------
    >>> [(group, [option.title for option in options][:2]) for group, options in choices()]
    [('Model', ['GPT-4, as the article has it', 'GPT-3']), ('Accelerator', ['Nvidia A100, in a DGX A100', ...])]
    """
    fields = dict(FIELDS)
    machines = [_together(one) for one in entries("accelerator")]
    known = {one.name for one in machines}
    machines += [one for one in map(_together, entries("server")) if one.name not in known]
    models = [scenario(DEFAULT), *(one.scenario for one in entries("model"))]
    return [
        (group, [one for one in options if all(name in one.inputs for name in fields[group])])
        for group, options in (("Model", models), ("Accelerator", machines))
    ]


def _together(one: Entry) -> Scenario:
    """An entry with what goes with it: an accelerator in its server, and the other way round."""
    if not one.partner:
        return one.scenario
    pair = {kind.kind: kind for kind in (one, entry(PARTNERS[one.kind], one.partner))}
    accelerator, server = pair["accelerator"], pair["server"]
    inputs: Mapping[str, Input] = {**accelerator.inputs, **server.inputs}
    name, title = f"{accelerator.id} in {server.id}", f"{accelerator.title}, in a {server.title}"
    return replace(one.scenario, name=name, title=title, inputs=inputs)


def start(*names: str) -> dict[Quantity, tuple[Fraction, str]]:
    """The fields' values where these scenarios and entries are laid over the book's own, each with its unit.

    Examples
    --------
    >>> start()[quantity("gpus")]
    (Fraction(25000, 1), 'GPU')
    >>> start("llama-3", "h100-sxm")[quantity("server_power")]
    (Fraction(51, 5), 'kW/server')
    """
    layers = [scenario(name) if name in scenario_names() else _together(find(name)) for name in names]
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
