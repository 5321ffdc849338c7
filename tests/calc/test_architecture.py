"""docs/architecture.md has the rooms that there are, in the order that lint keeps; and the lengths that lint allows."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import calc

ROOT = Path(calc.__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
(LAYERS,) = (one["layers"] for one in CONTRACTS if one.get("containers") == ["calc"])


def test_the_picture_is_the_order_that_lint_keeps():
    drawn = re.findall(r"^     (\w+) {3,}", TEXT.partition("```text\n")[2].partition("```")[0], re.MULTILINE)
    kept = [room for layer in LAYERS[1:] for room in re.split(r" [:|] ", layer)]  # without the two that start all
    assert drawn == kept


def test_every_room_is_said_what_it_is_for():
    told = set(re.findall(r"`([\w./]+)`", TEXT.partition("## The contracts")[0]))
    calc_rooms = {f"calc/{folder.name}" for folder in (ROOT / "calc").iterdir() if folder.is_dir()} - {
        "calc/__pycache__"
    }
    ext_rooms = {f"_ext/{folder.name}" for folder in (ROOT / "_ext").iterdir() if folder.is_dir()} - {
        "_ext/__pycache__"
    }
    assert calc_rooms | ext_rooms <= told


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:calc|_ext|docs|tools|chapters)/[\w/.-]+)`", TEXT))))
def test_a_place_that_is_named_is_there(name):
    place = ROOT / re.sub(r"(SUBJECT|NAME|ROOM)\.?\w*$", "", name)
    assert place.exists()


@pytest.mark.skipif(importlib.util.find_spec("importlinter") is None, reason="import-linter is not installed")
def test_a_circle_would_be_found(tmp_path):
    """The contracts are no empty words: an import upwards, even in a function, ends lint."""
    for part in ("calc", "_ext", "t2t_sphinx"):
        for file in (ROOT / part).rglob("*.py"):
            copy = tmp_path / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    with (tmp_path / "calc/base/domains.py").open("a", encoding="utf-8") as end:
        end.write("\n\ndef lazy() -> None:\n    from calc.model import chain  # noqa\n")
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    done = subprocess.run(lint, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "calc flows one way BROKEN" in done.stdout


def lengths(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, folder / "tools" / "lengths.py"], capture_output=True, text=True, check=False
    )


def test_what_is_too_long_is_named(tmp_path):
    for part in ("tools", "calc", "_ext"):
        (tmp_path / part).mkdir()
    (tmp_path / "tools/lengths.py").write_bytes((ROOT / "tools/lengths.py").read_bytes())
    body = "\n".join(f"    a = {number}" for number in range(40))
    long_docstring = '    """One.\n' + "\n" * 30 + '    """\n'
    (tmp_path / "calc/right.py").write_text(
        f"def short():\n{long_docstring}" + body.replace("    a = 0\n", ""), "utf-8"
    )
    assert (lengths(tmp_path).returncode, lengths(tmp_path).stdout) == (0, "")
    (tmp_path / "calc/wrong.py").write_text(f"class A:\n\n  def long(self):\n{body}\n", "utf-8")
    (tmp_path / "_ext/wrong.py").write_text("# a line\n" * 301, "utf-8")
    assert lengths(tmp_path).returncode == 1
    assert lengths(tmp_path).stdout.splitlines() == [
        "_ext/wrong.py:1: the file has 301 lines; at most 300",
        "calc/wrong.py:3: long has 41 lines without its docstring; at most 40",
    ]


# Put together piece by piece by one function, and handed out by none that keeps it.
WRITTEN_TO = {
    "calc.book.lookup._Settings": "what is asked of a value, word by word",
    "calc.book.sentence_parts.Amount": "a number of a sentence, to which words behind it add",
    "calc.book.sentence_parts.Scanned": "a sentence, part by part",
    "calc.charts.axes.Item": "what is drawn, along with its chart",
    "calc.charts.values.Values": "the values of a chart, as it is drawn",
    "calc.render.chain_graph._Node": "a box, before and after it has its place",
}


def test_what_is_handed_out_cannot_be_changed():
    """A value that is kept and handed out twice must be the same for both: dataclasses are frozen, but for these."""
    found, written_to = 0, set()
    for file in sorted((ROOT / "calc").rglob("[a-z]*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name)
        for one in vars(module).values():
            if isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == name:
                found += 1
                if not one.__dataclass_params__.frozen:
                    written_to.add(f"{name}.{one.__qualname__}")
    assert found > 100
    assert written_to == WRITTEN_TO.keys()
