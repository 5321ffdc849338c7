"""The command `case`, and `--case`: the same case as an address, a file and settings says the same in every format."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calc import load_case, training_energy
from calc.__main__ import main
from calc.analysis.sampling import draws
from calc.base.errors import CalcError
from calc.base.shortest import shortest
from calc.base.text_files import packaged_text
from calc.base.values import exact
from calc.book.home import book_derivations
from calc.model.input import Input
from calc.model.step import Given
from tests.sampling import cases

HOMES = list(book_derivations())
Run = Callable[..., tuple[int, str, str]]
ADDRESS = "scenario=gpt-4&accelerator=h100-sxm&servers=5000&server_power=9~11"
SETTINGS = (
    "--scenario", "gpt-4", "--accelerator", "h100-sxm", "--set", "servers=5000 server",
    "--set", "server_power=9 to 11 kW/server",
)  # fmt: skip


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def file(run: Run, tmp_path: Path) -> str:
    found = str(tmp_path / "mine.toml")
    assert run("case", ADDRESS, "--output", found)[0] == 0
    return found


COMMANDS = [
    *(("show", "training-energy", "--format", form) for form in ("text", "markdown", "latex", "json")),
    *(("show", "training-energy", "--range", "--format", form) for form in ("text", "markdown", "json")),
    *(("cite", "training-energy", "--style", style) for style in ("text", "bibtex", "csl")),
    ("cite", "training-energy", "--format", "json"),
    *(("chain", "training-energy", "--format", form) for form in ("text", "markdown", "json", "svg")),
    *(("table", "training-energy", "--sweep", "training_time=80,90", "--format", form)
      for form in ("text", "markdown", "csv", "json")),
    *(("solve", "training-energy", "--for", "training_time", "--result", "80 GWh", "--format", form)
      for form in ("text", "json")),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_address_file_and_settings_say_the_same(run: Run, file: str, command: tuple[str, ...]) -> None:
    by_address = run(*command, "--case", ADDRESS)
    assert by_address[0] == 0
    assert run(*command, "--case", file) == by_address
    assert run(*command, "--case", f"https://book.example/v9/d/x/?{ADDRESS}#y") == by_address
    assert run(*command, *SETTINGS) == by_address


@settings(max_examples=cases(1000, 12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_python_and_the_command_line_agree_on_any_case(data: st.DataObject, capsys: pytest.CaptureFixture[str]) -> None:
    """Any formula, some inputs of its chain a little other than they are, or with a range around them."""
    step = data.draw(st.sampled_from(HOMES))
    chosen = data.draw(
        st.lists(st.sampled_from(step.leaves), min_size=1, max_size=4, unique_by=lambda one: one.quantity)
    )
    factors = st.integers(900, 1100).map(lambda share: Fraction(share, 1000))
    parts = []
    for leaf in chosen:
        ends = sorted({_near(leaf, data.draw(factors)) for _ in range(data.draw(st.integers(1, 3)))})
        parts.append(f"{leaf.quantity.name}={'~'.join(map(shortest, ends))}")
    address = "&".join(parts)
    found, said = None, ""
    try:
        found = step.formula.derive(load_case(address))
        wanted = (found.value, found.low, found.median, found.high)
    except CalcError as error:
        said = str(error)
    code = main(["show", step.formula.id, "--case", address, "--format", "json"])
    out, err = capsys.readouterr()
    if said:  # a draw may be impossible where the value is not: a record then has no percentiles
        assert found is not None or (code == 2 and said in err)
        return
    record = json.loads(out)
    assert found is not None
    if record["value"] is not None:  # it lies beyond what was measured
        assert tuple(record[key] for key in ("value", "low", "median", "high")) == wanted
    assert found.case is None or load_case(found.case.address) == found.case


def _near(leaf: Input | Given, factor: Fraction) -> Fraction:
    """A number near an input's, as a double is written, inside its domain."""
    value = exact(float(leaf.value * factor))
    value = Fraction(round(value)) if leaf.quantity.domain.whole else value
    return value if value in leaf.quantity.domain else leaf.value


