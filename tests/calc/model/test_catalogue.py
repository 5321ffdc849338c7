"""The catalogue: what it holds, how its entries are laid over a scenario, and that each fact stands once."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from importlib import resources
from typing import Any

import numpy as np
import pytest

from calc import formula_by_id, load_scenario, quantity, scenario, scenario_names, training_energy, training_flop
from calc.base.errors import CalcError, ChainError, DataError, UnknownNameError
from calc.base.values import own_unit_value
from calc.book.build_your_own import choices
from calc.model import catalogue
from calc.model.catalogue import KINDS, PARTNERS, entries, entry, find
from calc.model.choose import choose
from calc.model.fingerprint import derivation_hash
from calc.model.input import Input
from calc.model.scenario_file import read_scenario
from tests.calc.support import refused

ALL = [one for kind in KINDS.values() for one in entries(kind)]
DATA = resources.files("calc").joinpath("data")
MACHINE = {name for kind in PARTNERS for one in entries(kind) for name in one.inputs}


def tables(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each data file of a folder as TOML has it, read without calc."""
    for file in sorted(DATA.joinpath(folder).iterdir(), key=lambda file: file.name):
        yield file.name, tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Fraction)


STATED = [
    (name, quantity(key).name, table)
    for name, data in tables("scenarios")
    for key, table in data.get("inputs", {}).items()
]


# As their makers, or others who read them, have published them.
@pytest.mark.parametrize(
    ("kind", "name", "of", "value"),
    [
        ("server", "dgx-a100", "server_power", "6.5 kW/server"),  # Nvidia's guide; de Vries (2023) multiplies by it
        ("server", "dgx-h100", "server_power", "10.2 kW/server"),  # rated so by Latif and others (2025), too
        ("server", "dgx-b200", "server_power", "14.3 kW/server"),
        ("accelerator", "a100-80-sxm", "peak_flops", "312 TFLOP/s/GPU"),
        ("accelerator", "h100-sxm", "peak_flops", "989 TFLOP/s/GPU"),  # half of the 1,979 with sparsity, rounded
        ("accelerator", "h100-sxm", "gpu_tdp", "700 W/GPU"),
        ("model", "llama3.1-405b", "tokens", "15.6e12 token"),
        ("place", "chn", "national_demand", "9220 TWh/year"),
    ],
)
def test_entries_have_what_was_published(kind: str, name: str, of: str, value: str) -> None:
    given = entry(kind, name).inputs[of]
    number, unit = value.split(" ")
    assert given.value == own_unit_value(given.quantity, f"{number} {unit}")
    assert given.source


def test_no_quantity_belongs_to_two_kinds() -> None:
    """Which entry goes before another need never be asked."""
    owners: dict[str, set[str]] = {}
    for one in ALL:
        for name in one.inputs:
            owners.setdefault(name, set()).add(one.kind)
    assert {name: kinds for name, kinds in owners.items() if len(kinds) > 1} == {}


def test_ids_and_aliases_are_each_one_s_own() -> None:
    names = [name for one in ALL for name in (one.id, *one.aliases)]
    assert sorted(names) == sorted(set(names))
    assert not set(names) & set(scenario_names()) - {one.id for one in ALL}, "an alias is the name of a scenario"


def test_ids_that_were_published_live() -> None:
    for name in ("gpt-3", "palm-540b", "llama-3.1-405b", "a100", "h100", "b200"):
        assert name in (find(name).id, *find(name).aliases)


def test_what_goes_together_names_each_other() -> None:
    for one in ALL:
        if one.partner:
            partner = entry(PARTNERS[one.kind], one.partner)
            assert one.kind == "server" or partner.partner == one.id, (
                f"{one.id} comes in {partner.id}, which holds another"
            )


def test_a_hardware_fact_stands_in_the_catalogue_alone() -> None:
    again = [(file, name) for file, name, table in STATED if name in MACHINE and "value" in table]
    assert again == [], "name the entry in place of the value: server = …, accelerator = …"


def test_no_two_data_files_state_the_same_fact() -> None:
    """A fact: a quantity, its value, and the place in the source where it stands."""
    seen: dict[tuple[Any, ...], str] = {}
    facts = [(file, name, table) for file, name, table in STATED if "value" in table]
    facts += [
        (f"{file}, {key}", quantity(name).name, table)
        for file, data in tables("catalogue")
        for key, values in data.items()
        for name, table in values.items()
        if isinstance(table, dict)
    ]
    ours = {(name, table.get("source")) for file, name, table in facts if ", " in file}
    for file, name, table in facts:
        if (name, table.get("source")) in ours and table.get("source"):
            fact = (name, table["value"], table.get("unit"), table["source"], table["locator"])
            assert fact not in seen, f"{file} states what {seen[fact]} states: {fact}"
            seen[fact] = file


