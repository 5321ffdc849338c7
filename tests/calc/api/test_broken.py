"""A formula or a quantity of the book that cannot be defined is named in a line, and what can do without it works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import calc
from calc import all_formulas, formula
from calc.base.broken import all_broken, find_broken
from calc.base.errors import BrokenError, DataError, DefinitionError, UnknownNameError
from calc.book.home import home
from calc.model.registry import check_all
from tests.calc.support import refused
from tests.sampling import sample

ROOT = Path(calc.__file__).parents[1]
POWER, NOTATION = "calc/formulas/power.py", "calc/notation/power.py"
VALUES = """
import json
from calc import all_formulas
from calc.base.broken import all_broken
from calc.base.errors import BrokenError, ChainError
from calc.book.home import home
found = {}
for formula in all_formulas():
    try:
        step = home(formula)
        found[formula.id] = [str(step.exact), step.scenario.name]
    except (BrokenError, ChainError) as error:
        found[formula.id] = str(error)
print(json.dumps({"values": found, "broken": [str(one) for one in all_broken()]}))
"""
COMMANDS = """
import contextlib, io, json, sys
from calc.__main__ import main
found = []
for line in json.loads(sys.argv[1]):
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            code = main(line.split())
        except SystemExit as end:
            code = end.code
    found.append([code, out.getvalue(), error.getvalue()])
print(json.dumps(found))
"""
WAYS = [
    # which file is changed, what in it and into what, the formula or quantity, what is said of it
    (POWER, "return servers * server_power", "return servers + server_power", "cluster-power", "adds or compares"),
    (POWER, "return servers * server_power", "return servers * server_power**2", "cluster-power", " is "),
    (POWER, "return servers * server_power", "return servers * sever_power", "cluster-power", "NameError: name"),
    (POWER, "def cluster_power(servers, server_power)", "def cluster_power(servers, server_powr)", "cluster-power",
     "'server_powr' is not a quantity; did you mean 'server_power'?"),
    (POWER, 'result="it_power", source="ludvigsen2023gpt4"', 'result="it_power", source="ludvigsen2023"',
     "cluster-power", "'ludvigsen2023' is not a key of references.bib; did you mean 'ludvigsen2023gpt4'?"),
    (POWER, 'result="it_power", source="ludvigsen2023gpt4", ', 'result="it_power", ', "cluster-power",
     "'' is not a key of references.bib"),
    (POWER, 'result="it_power"', 'result="gpu_power"', "cluster-power", "and gpu_power is counted at chip"),
    (NOTATION, '"MW", "power of the IT equipment", basis="at_it"', '"MX", "power of the IT equipment"', "it_power",
     "'MX' is not a unit"),
    (NOTATION, 'IT equipment", basis="at_it"', 'IT equipment", basis="at_hom"', "it_power", "'at_hom' is not a unit"),
    (NOTATION, r'r"P_\mathrm{IT}"', r'r"P_\mathrm{server}"', "it_power", "is the symbol of both"),
    (NOTATION, r'define("server_power", r"P_\mathrm{server}", "kW/server"',
     r'define("server_power", r"P_\mathrm{server}", "kW/sever"', "server_power", "'sever' is not a unit"),
]  # fmt: skip


FINE = (
    "show training-energy", "solve training-energy --for servers --result 87.75", "chain training-energy",
    "cite training-energy --style bibtex", "table training-energy --sweep servers=3000,4000", "cite book",
    "compare gpt-4 llama-3", "scenario gpt-4", "scenario --template", "completion bash", "--help",
)  # fmt: skip
REFUSED = (
    "show cluster-power", "show it_power", "chain cluster-power", "show facility-power", "export records",
    "diff 0.1.0 now", "solve cluster-power --for servers --result 20",
)  # fmt: skip
USES = """
import json, traceback
from calc import cluster_power
said = []
for use in ("cluster_power(servers=1, server_power=2)", "cluster_power.derive()", "cluster_power.numeric"):
    try:
        eval(use)
    except Exception:
        said.append(traceback.format_exc().splitlines()[-1])