def test_a_case_without_a_scenario_is_that_of_the_card(run: Run) -> None:
    assert run("show", "training-energy", "--case", "servers=5000") == run(
        "show", "training-energy", "--scenario", "gpt-4-estimate", "--set", "servers=5000"
    )


def test_set_goes_before_the_case_and_must_play_a_part(run: Run) -> None:
    _, out, _ = run("show", "training-energy", "--case", ADDRESS, "--set", "servers=3125", "--format", "json")
    assert json.loads(out)["value"] == pytest.approx(10 * 3125 * 90 * 24 / 1e6)
    code, _, err = run("show", "training-energy", "--case", ADDRESS, "--set", "pue=1.1")
    assert code == 2
    assert "pue plays no part in training-energy" in err


def test_what_of_a_case_plays_no_part_is_said(run: Run) -> None:
    code, out, err = run("show", "training-energy", "--case", f"{ADDRESS}&pue=1.1")
    assert code == 0
    assert err.startswith("warning: of the case, pue plays no part in training-energy\n")
    assert out == run("show", "training-energy", "--case", ADDRESS)[1]


def test_case_and_scenario(run: Run, file: str) -> None:
    code, _, err = run("show", "training-energy", "--case", ADDRESS, "--scenario", "gpt-4")
    assert code == 2
    assert "the case starts from gpt-4; accepted: one of the two" in err
    one = run("show", "training-energy", "--case", "servers=5000", "--scenario", "gpt-4", "--format", "json")
    assert json.loads(one[1])["scenario"] == "gpt-4"
    compared = run("compare", "gpt-4", "--case", "servers=5000", "--format", "json")
    assert json.loads(compared[1])["inputs"] == [
        {"name": "servers", "unit": "server", "first": None, "first_origin": None, "second": 5000,
         "second_origin": "yours"}
    ]  # fmt: skip
    assert run("compare", "gpt-4", "--case", ADDRESS) == run("compare", "gpt-4", "--case", file)


def test_what_a_case_changes(run: Run, file: str) -> None:
    _, out, err = run("case", ADDRESS)
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "A case after scenario gpt-4 (GPT-4, as the article has it), with Nvidia H100"
    rows = [" ".join(line.split()) for line in lines]
    assert "accelerator h100-sxm" in rows
    assert "servers 5,000 servers 3,125 servers" in rows
    assert "server_power 10 kW/server 9–11 kW/server 6.5 kW/server" in rows
    assert run("case", file)[1] == out
    assert run("case", ADDRESS, "--address")[1] == f"{ADDRESS}\n"
    assert run("case", *SETTINGS, "--address")[1] == f"{ADDRESS}\n"
    data = json.loads(run("case", ADDRESS, "--format", "json")[1])
    assert (data["scenario"], data["choices"], data["address"]) == ("gpt-4", {"accelerator": "h100-sxm"}, ADDRESS)
    assert [(one["name"], one["book"]) for one in data["changed"]] == [("servers", 3125), ("server_power", 6.5)]


def test_a_case_file_is_new(run: Run, file: str) -> None:
    code, _, err = run("case", ADDRESS, "--output", file)
    assert code == 2
    assert "is there already; accepted: a new file" in err


def test_a_wrong_case_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    code, out, err = run("case", "servers=5000&srever_power=3", "--output", str(tmp_path / "x.toml"))
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "did you mean 'server_power'?" in err
    assert list(tmp_path.iterdir()) == []


def test_a_record_carries_its_case(run: Run) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    record = json.loads(run("show", "training-energy", "--case", ADDRESS, "--format", "json")[1])
    record.pop("taken")  # which the command adds
    jsonschema.validate(record, json.loads(packaged_text("derivation.schema.json")))
    assert record["case"]["address"] == ADDRESS
    assert "case" not in json.loads(run("show", "training-energy", "--format", "json")[1])


