"""The notebooks to download: they say what their pages say, and run with nothing but the installed package."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from tests.book.building import FRONT, ROOT, build, small_book
from tests.sampling import sample

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]

# One process runs them all, each in a namespace of its own, as a kernel would.
RUN = """
import sys
from pathlib import Path
import nbformat
from IPython.core.interactiveshell import InteractiveShell

for name in sys.argv[1:]:
    shell = InteractiveShell()
    for cell in nbformat.read(name, as_version=4).cells:
        if cell.cell_type == "code":
            shell.run_cell(cell.source, store_history=True).raise_error()
import calc
print(calc.__file__)
"""
ROLE = re.compile(r"\{[a-z][\w:-]*\}`|^:::|^```\{", re.MULTILINE)


@pytest.fixture(scope="module")
def notebooks(site: Path) -> list[Path]:
    return sorted((site / "chapters").glob("*.ipynb"))


def prose(file: Path) -> str:
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_each_chapter_with_cells_has_one_and_links_to_it(site: Path, notebooks: list[Path]) -> None:
    with_cells = {
        page.stem for page in (ROOT / "chapters").glob("*.md") if "```{code-cell}" in page.read_text(encoding="utf-8")
    }
    assert {file.stem for file in notebooks} == with_cells
    for file in notebooks:
        assert f'href="{file.name}"' in file.with_suffix(".html").read_text(encoding="utf-8")


def test_they_are_valid_and_hold_no_trace_of_a_run(notebooks: list[Path]) -> None:
    for file in notebooks:
        one = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(one)
        for cell in one.cells:
            assert not cell.metadata, file.name
            if cell.cell_type == "code":
                assert not cell.outputs, file.name
                assert cell.execution_count is None, file.name


def test_the_prose_has_its_numbers_and_no_markup_of_the_book(notebooks: list[Path]) -> None:
    for file in notebooks:
        assert not ROLE.search(prose(file)), file.name
        assert "bookquantity" not in prose(file)
    energy = next(file for file in notebooks if file.stem == "training-energy")
    for said in ("43.9 GWh", "27 to 34 GWh", "2,160 h", r"$P_\mathrm{IT}$", "<summary>Answer</summary>"):
        assert said in prose(energy).replace("\N{NO-BREAK SPACE}", " ")


def test_they_run_with_the_installed_package_alone(tmp_path: Path, notebooks: list[Path]) -> None:
    wheel = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", str(ROOT), "--no-deps"]
    subprocess.run([*wheel, "--no-build-isolation", "--no-index", "-q", "--wheel-dir", str(tmp_path)], check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as archive:
        archive.extractall(tmp_path / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "CALC_MARKDOWN"}
    environment |= {"PYTHONPATH": str(tmp_path / "site"), "IPYTHONDIR": str(tmp_path / "ipython")}
    energy = next(file for file in notebooks if file.stem == "training-energy")
    chosen = {energy, *sample(notebooks, 6, "notebooks to run")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, sorted(chosen))],
        cwd=elsewhere, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert str(tmp_path / "site") in done.stdout
    assert "43.9" in done.stdout


# Every kind of prose, and what it links to.
PAGE = """# One page

A *word*, a **strong** one, `code`, {value}`training-energy`, [away](https://example.org/) and $x_1 * y$.

1. first
2. second

   with more

| a | b |
| --- | --- |
| 1 | x\\|y |

> quoted

```{math}
:label: mine
a = b
```

```{code-cell}
:tags: [remove-cell]
x = 1
```

```{code-cell}
:tags: [remove-input]
x + 1
```

```{note}
A note, see {eq}`mine`.
```

```{code-cell}
x
```

The card:

```{code-cell}
from calc import training_energy

training_energy.derive()
```
"""
NEEDED = """# Others

```{code-cell}
from calc import scenario
from calc import server_count

server_count.derive()
```

```{code-cell}
scenario("gpt-4")
```

```{bibliography}
:all:
```
"""


def test_every_kind_of_prose_becomes_markdown(tmp_path: Path) -> None:
    book = small_book(tmp_path / "book", page=FRONT + PAGE, needed=FRONT + NEEDED)
    build(book, tmp_path / "out", "html")  # cards lead to chapters that this book lacks, which is not the matter here
    cells = json.loads((tmp_path / "out" / "html" / "page.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code[:3] == ["x = 1", "x + 1", "x"]
    text = prose(tmp_path / "out" / "html" / "page.ipynb")
    for part in (
        "A *word*, a **strong** one, `code`, 43.9\N{NO-BREAK SPACE}GWh, [away](https://example.org/) and $x_1 * y$.",
        "1. first\n2. second\n\n   with more",
        "| a | b |\n| --- | --- |\n| 1 | x\\|y |",
        "> quoted",
        "$$\na = b",
        "> **Note**\n>\n> A note, see (1).",
    ):
        assert part in text, (part, text)
