"""Never a stale page: after any change an incremental build yields what a clean build of the changed project yields."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from _ext.state import inputs
from tests.book.building import FRONT, change, differing, executed, files, make, small_book, some_chapters, whole_book
from tests.sampling import only_whole, sample

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("fresh")]

CARD = """
```{code-cell}
from calc import matmul_flop
from calc import scenario

matmul_flop.derive(scenario("gpt-4"))
```
"""
SOURCES = "# Sources\n\nPlain words.\n\n```{bibliography}\n:all:\n```\n"


def small(folder: Path) -> Path:
    return small_book(
        folder,
        card=FRONT + "# Card\n\n## Its head\n" + CARD,
        link="# Link\n\nSee {ref}`matmul-flop`, {eq}`matmul-flop` and {value}`matmul-flop`.\n",
        other=FRONT + "# Other\n\nOld words.\n\n```{code-cell}\n1 + 1\n```\n",
        plain="# Plain\n\nNo figure is on this page.\n",
        sources=SOURCES,
        status="# Status\n\nWhen each page was executed.\n\n```{status}\n```\n",
    )


# With the input and what comes of it in prose, cards, tables, a page's script, records and permanent pages. Links to
# chapters that are left out lead nowhere, which is not the matter here.
OTHERS = ("planner", "how-sure", "inputs", "results")
CHAPTERS = ("training-energy", *sample(OTHERS, 1, "chapters with an input"), "bibliography")


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=only_whole("the whole book, three times"))])
def test_a_changed_input_is_everywhere_and_its_old_value_nowhere(tmp_path: Path, whole: bool) -> None:
    book = whole_book(tmp_path / "book") if whole else some_chapters(tmp_path / "book", *CHAPTERS)
    settings = [] if whole else ["-D", "suppress_warnings=ref"]
    data = book / "calc" / "data" / "catalogue" / "servers.toml"
    power = re.compile(r"(\[dgx-a100\.server_power\]\nvalue = )[\d.]+")
    assert power.search(data.read_text(encoding="utf-8"))

    def build_with(value: str, *more: str) -> dict[str, str]:
        text = power.sub(rf"\g<1>{value}", data.read_text(encoding="utf-8"))
        data.write_text(text, encoding="utf-8")
        result = make(book, tmp_path / "out", *settings, *more)
        assert result.returncode == 0, result.stderr
        pages = files(tmp_path / "out" / "html")
        return {name: page.decode() for name, page in pages.items() if name.endswith((".html", ".js", ".json"))}

    before, after = build_with("7.08", "--jobs", "2"), build_with("7.34", "--jobs", "2")
    for old, new in (("7.08", "7.34"), ("47.8", "49.5")):  # the input (no number of an equation) and the run's energy
        shows = {value: re.compile(rf"(?<![\d.,]){re.escape(value)}(?!\d)") for value in (old, new)}
        had = {name for name, text in before.items() if shows[old].search(text)}
        assert len(had) > 2, old
        assert {name for name, text in after.items() if shows[old].search(text)} == set(), old
        assert {name for name, text in after.items() if shows[new].search(text)} >= had, new
    # Another folder and another number of jobs, so that neither may matter.
    elsewhere = tmp_path / "elsewhere" / "a-book"
    shutil.copytree(book, elsewhere)
    clean = make(elsewhere, tmp_path / "clean", *settings, "--jobs", "1")
    assert clean.returncode == 0, clean.stderr
    assert differing(tmp_path / "out" / "html", tmp_path / "clean" / "html") == []


def rename_formula(book: Path) -> None:
    for file in [*book.glob("calc/**/*.py"), *book.glob("calc/**/*.toml"), *book.glob("*.md")]:
        text = file.read_text(encoding="utf-8")
        renamed = text.replace("matmul_flop", "product_flop").replace("matmul-flop", "product-flop")
        if renamed != text:
            file.write_text(renamed, encoding="utf-8")


def retitle_source(book: Path) -> None:
    bibliography = book / "references.bib"
    text = bibliography.read_text(encoding="utf-8")
    bibliography.write_text(re.sub(r"(title\s*=\s*\{)", r"\1Anew: ", text, count=1), encoding="utf-8")


def remove_chapter(book: Path) -> None:
    (book / "other.md").unlink()
    change(book / "index.md", "other\n", "")


def add_data(book: Path) -> None:
    scenarios = book / "calc" / "data" / "scenarios"
    shutil.copy(scenarios / "gpt-4.toml", scenarios / "another.toml")


def reword(book: Path) -> None:
    change(book / "other.md", "Old words", "New words")


def drop_card(book: Path) -> None:
    change(book / "card.md", CARD, "\nNo card.\n")
    (book / "link.md").write_text("# Link\n\nNo link.\n", encoding="utf-8")


def retitle_chapter(book: Path) -> None:
    change(book / "plain.md", "# Plain", "# Plainer")


def reword_landing(book: Path) -> None:
    change(book / "index.md", "# Small book\n", "# Small book\n\nMore words.\n")


def commit(book: Path) -> None:
    git = ["git", "-C", str(book), "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    for command in (["init", "-q"], ["add", "index.md"], ["commit", "-qm", "The book"]):
        subprocess.run([*git, *command], check=True)


def change_extension(book: Path) -> None:
    change(book / "_ext" / "elements" / "cards.py", '"derivation-title"', '"derivation-name"')


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book, built; tests work on a copy of it."""
    folder = tmp_path_factory.mktemp("fresh") / "built"
    result = make(small(folder), folder / "_build")
    assert result.returncode == 0, result.stderr
    assert executed(result) == {"card", "other"}
    return folder.rename(folder.with_name("kept"))


