"""Any command line ends with 0, 1 or 2, within its time, without a traceback, and with words that steer no terminal.

The commands and their options are those that there are, so that a new one is attacked as well.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import time
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from calc import all_formulas, scenario_names
from calc.base.errors import CalcError
from calc.base.quantities import all_quantities
from calc.book.release_files import read as read_records
from calc.cli.app import _COMMANDS, cli, main
from calc.model.scenario_file import read_scenario
from tests.sampling import cases

SECONDS = 30  # of the processor
IDS = [formula.id for formula in all_formulas()]
NAMES = [quantity.name for quantity in all_quantities()]
UNITS = sorted({quantity.unit for quantity in all_quantities()} | {"%", "days", "kilometre", "°C", "kW^9^9"})
ODD = (
    "0", "-1", "1e150", "1e151", "1e-150", "1e999", "1e9999999", "nan", "inf", "²", "1/3", "1/0", "6,5", "25 000",
    "70B", "3 to 6.5", "6 ± 10 %", "9" * 1001, "0x10", "1_0", "\x1b[31m5", "٣", "-0.0",
)  # fmt: skip
NUMBERS = st.one_of(st.integers(-3, 10**7).map(str), st.floats(1e-6, 1e12).map(repr), st.sampled_from(ODD))
STRANGE = (
    "", " ", "-", "--", "..", "/", "\x00", "\x1b]0;x\x07", "<script>", "'; rm x", "ä" * 40, "x" * 9000, "💥", "\u202e",
    "now", "0.1.0", "h100-sxm", "dgx-h100", "gpt-4", "llama-3-70b", "water",
)  # fmt: skip
ADDRESSES = (
    "servers=5000&server_power=3~6.5", "scenario=gpt-4&server=dgx-h100&pue=1.1~1.2~1.3", "training_energy=40&servers=",
    "start=2&gpus=16000", "pue=1.2~1.1", "scenario=gpt-5", "servers=1&servers=2", "ask=train&sure=0.9&claim=x%1b", "",
    "https://book.example/d/pue/?facility_power=30#pue", "mine.toml",
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(STRANGE), st.text(max_size=12))
VALUE = st.builds(lambda number, unit: f"{number} {unit}".strip(), NUMBERS, st.sampled_from(["", *UNITS]))
SETTING = st.one_of(st.builds(lambda name, value: f"{name}={value}", st.sampled_from(NAMES), VALUE), WORDS)
SWEEP = st.one_of(
    st.builds(
        lambda name, low, high, count, more: f"{name}={low}:{high}:{count}{more}",
        st.sampled_from(NAMES), NUMBERS, NUMBERS, st.one_of(st.integers(-1, 30).map(str), NUMBERS),
        st.sampled_from(["", ":log", " kW", ":lin"]),
    ),
    SETTING,
)  # fmt: skip


def values_of(option: click.Parameter) -> st.SearchStrategy[str]:
    """What is given for an option or an argument: what it wants, for the most part."""
    name = option.name or ""
    accepted = getattr(option.type, "accepted", None)
    if accepted:
        return st.one_of(st.sampled_from(accepted), st.sampled_from(accepted), WORDS)
    if name == "values":
        return SETTING
    if name == "ranges":
        return SWEEP
    if name in ("result", "per"):
        return st.one_of(VALUE, WORDS)
    if name == "unknown":
        return st.one_of(st.sampled_from(NAMES), WORDS)
    if name == "unit":
        return st.one_of(st.sampled_from(UNITS), WORDS)
    if isinstance(option.type, click.Path):
        return st.one_of(st.sampled_from(["out", "out.toml", "no/such/place", "..", "/dev/null/x"]), WORDS)
    wanted = {"SCENARIO": scenario_names(), "ID": IDS, "CASE": ADDRESSES}.get(getattr(option.type, "name", ""), IDS)
    return st.one_of(st.sampled_from(list(wanted)), WORDS)


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """A command with some of its options, most of them as they are meant."""
    # What serves listens until its client leaves; tests/calc/cli/test_serve_mcp.py drives it.
    name = draw(st.sampled_from([name for name in _COMMANDS if name != "serve-mcp"]))
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    line = [name]
    for option in command.params:
        if isinstance(option, click.Argument):
            count = draw(st.sampled_from([1, 1, 1, 0, 2]) if option.nargs == 1 else st.integers(0, 3))
            line += [draw(values_of(option)) for _ in range(count)]
        elif draw(st.booleans()) or option.required:
            flag = draw(st.sampled_from(option.opts))
            repeated = draw(st.integers(1, 3)) if option.multiple else 1  # type: ignore[attr-defined]
            for _ in range(repeated):
                line += [flag] if option.is_flag else [flag, draw(values_of(option))]  # type: ignore[attr-defined]
    return line


def ran(line: list[str]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(line, "t2t")
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True, scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a command writes, it writes into a folder of this test's own; and what would take minutes is left out."""
    with contextlib.chdir(tmp_path_factory.mktemp("lines")), pytest.MonkeyPatch.context() as patched:
        patched.setattr("calc.publish.export.files", lambda *_: {"derivations.json": b"{}"})
        yield


