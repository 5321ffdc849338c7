"""Small inputs that once came out wrong, or with a message that misled: each with what is right."""

from __future__ import annotations

import contextlib
import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from calc import registry, scenario, training_energy
from calc.__main__ import main
from calc.base.errors import UnitError
from calc.base.units import parse_unit

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line here; its exit code, output and errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def value(run: Run, *arguments: str) -> float:
    code, out, err = run("show", *arguments, "--format", "json")
    assert code == 0, err
    found: float = json.loads(out)["value"]
    return found


def sets(*settings: str) -> list[str]:
    return [part for one in settings for part in ("--set", one)]


def test_another_run_takes_nothing_of_gpt_4s(run: Run) -> None:
    """6 × 7.3e9 × 3.9e12 FLOP on H100 servers of 10.2 kW, at the utilisation that is typical."""
    model = sets("active_parameters=7.3e9", "tokens=3.9e12", "peak_flops=989", "server_power=10.2 kW/server")
    code, _, err = run("show", "work-energy", *model)
    assert code == 2
    assert "needs gpus_per_server" in err
    assert "--server " in err
    found = value(run, "work-energy", *model, *sets("gpus_per_server=8"))
    typical = float(scenario("typical")["flop_utilisation"].value)
    seconds = 6 * 7.3e9 * 3.9e12 / (989e12 * typical)
    assert found == pytest.approx(seconds * 10.2 / 8 / 3600 / 1e6, rel=1e-6)  # kWh to GWh
    assert found < 0.3
    _, out, _ = run("show", "work-energy", *model, *sets("gpus_per_server=8"))
    assert re.search(rf"^From scenario typical: .*flop_utilisation {100 * typical:g} %", out, re.MULTILINE)
    assert "25,000" not in out


def test_a_scenario_that_is_named_is_honoured_and_what_plays_a_part_is_listed(run: Run) -> None:
    settings = sets("active_parameters=7.3e9", "tokens=3.9e12")
    code, out, _ = run("show", "flop-utilisation", "--scenario", "gpt-4", *settings)
    assert code == 0
    assert "From scenario gpt-4: gpus 25,000 GPUs, peak_flops 312 TFLOP/s/GPU, training_time 90 days." in out


def test_what_a_run_lacks_is_asked_for_by_name(run: Run) -> None:
    model = sets("active_parameters=70e9", "tokens=15e12", "gpus=8960")
    code, _, err = run("solve", "flop-utilisation", "--for", "training_time", "--result", "40 %", *model)
    assert (code, err.count("\n")) == (2, 1)
    assert "needs peak_flops" in err
    assert "--accelerator " in err
    more = sets("peak_flops=989")
    _, out, _ = run("solve", "flop-utilisation", "--for", "training_time", "--result", "40 %", *model, *more)
    days = 6 * 70e9 * 15e12 / (8960 * 989e12 * 0.4) / 86400
    assert f"training_time is {days:.5f} days" in out


def test_a_time_is_not_worked_out_from_the_utilisation_that_is_asked_for(run: Run) -> None:
    model = sets("active_parameters=70e9", "tokens=15e12", "gpus=8960", "peak_flops=989")
    code, _, err = run("show", "flop-utilisation", *model)
    assert code == 2
    assert "needs training_time" in err


def test_every_output_lists_what_nobody_gave(run: Run) -> None:
    said = "From scenario gpt-4: server_power 6.5 kW/server, training_time 90 days."
    assert said in run("show", "training-energy", "--set", "servers=5000")[1]
    assert said in run("show", "training-energy", "--set", "servers=5000", "--format", "markdown")[1]
    assert said in run("solve", "training-energy", "--for", "servers", "--result", "87.75 GWh")[1]
    assert said in run("table", "training-energy", "--sweep", "servers=1:10:4")[1]
    for command in (
        ("show", "training-energy", "--set", "servers=5000"),
        ("solve", "training-energy", "--for", "servers", "--result", "87.75 GWh"),
        ("table", "training-energy", "--sweep", "servers=1:10:4"),
    ):
        taken = json.loads(run(*command, "--format", "json")[1])["taken"]
        assert [(one["name"], one["value"], one["scenario"]) for one in taken] == [
            ("server_power", 6.5, "gpt-4"), ("training_time", 90, "gpt-4"),
        ]  # fmt: skip
    compared = run("compare", "gpt-4", "--accelerator", "h100-sxm")[1]
    assert "The same in gpt-4 + h100-sxm, and from scenario gpt-4: " in compared
    explained = run("show", "training-energy", "--set", "servers=5000", "--explain")[1]
    assert "└─ training_time = 90 days" in explained


