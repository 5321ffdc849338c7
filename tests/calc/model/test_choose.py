"""Entries of the catalogue laid over a scenario by a reader, or named by its file."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from calc import formula_by_id, load_scenario, quantity, run_rent, scenario, training_energy, training_flop
from calc.base.errors import CalcError, ChainError, DataError, UnknownNameError
from calc.model.catalogue import entries, entry
from calc.model.choose import choose, is_priced, priced
from calc.model.fingerprint import derivation_hash
from calc.model.scenario_file import read_scenario
from tests.calc.support import refused


def test_an_entry_is_as_if_each_of_its_values_were_given() -> None:
    one, server = entry("accelerator", "h100-sxm"), entry("server", "dgx-h100")
    mfu = formula_by_id("flop-utilisation")
    by_hand = mfu.derive("gpt-4", peak_flops=float(one.inputs["peak_flops"].value))
    assert derivation_hash(mfu.derive("gpt-4", accelerator="h100")) == derivation_hash(by_hand)
    by_hand = training_energy.derive("gpt-4", server_power=float(server.inputs["server_power"].value))
    for wanted in ({"server": "dgx-h100"}, {"accelerator": "h100-sxm"}, {"accelerator": "h100", "server": "dgx-h100"}):
        assert derivation_hash(training_energy.derive("gpt-4", **wanted)) == derivation_hash(by_hand)
    both = training_flop.derive("gpt-4", model="llama3.1-405b")
    assert both.exact == 6 * 405 * 10**9 * 156 * 10**11


def test_what_is_given_goes_before_an_entry_and_that_before_the_scenario() -> None:
    plain = training_energy.derive("gpt-4")
    chosen = training_energy.derive("gpt-4", server="dgx-h100")
    given = training_energy.derive("gpt-4", server="dgx-h100", server_power="13 kW/server")
    assert (given.exact / plain.exact, chosen.exact / plain.exact) == (2, Fraction("10.2") / Fraction("6.5"))
    assert [leaf.quantity.name for leaf in given.yours] == ["server_power"]


def test_every_way_of_asking_takes_entries() -> None:
    wanted = {"server": "dgx-b200"}
    value = training_energy.derive("gpt-4", gpus=1000, **wanted).value
    assert training_energy.sweep("gpt-4", gpus=np.array([1000]), **wanted)[0] == pytest.approx(value)
    assert training_energy.table("gpt-4", gpus=[1000, 2000], **wanted)["training_energy"][0] == pytest.approx(value)
    days = training_energy.solve_for("training_time", "gpt-4", gpus=1000, training_energy=2 * value, **wanted)
    assert days.value == pytest.approx(180)
    chosen = training_energy.derive("gpt-4", **wanted)
    assert chosen.low < chosen.median < chosen.high <= float(chosen.range[1])
    assert chosen.budget() is not None
    assert chosen.solve_for("training_time", training_energy=chosen.value * 2).value == pytest.approx(180)


def test_a_machine_is_replaced_whole() -> None:
    """The A100's memory is not the H100's, nor its network that of another server."""
    chosen = choose(scenario("gpt-4"), {"accelerator": "h100"})
    entries_left = {given.entry for given in chosen.inputs.values()}
    assert not entries_left & {"a100-80-sxm", "dgx-a100"}
    assert chosen["server_power"].entry == "dgx-h100"
    assert chosen.get(quantity("server_memory")) is None  # what is brought adds nothing
    kept = [name for name in chosen.inputs if name in scenario("gpt-4").inputs]
    assert kept == [name for name in scenario("gpt-4").inputs if name in chosen.inputs]
    assert {given.entry for name, given in chosen.inputs.items() if name not in kept} <= {"h100-sxm"}
    with refused(ChainError, "network_bandwidth is missing", "gpt-4 + h100-sxm"):
        formula_by_id("allreduce-time").derive(chosen)
    apart = choose(scenario("gpt-4"), {"accelerator": "h100", "server": "dgx-b200"})
    assert apart["server_power"].entry == "dgx-b200"
    assert apart["server_power"].value != chosen["server_power"].value


def test_entries_are_laid_one_after_the_other_as_together() -> None:
    step = choose(choose(scenario("gpt-4"), {"model": "palm-540b"}), {"server": "dgx-h100"})
    once = choose(scenario("gpt-4"), {"server": "dgx-h100", "model": "palm-540b"})
    assert (step.name, step.title, dict(step.inputs)) == (once.name, once.title, dict(once.inputs))
    assert step.name == "gpt-4 + palm-540b + dgx-h100"
    again = choose(step, {"model": "gpt-3"})
    assert again.name == "gpt-4 + dgx-h100 + gpt3-175b"
    assert again.book_name == "gpt-4"
    assert choose(scenario("gpt-4"), {}) is scenario("gpt-4")
    assert choose(scenario("gpt-4"), {"model": "gpt-3"}) is choose(scenario("gpt-4"), {"model": "gpt3-175b"})


def test_a_choice_makes_it_one_s_own_calculation() -> None:
    chosen = training_energy.derive("gpt-4", accelerator="h100-sxm")
    assert (chosen.is_own, chosen.yours) == (True, ())
    assert {leaf.quantity.name for leaf in chosen.other} == {"server_power", "gpus_per_server"}
    assert not training_energy.derive("gpt-4").is_own
    laid = choose(scenario("gpt-4"), {"place": "chn"})
    assert not training_energy.derive(laid).is_own, "no place plays a part in it, so it is the book's figure"
    assert pickle.loads(pickle.dumps(laid)).choices == laid.choices


def test_what_goes_together_is_known_of_the_scenario_s_own_values_alone() -> None:
    text = """
        extends = "gpt-4-estimate"
        [[correlations]]
        between = ["gpus", "server_power"]
        rank = 0.5
        note = "a guess"
        [[correlations]]
        between = ["gpus", "pue"]
        rank = 0.2
        note = "a guess"
    """
    base = read_scenario(text, "mine", "mine.toml", ())
    chosen = choose(base, {"server": "dgx-h100"})
    assert [(one.first, one.second) for one in chosen.correlations] == [("gpus", "pue")]
    assert (chosen.origin, chosen.book_name, chosen.name) == ("yours", "gpt-4-estimate", "mine + dgx-h100")


@pytest.mark.parametrize(
    ("wanted", "kind", "parts"),
    [
        ({"model": "lama3.1-405b"}, UnknownNameError, ["'lama3.1-405b'", "models", "did you mean 'llama3.1-405b'?"]),
        ({"model": "dgx-h100"}, UnknownNameError, ["'dgx-h100' is a server"]),
        ({"server": 5000}, DataError, ["5000", "did you mean 'servers'?"]),
        ({"server": ["dgx-h100"]}, DataError, ["as text"]),
        ({"price": "usa"}, UnknownNameError, ["prices", "'usa' is a place"]),
        ({"model": "palm-540b"}, ChainError, ["plays no part in training-energy", "active_parameters, tokens"]),
    ],
)
def test_what_is_no_entry_is_refused(wanted: dict[str, Any], kind: type[CalcError], parts: list[str]) -> None:
    with refused(kind, *parts):
        training_energy.derive("gpt-4", **wanted)


def test_a_file_may_name_entries(tmp_path: Any) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'extends = "gpt-4"\naccelerator = "b200"\n'
        '[inputs.gpus]\nvalue = 5000\nunit = "GPU"\nkind = "assumption"\nnote = "x"'
    )
    mine = load_scenario(file)
    assert [choice.id for choice in mine.choices] == ["b200-sxm"]
    chosen = training_energy.derive(mine)
    same = training_energy.derive("gpt-4", accelerator="b200-sxm", gpus=5000)
    assert chosen.exact == same.exact
    assert [choice.id for choice in chosen.chosen] == ["b200-sxm"]
    assert [leaf.quantity.name for leaf in chosen.yours] == ["gpus"]
    assert mine["server_power"].origin == "book"
    assert scenario("campus-h100").choices == (), "a scenario of the book is the book's, whatever it names"


def test_a_file_may_take_one_value_and_say_more_of_it() -> None:
    text = '[inputs.server_power]\nserver = "dgx-h100"\nlow = 7.75\nrange_from = "sources"\nnote = "why"'
    given = read_scenario(text, "mine", "mine.toml", ())["server_power"]
    own = entry("server", "dgx-h100").inputs["server_power"]
    assert (given.value, given.source, given.locator) == (own.value, own.source, own.locator)
    assert (float(given.low), given.note, given.entry, given.origin) == (7.75, "why", "dgx-h100", "yours")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('server = "dgx-h10"', ["line 1", "did you mean 'dgx-h100'?"]),
        ("server = 5", ["line 1", "text"]),
        ('servr = "dgx-h100"', ["line 1", "did you mean 'server'?"]),
        ('[inputs.server_power]\nserver = "dgx-h10"', ["line 2", "did you mean 'dgx-h100'?"]),
        ('[inputs.server_power]\nserver = "dgx-h100"\nvalue = 3', ["line 3", "value comes from server dgx-h100"]),
        ('[inputs.server_power]\nserver = "dgx-h100"\nunit = "W"', ["line 3", "unit"]),
        ('[inputs.gpus]\nserver = "dgx-h100"', ["dgx-h100 has no gpus; it has gpus_per_server"]),
        ('[inputs.server_power]\nserver = "dgx-h100"\nmodel = "gpt-3"', ["from one entry"]),
        ('[inputs.server_power]\nserver = "dgx-h100"\nlow = 11', ["11", "10.2"]),
        ('[inputs.server_power]\nserver = 5', ["line 2", "text"]),
    ],
)  # fmt: skip
def test_a_file_that_names_wrongly_is_refused(text: str, parts: list[str]) -> None:
    with refused(DataError, "mine.toml", *parts):
        read_scenario(text, "mine", "mine.toml", ())


def test_a_rent_is_asked_for_where_another_accelerator_is_named() -> None:
    """The typical rent is an H100's: for that it stays, and for any other accelerator it is not taken unseen."""
    run: dict[str, Any] = {"model": "llama3.1-70b", "tokens": 15e12, "gpus": 2048}
    rents = {leaf.quantity.name: float(leaf.value) for leaf in run_rent.derive(accelerator="h100-sxm", **run).leaves}
    assert rents["gpu_rent"] == 2.99
    with refused(ChainError, "needs gpu_rent", 'give --set "gpu_rent='):
        run_rent.derive(accelerator="mi300x", **run)
    with refused(ChainError, "needs gpu_rent", "--price rent-a100-80gb-"):
        run_rent.derive(accelerator="a100-80-sxm", **run)
    own = run_rent.derive(accelerator="a100-80-sxm", price="rent-a100-80gb-2025-03-03", **run)
    assert {float(leaf.value) for leaf in own.leaves if leaf.quantity.name == "gpu_rent"} == {1.89}


