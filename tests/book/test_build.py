"""The build itself: a failing cell fails it, a changed input reaches the page, LaTeX says the same as HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from calc import all_formulas
from calc.render import latex
from tests.book.building import FRONT, build, small_book

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]

# The one formula that neither comes from another nor is used by one, so that its card links to no other page.
CARD = """
```{code-cell}
from calc import matmul_flop
from calc import scenario

matmul_flop.derive(scenario("gpt-4"))
```
"""
SOURCES = "\n```{bibliography}\n:all:\n```\n"


def test_a_failing_cell_fails_the_build_and_is_named(tmp_path: Path) -> None:
    chapter = FRONT + "# Bad\n\n```{code-cell}\nfrom calc import server_count\nserver_count.derive('gpt-5')\n```\n"
    result = build(small_book(tmp_path / "book", bad=chapter), tmp_path / "out", "html")
    said = result.stdout + result.stderr
    assert result.returncode != 0
    assert "bad" in said, "the chapter"
    assert "server_count.derive('gpt-5')" in said, "the cell"
    assert "'gpt-5' is not a scenario" in said, "the reason"


WRONG = {
    "formula": ("{value}`trainig-energy`", "did you mean 'training-energy'"),
    "unit": ("{value}`training-energy; in kW`", "training_energy takes"),
    "input": ("{value}`training-energy; servers=-3`", "at least 1"),
    "quantity": ("{symbol}`server_pwer`", "did you mean 'server_power'"),
    "claim": ("```{audit} city-\n```", "did you mean 'city'"),
    "label": ("{ref}`no-such-derivation`", "no-such-derivation"),
    "equation": ("{eq}`no-such-equation`", "no-such-equation"),
    "source": ("{cite:t}`nobody1900`", "nobody1900"),
}


@pytest.fixture(scope="module")
def said_of_wrong_names(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one build says of pages with a wrong name each."""
    folder = tmp_path_factory.mktemp("wrong")
    pages = {name: f"# Bad\n\n{text}\n" for name, (text, _) in WRONG.items()}
    result = build(small_book(folder / "book", **pages), folder / "out", "html")
    assert result.returncode != 0
    return result.stdout + result.stderr


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_name_in_prose_fails_the_build_and_is_named(said_of_wrong_names: str, name: str) -> None:
    lines = [line for line in said_of_wrong_names.splitlines() if f"{name}.md:3:" in line]
    assert any(WRONG[name][1] in line for line in lines), said_of_wrong_names


def test_a_changed_input_reaches_the_page_without_a_clean_build(tmp_path: Path) -> None:
    chapter = FRONT + "# Product\n\nOf {value}`k` columns.\n\n## Card\n" + CARD
    inputs = "# Inputs\n\n(input-gpt-4-k)=\nHere.\n" + SOURCES
    book = small_book(tmp_path / "book", product=chapter, inputs=inputs)
    first = build(book, tmp_path / "out", "html")
    assert first.returncode == 0, first.stderr
    page = tmp_path / "out" / "html" / "product.html"
    old = page.read_text(encoding="utf-8")
    assert "100,000" in old
    assert "<msup><mn>10</mn><mn>15</mn></msup>" in old
    scenario = book / "calc" / "data" / "scenarios" / "gpt-4.toml"
    text = scenario.read_text(encoding="utf-8")
    for name in "mnk":
        text = text.replace(f"[inputs.{name}]\nvalue = 100_000\n", f"[inputs.{name}]\nvalue = 20_000\n")
    scenario.write_text(text, encoding="utf-8")
    assert build(book, tmp_path / "out", "html").returncode == 0
    new = page.read_text(encoding="utf-8")
    assert "20,000" in new
    assert "<msup><mn>10</mn><mn>13</mn></msup>" in new
    assert "100,000" not in new


def test_latex_builds_without_warnings_and_has_every_equation(latex_book: Path) -> None:
    text = latex_book.read_text(encoding="utf-8")
    for formula in all_formulas():
        assert f"equation-{formula.id}" in text or f":{formula.id}" in text, formula.id
        assert latex.symbols(formula).replace(" ", "") in text.replace(" ", ""), formula.id