def test_gpu_hours_are_divided_by_the_gpus(run: Run) -> None:
    """Llama 3.1: 30.84 million GPU-hours on 16,384 GPUs are 78.4 days."""
    hours = "training_time=30.84e6 GPU*h"
    _, out, _ = run("show", "training-energy", *sets(hours, "gpus=16384"), "--format", "json")
    times = {one["name"]: one["value"] for one in json.loads(out)["inputs"]}
    assert times["training_time"] == pytest.approx(30.84e6 / 16384 / 24)
    code, _, err = run("show", "training-energy", *sets(hours))
    assert code == 2
    assert "counts GPU too" in err
    assert "GPU*h/GPU" not in err
    assert value(run, "training-energy", *sets("training_time=30.84e6 GPU-hours", "gpus=16384")) == pytest.approx(
        value(run, "training-energy", *sets(hours, "gpus=16384"))
    )


@pytest.mark.parametrize(
    ("name", "setting", "says", "never"),
    [
        ("site-water", "wue=0.36 ml/Wh", "did you mean 'mL', or 'ML' (10⁹ times as much)?", ""),
        ("cluster-power", "server_power=6500 mw/server", "did you mean 'mW', or 'MW' (10⁹ times as much)?", ""),
        ("campus-energy", "load_factor=76 %%", "per cent is said once", ""),
        ("training-energy", "server_power=6500 W", "did you mean '6500 W/server'?", ""),
        ("training-flop", "tokens=1.4 t", "is mass, not token", "did you mean"),
        ("training-energy", "gpus=25,000", "write 25000, or 25.000", ""),
        ("sync-share", "sync_overlap=1.5", "a fraction from 0 to 1", ""),
        ("aggregate-rate", "gpus=2520", "flop-utilisation works it out from your gpus", ""),
        ("campus-energy", "load_factor=76 ± 10 %", "per cent of the value, or points?", ""),
        ("training-energy", "server_power=6.5 to 3", "write the lower end first", ""),
    ],
)
def test_a_message_says_what_is_the_matter(run: Run, name: str, setting: str, says: str, never: str) -> None:
    code, _, err = run("show", name, "--scenario", "campus-gb200" if "campus" in name else "gpt-4", "--set", setting)
    assert (code, err.count("\n")) == (2, 1)
    assert says in err
    assert not never or never not in err


@pytest.mark.parametrize(
    ("name", "settings", "result"),
    [
        ("training-facility-energy", ["training_energy=5 MW-day"], 0.12 * 1.2),
        ("training-energy", ["gpus=25 000"], 43.875),
        ("training-energy", ["server_power=6,5"], 43.875),
        ("training-energy", ["server_power=13/2 kW/server"], 43.875),
        ("training-flop", ["active_parameters=70B", "tokens=1.4T"], 6 * 70e9 * 1.4e12),
        ("training-flop", ["active_parameters=70B parameters", "tokens=1.4 trillion tokens"], 6 * 70e9 * 1.4e12),
        ("total-bubble", ["pipeline_stages=1", "microbatches=8"], 0),
        ("sync-share", ["sync_overlap=1"], 0),
        ("serial-share", ["base_utilisation=0.4", "measured_utilisation=0.4"], 0),
    ],
)
def test_what_people_write_is_read(run: Run, name: str, settings: list[str], result: float) -> None:
    assert value(run, name, *sets(*settings)) == pytest.approx(result, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "low", "middle", "high"),
    [
        ("3 to 6.5 kW/server", 3, 4.75, 6.5),
        ("9..11 kW/server", 9, 10, 11),
        ("6 ± 10 %", 5.4, 6, 6.6),
        ("6 ± 0.5 kW/server", 5.5, 6, 6.5),
        ("5 (3 to 6.5) kW/server", 3, 5, 6.5),
    ],
)
def test_a_range_draws(run: Run, text: str, low: float, middle: float, high: float) -> None:
    _, out, _ = run("show", "cluster-power", *sets(f"server_power={text}", "servers=1000"), "--format", "json")
    record = json.loads(out)
    (power,) = (one for one in record["leaves"] if one["name"] == "server_power")
    assert power["range"] == {"low": pytest.approx(low), "high": pytest.approx(high)}
    assert record["value"] == pytest.approx(middle)
    assert record["range"] == {"low": pytest.approx(low), "high": pytest.approx(high)}
    assert low < record["low"] < record["median"] < record["high"] < high