def test_a_price_names_an_accelerator_of_the_catalogue() -> None:
    ids = {one.id for one in entries("accelerator")}
    assert {one.accelerator for one in entries("price")} - {""} <= ids


def test_a_title_says_what_was_chosen_last() -> None:
    base, titles = scenario("gpt-4"), {name: entry("server", name).title for name in ("dgx-h100", "dgx-b200")}
    one = choose(base, {"server": "dgx-h100"})
    assert one.title == f"{base.title}, with {titles['dgx-h100']}"
    assert choose(one, {"server": "dgx-b200"}).title == f"{base.title}, with {titles['dgx-b200']}"
    both = choose(one, {"model": "llama3.1-405b"})
    assert both.title == f"{base.title}, with {titles['dgx-h100']} and {entry('model', 'llama3.1-405b').title}"
    assert choose(base, {}) is base


@pytest.mark.parametrize(("machine", "kept"), [("a100-80-sxm", True), ("h100-sxm", False), ("", True)])
def test_a_price_of_the_catalogue_goes_with_its_own_accelerator_alone(machine: str, kept: bool) -> None:
    """It is an A100's: of what it costs nothing is known where another machine's peak stands beside it."""
    rent = entry("price", "rent-a100-80gb-2025-03-03").inputs["gpu_rent"]
    given = {"gpu_rent": rent}
    if machine:
        given["peak_flops"] = entry("accelerator", machine).inputs["peak_flops"]
    assert priced(given).keys() == (given.keys() if kept else {"peak_flops"})
    assert is_priced(given, "gpu_rent", "a100-80-sxm")
    assert not is_priced(given, "gpu_rent", "h100-sxm")