@pytest.mark.parametrize("style", ["text", "bibtex", "csl"])
def test_what_is_cited_says_that_it_rests_on_own_ranges(run: Run, style: str) -> None:
    out = run("cite", "training-energy", "--case", ADDRESS, "--style", style)[1]
    assert "resting on own ranges of server" in out
    assert "drawn from" in out
    assert "?scenario=gpt-4&accelerator=h100-sxm&servers=5000&server_power=9~11#training-energy" in out
    one = run("cite", "training-energy", "--scenario", "gpt-4", "--set", "servers=5000", "--style", style)[1]
    assert "resting on" not in one


def test_keys_differ_by_ranges_too() -> None:
    cited = [
        training_energy.derive("gpt-4", server_power=text).cite("bibtex").partition(",")[0]
        for text in ("4.75", "3 to 6.5", "4.75 (3 to 6.5)")
    ]
    assert len(set(cited)) == 3


def test_a_range_keeps_the_correlation_of_its_input() -> None:
    """The estimate says that power and utilisation go together by a rank of 0.5; a range typed for one leaves that."""
    from scipy.stats import spearmanr

    step = training_energy.derive("gpt-4-estimate", server_power="3 to 6.5 kW/server")
    (own,) = (one for one in step.leaves if one.quantity.name == "server_power")
    table = draws("gpt-4-estimate")
    power = own.distribution.ppf(table.points(["server_power"])[0])
    assert spearmanr(power, table["flop_utilisation"]).statistic == pytest.approx(0.5, abs=0.01)
    # Energy goes with power over utilisation: together they spread less than apart, by a second way of drawing.
    random = np.random.default_rng(1)
    apart = random.uniform(3, 6.5, 10**6) / random.permutation(np.resize(table["flop_utilisation"], 10**6))
    wide = np.quantile(apart, 0.95) / np.quantile(apart, 0.05)
    assert step.high / step.low < 0.95 * wide
    assert step.budget().together[0][2] < 0


def test_a_table_has_the_band_of_each_result(run: Run) -> None:
    """Of a uniform power from 3 to 6.5 kW, nine draws of ten lie from 3.175 to 6.325."""
    arguments = ("--scenario", "gpt-4", "--sweep", "servers=1000,2000", "--set", "server_power=3 to 6.5 kW/server")
    rows = json.loads(run("table", "training-energy", *arguments, "--format", "json")[1])["rows"]
    for servers, value, low, high in rows:
        each = servers * 90 * 24 / 1e6
        assert (value, low, high) == pytest.approx((4.75 * each, 3.175 * each, 6.325 * each), rel=1e-3)
    text = run("table", "training-energy", *arguments)[1]
    assert "10.3 GWh (6.9 to 14)" in text
    assert "resting on own ranges of server_power" in text


def test_a_solution_has_the_band_of_its_draws(run: Run) -> None:
    """80 GWh by 5,000 servers take 80e6/(5000·24·power) days: more the less power they draw."""
    arguments = ("--for", "training_time", "--result", "80 GWh", "--scenario", "gpt-4", "--set", "servers=5000")
    out = run("solve", "training-energy", *arguments, "--set", "server_power=3 to 6.5 kW/server", "--format", "json")[1]
    points = json.loads(out)["points"]
    wanted = {name: 80e6 / (5000 * 24 * power) for name, power in (("low", 6.325), ("median", 4.75), ("high", 3.175))}
    assert points == pytest.approx(wanted, rel=1e-3)
    assert json.loads(run("solve", "training-energy", *arguments, "--format", "json")[1])["points"] is None


def test_a_case_says_what_is_asked_for(run: Run) -> None:
    asked = run("solve", "training-energy", "--case", "scenario=gpt-4&training_energy=87.75&servers=")
    assert asked[1].startswith("servers is 6,250 servers; training-energy in scenario gpt-4")
    code, _, err = run("solve", "training-energy", "--case", "scenario=gpt-4")
    assert code == 2
    assert "solve takes --for, which is missing" in err