def test_between_two_ends_every_value_is_as_likely(run: Run) -> None:
    """Of a uniform distribution from 3 to 6.5, nine draws of ten lie from 3.175 to 6.325."""
    _, out, _ = run(
        "show", "cluster-power", *sets("server_power=3 to 6.5 kW/server", "servers=1000"), "--format", "json"
    )
    record = json.loads(out)
    assert record["low"] == pytest.approx(3.175, abs=0.005)
    assert record["median"] == pytest.approx(4.75, abs=0.005)
    assert record["high"] == pytest.approx(6.325, abs=0.005)


def test_one_unit_a_column_and_a_line(run: Run) -> None:
    out = run("table", "training-energy", "--sweep", "servers=1:10:4")[1]
    assert set(re.findall(r"\b[MG]Wh\b", out)) == {"MWh"}
    assert "0.04212\n" in run("table", "training-energy", "--sweep", "servers=3,5", "--format", "csv")[1]
    out = run("table", "training-energy", "--sweep", "servers=1:10:4", "--unit", "kWh", "--format", "csv")[1]
    assert out.splitlines()[:2] == ["servers [server],training_energy [kWh]", "1,14040.0"]
    for line in run("compare", "gpt-4", "llama-3")[1].splitlines():
        assert len(set(re.findall(r"\b[kMGT]?Wh\b", line))) <= 1


def test_the_unit_of_the_result_is_chosen(run: Run) -> None:
    out = run("show", "training-energy", "--unit", "MWh")[1]
    assert re.search(r"= 43,900 MWh$", out, re.MULTILINE) or "43,900 MWh" in out
    assert "GWh" not in out.partition("Inputs")[0]
    code, _, err = run("show", "training-energy", "--unit", "MW")
    assert code == 2
    assert "training_energy takes" in err
    asked = json.loads(run("show", "training-energy", "--unit", "MWh", "--format", "json")[1])["asked"]
    assert asked == {"value": 43875.0, "unit": "MWh"}


def test_per_so_many_of_what_a_result_is_counted_by(run: Run) -> None:
    one = value(run, "token-energy")
    _, out, _ = run("show", "token-energy", "--per", "1,000 tokens", "--unit", "Wh", "--format", "json")
    asked = json.loads(out)["asked"]
    assert asked["value"] == pytest.approx(one * 1000 / 3600)
    code, _, err = run("show", "training-energy", "--per", "1000 tokens")
    assert code == 2
    assert "is in GWh" in err


def test_solved_numerically_where_there_is_no_closed_form(run: Run) -> None:
    code, out, _ = run("solve", "demand-growth", "--for", "years", "--result", "13.4%")
    assert code == 0
    assert "found numerically" in out
    found = json.loads(run("solve", "demand-growth", "--for", "years", "--result", "13.4%", "--format", "json")[1])
    assert found["numerical"]
    assert value(run, "demand-growth", *sets(f"years={found['value']}")) == pytest.approx(0.134, rel=1e-6)


def test_what_cancels_out_is_said(run: Run) -> None:
    code, _, err = run("solve", "pue", "--for", "it_power", "--result", "1.2")
    assert code == 2
    assert "give facility_power too" in err
    out = run("solve", "pue", "--for", "it_power", "--result", "1.2", "--set", "facility_power=30 MW")[1]
    assert out.startswith("it_power is 25 MW")


def test_what_has_no_effect_is_said(run: Run) -> None:
    code, _, err = run("show", "training-energy", *sets("servers=3125", "gpus=20000"))
    assert code == 2
    assert "gpus has no effect on training-energy, because servers is given" in err


def test_covariance_is_named(run: Run, tmp_path: Path) -> None:
    """Both 10 % either way: r/(1 + r) of the variance comes of their going together; r of a rank of 0.9 is 0.908."""
    r = 2 * math.sin(math.pi * 0.9 / 6)
    share = f"{r / (1 + r):.0%}".replace("%", " %")
    file = tmp_path / "both.toml"
    inputs = "".join(
        f'[inputs.{name}]\nvalue = {mean}\ndistribution = "normal"\nspread = {mean / 10}\nunit = "{unit}"\n'
        'kind = "assumption"\nnote = "for a test"\n'
        for name, mean, unit in (("energy_per_prompt", 1.0, "Wh/prompt"), ("prompts_per_day", 1e9, "prompt/day"))
    )
    pair = '[[correlations]]\nbetween = ["energy_per_prompt", "prompts_per_day"]\nrank = 0.9\nnote = "for a test"\n'
    file.write_text(f'extends = "gpt-4"\n{inputs}{pair}', encoding="utf-8")
    out = run("show", "daily-serving-energy", "--scenario", str(file), "--range")[1]
    assert f"{share} from energy_per_prompt and prompts_per_day going together" in out
    assert re.search(rf"energy_per_prompt with prompts_per_day +covariance +{share}", out)