def test_a_price_without_an_entry_is_that_of_the_scenario_s_one_accelerator() -> None:
    rent = replace(entry("price", "rent-a100-80gb-2025-03-03").inputs["gpu_rent"], entry="")
    peak = entry("accelerator", "h100-sxm").inputs["peak_flops"]
    given = {"gpu_rent": rent, "peak_flops": peak}
    assert is_priced(given, "gpu_rent", "h100-sxm") is True
    assert is_priced(given, "gpu_rent", "a100-80-sxm") is False
    memory = entry("accelerator", "a100-80-sxm").inputs["memory_bandwidth"]
    assert is_priced({**given, "memory_bandwidth": memory}, "gpu_rent", "h100-sxm") is False  # of two, nobody knows


def test_what_goes_together_stays_where_nothing_else_is_the_scenario_s_own() -> None:
    text = """
        [inputs.pue]
        value = 1.3
        low = 1.2
        high = 1.4
        kind = "assumption"
        note = "a guess"
        [inputs.gpus]
        value = 5000
        low = 4000
        high = 6000
        unit = "GPU"
        kind = "assumption"
        note = "a guess"
        [[correlations]]
        between = ["gpus", "pue"]
        rank = 0.2
        note = "a guess"
    """
    base = read_scenario(text, "mine", "mine.toml", ())
    assert choose(base, {"server": "dgx-h100"}).correlations == base.correlations != ()
