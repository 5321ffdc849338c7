"""The tools that programs are given: each answer as a second way has it, and one line for what cannot be asked."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import all_formulas, scenario_names, training_energy
from calc.base.errors import CalcError
from calc.base.quantities import all_quantities
from calc.cli.app import main
from calc.cli.tools import call, tools
from calc.model.catalogue import KINDS, entries
from calc.model.source_keys import source_keys
from tests.sampling import cases

jsonschema = pytest.importorskip("jsonschema")

TOOLS = {tool.name: tool for tool in tools()}
COMMON = {"text", "warnings", "sources", "citation", "version"}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("formulas", [formula.id for formula in all_formulas()]),
        ("quantities", [q.name for q in all_quantities()]),
        ("scenarios", list(scenario_names())),
        *((plural, [one.id for one in entries(kind)]) for plural, kind in KINDS.items()),
    ],
)
def test_all_that_there_is_can_be_listed(kind, names):
    answer = call("list", {"kind": kind})
    jsonschema.validate(answer.data, TOOLS["list"].answered)
    assert [one.get("id") or one["name"] for one in answer.data["found"]] == names
    assert all(name in answer.text for name in names)


def test_two_scenarios_as_the_command_line_has_them(capsys):
    found = call("compare", {"first": {"scenario": "gpt-4"}, "second": {"scenario": "llama-3"}}).data
    assert main(["compare", "gpt-4", "llama-3", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert found["inputs"] == said["inputs"]
    both = [row for row in said["results"] if row["first"] is not None and row["second"] is not None]
    assert found["results"] == both
    assert {one["key"] for one in found["sources"]} <= source_keys()


def test_what_nothing_solves_says_so_and_has_the_next_whole_one():
    found = call("solve", {"id": "training-energy", "for": "servers", "result": "100 GWh"}).data
    assert found["value"] is None
    assert found["unrounded"] == pytest.approx(7122.5, abs=0.1)
    assert [one["value"] for one in found["at"]["inputs"] if one["name"] == "servers"] == [7123]
    assert found["at"]["value"] == training_energy.derive(servers=7123).value
    assert set(found) >= COMMON
    none = call("solve", {"id": "training-energy", "for": "servers", "result": "0.001 GWh"}).data
    assert (none["value"], none["at"]) == (None, None)


ADDRESS = "scenario=gpt-4&servers=5000&server_power=3~6.5"


def test_a_case_by_its_address_is_the_same_as_its_values():
    by_address = call("show", {"id": "training-energy", "case": ADDRESS}).data
    by_values = call("show", {"id": "training-energy", "scenario": "gpt-4",
                              "values": {"servers": 5000, "server_power": "3 to 6.5 kW/server"}}).data  # fmt: skip
    assert (by_address["value"], by_address["band"]) == (by_values["value"], by_values["band"])
    assert "servers=5000" in by_address["citation"]["link"]
    above = call("show", {"id": "training-energy", "case": ADDRESS, "values": {"servers": 6000}}).data
    assert above["value"] == pytest.approx(by_address["value"] * 6 / 5)
    idle = call("show", {"id": "training-energy", "case": "servers=5000&pue=1.1"}).data
    assert idle["warnings"][0] == "of the case, pue plays no part in training-energy"


@pytest.mark.parametrize(
    ("unknown", "result", "given"),
    [
        ("servers", "80 GWh", {"server_power": "3 to 6.5 kW/server"}),
        ("training_time", "50 GWh", {"servers": "4000"}),
        ("server_power", "50 GWh", {}),
    ],
)
def test_it_solves_as_the_command_line_does(unknown, result, given, capsys):
    asked = {"id": "training-energy", "for": unknown, "result": result, "values": given}
    found = call("solve", asked).data
    options = [f"--set={name}={value}" for name, value in given.items()]
    main(["solve", "training-energy", "--for", unknown, "--result", result, *options, "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    keys = ("value", "low", "high", "unit", "points", "scenario", "given")
    assert {key: found[key] for key in keys} == {key: said[key] for key in keys}
    by_address = call("solve", asked | {"values": {}, "case": "&".join(["scenario=gpt-4", *(
        f"{name}={'3~6.5' if name == 'server_power' else value}" for name, value in given.items())])}).data  # fmt: skip
    assert [by_address[key] for key in keys[:5]] == [found[key] for key in keys[:5]]


def test_a_change_is_compared_with_what_the_book_has_in_its_place():
    found = call("compare", {"id": "training-energy", "second": {"case": ADDRESS}}).data
    assert (found["first"]["origin"], found["first"]["value"]) == ("book", training_energy.derive("gpt-4").value)
    assert found["second"]["value"] == call("show", {"id": "training-energy", "case": ADDRESS}).data["value"]
    whole = call("compare", {"second": {"case": "scenario=gpt-4&gpus=5000"}}).data
    assert [row["name"] for row in whole["inputs"]] == ["gpus"]
    assert {row["name"]: row["second"] for row in whole["results"]}["server-count"] == 625


def test_a_sentence_is_held_against_the_book(capsys):
    words = "100,000 H100 draw 250 MW at the site"
    found = call("claim", {"sentence": words})
    assert main(["claim", words, "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert {key: found.data[key] for key in ("verdict", "claims")} == {key: said[key] for key in ("verdict", "claims")}
    jsonschema.validate(found.data, TOOLS["claim"].answered)
    assert found.data["citation"]["text"] == said["claims"][0]["citation"]
    assert {one["key"] for one in found.data["sources"]} <= source_keys()


def test_a_citation_is_what_the_command_line_prints(capsys):
    for asked, options in (({}, []), ({"scenario": "gpt-4-estimate"}, ["--scenario", "gpt-4-estimate"])):
        found = call("cite", {"id": "training-energy", **asked}).data["citation"]
        for style in ("text", "bibtex"):
            assert main(["cite", "training-energy", *options, "--style", style]) == 0
            assert capsys.readouterr().out.strip() == found[style]


@pytest.mark.parametrize(
    ("tool", "asked", "part"),
    [
        ("shwo", {}, "did you mean 'show'?"),
        ("show", {}, "show takes id, which is missing"),
        ("show", {"id": "pue", "value": {}}, "did you mean 'values'?"),
        ("show", {"id": "pue", "values": []}, "values is []; accepted: an object"),
        ("show", {"id": "pue", "values": {"pue": True}}, "values: pue is True; accepted: a number, or text"),
        ("show", {"id": "pue", "values": {"peu": 1}}, "did you mean 'pue'?"),
        ("show", {"id": "pue", "choices": {"accelerater": "h100"}}, "did you mean 'accelerator'?"),
        ("show", {"id": "pue", "choices": {"accelerator": "h1000-sxm"}}, "did you mean 'h100-sxm'?"),
        ("show", {"id": "pue", "scenario": "gpt-5"}, "did you mean 'gpt-4'?"),
        ("show", {"id": "pue", "scenario": "calc/data/scenarios/gpt-4.toml"}, "is not a scenario"),
        ("show", {"id": "pue", "case": "calc/data/scenarios/gpt-4.toml"}, "gpt-4.toml"),
        ("show", {"id": "pue", "case": "peu=1.1"}, "did you mean 'pue'?"),
        ("show", {"id": "pue", "case": "scenario=gpt-4", "scenario": "llama-3"}, "accepted: one of the two"),
        ("compare", {"second": {"scenario": "llama-3"}}, "compare takes a first case too"),
        ("claim", {"sentence": " "}, "claim takes a sentence"),
        ("list", {"kind": "formula"}, "did you mean 'formulas'?"),
        ("compare", {"second": {"values": {"pue": 1.1}}}, "compare takes values only with an id"),
        ("solve", {"id": "pue", "for": "pue", "result": "1", "values": {"pue": 2}}, "given by both result and values"),
    ],
)
def test_what_cannot_be_asked_is_one_line(tool, asked, part):
    with pytest.raises(CalcError) as refused:
        call(tool, asked)
    assert part in str(refused.value)
    assert "\n" not in str(refused.value)


STRANGE = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**9), st.floats(), st.text(max_size=8),
    st.sampled_from(["pue", "training-energy", "book", "gpt-4", "servers", "1e999", "3 to 6", "h100-sxm", "\x1b[31m"]),
)  # fmt: skip
ANYTHING = st.one_of(
    STRANGE, st.lists(STRANGE, max_size=2), st.dictionaries(st.one_of(st.text(max_size=5), st.sampled_from(
        ["pue", "servers", "server_power", "accelerator", "scenario", "values"])), STRANGE, max_size=2),
)  # fmt: skip


@st.composite
def askings(draw):
    """A tool with arguments of which some are as they are meant."""
    tool = draw(st.sampled_from([tool for tool in TOOLS.values() if tool.name != "list"]))
    asked = draw(st.fixed_dictionaries({}, optional=dict.fromkeys((*tool.arguments, "more"), ANYTHING)))
    return tool.name, {"id": "training-energy"} | asked if draw(st.booleans()) else asked


@settings(max_examples=cases(2000, 40), deadline=None)
@given(askings())
def test_whatever_is_asked_has_an_answer_or_a_line(asked):
    name, arguments = asked
    try:
        answer = call(name, arguments)
    except CalcError:
        return
    assert set(answer.data) >= COMMON
    jsonschema.validate(answer.data, TOOLS[name].answered)
    json.dumps(answer.data, allow_nan=False)
