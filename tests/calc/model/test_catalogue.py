"""The catalogue: what it holds, that each fact stands once, and that adding an entry is adding a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from importlib import resources
from typing import Any

import pytest

from calc import quantity, scenario_names, training_energy
from calc.base.errors import DataError, UnknownNameError
from calc.base.values import own_unit_value
from calc.model import catalogue
from calc.model.catalogue import (
    KINDS,
    PARTNERS,
    entries,
    entry,
    files,
    find,
    is_of_a_gpu,
    read_entries,
    stated,
)
from calc.model.input import Input
from calc.render.choices import choices_data
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
    stated = [(file, name) for file, name, table in STATED if name in MACHINE and "value" in table]
    # What a run is estimated to have drawn is no fact of the machine.
    estimated = {(file, name) for file, name, table in STATED if table.get("kind") == "estimate"}
    again = [one for one in stated if one not in estimated]
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
    assert "X100" in [one["title"] for one in choices_data("accelerator")]
    assert "x100" in [one.id for one in entries("accelerator")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[x100]\ntitle = 5", ["accelerators-new.toml, line 2", "title must be text"]),
        ("[x100]\nabout = 'x'\n[x100.gpu_tdp]\nvalue = 3", ["x100 has no title"]),
        ("[x100]\ntitle = 'x'", ["x100", "no values"]),
        ("[x100]\ntitle = 'x'\ntitel = 'y'", ["line 3", "unknown key 'titel'", "did you mean 'title'?"]),
        ("[x100]\ntitle = 'x'\n[x100.gpu_tpd]\nvalue = 3\nkind = 'assumption'\nnote = 'n'", ["line 3", "'gpu_tdp'?"]),
        ("[x100]\ntitle = 'x'\n[x100.gpu_tdp]\nvalue = 3\nunit = 'W/GPU'", ["line 3", "kind"]),
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


def test_a_table_that_is_wrong_fails_alone(more: Any) -> None:
    more("accelerator", NEW + "[y100]\ntitle = 5\n[y100.peak_flops]\nvalue = = 3\n")
    assert entry("accelerator", "x100").title == "X100"
    with refused(DataError, "accelerators-new.toml, line 13", "is not TOML"):
        entry("accelerator", "y100")


def test_an_id_stands_once(more: Any) -> None:
    more("accelerator", NEW.replace("x100", "h100"))
    with refused(DataError, "'h100' twice"):
        entries("accelerator")


def test_values_know_their_entry() -> None:
    for one in ALL:
        for given in one.inputs.values():
            assert isinstance(given, Input)
            assert (given.entry, given.origin) == (one.id, "book")


@pytest.mark.parametrize(
    ("kind", "name", "hint"),
    [
        ("server", "dgx-h10", "; did you mean 'dgx-h100'?"),
        ("model", "dgx-h100", "; 'dgx-h100' is a server"),
        ("accelerator", "zzz", ""),
    ],
)
def test_what_is_not_there_is_sought_among_the_other_kinds_and_then_nearby(kind: str, name: str, hint: str) -> None:
    listed = f"'{name}' is not among the catalogue's {kind}s, which `t2t catalogue {kind}s` lists"
    with pytest.raises(UnknownNameError, match=f"^{re.escape(listed + hint)}$"):
        entry(kind, name)


@pytest.mark.parametrize(("kind", "hint"), [("server", "; did you mean 'servers'?"), ("price", "")])
def test_a_number_in_place_of_an_id_is_perhaps_meant_for_a_quantity(kind: str, hint: str) -> None:
    wrong: Any = 5000
    said = f"{kind} takes the id of an entry of the catalogue, as text, not 5000{hint}"
    with pytest.raises(DataError, match=f"^{re.escape(said)}$"):
        entry(kind, wrong)


def test_an_entry_is_a_scenario_of_its_values_alone() -> None:
    one = entry("server", "dgx-h100")
    found = one.scenario
    assert (found.name, found.title, found.about, found.inputs) == (one.id, one.title, one.about, one.inputs)


def test_what_an_accelerator_costs_is_of_a_gpu() -> None:
    assert is_of_a_gpu(entry("price", "rent-h100-sxm-2025-03-03")) is True
    assert [is_of_a_gpu(one) for one in entries("server")] == [False] * len(entries("server"))


def test_files_of_a_kind_are_its_own() -> None:
    for plural, kind in KINDS.items():
        own = [path for path in DATA.joinpath("catalogue").iterdir() if path.name.partition(".")[0].startswith(plural)]
        assert dict(files(kind)) == {path.name: path.read_text("utf-8") for path in own}


def test_a_file_of_nothing_but_remarks_has_no_entries() -> None:
    assert read_entries("# nothing yet\n\n  # nor here\n", "servers.toml", "server") == ()


def test_a_value_as_its_file_states_it() -> None:
    """The same table that TOML's own reader has in the file of the entry."""
    one = entry("server", "dgx-h100")
    (there,) = (data[one.id] for _, data in tables("catalogue") if one.id in data)
    for key, value in there.items():
        if isinstance(value, dict):
            assert set(stated(one, quantity(key).name)) == set(value)
            assert stated(one, quantity(key).name)["unit"] == value["unit"]
