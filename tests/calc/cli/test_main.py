"""The command line, in this process and in one of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import calc
from calc import all_formulas
from calc.__main__ import main
from calc.cli.app import _COMMANDS as COMMANDS
from calc.publish.export import collection

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
    assert any(
        line.startswith("training-energy ") and "at most 43.9 GWh" in line and "30.4 GWh" in line for line in lines
    )


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
    promised = "id title scenario value unit latex substituted inputs sources version"
    assert set(record) >= set(promised.split())
    assert all({"name", "value", "unit", "kind", "source", "locator"} <= set(given) for given in record["inputs"])
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
        (["lst"], ["'lst' is not a command", "list, find, quantities, show", "did you mean 'list'?"]),
        (["show"], ["ID"]),
        (["show", "training-energy", "more"], ["more"]),
        (["show", "training-energy", "--formt", "json"], ["'--formt' is not an option of show", "'--format'?"]),
        (["show", "training-energy", "--scenario", "nowhere.toml"], ["nowhere.toml: cannot be read"]),
        (["solve", "training-energy", "--for", "servers"], ["training_energy='100 GWh'"]),
        (["solve", "training-energy"], ["solve takes --for, which is missing"]),
        (["cite", "training-energy", "--style", "bibtx"], ["'bibtx' is not a style", "'bibtex'?"]),
        (["table", "training-energy"], ["--sweep"]),
        (["table", "training-energy", "--sweep", "gpus"], ["'gpus' is not a range", "FROM:TO:COUNT"]),
        (["table", "training-energy", "--sweep", "gpus=1:2"], ["is not a range"]),
        (["table", "training-energy", "--sweep", "pue=1:2:3"], ["pue plays no part"]),
        (["table", "training-energy", "--sweep", "gpus=0:2:3"], ["gpus = 0 GPU"]),
        (["table", "training-energy", "--sweep", "gpus=1:2:999999999"], ["steps; accepted: from 2 to"]),
        (["compare", "gpt-4"], ["SCENARIO"]),
        (["compare", "gpt-4", "gpt-5"], ["'gpt-5' is not a scenario"]),
        (["audit", "--verdict", "wrong"], ["'wrong' is not a verdict"]),
        (["claim"], ["claim takes a SENTENCE, such as 'a prompt uses 2.9 Wh at the site'"]),
        (
            ["claim", "a prompt uses much"],
            ["understood: prompt; missing: a number with its unit; accepted: a sentence"],
        ),
        (["claim", "100 H100 draw 70 kW", "--as", "pue"], ["'pue' does not fit", "accepted: gpu-power, cluster-power"]),
        (["export"], ["DIR"]),
        (["completion", "tcsh"], ["'tcsh' is not a shell", "bash, zsh, fish"]),
        (["scenario", "--output", "x"], ["--output goes with --template"]),
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
        (
            ["show", "training-energy", "--set", "tokens=6"],
            ["training-energy of a run other than GPT-4's needs server_power, gpus"],
        ),
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


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(run, name):
    """Its examples are run in tests/calc/cli/test_printed.py."""
    code, out, err = run(name, "--help")
    assert (code, err) == (0, "")
    assert f"Usage: python -m calc {name}" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", "training-energy"],
        ["show", "training-energy", "--range"],
        ["solve", "training-energy", "--for", "servers", "--result", "87.75 GWh"],
        ["chain", "training-energy"],
        ["cite", "training-energy"],
        ["cite", "book"],
        ["table", "training-energy", "--sweep", "gpus=10000:30000:3"],
        ["compare", "gpt-4", "llama-3"],
        ["audit"],
        ["diff", "now", "now"],
        ["scenario"],
        ["scenario", "gpt-4"],
        ["scenario", "--template"],
        ["completion", "bash"],
    ],
    ids=" ".join,
)
def test_json_everywhere(run, arguments):
    code, out, err = run(*arguments, "--format", "json")
    assert (code, err) == (0, "")
    json.loads(out)


def test_chain(run):
    _, out, _ = run("chain", "training-facility-energy")
    for part in ("├─ pue = 1.2", "Training energy (training-energy)", "│  ├─", "gpus = 25,000 GPUs, book, estimate"):
        assert part in out
    assert run("chain", "training-energy", "--format", "svg")[1].startswith("<svg")
    assert run("chain", "training-energy", "--format", "markdown")[1].startswith("- Training energy")


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--result", "87.75 GWh"], 0, "servers is 6,250 servers"),
        (["--set", "training_energy=87.75 GWh"], 0, "servers is 6,250 servers"),
        (["--result", "100 GWh"], 1, "7,122 yields 99.993 GWh"),
    ],
    ids=["result", "set", "none"],
)
def test_solve(run, arguments, code, part):
    found, out, err = run("solve", "training-energy", "--for", "servers", *arguments)
    assert (found, err) == (code, "")
    assert part in out
    assert "(yours)" in out


def test_solve_in_json_has_the_ends(run):
    arguments = ("server-count", "--for", "gpus", "--result", "3125", "--format", "json")
    found = json.loads(run("solve", *arguments)[1])
    assert (found["value"], found["low"], found["high"], found["unit"]) == (None, 24_993, 25_000, "GPU")


def test_a_table_has_what_show_has(run):
    arguments = ("table", "training-facility-energy", "--sweep", "gpus=10000:30000:5", "--sweep", "pue=1.1,1.25")
    rows = json.loads(run(*arguments, "--format", "json")[1])["rows"]
    assert len(rows) == 10
    for gpus, pue, energy in rows[::3]:
        settings = ("--set", f"gpus={gpus}", "--set", f"pue={pue}", "--format", "json")
        assert json.loads(run("show", "training-facility-energy", *settings)[1])["value"] == pytest.approx(energy)
    lines = run(*arguments, "--format", "csv")[1].splitlines()
    assert lines[0] == "gpus [GPU],pue [1],training_facility_energy [GWh]"
    assert [[float(cell) for cell in line.split(",")] for line in lines[1:]] == rows
    _, text, _ = run(*arguments, "--format", "markdown")
    assert "| gpus | pue = 1.1 | pue = 1.25 |" in text
    assert "yours" in text


def test_a_long_table_is_quick(run):
    """Vectorised: a hundred thousand rows in about a second, not minutes."""
    code, out, _ = run("table", "training-energy", "--sweep", "server_power=1:11:100001", "--format", "csv")
    assert code == 0
    assert out.count("\n") == 100_002


def test_compare_shows_what_differs_and_whose_it_is(run, mine):
    found = json.loads(run("compare", "gpt-4", mine, "--format", "json")[1])
    assert [(row["name"], row["first"], row["second"]) for row in found["inputs"]] == [("server_power", 6.5, 10.2)]
    assert found["inputs"][0]["second_origin"] == "yours"
    by_name = {row["name"]: row for row in found["results"]}
    assert by_name["training-energy"]["second"] == pytest.approx(43.875 * 10.2 / 6.5)
    assert by_name["server-count"]["second_origin"] == "book"
    text = run("compare", "gpt-4", mine)[1]
    assert "mine (yours)" in text
    assert "+57 %" in text


def test_audit(run):
    from calc.book.claims import all_claims

    code, out, _ = run("audit", "--format", "json")
    assert code == (0 if all(claim.follows for claim in all_claims()) else 1)
    assert [one["id"] for one in json.loads(out)] == [claim.id for claim in all_claims()]
    _, out, _ = run("audit", "--verdict", "contradicted", "--format", "csv")
    assert {line.rpartition(",")[2] for line in out.splitlines()[1:]} == {"contradicted"}


@pytest.fixture
def mine(tmp_path):
    """A scenario of one's own, in a file."""
    file = tmp_path / "mine.toml"
    text = 'extends = "gpt-4"\n[inputs.server_power]\nvalue = 10.2\nunit = "kW/server"\n'
    file.write_text(text + 'kind = "assumption"\nnote = "newer servers"\n', encoding="utf-8")
    return str(file)


