"""The book in other forms, built once for all tests that read them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from _ext.build import editions
from tests.book.building import ROOT, build


@pytest.fixture(scope="session")
def latex_book(site: Path) -> Path:
    """The whole book as LaTeX, warnings as errors."""
    out = site.parent  # where every page has been read
    result = build(ROOT, out, "latex")
    assert result.returncode == 0, result.stderr[-4000:]
    return out / "latex" / "tokens-to-terawatts.tex"


@pytest.fixture(scope="session")
def typeset_book(latex_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as a PDF, beside what LaTeX noted while it made it."""
    folder = tmp_path_factory.mktemp("pdf") / "tex"
    shutil.copytree(latex_book.parent, folder)
    return editions.typeset(folder, latex_book.stem)


@pytest.fixture(scope="session")
def epub_book(site: Path) -> Path:
    """The whole book as EPUB, warnings as errors."""
    out = site.parent  # where every page has been read
    result = build(ROOT, out, "epub")
    assert result.returncode == 0, result.stderr[-4000:]
    return out / "epub" / "tokens-to-terawatts.epub"
