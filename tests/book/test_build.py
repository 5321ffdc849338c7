"""The build itself: a failing cell fails it, a changed input reaches the page, LaTeX says the same as HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calc import all_formulas
from calc.render import latex
from tests.book.building import FRONT, ROOT, build, small_book

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]

CARD = """
```{code-cell}
from calc import scenario, server_count

server_count.derive(scenario("gpt-4"), gpus=%s)
```
"""


def test_a_failing_cell_fails_the_build_and_is_named(tmp_path: Path) -> None:
    chapter = FRONT + "# Bad\n\n```{code-cell}\nfrom calc import server_count\nserver_count.derive('gpt-5')\n```\n"
    result = build(small_book(tmp_path / "book", bad=chapter), tmp_path / "out", "html")
    said = result.stdout + result.stderr
    assert result.returncode != 0
    assert "bad" in said, "the chapter"
    assert "server_count.derive('gpt-5')" in said, "the cell"
    assert "'gpt-5' is not a scenario" in said, "the reason"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{value}`trainig-energy`", "did you mean 'training-energy'"),
        ("{value}`training-energy; in kW`", "training_energy takes"),
        ("{value}`training-energy; servers=-3`", "at least 1"),
        ("{symbol}`server_pwer`", "did you mean 'server_power'"),
        ("```{audit} city-\n```", "did you mean 'city'"),
        ("{ref}`no-such-derivation`", "no-such-derivation"),
        ("{eq}`no-such-derivation`", "no-such-derivation"),
        ("{cite:t}`nobody1900`", "nobody1900"),
    ],
)
def test_a_wrong_name_in_prose_fails_the_build(tmp_path: Path, text: str, reason: str) -> None:
    result = build(small_book(tmp_path / "book", bad=f"# Bad\n\n{text}\n"), tmp_path / "out", "html")
    assert result.returncode != 0
    assert reason in result.stdout + result.stderr


def test_a_changed_input_reaches_the_page_without_a_clean_build(tmp_path: Path) -> None:
    chapter = FRONT + "# Servers\n\nThere are {value}`gpu_tdp`.\n" + CARD % 24_000
    book = small_book(tmp_path / "book", servers=chapter)
    # The input's own link leads to a page that this small book lacks.
    (book / "inputs.md").write_text("# Inputs\n\n(input-gpt-4-gpu_tdp)=\nHere.\n", encoding="utf-8")
    (book / "index.md").write_text("# B\n\n```{toctree}\nservers\ninputs\n```\n", encoding="utf-8")
    references = "- {cite:t}`mohit2026`\n\n```{bibliography}\n:all:\n```\n"
    (book / "inputs.md").open("a", encoding="utf-8").write(references)
    first = build(book, tmp_path / "out", "html")
    assert first.returncode == 0, first.stderr
    page = tmp_path / "out" / "html" / "servers.html"
    assert "400\N{NO-BREAK SPACE}W/GPU" in page.read_text(encoding="utf-8")
    assert "3,000" in page.read_text(encoding="utf-8")
    scenario = book / "calc" / "data" / "scenarios" / "gpt-4.toml"
    text = scenario.read_text(encoding="utf-8").replace("value = 400\n", "value = 500\n")
    scenario.write_text(re.sub(r"(\[inputs.gpus_per_server\]\nvalue = )8", r"\g<1>16", text), encoding="utf-8")
    assert build(book, tmp_path / "out", "html").returncode == 0
    assert "500\N{NO-BREAK SPACE}W/GPU" in page.read_text(encoding="utf-8")
    assert "1,500" in page.read_text(encoding="utf-8")
    assert "3,000" not in page.read_text(encoding="utf-8")


def test_a_what_if_has_neither_number_nor_label(tmp_path: Path) -> None:
    references = "\n```{bibliography}\n:all:\n```\n"
    book = small_book(tmp_path / "book", one=FRONT + "# One\n\n## Two\n" + CARD % 24_000 + CARD % 16_000 + references)
    result = build(book, tmp_path / "out", "html")
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "out" / "html" / "one.html").read_text(encoding="utf-8")
    assert "if gpus = 24,000" in text
    assert 'class="eqno"' not in text


def test_latex_builds_without_warnings_and_has_every_equation(tmp_path: Path) -> None:
    result = build(ROOT, tmp_path, "latex")
    assert result.returncode == 0, result.stderr
    (tex,) = (tmp_path / "latex").glob("tokens-to-terawatts.tex")
    text = tex.read_text(encoding="utf-8")
    for formula in all_formulas():
        assert f"equation-{formula.id}" in text or f":{formula.id}" in text, formula.id
        assert latex.symbols(formula).replace(" ", "") in text.replace(" ", ""), formula.id
