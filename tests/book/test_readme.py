"""README's "Adding a formula", followed word by word in a copy of the book."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.book.building import FRONT, ROOT, build, change, small_book

pytestmark = pytest.mark.book
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## Adding a formula\n")[2].partition("\n## ")[0]
# A fenced block, and the last file in backticks before it.
BLOCK = re.compile(r"^( *)(`{3,})(\w+)\n(.*?)^ *\2$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`((?:calc|chapters)/[\w/.-]+\.\w+|references\.bib)`")


def steps() -> list[tuple[str, str]]:
    """What goes at the end of which file, in the order of the text."""
    blocks = BLOCK.finditer(SECTION)
    return [(NAMED.findall(SECTION[: block.start()])[-1], textwrap.dedent(block[4])) for block in blocks]


def python(book: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=book, env=environment, text=True, capture_output=True, check=False
    )


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book in which the example has been added as the text says; of its chapter, the new end alone."""
    labels = "\n\n".join(
        f"(input-gpt-4-{name})=\nHere." for name in ("gpus", "gpus_per_server", "server_power", "gpu_tdp")
    )
    book = small_book(
        tmp_path_factory.mktemp("readme") / "book",
        power=f"{FRONT}# Power\n",
        inputs=f"# Inputs\n\n{labels}\n\n(cluster-power)=\n## Elsewhere\n\n```{{bibliography}}\n:all:\n```\n",
    )
    for place, text in steps():
        file = book / place.replace("chapters/power-planning.md", "power.md")
        with file.open("a", encoding="utf-8") as end:
            end.write(f"\n\n{text}" if place.endswith(".py") else f"\n{text}")
    assert "Its name goes into the `__all__` at the top of that module" in " ".join(SECTION.split())
    change(book / "calc/formulas/power.py", "__all__ = [", '__all__ = ["power_per_gpu", ')
    return book


def test_the_steps_are_those_of_the_text() -> None:
    assert [place for place, _ in steps()] == [
        "calc/notation/power.py", "references.bib", "calc/formulas/power.py", "calc/data/checks/power.toml",
        "chapters/power-planning.md",
    ]  # fmt: skip
    for word in ("`basis`", "`__all__`", "`1/at_site`", "`references.bib`", "`make units`", "Assumes", "Holds"):
        assert word in SECTION


def test_it_is_shown_as_the_text_says(followed: Path) -> None:
    (command,) = re.findall(r"`t2t (show [\w-]+)`", SECTION)
    done = python(followed, "-m", "calc", *command.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert "power_per_gpu = it_power / gpus" in done.stdout
    record = json.loads(python(followed, "-m", "calc", *command.split(), "--format", "json").stdout)
    assert (record["value"], record["unit"]) == (3125 * 6500 / 25_000, "W/GPU")
    assert "doe2026sharing" in record["sources"]
    assert "How Power Is Shared Out" in (followed / "references.bib").read_text(encoding="utf-8")
    listed = python(followed, "-m", "calc", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "power-per-gpu " in listed.stdout


def test_its_figure_and_its_example_are_what_they_should_be(followed: Path) -> None:
    code = (
        "import doctest, calc\n"
        "from calc.book.checks import checks\n"
        "(check,) = checks(calc.power_per_gpu)\n"
        "assert check.agrees, check\n"
        "assert calc.power_per_gpu.solve_for('gpus', it_power='10.2 kW', power_per_gpu=1275).value == 8\n"
        "test = doctest.DocTestParser().get_doctest(\n"
        "    calc.power_per_gpu.example + '\\n', {'power_per_gpu': calc.power_per_gpu}, 'example', None, None)\n"
        "assert doctest.DocTestRunner().run(test) == (0, 1)\n"
    )
    done = python(followed, "-c", code)
    assert done.returncode == 0, done.stderr


def test_its_chapter_is_built(followed: Path, tmp_path: Path) -> None:
    result = build(followed, tmp_path, "html")
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "html" / "power.html").read_text(encoding="utf-8")
    assert 'id="power-per-gpu"' in page
    assert "How much power is that for each GPU?" in page
    assert (tmp_path / "html" / "d" / "power-per-gpu" / "index.html").is_file()


def test_what_a_chapter_may_use_is_there() -> None:
    """Each role and directive of the table "Writing a chapter" is one that the book registers."""
    table = README.partition("\n## Writing a chapter\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"\{([\w-]+)\}", table))
    assert {"value", "symbol", "lede", "takeaway", "audit", "chart", "generated"} <= named
    registered = {"lede", "takeaway", "answer", "audit", "generated"}
    for file in (ROOT / "_ext").rglob("*.py"):
        registered |= set(re.findall(r'add_(?:role|directive)\("([\w-]+)"', file.read_text(encoding="utf-8")))
    assert named <= registered