@pytest.fixture
def book(built: Path) -> Iterator[Path]:
    """The copy, where the book was built: in another place all of it would be read again."""
    yield Path(shutil.copytree(built, built.with_name("built")))
    shutil.rmtree(built.with_name("built"))


EDITS = [
    # what is done, the pages that are executed again, and what a build says of the pages that it wrote anew
    (rename_formula, {"card", "other"}, ""),
    (retitle_source, {"card", "other"}, ""),
    (remove_chapter, set(), ""),
    (reword, {"other"}, "(other anew)"),  # what no other page shows
    (reword_landing, set(), "(index anew)"),
    (commit, set(), "(none anew)"),
    (retitle_chapter, set(), ""),
    (drop_card, {"card"}, ""),
]


@pytest.mark.parametrize(
    ("edit", "again", "alone"),
    sample(EDITS, 2, "edits of a small book"),
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_an_incremental_build_is_a_clean_build(
    built: Path, book: Path, tmp_path: Path, edit: Callable[[Path], None], again: set[str], alone: str
) -> None:
    edit(book)
    result = make(book, book / "_build")
    assert result.returncode == 0, result.stderr
    assert executed(result) == again
    assert re.findall(r"\([\w, ]+ anew\)", result.stdout) == ([alone] if alone else [])
    clean = make(book, tmp_path / "clean", "--jobs", "1")
    assert clean.returncode == 0, clean.stderr
    assert differing(book / "_build" / "html", tmp_path / "clean" / "html") == []
    assert differing(book / "_build" / "html", built / "_build" / "html")


@pytest.mark.parametrize("edit", [add_data, change_extension])
def test_whatever_calc_computes_with_is_looked_at(tmp_path: Path, edit: Callable[[Path], None]) -> None:
    book = small(tmp_path / "book")
    before = inputs(book)
    assert inputs(book) == before
    edit(book)
    assert inputs(book) != before


def test_without_a_change_nothing_is_done(book: Path) -> None:
    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in (book / "_build").rglob("*")}

    before = times()
    assert make(book, book / "_build").stdout.startswith("Nothing has changed")
    assert times() == before


def test_a_file_only_touched_or_older_than_the_page_is_judged_by_its_content(book: Path) -> None:
    os.utime(book / "other.md")
    assert make(book, book / "_build").stdout.startswith("Nothing has changed")
    was = (book / "other.md").stat()
    reword(book)
    os.utime(book / "other.md", ns=(was.st_atime_ns, was.st_mtime_ns - 10**15))
    result = make(book, book / "_build")
    assert executed(result) == {"other"}
    assert "New words" in (book / "_build" / "html" / "other.html").read_text(encoding="utf-8")
