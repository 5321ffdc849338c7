"""Sums that others have printed, of carbon, water, money and places."""

from __future__ import annotations

import pytest

from calc import (
    answer_energy,
    capital_recovery,
    levelised_cost,
    prompt_carbon,
    prompt_contract_carbon,
    prompt_site_water,
    scenario,
    training_carbon,
)
from calc.book.checks import all_checks

SUBJECTS = {
    "carbon", "hours", "own_power", "embodied", "water", "water_model", "cooling", "money", "campus_money", "place",
    "supply", "picture",
}  # fmt: skip

# MWh, gCO2e/kWh and tonnes of runs whose authors print all three. The figures are recalled or quoted from others, as
# the checks of `training-carbon` say of the first; the last number is half a unit in the last place of any.
RUNS = [
    ("Meena", 232, 415, 96.4, 0.003),
    ("T5 11B", 85.7, 545, 46.7, 0.002),
    ("Switch", 179, 403, 72.2, 0.003),
    ("GPT-3", 1287, 429, 552.1, 0.001),
    ("PaLM", 3436, 79, 271.43, 0.0065),
    ("BLOOM", 433.196, 57, 24.7, 0.003),
    ("GPT-NeoX", 66.24, 479.05, 31.73, 0.0005),
    ("Stable Diffusion", 37.5, 300, 11.25, 0.0005),
    ("LLaMA 7B", 36, 385, 14, 0.036),
    ("LLaMA 13B", 59, 385, 23, 0.022),
    ("LLaMA 33B", 233, 385, 90, 0.006),
    ("LLaMA 65B", 449, 385, 173, 0.003),
    ("OLMo 7B on A100", 114.4, 610, 69.78, 0.005),
    ("OLMo 2 7B at the meter", 157.2, 332, 52, 0.01),
    ("OLMo 2 13B at the meter", 308.4, 332, 101, 0.015),
    ("Nemotron Parse", 7.82746, 410, 3.21, 0.002),
]


@pytest.mark.parametrize(("run", "energy", "intensity", "tonnes", "rounding"), RUNS)
def test_energy_times_intensity_is_what_is_printed(run, energy, intensity, tonnes, rounding):
    found = training_carbon(training_facility_energy=f"{energy} MWh", carbon_intensity=intensity, grid_delivery=1)
    assert found == pytest.approx(tonnes, rel=rounding), run


def test_googles_median_prompt():
    """0.24 Wh, 0.03 g with its making and 0.26 mL: market-based carbon, and water for each kWh at the servers."""
    used = prompt_contract_carbon(site_energy_per_prompt=0.24, contract_intensity=94)
    made = 0.010  # scopes 1 and 3, recalled
    assert round(used + made, 2) == 0.03
    assert round(prompt_site_water(wue=1.15, energy_per_prompt=0.24 * 0.93), 2) == 0.26


def test_location_and_market_of_the_same_prompt_differ_by_the_contract_alone():
    market = prompt_contract_carbon.derive(scenario("gemini-footprint")).value
    located = 0.24 * 383.55 / 1000 / 0.94
    assert located / market == pytest.approx(383.55 / 0.94 / 94, rel=1e-9)
    assert located > 4 * market


# Lazard's LCOE+ of June 2025, in dollars for a MWh; of reactors recalled.
LAZARD = {"plant-gas": (48, 107), "plant-solar": (38, 78), "plant-wind": (37, 86), "plant-nuclear": (141, 220)}


@pytest.mark.parametrize("plant", LAZARD)
def test_levelised_costs_lie_where_lazard_has_them(plant):
    low, high = LAZARD[plant]
    assert low <= levelised_cost.derive(scenario(plant)).value <= high


# What Lazard assumes in June 2024 (version 17), recalled: dollars for a W, of a kW and year, capacity factor, years,
# and dollars for a MWh at the two ends of its ranges, of which that of solar power was seen where others quote it.
LAZARD_2024 = [
    ("solar, lowest", 0.85, 11, 0.30, 35, 29),
    ("solar, highest", 1.40, 14, 0.15, 35, 92),
    ("wind, lowest", 1.30, 24.5, 0.55, 30, 27),
    ("wind, highest", 1.90, 40, 0.30, 30, 73),
]


@pytest.mark.parametrize(("_", "price", "upkeep", "factor", "years", "dollars"), LAZARD_2024)
def test_both_ends_of_lazards_ranges_come_out_of_its_assumptions(_, price, upkeep, factor, years, dollars):
    """With its 7.7 % after tax: a twentieth to a twelfth more, as Lazard counts taxes and what is written off."""
    found = levelised_cost(
        plant_price=price, capital_recovery=capital_recovery(discount_rate=0.077, write_off_years=years),
        payment_time=1, capacity_factor=factor, upkeep_cost=upkeep / (8.76 * factor),
    )  # fmt: skip
    assert 1.04 < found / dollars < 1.085


def test_mistrals_answer_emits_more_than_its_electricity_would_in_the_united_states():
    """1.14 g for 400 tokens, life cycle: what the GPUs, servers and building take leaves most of it to be explained.

    Its model is one whose architecture is known; by the equations of a step, in full batches or with four at once.
    """
    served = {"model": "mistral-large-2407", "accelerator": "h100-sxm", "instance_gpus": 8, "response_tokens": 400}
    full, few = (answer_energy.derive(scenario("typical"), **served, **more).value for more in ({}, {"batch": 4}))
    grams = [prompt_carbon(site_energy_per_prompt=e, carbon_intensity=384, grid_delivery=0.94) for e in (full, few)]
    assert grams[0] < 1.14 / 10
    assert 1.14 / 4 < grams[1] < 4 * 1.14


def test_an_annuity_pays_back_what_was_lent():
    """A second way: the payments of all years, each discounted, are the price."""
    derived = levelised_cost.derive(scenario("plant-wind"))
    values = {used.quantity.name: float(used.value) for used in derived.used}
    rate, years = 0.08, 28
    assert sum(values["capital_recovery"] / (1 + rate) ** year for year in range(1, years + 1)) == pytest.approx(1)


def test_many_sums_are_published():
    counted = [
        one
        for one in all_checks()
        if one.kind in ("published", "recalled") and one.formula.function.__module__.rpartition(".")[2] in SUBJECTS
    ]
    assert len(counted) >= 35
    assert len({one.source for one in counted}) >= 15