@settings(max_examples=cases(6000, 60), suppress_health_check=list(HealthCheck))
@given(command_lines())
@example(["show", "training-energy", "--range", "--set", "training_time=1e308"])
@example(["show", "demand-growth", "--range", "--set", "years=1e-9"])
@example(["table", "training-energy", "--sweep", "gpus=1:10:²"])
@example(["table", "training-energy", "--sweep", "gpus=9223372036854775808,25000", "--format", "csv"])
@example(["export", "\x1f"])
@example(["scenario", "mine", "--output", "\x1b]0;x\x07.toml"])
@example(["solve", "fleet-power", "--for", "context_tokens", "--result", "100 MW"])
def test_any_command_line(line: list[str]) -> None:
    start = time.process_time()
    code, out, err = ran(line)
    assert code in (0, 1, 2), (line, err)
    assert "Traceback" not in err
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out + err), (line, out + err)
    said = [one for one in err.splitlines() if not one.startswith(("warning: ", "error: "))]
    assert len(said) == (code == 2), (line, err)
    options = line[: line.index("--")] if "--" in line else line  # what follows are arguments
    if code == 0 and "--format json" in " ".join(options):
        json.loads(out)
    assert time.process_time() - start < SECONDS, line


@settings(max_examples=cases(3000, 60))
@given(st.one_of(st.text(), st.binary().map(lambda content: content.decode("latin-1"))))
def test_any_scenario(text: str) -> None:
    with contextlib.suppress(CalcError):
        read_scenario(text, "mine", "mine.toml", ())


KEYS = ("value", "low", "high", "unit", "kind", "note", "spread", "values", "distribution", "source", "bound")
KINDS = ("'kW/server'", "'1'", "'assumption'", "'normal'", "'uniform'", "[1, 2]", "true", "{}")
TABLE = st.dictionaries(st.sampled_from(KEYS), st.one_of(NUMBERS, st.sampled_from(KINDS)))


@settings(max_examples=cases(3000, 60))
@given(st.sampled_from(NAMES), TABLE)
def test_any_input_of_a_scenario(name: str, table: dict[str, str]) -> None:
    lines = "\n".join(f"{key} = {value}" for key, value in table.items())
    with contextlib.suppress(CalcError):
        read_scenario(f'extends = "gpt-4"\n[inputs.{name}]\nkind = "assumption"\n{lines}', "mine", "mine.toml", ())


PARTS = (
    "derivations", "version", "released", "id", "title", "exact", "unit", "leaves", "chain", "results", "inputs",
    "formulas", "scenario", "value",
)  # fmt: skip
ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.sampled_from(["1/0", "1e9999"])
)
JSON = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(PARTS), inner, max_size=9)
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=cases(3000, 100))
@given(JSON)
def test_any_record(data: Any) -> None:
    with contextlib.suppress(CalcError):
        read_records(json.dumps(data), "records.json")


def test_the_folder_is_the_tests_own() -> None:
    assert Path.cwd().name.startswith("lines")
