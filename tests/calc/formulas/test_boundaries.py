"""What is counted within unlike boundaries is never added: it fails when the formula is defined, and says why."""

from __future__ import annotations

import pytest

from calc.base.errors import DefinitionError
from calc.base.quantities import quantity
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
