"""`--as-of` on the command line."""

from __future__ import annotations

import json

import pytest

from calc.cli.app import main


def run(capsys, *arguments):
    code = main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_show_takes_a_day(capsys):
    code, out, _ = run(capsys, "show", "built-share", "--scenario", "abilene", "--as-of", "2025-10", "--format", "json")
    told = json.loads(out)
    assert (code, told["as_of"], told["scenario"]) == (0, "2025-10-31", "abilene as of 2025-10-31")
    assert told["value"] == pytest.approx(147 / 1200)
    assert {one["date"] for one in told["inputs"]} == {"2025-01-21", "2025-09-26"}


def test_a_series_is_a_scenario(capsys):
    code, out, _ = run(capsys, "show", "doubling-time", "--scenario", "openai-power", "--format", "json")
    assert code == 0
    assert json.loads(out)["value"] == pytest.approx(0.616, abs=1e-3)


@pytest.mark.parametrize(
    "arguments",
    [
        ("chain", "unexplained-factor", "--scenario", "openai"),
        ("cite", "unexplained-factor", "--scenario", "openai"),
        ("table", "unexplained-factor", "--scenario", "openai", "--sweep", "pue=1.1:1.3:3"),
        ("solve", "unexplained-factor", "--scenario", "openai", "--for", "pue", "--result", "10"),
        ("scenario", "openai"),
        ("list", "unexplained", "--scenario", "openai"),
    ],
)
def test_other_commands_take_it_too(capsys, arguments):
    code, now, _ = run(capsys, *arguments)
    code_then, then, _ = run(capsys, *arguments, "--as-of", "2025-07")
    assert (code, code_then) == (0, 0)
    assert now != then


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("show", "server-count", "--as-of", "2025"),
            "no input of scenario gpt-4 is a series, so that as_of changes nothing",
        ),
        (("show", "unexplained-factor", "--as-of", "July"), "'July' is not a date; accepted: a year, a month or a day"),
        (("show", "unexplained-factor", "--as-of", "2020"), "begins with 2024-06-24, and has nothing as of 2020-12-31"),
    ],
)
def test_what_cannot_be_is_one_line(capsys, arguments, says):
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err


def test_the_citation_names_the_day(capsys):
    _, out, _ = run(capsys, "cite", "unexplained-factor", "--scenario", "openai", "--as-of", "2025-07")
    assert "openai as of 2025-07-31" in out
