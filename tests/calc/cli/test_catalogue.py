"""The catalogue on the command line: listed, shown, and laid over scenarios."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from calc import training_energy
from calc.__main__ import main
from calc.cli.options import KINDS as OPTIONS
from calc.model.catalogue import KINDS, entries, entry

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line here; its exit code, output and errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_options_are_the_kinds() -> None:
    assert tuple(KINDS.values()) == OPTIONS


def test_all_is_listed(run: Run) -> None:
    code, out, _ = run("catalogue")
    assert code == 0
    ids = [one.id for kind in KINDS.values() for one in entries(kind)]
    assert [line.split()[1] for line in out.splitlines()[1 : len(ids) + 1]] == ids
    _, out, _ = run("catalogue", "--format", "json")
    assert [one["id"] for one in json.loads(out)] == ids
    for plural, kind in KINDS.items():
        _, out, _ = run("catalogue", plural)
        assert all(one.id in out for one in entries(kind))
        assert entries(kind) or out == f"the catalogue has no {plural} yet\n"
        _, out, _ = run("catalogue", plural, "--format", "csv")
        assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == [one.id for one in entries(kind)]


def test_one_is_shown(run: Run) -> None:
    _, out, _ = run("catalogue", "servers", "dgx-h100", "--format", "json")
    shown = json.loads(out)
    assert (shown["id"], shown["accelerator"]) == ("dgx-h100", "h100-sxm")
    assert {value["name"]: value["value"] for value in shown["values"]}["server_power"] == 10.2
    assert run("catalogue", "dgx-h100", "--format", "json")[1] == out
    for form, part in (
        ("text", "10.2 kW/server"),
        ("markdown", "| server_power | 10.2 kW/server |"),
        ("csv", "server_power,10.2"),
    ):
        assert part in run("catalogue", "servers", "dgx-h100", "--format", form)[1]
    assert "public domain" in run("catalogue", "places", "usa")[1]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("catalogue", "server"), ["'server'", "did you mean 'servers'?"]),
        (("catalogue", "dgx-h10"), ["did you mean 'dgx-h100'?"]),
        (("catalogue", "servers", "dgx-h10"), ["did you mean 'dgx-h100'?"]),
        (("catalogue", "models", "dgx-h100"), ["'dgx-h100' is a server"]),
        (("catalogue", "server", "dgx-h100"), ["accepted: models, accelerators, servers, places, prices"]),
        (("show", "training-energy", "--server", "dgx-h10"), ["did you mean 'dgx-h100'?"]),
        (
            ("show", "training-energy", "--model", "palm-540b"),
            ["a run other than GPT-4's needs server_power", "--server "],
        ),
        (
            ("show", "server-count", "--scenario", "gpt-4", "--model", "palm-540b"),
            ["plays no part", "active_parameters"],
        ),
        (("show", "training-energy", "--set", "server=dgx-h100"), ["--server dgx-h100"]),
        (("show", "training-energy", "--servr", "dgx-h100"), ["did you mean '--server'?"]),
        (("compare", "gpt-4"), ["a second SCENARIO"]),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, arguments: tuple[str, ...], parts: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    for part in parts:
        assert part in err


WANTED = ("--accelerator", "h100-sxm")
ENERGY = training_energy.derive("gpt-4", server_power=float(entry("server", "dgx-h100").inputs["server_power"].value))


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("show", "training-energy"), lambda data: data["value"]),
        (("chain", "training-energy"), lambda data: data["value"]),
        (("table", "training-energy", "--sweep", "gpus=25000,50000"), lambda data: data["rows"][0][-1]),
        (
            ("compare", "gpt-4"),
            lambda data: next(r["second"] for r in data["results"] if r["name"] == "training-energy"),
        ),
        (
            ("solve", "training-energy", "--for", "training_time", "--result", f"{ENERGY.value} GWh"),
            lambda data: data["value"] / 90 * ENERGY.value,
        ),
    ],
)
def test_every_command_takes_them(run: Run, arguments: tuple[str, ...], value: Callable[[Any], float]) -> None:
    code, out, _ = run(*arguments, *WANTED, "--format", "json")
    assert code == 0
    assert value(json.loads(out)) == pytest.approx(ENERGY.value)


def test_a_choice_is_said_wherever_it_goes(run: Run) -> None:
    for line in (
        "show training-energy",
        "show training-energy --format markdown",
        "cite training-energy",
        "cite training-energy --style bibtex",
        "cite training-energy --style csl",
        "solve training-energy --for training_time --result 50GWh",
    ):
        assert "accelerator h100-sxm" in run(*line.split(), *WANTED)[1], line
    assert "in scenario gpt-4 + h100-sxm" in run("show", "training-energy", *WANTED)[1]
    data = json.loads(run("show", "training-energy", *WANTED, "--format", "json")[1])
    assert (data["origin"], data["choices"]) == ("yours", {"accelerator": "h100-sxm"})
    assert "choices" not in json.loads(run("show", "training-energy", "--format", "json")[1])
    cited = run("cite", "training-energy", *WANTED)[1]
    assert cited.startswith("Own calculation, not a figure of the book: training energy")
    assert "?scenario=gpt-4&accelerator=h100-sxm#" in cited, "the address carries the choice, which its page reads"


def test_what_is_set_goes_before(run: Run) -> None:
    data = json.loads(run("show", "training-energy", *WANTED, "--set", "server_power=13", "--format", "json")[1])
    assert data["value"] == pytest.approx(2 * training_energy.derive("gpt-4").value)
    assert data["changed"] == ["server_power"]


def test_ids_are_completed() -> None:
    from click import Context

    from calc.cli.show import show_command

    option = next(param for param in show_command.params if param.name == "server")
    found = option.type.shell_complete(Context(show_command), option, "dgx")
    assert [item.value for item in found] == [one.id for one in entries("server") if one.id.startswith("dgx")]