def test_an_entry_alone_is_read_as_the_whole_file_is() -> None:
    for file, data in tables("catalogue"):
        kind = KINDS[file.removesuffix(".toml").partition("-")[0]]
        for name, table in data.items():
            one = entry(kind, name)
            assert (one.title, list(one.aliases)) == (table["title"], table.get("aliases", []))
            values = {key: value for key, value in table.items() if isinstance(value, dict)}
            assert [quantity(key).name for key in values] == list(one.inputs)
            for key, value in values.items():
                assert one.inputs[quantity(key).name].locator == value["locator"]


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
    assert list(chosen.inputs) == [name for name in scenario("gpt-4").inputs if name in chosen.inputs]
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
        extends = "gpt-4"
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
    assert (chosen.origin, chosen.book_name, chosen.name) == ("yours", "gpt-4", "mine + dgx-h100")


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


NEW = """
[x100]
title = "X100"
server = "dgx-x"
[x100.peak_flops]
value = 1000
unit = "TFLOP/s/GPU"
kind = "assumption"
note = "a test's"
"""
HOLDS = """
[dgx-x]
title = "DGX X"
accelerator = "x100"
[dgx-x.server_power]
value = 20
unit = "kW/server"
kind = "assumption"
note = "a test's"
[dgx-x.gpus_per_server]
value = 4
unit = "GPU/server"
kind = "assumption"
note = "a test's"
"""


@pytest.fixture
def more(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Adds text to the files of a kind."""
    known = catalogue.files

    def add(kind: str, text: str) -> None:
        before = catalogue.files
        plural = catalogue.PLURALS[kind]
        monkeypatch.setattr(
            catalogue,
            "files",
            lambda asked: (*before(asked), *([(f"{plural}-new.toml", text)] if asked == kind else [])),
        )
        entries.cache_clear()

    yield add
    monkeypatch.setattr(catalogue, "files", known)
    entries.cache_clear()


def test_adding_an_entry_is_adding_a_table(more: Any) -> None:
    more("accelerator", NEW)
    more("server", HOLDS)
    assert training_energy.derive("gpt-4", accelerator="x100").exact == Fraction(20 * 6250 * 90 * 24, 10**6)
    assert "X100, in a DGX X" in [one.title for one in dict(choices())["Accelerator"]]
    assert "x100" in [one.id for one in entries("accelerator")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[x100]\ntitle = 5", ["accelerators-new.toml, line 2", "title must be text"]),
        ("[x100]\nabout = 'x'\n[x100.gpu_tdp]\nvalue = 3", ["x100 has no title"]),
        ("[x100]\ntitle = 'x'", ["x100", "no values"]),
        ("[x100]\ntitle = 'x'\ntitel = 'y'", ["line 3", "unknown key 'titel'", "did you mean 'title'?"]),
        ("[x100]\ntitle = 'x'\n[x100.gpu_tpd]\nvalue = 3\nkind = 'assumption'\nnote = 'n'", ["line 3", "'gpu_tdp'?"]),
        ("[x100]\ntitle = 'x'\n[x100.gpu_tdp]\nvalue = 3", ["line 3", "kind"]),
        (NEW + "[x100.peak-flops]\nvalue = 3\nkind = 'assumption'\nnote = 'n'\nunit = 'TFLOP/s/GPU'", ["twice"]),
        (NEW.replace("note", "data_set = 'eai'\nnote"), ["'eai' is not in data_sets.toml", "did you mean 'eia'?"]),
        ("x100 = 5", ["x100 must be a table"]),
        ("[x100", ["is not TOML"]),
    ],
)
def test_a_table_that_is_wrong_is_named(more: Any, text: str, parts: list[str]) -> None:
    more("accelerator", text)
    with refused(DataError, "accelerators-new.toml", *parts):
        entries("accelerator")


def test_an_id_stands_once(more: Any) -> None:
    more("accelerator", NEW.replace("x100", "h100"))
    with refused(DataError, "'h100' twice"):
        entries("accelerator")


def test_values_know_their_entry() -> None:
    for one in ALL:
        for given in one.inputs.values():
            assert isinstance(given, Input)
            assert (given.entry, given.origin) == (one.id, "book")