@pytest.mark.parametrize(
    ("name", "settings", "says"),
    [
        ("flop-utilisation", ["peak_flops=624"], "the dense peak is 312 TFLOP/s/GPU"),
        ("flop-utilisation", ["peak_flops=1979"], "the dense peak is 989 TFLOP/s/GPU"),
        ("daily-serving-energy", ["energy_per_prompt=0.14 kWh/prompt"], "did you mean 0.14 Wh/prompt?"),
        ("training-energy", ["training_time=2160"], "did you mean hours, 90 days?"),
        ("training-energy", ["server_power=12500"], "did you mean W, 12.5 kW/server?"),
        ("serving-facility-energy", ["energy_per_prompt=0.34"], "counted twice"),
        ("training-energy", ["gpus=100e6"], "far above all sources"),
    ],
)
def test_a_trap_is_taken_with_one_line(run: Run, name: str, settings: list[str], says: str) -> None:
    code, _, err = run("show", name, *sets(*settings))
    assert (code, err.count("\n")) == (0, 1)
    assert err.startswith("warning: ")
    assert says in err


@pytest.mark.parametrize(
    "settings",
    [["servers=5000", "server_power=10.2 kW/server"], ["training_time=60"], ["gpus=16384"], ["server_power=6 ± 10 %"]],
)
def test_an_ordinary_value_has_no_warning(run: Run, settings: list[str]) -> None:
    assert run("show", "training-energy", *sets(*settings))[2] == ""


def test_a_lognormal_whose_value_is_not_its_median(run: Run) -> None:
    err = run("show", "daily-serving-energy", "--set", "energy_per_prompt=0.3 (0.03 to 30) Wh/prompt")[2]
    assert "is not the median of its draws, which is 0.949 Wh/prompt" in err


def test_words_are_found(run: Run) -> None:
    code, out, _ = run("find", "water")
    assert code == 0
    assert re.search(r"^formula +site-water ", out, re.MULTILINE)
    assert {one["kind"] for one in json.loads(run("find", "h100", "--format", "json")[1])} >= {
        "scenario",
        "accelerator",
    }
    code, out, _ = run("find", "zeppelins")
    assert code == 1
    assert "nothing on 'zeppelins'" in out
    assert {"site-water", "source-water"} <= {line.split()[0] for line in run("list", "water")[1].splitlines()}
    assert "server_power" in run("quantities", "server", "power")[1]
    code, _, err = run("show", "zeppelins")
    assert code == 2
    assert "t2t find zeppelins" in err


def test_a_scenario_that_there_is_not(run: Run) -> None:
    err = run("show", "training-energy", "--scenario", "h100")[2]
    assert "--accelerator h100-sxm" in err
    assert len(err) < 250
    assert len(run("show", "training-energy", "--scenario", "zzzz")[2]) < 250


def test_the_result_of_a_line_and_its_range_have_one_unit(run: Run) -> None:
    """0.1.0 had 57.0 mWh/prompt beside a range in Wh/prompt."""
    out = run("show", "prompt-energy", "--scenario", "epoch-query", "--set", "response_tokens=95")[1]
    units = set(re.findall(r"[a-zA-Z]*Wh/prompt", out.partition("Inputs")[0]))
    assert len(units) == 1, out


def test_a_hint_keeps_the_value_that_was_given() -> None:
    """And is not '1 watt/server', as it was in 0.1.0."""
    with pytest.raises(UnitError, match=r"did you mean '6500 watt/server'\?"):
        training_energy(servers=3125, server_power=registry().Quantity(6500, "W"), training_time=90)


def test_a_message_does_not_hang_on_what_was_asked_before() -> None:
    def said(unit: str) -> str:
        with pytest.raises(UnitError) as caught:
            parse_unit(unit)
        return str(caught.value)

    first = said("GBP")
    with contextlib.suppress(UnitError):
        parse_unit("Eh")
    assert said("GBP") == first


def test_servers_that_hold_other_gpus_than_the_days_rest_on(run: Run) -> None:
    ten = ("show", "training-energy", "--scenario", "gpt-4-estimate", "--set", "servers=10")
    assert "10 servers hold 80 GPUs, not 25,000; training_time is still that of 25,000 GPUs" in "".join(run(*ten)[1:])
    assert json.loads(run(*ten, "--format", "json")[1])["warnings"]
    # Eighty GPUs take 25,000/80 times as long, and as much energy as ever: half as many take twice as long.
    assert value(run, *ten[1:], "--set", "gpus=80") == pytest.approx(30.4, abs=0.05)
