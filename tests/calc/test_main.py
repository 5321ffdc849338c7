"""The command line, in this process and in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import calc
from calc import all_formulas
from calc.__main__ import main

ROOT = Path(calc.__file__).parents[1]


@pytest.fixture
def run(capsys):
    """Run the command line here; its exit code, output and errors."""

    def call(*arguments):
        try:
            code = main(arguments)
        except SystemExit as left:
            code = left.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def command(*arguments, **environment):
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "calc", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=60,
    )


def test_list(run):
    code, out, err = run("list")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == [one.id for one in all_formulas()]
    assert any(line.startswith("training-energy ") and line.endswith("43.9 GWh") for line in lines)


def test_list_in_a_scenario_that_lacks_inputs(run):
    code, out, _ = run("list", "--scenario", "hgx-h100")
    assert code == 0
    assert "hgx-h100 lacks an input" in out
    assert len(out.splitlines()) == len(all_formulas())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("text", ["Training energy (training-energy)", "43.9 GWh"]),
        ("markdown", ["**Training energy**", "$$", "| "]),
        ("latex", ["\\begin{aligned}", "E_\\mathrm{train}"]),
        ("json", ['"id": "training-energy"']),
    ],
)
def test_show(run, name, parts):
    code, out, err = run("show", "training-energy", "--format", name)
    assert (code, err) == (0, "")
    for part in parts:
        assert part in out


def test_json(run):
    _, out, _ = run("show", "training-energy", "--format", "json")
    record = json.loads(out)
    assert list(record) == [
        "id",
        "title",
        "scenario",
        "value",
        "unit",
        "low",
        "median",
        "high",
        "latex",
        "substituted",
        "inputs",
        "sources",
        "version",
    ]
    assert all(list(given) == ["name", "value", "unit", "kind", "source", "locator"] for given in record["inputs"])
    assert (record["value"], record["unit"], record["scenario"]) == (43.875, "GWh", "gpt-4")
    assert record["version"] == calc.__version__


@pytest.mark.parametrize(
    ("settings", "value"),
    [
        (["servers=5000"], 70.2),
        (["servers=5000 server"], 70.2),
        (["server_power=10.2 kW/server"], 68.85),
        (["server_power = 10200 W/server"], 68.85),
        (["server-power=10.2"], 68.85),
        (["servers=5000", "training_time=45 day"], 35.1),
        (["training_time=2160 h"], 43.875),
        (["gpus=25001"], 43.88904),
        (["gpus=2.5e4"], 43.875),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_set(run, settings, value):
    arguments = [part for setting in settings for part in ("--set", setting)]
    code, out, _ = run("show", "training-energy", "--format", "json", *arguments)
    assert code == 0
    assert json.loads(out)["value"] == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ([], ["arguments are required"]),
        (["lst"], ["'lst' is not a command", "list, show", "did you mean 'list'?"]),
        (["show"], ["ID"]),
        (["show", "trainig-energy"], ["'trainig-energy' is not a formula", "'training-energy'?"]),
        (["show", "training-energy", "--scenario", "gpt4"], ["'gpt4' is not a scenario", "'gpt-4'?"]),
        (["show", "training-energy", "--scenario", ""], ["'' is not a scenario"]),
        (["list", "--scenario", ""], ["'' is not a scenario"]),
        (
            ["show", "training-energy", "--format", "jsn"],
            ["'jsn' is not a format", "text, markdown, latex, json", "'json'?"],
        ),
        (
            ["show", "training-energy", "--set", "server_power=10.2 kW"],
            ["server_power takes kW/server", "'10.2 kW/server'"],
        ),
        (["show", "training-energy", "--set", "serverz=5"], ["'serverz'", "did you mean 'server"]),
        (["show", "training-energy", "--set", "servers=-5"], ["servers = -5 server", "a whole number, at least 1"]),
        (["show", "training-energy", "--set", "servers=abc"], ["servers: 'abc' is not a value"]),
        (["show", "training-energy", "--set", "servers=25,000"], ["has a comma; write 25000"]),
        (["show", "training-energy", "--set", "servers=nan"], ["not a finite number"]),
        (["show", "training-energy", "--set", "servers=1e400"], ["servers = 1e+400"]),
        (["show", "training-energy", "--set", "servers"], ["NAME=VALUE", "servers=5000", "'servers'"]),
        (["show", "training-energy", "--set", "servers="], ["NAME=VALUE"]),
        (["show", "training-energy", "--set", "=5"], ["NAME=VALUE"]),
        (["show", "training-energy", "--set", "servers=5", "--set", "servers=6"], ["servers twice"]),
        (["show", "training-energy", "--set", "tokens=6"], ["tokens plays no part in training-energy"]),
        (["show", "training-energy", "--set", "servers=5 kW^99999999"], ["is not a unit"]),
        (["show", "training-energy", "--nonsense"], ["--nonsense"]),
        (["show", "training-energy", "--scenario", "hgx-h100"], ["is missing", "'hgx-h100'"]),
    ],
    ids=lambda value: "-".join(value)[:60] or "nothing" if isinstance(value, list) else None,
)
def test_bad_input_is_one_line_and_exit_code_2(run, arguments, parts):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("calc: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    for part in parts:
        assert part in err


def test_help(run):
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert "show training-energy" in out
    assert "exit codes" in out


def test_a_process_of_its_own():
    done = command("show", "training-energy", "--set", "servers=5000")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "70.2 GWh" in done.stdout.decode()
    failed = command("show", "training-energy", "--set", "server_power=10.2 kW")
    assert (failed.returncode, failed.stdout) == (2, b"")
    assert failed.stderr.decode().strip().splitlines() == [failed.stderr.decode().strip()]


def test_a_terminal_without_unicode():
    done = command("show", "server-count", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "⌈gpus / gpus_per_server⌉" in done.stdout.decode("utf-8")
    failed = command("show", "serverzähl", PYTHONIOENCODING="ascii")
    assert failed.returncode == 2
    assert failed.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="the pipe of a Unix shell")
def test_a_reader_that_has_enough():
    read, write = os.pipe()
    process = subprocess.Popen([sys.executable, "-m", "calc", "list"], cwd=ROOT, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    os.close(read)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