print(json.dumps({"said": said, "printed": str(cluster_power)}))
"""


def broken_copy(folder: Path, file: str, old: str, new: str) -> Path:
    """The package in a folder of its own, with one thing in it changed."""
    shutil.copytree(ROOT / "calc", folder / "calc", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("references.bib", "CITATION.cff"):
        shutil.copy(ROOT / name, folder / name)
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, check=False)


def commands(folder: Path, lines: Sequence[str]) -> dict[str, tuple[int, str, str]]:
    """The code of each command, and what it said, all of one process."""
    done = python(folder, "-c", COMMANDS, json.dumps(lines))
    assert done.returncode == 0, done.stderr
    return {line: tuple(found) for line, found in zip(lines, json.loads(done.stdout), strict=True)}


def resting_on(name: str) -> set[str]:
    """The formulas in whose chain, at home, a formula or a quantity is."""
    found = set()
    for one in all_formulas():
        step = home(one)
        chain = {part.formula.id for part in step.chain}
        names = {q.name for part in step.chain for q in (*part.formula.inputs, part.formula.result)}
        if name in chain | names:
            found.add(one.id)
    return found


@pytest.fixture(params=sample(WAYS, 4, "ways to break a definition"), ids=lambda way: f"{way[3]}-{way[4][:24]}")
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str, str, str]:
    file, old, new, name, said = request.param
    return broken_copy(tmp_path, file, old, new), file, name, said


def test_only_what_needs_it_fails(broken):
    folder, file, name, said = broken
    done = python(folder, "-c", VALUES)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    (first,) = found["broken"]
    assert first.startswith(f"{file}:")
    assert first.partition(": ")[2].startswith(f"{'quantity' if '_' in name else 'formula'} {name!r}: ")
    assert said in first
    assert "\n" not in first
    line = int(first.partition(": ")[0].rpartition(":")[2])
    assert name.replace("-", "_") in "\n".join((folder / file).read_text("utf-8").splitlines()[line - 1 : line + 2])
    fails = {one for one, value in found["values"].items() if isinstance(value, str)}
    gone = {one.id for one in all_formulas()} - set(found["values"])
    assert fails | gone == resting_on(name)
    for one, value in found["values"].items():
        if one not in fails:
            step = home(calc.formula_by_id(one))
            assert value == [str(step.exact), step.scenario.name], one
        else:
            # A formula with the wrong result does not say which one it should have had.
            missing = "no scenario has" in value or "it_power is missing" in value
            assert value.startswith(first) or ("gpu_power" in said and missing)


@pytest.mark.parametrize(
    ("name", "said"),
    [("cluster_power_again", "it_power has two formulas: 'cluster-power' and"), ("cluster_power", "is defined twice")],
)
def test_of_two_formulas_the_first_counts(tmp_path, name, said):
    again = (
        '\n@formula(result="it_power", source="mohit2026", locator="somewhere")\n'
        f'def {name}(servers, server_power):\n    """Again."""\n    return servers * server_power\n\n\n'
        '@formula(result="server_load"'
    )
    folder = broken_copy(tmp_path, POWER, '\n@formula(result="server_load"', again)
    found = json.loads(python(folder, "-c", VALUES).stdout)
    (line,) = found["broken"]
    assert said in line
    assert found["values"] == {one.id: [str(home(one).exact), home(one).scenario.name] for one in all_formulas()}


def test_commands_that_do_without_it_work(tmp_path):
    folder = broken_copy(tmp_path, *WAYS[0][:3])
    line = "calc/formulas/power.py:"
    listed = python(folder, "-m", "calc", "list")
    assert listed.returncode == 0
    assert listed.stderr.count("\n") == 1
    assert listed.stderr.startswith(f"error: {line}")
    rows = dict(row.split(maxsplit=1) for row in listed.stdout.splitlines())
    assert set(rows) == {one.id for one in all_formulas()} - {"cluster-power"}
    assert "at most 43.9 GWh" in rows["training-energy"]
    assert rows["facility-power"].endswith("needs what is broken)")
    fine = commands(folder, FINE)
    assert {line: found for line, found in fine.items() if (found[0], found[2]) != (0, "")} == {}
    for command, (code, out, error) in commands(folder, REFUSED).items():
        assert (code, out) == (2, ""), command
        assert error.startswith(f"calc: {line}"), command
        assert error.count("\n") == 1


def test_what_it_is_when_it_is_used(tmp_path):
    folder = broken_copy(tmp_path, *WAYS[0][:3])
    found = json.loads(python(folder, "-c", USES).stdout)
    assert len(found["said"]) == 3
    for last in found["said"]:
        assert last.startswith("calc.base.errors.BrokenError: calc/formulas/power.py:")
    assert found["printed"].startswith("<calc/formulas/power.py:")
    known = python(
        folder, "-c", "from calc import cluster_power as one; print(one.id, one.result.name, len(one.inputs))"
    )
    assert known.stdout == "cluster-power it_power 2\n"


def test_a_command_checks_only_what_it_needs():
    code = (
        "import calc; from calc.model.registry import _FORMULAS; calc.training_energy.derive('gpt-4').exact; "
        "print(*(one.id for one in _FORMULAS.values() if '_trace' in one.__dict__))"
    )
    assert python(ROOT, "-c", code).stdout.split() == ["server-count", "training-energy"]


def test_nothing_of_the_book_is_broken():
    assert check_all() == ()
    assert all("_trace" in one.__dict__ for one in all_formulas())
    assert not all_broken()
    assert find_broken("formula", name="training-energy") is None


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    ("kind", "given", "function", "said"),
    [
        (DefinitionError, {}, lambda servers, server_power: servers * server_power, "has two formulas"),
        (UnknownNameError, {"result": "it_powr"}, lambda servers: servers, "'it_powr' is not a quantity"),
        (DataError, {"source": ""}, lambda servers: servers, "'' is not a key of references.bib"),
        (DataError, {"locator": " "}, lambda servers: servers, "has no locator"),
        (DataError, {"source": "mohit"}, lambda servers: servers, "is not a key of references.bib"),
        (DefinitionError, {}, lambda servers: servers, "servers is server, and it_power is "),
    ],
)  # fmt: skip
def test_in_ones_own_code_the_error_comes_at_once(kind, given: dict[str, str], function: Callable[..., object], said):
    function.__name__, function.__doc__ = "my_power", "Mine."
    with refused(kind, said):
        formula(**({"result": "it_power", "source": "mohit2026", "locator": "somewhere"} | given))(function)
    assert not all_broken()
    assert not issubclass(kind, BrokenError)
