"""A book of formulas that cannot be defined is not built, and says which they are in a line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.book.building import FRONT, build, change, make, make_environment, run, small_book

pytestmark = pytest.mark.book
CHAPTER = FRONT + "# One\n\n## Two\n\n```{code-cell}\nfrom calc import matmul_flop\nmatmul_flop.derive('gpt-4')\n```\n"


def test_a_book_with_a_broken_formula_is_not_built(tmp_path: Path) -> None:
    """Whatever its chapters show; the last good site stays."""
    book, out = small_book(tmp_path / "book", one=CHAPTER), tmp_path / "out"
    change(book / "calc/formulas/power.py", "return servers * server_power", "return servers + server_power")
    change(book / "calc/notation/water.py", '"L/kWh",\n    "water that power', '"L/kWhh",\n    "water that power')
    result = make(book, out)
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith("error: calc/notation/water.py:")
    assert lines[1].startswith("calc/formulas/power.py:")
    assert lines[2] == "Not built."
    assert len(lines) == 3
    assert not (out / "html").exists()
    by_sphinx = build(book, tmp_path / "plain", "html")
    assert by_sphinx.returncode != 0
    assert "calc/formulas/power.py:" in by_sphinx.stderr


@pytest.mark.parametrize(
    ("environment", "cff", "said"),
    [
        ({"BOOK_URL": "over there"}, "", "error: BOOK_URL is 'over there'; accepted: an address such as https://"),
        ({}, "title: [", "error: CITATION.cff, line "),
    ],
)
def test_a_wrong_citation_file_is_said_in_a_line(
    tmp_path: Path, environment: dict[str, str], cff: str, said: str
) -> None:
    book = small_book(tmp_path / "book", one=CHAPTER)
    if cff:
        (book / "CITATION.cff").write_text(cff, encoding="utf-8")
    given = ["html", "--into", str(tmp_path / "out")]
    result = run("_ext.build.make", given, book, make_environment() | environment)
    assert result.returncode == 1
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 2


def test_a_book_says_where_it_is_served(tmp_path: Path) -> None:
    place = "https://pages.example/book"
    chapter = f"{CHAPTER}\n(input-gpt-4-m)=\nHere.\n\n```{{bibliography}}\n:all:\n```\n"
    book, given = small_book(tmp_path / "book", one=chapter), ["html", "--into", str(tmp_path / "out")]
    result = run("_ext.build.make", given, book, make_environment() | {"BOOK_URL": place})
    assert result.returncode == 0, result.stderr
    site = tmp_path / "out" / "html"
    for name in (
        "sitemap.xml",
        "llms.txt",
        "derivations.json",
        "derivations.bib",
        "index.html",
        "d/matmul-flop/index.html",
    ):
        text = (site / name).read_text(encoding="utf-8")
        assert place in text, name
        assert "tokens-to-terawatts.example" not in text, name
    again = run("_ext.build.make", given, book, make_environment() | {"BOOK_URL": place})
    assert "Nothing has changed" in again.stdout
    moved = run("_ext.build.make", given, book, make_environment() | {"BOOK_URL": place + "s"})
    assert "Nothing has changed" not in moved.stdout
    assert f"{place}s/" in (site / "sitemap.xml").read_text(encoding="utf-8")