def test_a_scenario_of_one_s_own(run, mine):
    found = json.loads(run("show", "training-energy", "--scenario", mine, "--format", "json")[1])
    assert found["value"] == pytest.approx(43.875 * 10.2 / 6.5)
    assert (found["origin"], found["changed"]) == ("yours", ["server_power"])
    assert [given["origin"] for given in found["inputs"]] == ["yours", "book", "book"]
    text = run("show", "training-energy", "--scenario", mine)[1]
    assert "in scenario mine (yours, after gpt-4)" in text
    assert "Not the book's figure: it rests on a number of yours, server_power." in text
    markdown = run("show", "training-energy", "--scenario", mine, "--format", "markdown")[1]
    assert "| yours |" in markdown
    assert "| book |" in markdown
    assert "Own calculation" in run("cite", "training-energy", "--scenario", mine)[1]
    assert "yours" in run("list", "--scenario", mine)[1]
    assert "yours" not in run("list")[1]


def test_the_template_changes_nothing_until_it_is_changed(run, tmp_path):
    file = tmp_path / "mine.toml"
    assert run("scenario", "--template", "--output", str(file))[0] == 0
    assert run("show", "training-energy", "--scenario", str(file), "--format", "json")[1].count('"yours"') == 0
    code, _, err = run("scenario", "--template", "--output", str(file))
    assert code == 2
    assert "is there already" in err
    head, _, tables = file.read_text("utf-8").partition("extends")
    taken = "\n".join(line[1:] if re.match(r"#[a-z\[]", line) else line for line in tables.splitlines())
    file.write_text(f"{head}extends{taken}", "utf-8")
    found = calc.load_scenario(file)
    base = calc.scenario("gpt-4")
    assert set(found.inputs) == set(base.inputs)
    for name, given in found.inputs.items():
        assert (given.value, given.low, given.high) == (
            base[name].value, base[name].low, base[name].high
        )  # fmt: skip
        assert given.origin == "yours"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[inputs.gpus]\nvalue = 8\nunit = 'GPUz'\n", ["mine.toml, line 3: inputs.gpus", "'GPUz' is not a unit"]),
        ("[inputs.pue]\nvalue = 0.5\nkind = 'assumption'", ["mine.toml, line 2", "pue = 0.5"]),
        ("title = 'x'\n\n[inputs.gpuz]\nvalue = 8\n", ["mine.toml, line 3", "'gpuz' is not a quantity", "'gpus'"]),
        ("# mine\nextendz = 'gpt-4'\n", ["mine.toml, line 2", "unknown key 'extendz'", "'extends'"]),
        ("extends = 'gpt4'\n", ["mine.toml, line 1", "'gpt4' is not a scenario", "'gpt-4'"]),
        ("[inputs.pue]\nvalue = 1.5\nkind = 'guess'\n", ["mine.toml, line 3", "kind 'guess'"]),
        ("inputs.pue = { value = 1.5, kind = 'guess' }\n", ["mine.toml, line 1", "kind 'guess'"]),
        ("title = \n", ["mine.toml", "line 1"]),
    ],
    ids=["unit", "value", "name", "key", "extends", "kind", "inline", "syntax"],
)
def test_errors_in_a_file_name_file_line_and_key(run, tmp_path, text, parts):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    code, out, err = run("show", "training-energy", "--scenario", str(file))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    for part in parts:
        assert part in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run, shell):
    code, out, _ = run("completion", shell)
    assert code == 0
    assert "t2t" in out
    assert "_T2T_COMPLETE" in out
    if shutil.which(shell):  # the shell itself finds it well formed
        done = subprocess.run([shell, "-n"], input=out.encode(), capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr


def test_what_is_completed():
    """As bash asks for it: the words so far, and which of them is being typed."""

    def complete(words):
        asked = {"_T2T_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        code = "import calc.__main__ as main; main.run()"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, env={**os.environ, **asked},
            timeout=60,
        )  # fmt: skip
        return done.stdout.decode().split()

    assert complete("t2t sh") == ["plain,show"]
    assert complete("t2t show training-f") == ["plain,training-flop", "plain,training-facility-energy"]
    assert "plain,gpt-4-estimate" in complete("t2t show pue --scenario gpt-4-")


def test_colours_only_on_a_terminal(monkeypatch, capsys):
    from calc.cli import output

    assert "\x1b" not in command("show", "training-energy").stdout.decode()
    monkeypatch.setattr(output, "_colours", lambda: True)
    main(["show", "training-energy"])
    assert "\x1b[1m" in capsys.readouterr().out


def test_progress_is_for_a_terminal_and_only_past_a_second(monkeypatch, capsys):
    from calc.cli import output

    assert list(output.progress("x")(range(3))) == [0, 1, 2]
    monkeypatch.setattr(output, "_PATIENCE", -1)
    monkeypatch.setattr(output, "_OFTEN", -1)
    assert list(output.progress("x")(range(3))) == [0, 1, 2]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert list(output.progress("counting")(range(3))) == [0, 1, 2]
    assert "counting: 2 of 3" in capsys.readouterr().err


def test_diff(run, tmp_path):
    old = tmp_path / "old.json"
    data = json.loads(json.dumps(collection()))
    one = next(record for record in data["derivations"] if record["id"] == "training-energy")
    one["exact"], one["value"] = "81/2", 40.5
    next(leaf for leaf in one["leaves"] if leaf["name"] == "server_power")["exact"] = "6"
    data["version"] = "0.0.9"
    old.write_text(json.dumps(data), encoding="utf-8")
    code, out, err = run("diff", str(old), "now")
    assert (code, err) == (1, "")
    assert "40.5 GWh → 30.4 GWh (−25 %)" in out
    assert "because of input server_power (6 kW/server → 4.5 kW/server)" in out
    assert run("diff", "now", "now")[0] == 0
    code, _, err = run("diff", str(tmp_path / "nothing"))
    assert code == 2
    assert "is no file, folder or release" in err
    old.write_text("{}", encoding="utf-8")
    assert "is not a record" in run("diff", str(old))[2]


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
@pytest.mark.parametrize(
    "arguments",
    [["list"], ["--help"], ["table", "training-energy", "--sweep", "servers=1:100000:90000", "--format", "csv"]],
    ids=lambda a: a[0],
)
def test_a_reader_that_has_enough(arguments):
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "calc", *arguments], cwd=ROOT, stdout=write, stderr=subprocess.PIPE
    )
    os.close(write)
    os.close(read)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.parametrize(
    ("sentence", "code", "verdict"),
    [
        ("100,000 H100 draw 150 MW at the site", 0, "reproduced"),
        ("100,000 H100 draw 450 MW at the site", 1, "contradicted"),
        ("a prompt uses 2.9 Wh at the site", 1, "outdated"),
        ("every prompt drinks half a litre of water", 1, "contradicted"),
        ("training Claude 3 took 100 GWh", 1, "unsourced"),
        ("100,000 H100 draw 150 MW", 2, "incomplete"),
    ],
)
def test_a_claim_in_every_format(run, sentence, code, verdict):
    """A question is asked in one line, below what each answer would lead to."""
    found, out, err = run("claim", sentence, "--format", "json")
    said = json.loads(out)
    assert (found, said["verdict"], said["text"]) == (code, verdict, sentence)
    assert err.count("\n") == (code == 2)
    assert ("Which is meant?" in err) == (code == 2)
    assert bool(said["ask"]) == (len(said["claims"]) > 1)
    for form in ("text", "markdown"):
        found, out, _ = run("claim", sentence, "--format", form)
        assert found == code
        assert verdict in out
        assert sentence in out
        for one in said["claims"]:
            assert one["citation"] in " ".join(out.split())
            for needed in one["needed"]:
                assert needed["text"] in out


def test_a_claim_is_of_what_is_chosen(run):
    code, out, err = run("claim", "100,000", "H100", "draw", "150", "MW", "--as", "cluster-power", "--format", "json")
    (one,) = json.loads(out)["claims"]
    assert (code, err, one["id"], one["given"], one["boundary"]) == (
        1,
        "",
        "cluster-power",
        {"gpus": 100000.0},
        "at the servers",
    )
    assert one["book"]["value"] == 127.5
