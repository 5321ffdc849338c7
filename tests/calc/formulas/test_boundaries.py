"""What is counted within unlike boundaries is never added: it fails when the formula is defined, and says why."""

from __future__ import annotations

import pytest

from calc import scenario, training_withdrawal
from calc.base.errors import DefinitionError
from calc.base.quantities import all_quantities, quantity
from calc.render.card import derivation
from calc.render.record import record
from calc.symbolic.trace import trace

UNLIKE = [
    ("training_carbon", "training_direct_carbon", "life cycle and stack"),
    ("training_carbon", "training_marginal_carbon", "average and marginal"),
    ("training_direct_carbon", "training_marginal_carbon", "stack on the average and on the margin"),
    ("prompt_carbon", "prompt_contract_carbon", "location-based and market-based"),
    ("carbon_intensity", "marginal_intensity", "average and marginal, of a kWh"),
    ("carbon_intensity", "direct_intensity", "life cycle and stack, of a kWh"),
    ("site_capital", "training_electricity_cost", "capital and running cost"),
    ("electricity_price", "training_electricity_cost", "a price and a cost"),
    ("site_water", "source_water", "water on the site and at power stations"),
    ("prompt_site_water", "prompt_source_water", "water of a prompt on the site and at power stations"),
    ("tower_water", "tower_intake", "water consumed and withdrawn, on the site"),
    ("source_water", "training_withdrawal", "water consumed and withdrawn, at power stations"),
    ("grid_water", "grid_withdrawal", "water consumed and withdrawn, for each kWh"),
    ("wue", "grid_water", "water for each kWh, on the site and at power stations"),
    ("own_energy", "bought_energy", "energy generated behind the meter and bought"),
    ("used_energy", "bought_energy", "energy that is used and that is bought"),
    ("own_intensity", "carbon_intensity", "carbon of a kWh of one's own and of the grid"),
    ("own_intensity", "own_direct_intensity", "life cycle and stack, of one's own plant"),
    ("shifting_saving", "shifting_marginal_saving", "what shifting saves, average and marginal"),
    ("moving_saving", "moving_marginal_saving", "what moving saves, average and marginal"),
    ("plant_price", "real_plant_price", "money of its own year and of a later one"),
    ("building_price", "building_cost", "capital and running cost, of a building"),
    ("site_capital", "campus_cost", "capital and running cost, of a campus"),
    ("electricity_price", "euro_price", "dollars and euros"),
    ("gpu_embodied", "flop_embodied", "embodied in one GPU and for each operation"),
    ("building_embodied", "building_carbon", "embodied at once and by the year"),
    ("software_embodied", "whole_embodied", "a part that is spread and a whole that is not"),
]


@pytest.mark.parametrize(("one", "other", "_"), UNLIKE)
def test_unlike_boundaries_are_not_added(one, other, _):
    inputs = (quantity(one), quantity(other))
    with pytest.raises(DefinitionError, match="adds or compares"):
        trace(lambda a, b: a + b, inputs, quantity(one))


def test_the_making_of_a_server_is_not_added_to_what_it_emits_in_use():
    inputs = tuple(map(quantity, ("training_carbon", "server_embodied", "servers")))
    with pytest.raises(DefinitionError, match="adds or compares"):
        trace(lambda use, made, servers: use + made * servers, inputs, quantity("training_carbon"))


def test_it_is_added_once_it_is_spread_over_the_servers_life():
    inputs = tuple(map(quantity, ("training_carbon", "training_embodied_carbon")))
    assert trace(lambda use, made: use + made, inputs, quantity("run_carbon"))


def test_carbon_by_the_average_cannot_be_given_as_carbon_by_contract():
    inputs = tuple(map(quantity, ("site_energy_per_prompt", "carbon_intensity", "grid_delivery")))
    with pytest.raises(DefinitionError):
        trace(lambda e, c, g: e * c / g, inputs, quantity("prompt_contract_carbon"))


def test_losses_of_the_grid_enter_once():
    inputs = tuple(map(quantity, ("training_facility_energy", "carbon_intensity", "grid_delivery")))
    with pytest.raises(DefinitionError):
        trace(lambda e, c, _: e * c, inputs[:2] + inputs[2:], quantity("training_carbon"))
    with pytest.raises(DefinitionError):
        trace(lambda e, c, g: e * c / g**2, inputs, quantity("training_carbon"))


def test_a_basis_is_no_unit_that_is_shown():
    assert quantity("marginal_intensity").unit == "gCO2e/kWh"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("marginal_intensity", "marginal"),
        ("direct_intensity", "direct, at the stacks alone"),
        ("contract_intensity", "market-based"),
        ("server_embodied", "embodied, before it is spread over a life"),
        ("prompt_site_water", "consumed, on the site"),
        ("source_water", "consumed, at power stations"),
        ("tower_intake", "withdrawn, on the site"),
        ("training_withdrawal", "withdrawn, at power stations"),
        ("own_energy", "generated behind the meter"),
        ("bought_energy", "bought through the meter"),
        ("site_capital", "capital"),
        ("real_plant_price", "capital, in money of one year"),
        ("server_power", "at the IT equipment"),
        ("service_life", ""),
    ],
)
def test_a_quantity_says_within_which_boundary_it_is_counted(name, words):
    assert quantity(name).counted == words


def test_every_figure_of_carbon_says_of_which_kind_it_is():
    """Either its basis says it, or its meaning: whether use or making, and use on the average."""
    words = ("boundary of its own",
             "average", "mak", "life cycle", "life-cycle", "run's electricity, at", "car", "SCI", "servers", "drive",
             "flight", "steel", "contract")  # fmt: skip
    for q in all_quantities():
        if "CO2e" in q.unit:
            assert q.counted or any(word in q.meaning for word in words), q.name


def test_a_card_and_a_record_say_it_too():
    derived = training_withdrawal.derive(scenario("gpt-4-footprint"))
    assert record(derived)["counted"] == "withdrawn, at power stations"
    assert "withdrawn, at power stations" in derivation(derived)
